"""Rows, measured: every way in turns with the others, each turn in a fresh process."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.rows import Row

OUTPUT = Path(__file__).parents[1] / "output" / "bench"
"""Where prepared forms and results are kept: made once, not in git."""

_UNCOMPILED = "PYTHONDONTWRITEBYTECODE"


@dataclass(frozen=True)
class Cost:
    """What one way took at its best: seconds of CPU, and megabytes."""

    seconds: float
    memory: float


@dataclass(frozen=True)
class Measured:
    """What the ways of a row took, by number of forms and by way."""

    row: Row
    n: int
    costs: Mapping[int, Mapping[str, Cost]]

    @property
    def ratio(self) -> float | None:
        """Return naive over ours, or ours over naive where that is asked; None without naive."""
        costs = self.costs[self.n]
        if "naive" not in costs:
            return None
        naive, ours = costs["naive"].seconds, costs["ours"].seconds
        return ours / naive if self.row.goal.slower else naive / ours

    @property
    def is_reached(self) -> bool:
        """Return whether the goal is reached."""
        goal, ratio = self.row.goal, self.ratio
        return (
            (not goal.faster or (ratio is not None and ratio >= goal.faster))
            and (not goal.slower or (ratio is not None and ratio <= goal.slower))
            and (not goal.memory or self.costs[self.n]["ours"].memory <= goal.memory)
        )


def measure(row: Row, turns: int, *, quick: bool) -> Measured:
    """Return what a row takes, the least of so many turns; one turn where it is but drawn."""
    n = row.quick if quick else row.n
    sizes = sorted({n, *(row.growth if not quick else ())})
    costs = {size: _costs(row, size, turns if size == n else 1) for size in sizes}
    return Measured(row, n, costs)


def _costs(row: Row, size: int, turns: int) -> dict[str, Cost]:
    folder = OUTPUT / "given" / row.name
    for number in {size, row.warm} - {0}:
        prepared(row, number, folder / str(number))
    found: dict[str, list[Cost]] = {name: [] for name in row.ways}
    for _ in range(turns):
        for name, costs in found.items():
            costs.append(_turn(row, name, size, folder))
    return {name: _least(costs) for name, costs in found.items()}


def prepared(row: Row, number: int, folder: Path) -> None:
    """Fill a folder with what a row needs, unless an earlier run did; all of it or nothing."""
    if folder.exists():
        return
    making = folder.with_name(f"{folder.name}.making")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    row.prepare(making, number)
    making.rename(folder)


def _turn(row: Row, way: str, size: int, folder: Path) -> Cost:
    command = [sys.executable, "-m", "bench.turn", row.name, way, str(size), str(folder)]
    root = Path(__file__).parents[1]
    # As it is installed: with what Python compiled kept.
    around = {name: value for name, value in os.environ.items() if name != _UNCOMPILED}
    done = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, cwd=root, env=around, text=True
    )
    return Cost(**json.loads(done.stdout.splitlines()[-1]))


def _least(costs: list[Cost]) -> Cost:
    return Cost(min(cost.seconds for cost in costs), min(cost.memory for cost in costs))
