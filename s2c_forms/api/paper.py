"""Paper: its pages are looked at one by one, on all cores, and put together file by file."""

import itertools
import logging
import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from s2c_forms.api.reading import FileOutcome, Paper, begin, finish
from s2c_forms.api.workers import Workers
from s2c_forms.form.filled import Cutout
from s2c_forms.form.shelf import Shelf
from s2c_forms.media import scan
from s2c_forms.words import mark

if TYPE_CHECKING:
    from s2c_forms.media.scan.seen import PageSeen

_log = logging.getLogger(__name__)
_AHEAD = 4  # pages a worker that may wait for it: it is kept busy, and memory small
_FEW = 3  # pages that are read sooner than workers are started

Watch = Callable[[int, int], None]
"""Is told how many files and pages are done, and of how many, as far as that is known."""
Keep = Callable[[Paper, int, tuple[Cutout, ...]], None]
"""Is given the pictures of a page as soon as it is read: those of a stack fill the memory."""


@dataclass(frozen=True)
class Reading:
    """How files are read.

    Attributes:
        jobs: how many processes look at paper; 0 for as many as there are cores.
        watch: is told how far it is.
        keep: is given the pictures of every page.
    """

    jobs: int = 0
    watch: Watch = field(default=lambda _done, _total: None)
    keep: Keep = field(default=lambda _paper, _page, _cutouts: None)


PLAIN = Reading()


@dataclass(frozen=True)
class _Task:
    """A page of paper to look at; or a file that is none, with its outcome."""

    begun: Paper | FileOutcome
    page: int = 0


_Waiting = tuple[_Task, "Future[PageSeen] | None"]


def read_files(files: Iterable[Path], shelf: Shelf, how: Reading = PLAIN) -> Iterator[FileOutcome]:
    """Yield what each file holds, in order; pages of paper are looked at by several processes.

    Whoever stops it (Ctrl-C) still gets the file it is at, with the pages that were read.

    Raises:
        KeyboardInterrupt: after that.
    """
    listed = list(files)
    meter = _Meter(how.watch, len(listed))
    stream = _looked_at(_tasks(listed, shelf, meter), shelf, how)
    try:
        for begun, tasks in itertools.groupby(stream, key=lambda pair: pair[0].begun):
            if isinstance(begun, FileOutcome):
                meter.step()
                yield begun
            else:
                yield from _paper(begun, (seen for _, seen in tasks), shelf, (how, meter))
    finally:
        stream.close()


class _Meter:
    """Counts what is done; pages are more to do than was known at first."""

    def __init__(self, watch: Watch, total: int):
        self._watch, self._done, self._total = watch, 0, total

    def more(self, number: int) -> None:
        self._total += number

    def step(self) -> None:
        self._done += 1
        self._watch(self._done, self._total)


def _tasks(files: Iterable[Path], shelf: Shelf, meter: _Meter) -> Iterator[_Task]:
    for file in files:
        begun = begin(file, shelf)
        if isinstance(begun, Paper):
            meter.more(begun.pages - 1)
            yield from (_Task(begun, page) for page in range(1, begun.pages + 1))
        else:
            yield _Task(begun)


def _paper(
    paper: Paper, seen: Iterable["PageSeen | None"], shelf: Shelf, how: tuple[Reading, _Meter]
) -> Iterator[FileOutcome]:
    """Yield the outcome of a file of paper; of one that is interrupted, what there is of it."""
    reading, meter = how
    pages: list[PageSeen] = []
    stopped = False
    try:
        for page in seen:
            if page is not None:
                reading.keep(paper, page.page, page.cutouts)
                pages.append(replace(page, cutouts=()))
                meter.step()
    except KeyboardInterrupt:
        stopped = True
    yield replace(finish(paper, pages, shelf), is_whole=not stopped)
    if stopped:
        raise KeyboardInterrupt


def _looked_at(
    tasks: Iterator[_Task], shelf: Shelf, how: Reading
) -> Generator[tuple[_Task, "PageSeen | None"], None, None]:
    """Yield every task with what is seen on its page, in order."""
    first = list(itertools.islice(tasks, _FEW + 1))
    everything = itertools.chain(first, tasks)
    workers = how.jobs or os.cpu_count() or 1
    if workers == 1 or sum(task.page > 0 for task in first) <= _FEW:
        for task in everything:
            yield task, _look(task.begun.path, task.page, shelf) if task.page else None
        return
    pool = Workers(workers, _look_there, _take_along, (shelf,))
    waiting: deque[_Waiting] = deque()
    try:
        for task in everything:
            future = pool.submit(task.begun.path, task.page) if task.page else None
            waiting.append((task, future))
            if len(waiting) >= workers * _AHEAD:
                yield _taken(waiting.popleft(), pool)
        while waiting:
            yield _taken(waiting.popleft(), pool)
    finally:
        pool.stop()


def _taken(waiting: _Waiting, pool: "Workers[PageSeen]") -> tuple[_Task, "PageSeen | None"]:
    task, future = waiting
    if future is None:
        return task, None
    seen = pool.result(future, task.begun.path, task.page)
    return task, seen or scan.unreadable(task.page, mark("the program broke down over it"))


_shelves: list[Shelf] = []  # of a worker: sent once, not with every page


def _take_along(shelf: Shelf) -> None:
    _shelves.append(shelf)


def _look_there(path: Path, page: int) -> "PageSeen":
    return _look(path, page, _shelves[-1])


def _look(path: Path, page: int, shelf: Shelf) -> "PageSeen":
    """Return what is seen on a page; one that we stumble over never stops the rest."""
    try:
        return scan.read_page(path, page, shelf)
    except Exception as error:  # noqa: BLE001  it is told, with its page
        _log.debug("%s, page %s", path, page, exc_info=True)
        told = f"{type(error).__name__}: {error}"
        return scan.unreadable(page, mark("the program stumbled over it: {error}"), error=told)
