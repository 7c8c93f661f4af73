"""Paper: its pages are looked at one by one, on all cores, and put together file by file."""

import itertools
import logging
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from s2c_forms.api.looking import Meter, Task, Watch, Where, looked_at, tasks_of
from s2c_forms.api.reading import FileOutcome, Paper, finish
from s2c_forms.errors import WriteError
from s2c_forms.form.filled import Cutout
from s2c_forms.form.shelf import Shelf
from s2c_forms.media import scan
from s2c_forms.media.sniff import is_overlay
from s2c_forms.words import mark

if TYPE_CHECKING:
    from s2c_forms.media.scan.seen import PageSeen

_log = logging.getLogger(__name__)
Keep = Callable[[Paper, int, tuple[Cutout, ...]], None]
"""Is given the pictures of a page as soon as it is read: those of a stack fill the memory."""


@dataclass(frozen=True)
class Reading:
    """How files are read.

    Attributes:
        jobs: how many processes look at paper; 0 for as many as there are cores.
        watch: is told how far it is.
        keep: is given the pictures of every page.
        overlay: the folder that gets a picture of every page, with what was read drawn over it.
        executor: who reads instead of processes of ours; files are at the same paths for it. It is
            of `concurrent.futures`, or of a cluster: see `api.cluster`.
    """

    jobs: int = 0
    watch: Watch = field(default=lambda _done, _total: None)
    keep: Keep = field(default=lambda _paper, _page, _cutouts: None)
    overlay: Path | None = None
    executor: Executor | None = None

    @property
    def where(self) -> Where:
        """Return who reads."""
        return self.executor or self.jobs


PLAIN = Reading()


def read_files(files: Iterable[Path], shelf: Shelf, how: Reading = PLAIN) -> Iterator[FileOutcome]:
    """Yield what each file holds, in order; pages of paper are looked at by several processes.

    Whoever stops it (Ctrl-C) still gets the file it is at, with the pages that were read.

    Raises:
        KeyboardInterrupt: after that.
        WriteError: a picture of a page can't be written.
    """
    listed = list(files)
    meter = Meter(how.watch, len(listed))
    overlay = how.overlay and how.overlay.absolute()  # for workers that were started elsewhere
    look = partial(_look, overlay=overlay)
    stream = looked_at(tasks_of(listed, shelf, meter, how.where), shelf, how.where, look)
    try:
        for begun, tasks in itertools.groupby(stream, key=lambda pair: pair[0].begun):
            if isinstance(begun, FileOutcome):
                meter.step()
                yield begun
            else:
                yield from _paper(begun, map(_found, tasks), shelf, (how, meter))
    finally:
        stream.close()


def without_overlays(files: Iterable[Path], folder: Path | None) -> list[Path]:
    """Return files but for the pictures that an earlier reading put into this very folder."""
    return [file for file in files if not (folder and _is_overlay(file, folder))]


def _is_overlay(file: Path, folder: Path) -> bool:
    if file.suffix != ".png" or file.absolute().parent != folder.absolute() or not file.is_file():
        return False
    with file.open("rb") as stream:
        return is_overlay(stream.read(1024))


def _found(looked: tuple[Task, "PageSeen | None"]) -> "PageSeen":
    task, seen = looked
    return seen or scan.unreadable(task.page, mark("the program broke down over it"))


def _paper(
    paper: Paper, seen: Iterable["PageSeen"], shelf: Shelf, how: tuple[Reading, Meter]
) -> Iterator[FileOutcome]:
    """Yield the outcome of a file of paper; of one that is interrupted, what there is of it."""
    reading, meter = how
    pages: list[PageSeen] = []
    stopped = False
    try:
        for page in seen:
            reading.keep(paper, page.page, page.cutouts)
            pages.append(replace(page, cutouts=()))
            meter.step()
    except KeyboardInterrupt:
        stopped = True
    if stopped:
        pages += [scan.left(page) for page in range(len(pages) + 1, paper.pages + 1)]
    yield replace(finish(paper, pages, shelf), is_whole=not stopped)
    if stopped:
        raise KeyboardInterrupt


def _look(path: Path, page: int, shelf: Shelf, *, overlay: Path | None) -> "PageSeen":
    """Return what is seen on a page; one that we stumble over never stops the rest."""
    try:
        if overlay:
            return scan.draw_page(path, page, shelf, folder=overlay)
        return scan.read_page(path, page, shelf)
    except WriteError:  # of its picture: the others can't be written either
        raise
    except Exception as error:  # noqa: BLE001  it is told, with its page
        _log.debug("%s, page %s", path, page, exc_info=True)
        told = f"{type(error).__name__}: {error}"
        return scan.unreadable(page, mark("the program stumbled over it: {error}"), error=told)
