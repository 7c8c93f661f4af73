"""Files of paper → their pages, each looked at by one of several processes, in order."""

import itertools
import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from s2c_forms.api.reading import FileOutcome, Paper, begin
from s2c_forms.api.workers import Hands, Lent, Workers
from s2c_forms.form.shelf import Shelf

_AHEAD = 4  # pages a worker that may wait for it: it is kept busy, and memory small
_FEW = 3  # pages that are read sooner than workers are started
_MANY = 64  # pieces of work that an executor has at a time: we don't know how many workers it is
_CHUNK = 16  # files that are read as one piece of work: each takes but milliseconds

Found = TypeVar("Found")
Look = Callable[[Path, int, Shelf], Found]
"""Looks at a page of a file. It goes to other processes: a function of a module, or a partial."""
Where = int | Executor
"""How many processes of ours do the work, 0 for as many as there are cores; or who does it."""
Watch = Callable[[int, int], None]
"""Is told how many files and pages are done, and of how many, as far as that is known."""


@dataclass(frozen=True)
class Task:
    """A page of paper to look at; or a file that is none, with its outcome."""

    begun: Paper | FileOutcome
    page: int = 0


@dataclass(frozen=True)
class _Waiting(Generic[Found]):
    """A task whose page is being looked at; no future where it has none."""

    task: Task
    future: "Future[Found] | None"

    def done(self, pool: Hands[Found]) -> tuple[Task, Found | None]:
        """Wait for what is seen on the page."""
        if self.future is None:
            return self.task, None
        return self.task, pool.result(self.future, self.task.begun.path, self.task.page)


class Meter:
    """Counts what is done; pages are more to do than was known at first."""

    def __init__(self, watch: Watch, total: int):
        self._watch, self._done, self._total = watch, 0, total

    def more(self, number: int) -> None:
        """Add to what is to be done."""
        self._total += number

    def step(self) -> None:
        """Tell that one more is done."""
        self._done += 1
        self._watch(self._done, self._total)


def tasks_of(files: Iterable[Path], shelf: Shelf, meter: Meter, where: Where = 1) -> Iterator[Task]:
    """Yield every page of every file; a file that is no paper is read before that, in order."""
    for begun in (
        _begun_by(where, files, shelf)
        if isinstance(where, Executor)
        else (begin(file, shelf) for file in files)
    ):
        if isinstance(begun, Paper):
            meter.more(begun.pages - 1)
            yield from (Task(begun, page) for page in range(1, begun.pages + 1))
        else:
            yield Task(begun)


def _begun_by(
    executor: Executor, files: Iterable[Path], shelf: Shelf
) -> Iterator[Paper | FileOutcome]:
    """Yield what each file holds, read by an executor, in order."""
    lent: Lent[list[Paper | FileOutcome]] = Lent(executor, _begin_there, (shelf,))
    waiting: deque[tuple[list[Path], Future[Any]]] = deque()
    rest = iter(files)
    try:
        while chunk := list(itertools.islice(rest, _CHUNK)):
            waiting.append((chunk, lent.submit(chunk)))
            if len(waiting) >= _MANY:
                yield from _read(lent, *waiting.popleft(), shelf)
        while waiting:
            yield from _read(lent, *waiting.popleft(), shelf)
    finally:
        lent.stop()


def _begin_there(files: list[Path], shelf: Shelf) -> list[Paper | FileOutcome]:
    return [begin(file, shelf) for file in files]


def _read(
    lent: Lent[list[Paper | FileOutcome]], files: list[Path], future: "Future[Any]", shelf: Shelf
) -> Iterable[Paper | FileOutcome]:
    """Return what files hold; where they bring down every process that reads them, one by one."""
    return lent.result(future, files) or (begin(file, shelf) for file in files)


def looked_at(
    tasks: Iterator[Task], shelf: Shelf, where: Where, look: Look[Found]
) -> Generator[tuple[Task, Found | None], None, None]:
    """Yield every task with what is seen on its page, in order.

    There is None for files without pages, and for a page that brings every process down.

    Args:
        tasks: what to look at.
        shelf: what forms are known.
        where: who looks.
        look: what each of them does with a page.
    """
    first = list(itertools.islice(tasks, _FEW + 1))
    everything = itertools.chain(first, tasks)
    workers = _MANY // _AHEAD if isinstance(where, Executor) else where or os.cpu_count() or 1
    if workers == 1 or sum(task.page > 0 for task in first) <= _FEW:
        for task in everything:
            yield task, look(task.begun.path, task.page, shelf) if task.page else None
        return
    pool = _hands(where, workers, shelf, look)
    waiting: deque[_Waiting[Found]] = deque()
    try:
        for task in everything:
            future = pool.submit(task.begun.path, task.page) if task.page else None
            waiting.append(_Waiting(task, future))
            if len(waiting) >= workers * _AHEAD:
                yield waiting.popleft().done(pool)
        while waiting:
            yield waiting.popleft().done(pool)
    finally:
        pool.stop()


def _hands(where: Where, number: int, shelf: Shelf, look: Look[Found]) -> Hands[Found]:
    if isinstance(where, Executor):
        return Lent(where, look, (shelf,))
    return Workers(number, _look_there, _take_along, (shelf, look))


_along: list[tuple[Shelf, Look[Any]]] = []  # of a worker: sent once, not with every page


def _take_along(shelf: Shelf, look: Look[Any]) -> None:
    _along.append((shelf, look))


def _look_there(path: Path, page: int) -> Any:
    shelf, look = _along[-1]
    return look(path, page, shelf)
