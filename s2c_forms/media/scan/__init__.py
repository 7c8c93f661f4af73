"""Paper that comes back: scans and photos of forms that were marked with a pen.

A file has pages, and each is looked at by itself (`read_page`): in any order, by any process.
Only then it is told which of them belong together (`assemble`). What that takes is the extra
`s2c-forms[scan]`, so nothing of it is imported before it is asked for.
"""

import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from s2c_forms.errors import RefusedError
from s2c_forms.form.filled import FileRead
from s2c_forms.form.shelf import Shelf
from s2c_forms.words import Message, mark

if TYPE_CHECKING:
    from s2c_forms.media.scan.seen import PageSeen

INSTALL = 'pip install "s2c-forms[scan]"'
_PARTS = ("cv2", "numpy", "pypdfium2", "zxingcpp")


def refuse_without_parts() -> None:
    """Refuse to read paper where the libraries for it aren't installed.

    Raises:
        RefusedError: `part_missing`, with the line that installs them.
    """
    if any(importlib.util.find_spec(part) is None for part in _PARTS):
        raise RefusedError("part_missing", install=INSTALL)


def check_limits() -> None:
    """See that the limits in `templates/scan.yaml` can be used, before any page is read.

    Raises:
        RubricError: they can't; says what is wrong with which.
    """
    from s2c_forms.media.scan.tuning import load_tuning

    load_tuning()


def page_count(path: Path) -> int:
    """Return how many pages a file has.

    Raises:
        RefusedError: it can't be opened, or holds more than any stack of paper.
    """
    refuse_without_parts()
    from s2c_forms.media.scan.raster import page_count as count

    return count(path)


def read_page(path: Path, number: int, shelf: Shelf) -> "PageSeen":
    """Return what is seen on a page, counted from 1. A page that can't be read raises nothing."""
    from s2c_forms.media.scan.page import read_page as read

    return read(path, number, shelf)


def unreadable(number: int, reason: str, **values: object) -> "PageSeen":
    """Return a page that couldn't be looked at, and why."""
    from s2c_forms.media.scan.seen import PageSeen as Seen

    return Seen(number, "unreadable", reason=Message(reason, values))


def draw_page(path: Path, number: int, shelf: Shelf, *, folder: Path) -> "PageSeen":
    """Return what is seen on a page, and write the picture of it into a folder.

    Raises:
        WriteError: the picture can't be written.
    """
    from s2c_forms.media.scan.overlay import draw_page as draw

    return draw(path, number, shelf, folder)


def left(number: int) -> "PageSeen":
    """Return a page that nobody came to, since reading was stopped."""
    from s2c_forms.media.scan.seen import PageSeen as Seen

    return Seen(number, "left", reason=Message(mark("reading was stopped; merge again")))


def assemble(seen: "Sequence[PageSeen]", shelf: Shelf) -> FileRead:
    """Return the forms that the pages of a file make, and what became of every page."""
    from s2c_forms.media.scan.sheets import assemble as put_together

    return put_together(seen, shelf)
