"""Files of paper → their pages, each looked at by one of several processes, in order."""

import itertools
import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from s2c_forms.api.files import digest_of
from s2c_forms.api.reading import FileOutcome, Paper, begin
from s2c_forms.api.workers import Hands, Lent, Workers
from s2c_forms.form.shelf import Shelf

_AHEAD = 4  # pages a worker that may wait for it: it is kept busy, and memory small
_FEW = 3  # pages that are read sooner than workers are started: only what comes after is theirs
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

    @property
    def asked(self) -> tuple[Path, int, str]:
        """Return what a worker has to know: path, page, and the content that it is a page of."""
        return self.begun.path.absolute(), self.page, self.begun.sha256


@dataclass(frozen=True)
class _Waiting(Generic[Found]):
    """A task whose page is being looked at; no future where it has none."""

    task: Task
    future: "Future[Found] | None"

    def done(self, pool: Hands[Found]) -> tuple[Task, Found | None]:
        """Wait for what is seen on the page."""
        if self.future is None:
            return self.task, None
        return self.task, pool.result(self.future, *self.task.asked)


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
    for begun in _begun(files, shelf, where):
        if isinstance(begun, Paper):
            meter.more(begun.pages - 1)
            yield from (Task(begun, page) for page in range(1, begun.pages + 1))
        else:
            yield Task(begun)


def _begun(files: Iterable[Path], shelf: Shelf, where: Where) -> Iterator[Paper | FileOutcome]:
    """Yield what each file holds, in order."""
    if not isinstance(where, Executor):
        yield from (begin(file, shelf) for file in files)
        return
    lent: Lent[list[Paper | FileOutcome]] = Lent(where, _begin_there, (shelf,))
    waiting: deque[tuple[list[Path], Future[Any]]] = deque()
    rest = iter(files)
    try:
        while chunk := list(itertools.islice(rest, _CHUNK)):
            waiting.append((chunk, lent.submit(_absolute(chunk))))
            if len(waiting) >= _MANY:
                yield from _read(lent, *waiting.popleft(), shelf)
        while waiting:
            yield from _read(lent, *waiting.popleft(), shelf)
    finally:
        lent.stop()


def _absolute(files: Iterable[Path]) -> list[Path]:
    """Return paths that mean the same in whatever folder a worker was started."""
    return [file.absolute() for file in files]


def _begin_there(files: list[Path], shelf: Shelf) -> list[Paper | FileOutcome]:
    return [begin(file, shelf) for file in files]


def _read(
    lent: Lent[list[Paper | FileOutcome]], files: list[Path], future: "Future[Any]", shelf: Shelf
) -> Iterator[Paper | FileOutcome]:
    """Yield what files hold: what a worker read of this very file, else what is read here."""
    found = lent.result(future, _absolute(files)) or []
    for file, begun in itertools.zip_longest(files, found):
        if begun is not None and begun.sha256 and begun.sha256 == _digest_here(file):
            yield replace(begun, path=file)
        else:
            yield begin(file, shelf)


def _digest_here(file: Path) -> str:
    try:
        return digest_of(file)
    except OSError:  # told when it is begun here
        return ""


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
    workers, few = where or os.cpu_count() or 1, _FEW
    if isinstance(workers, Executor):
        workers, few = _MANY // _AHEAD, 0  # theirs run already
    pages, pool = 0, None
    waiting: deque[_Waiting[Found]] = deque()
    try:
        for task in tasks:
            pages += task.page > 0
            if pool is None and (workers == 1 or pages <= few):
                yield task, look(task.begun.path, task.page, shelf) if task.page else None
                continue
            pool = pool or _hands(where, workers, shelf, look)
            waiting.append(_Waiting(task, pool.submit(*task.asked) if task.page else None))
            if len(waiting) >= workers * _AHEAD:
                yield waiting.popleft().done(pool)
        while pool and waiting:
            yield waiting.popleft().done(pool)
    finally:
        if pool:
            pool.stop()


def _hands(where: Where, number: int, shelf: Shelf, look: Look[Found]) -> Hands[Found]:
    if isinstance(where, Executor):
        return Lent(where, _look_afar, (shelf, look))
    return Workers(number, _look_there, _take_along, (shelf, look))


_along: list[tuple[Shelf, Look[Any]]] = []  # of a worker: sent once, not with every page


def _take_along(shelf: Shelf, look: Look[Any]) -> None:
    _along.append((shelf, look))


def _look_there(path: Path, page: int, _sha256: str) -> Any:
    shelf, look = _along[-1]
    return look(path, page, shelf)


def _look_afar(path: Path, page: int, sha256: str, shelf: Shelf, look: Look[Found]) -> Found:
    """Look at a page on a computer that may have another file at this path, or none."""
    if _digest(path, path.stat().st_mtime_ns) != sha256:
        raise FileNotFoundError(path)
    return look(path, page, shelf)


@lru_cache(maxsize=64)  # stacks that a worker has pages of
def _digest(path: Path, _changed: int) -> str:
    return digest_of(path)
