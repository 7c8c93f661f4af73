"""What a row of the table is: a job, the ways to do it, and what has to be reached."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Place:
    """Where a way does its job.

    Attributes:
        given: a folder that `prepare` filled once; only to be read.
        out: a folder of this turn alone, empty but for what `before` put there.
        n: how many forms the job is about.
    """

    given: Path
    out: Path
    n: int


@dataclass(frozen=True)
class Way:
    """One way to do a job.

    Attributes:
        told: what it is, for the table.
        run: does the job once; it runs in a process of its own, and imports what it needs itself.
        before: what has to be done first and isn't timed, such as copying what `run` changes.
        starts: whether `run` does no more than start other processes: only theirs is timed then.
    """

    told: str
    run: Callable[[Place], object]
    before: Callable[[Place], object] | None = None
    starts: bool = False


@dataclass(frozen=True)
class Goal:
    """What ours has to reach beside the naive way; 0 where nothing is asked.

    Attributes:
        faster: at least so many times faster: naive over ours.
        slower: at most so many times as slow: ours over naive.
        memory: at most so many megabytes at its highest, all of the process together.
    """

    faster: float = 0
    slower: float = 0
    memory: float = 0


@dataclass(frozen=True)
class Row:
    """One row of the table.

    Attributes:
        name: to ask for it with `--only`.
        job: what is done, `{n}` in it being how many forms.
        prepare: fills the folder `given` for so many forms; done once and kept, not timed.
        ours: how we do it.
        goal: what ours has to reach.
        naive: how it is usually done.
        floor: the library alone: nobody who uses it is faster.
        n: how many forms the table is about.
        growth: with how many forms the picture is drawn; empty where cost doesn't grow.
        quick: with how many forms `--quick` tries it out.
        warm: how many forms each turn does first, untimed, so that imports don't count; 0: they do.
    """

    name: str
    job: str
    prepare: Callable[[Path, int], object]
    ours: Way
    goal: Goal
    naive: Way | None = None
    floor: Way | None = None
    n: int = 1000
    growth: tuple[int, ...] = (10, 100, 1000)
    quick: int = 10
    warm: int = 0

    @property
    def ways(self) -> dict[str, Way]:
        """Return the ways there are, by what they are in this row."""
        found = {"naive": self.naive, "floor": self.floor, "ours": self.ours}
        return {name: way for name, way in found.items() if way}
