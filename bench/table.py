"""All rows, and the table that they make."""

from collections.abc import Iterable

from bench import merging, reading, startup
from bench.measure import Cost, Measured
from bench.rows import Row

ROWS: tuple[Row, ...] = (*reading.ROWS, *merging.ROWS, *startup.ROWS)
HEAD = ("job", "naive way", "floor", "ours", "ratio", "goal", "reached")


def row_named(name: str) -> Row:
    """Return a row by its name."""
    return next(row for row in ROWS if row.name == name)


def cells(measured: Measured) -> tuple[str, ...]:
    """Return what stands in a row of the table, below `HEAD`."""
    row, costs = measured.row, measured.costs[measured.n]
    ratio = "" if measured.ratio is None else f"{measured.ratio:.1f} ×"
    if row.goal.memory:
        ratio = f"{ratio} {costs['ours'].memory:.0f} MB".strip()
    shown = (_shown(row.ways[way].told, costs[way]) if way in costs else "–" for way in _WAYS)
    reached = "yes" if measured.is_reached else "NO"
    return (row.job.format(n=f"{measured.n:,}"), *shown, ratio, _goal(row), reached)


_WAYS = ("naive", "floor", "ours")


def _shown(told: str, cost: Cost) -> str:
    return f"{seconds(cost.seconds)} ({told})" if told else seconds(cost.seconds)


def seconds(number: float) -> str:
    """Return a time as people read it."""
    return f"{number * 1000:,.0f} ms" if number < 1 else f"{number:,.1f} s"


def _goal(row: Row) -> str:
    goal = row.goal
    asked = [f"{goal.faster:g} × faster"] if goal.faster else []
    asked += [f"at most {goal.slower:g} ×"] if goal.slower else []
    asked += [f"under {goal.memory:g} MB"] if goal.memory else []
    return ", ".join(asked)


def table(found: Iterable[Measured]) -> list[str]:
    """Return the table as lines of Markdown, its columns set straight for a terminal."""
    rows = [HEAD, *(cells(measured) for measured in found)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [_line(row, widths) for row in rows]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return lines


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    return (
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
    )
