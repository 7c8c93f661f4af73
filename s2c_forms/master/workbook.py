"""The book as a workbook, written whole or not at all."""

import contextlib
import datetime as dt
import glob
import io
import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from s2c_forms.errors import WriteError
from s2c_forms.form.theme import load_theme
from s2c_forms.master.beside import Beside, tables_beside
from s2c_forms.master.book import Book
from s2c_forms.master.drawing import Pen, draw_sheet
from s2c_forms.master.overview import draw_overview, overview_of
from s2c_forms.master.sheet import Sheet, in_sheets
from s2c_forms.master.sheets import agreement, answers, codebook, files, log, progress, to_check
from s2c_forms.master.start import draw_start
from s2c_forms.master.typed import baseline
from s2c_forms.media.excel.sheet import MASTER_PROPERTY, PART_PROPERTY
from s2c_forms.words import mark, say

_SHEETS = (
    progress.progress_sheet,
    answers.forms,
    answers.scores,
    answers.indicators,
    agreement.agreement_sheet,
    to_check.to_check,
    log.log,
    files.provenance,
    codebook.codebook,
)
_LONG = {"scores": answers.scores, "indicators": answers.indicators}
_NEVER = dt.datetime(2000, 1, 1)  # noqa: DTZ001  the date of a workbook in which nothing is yet
# What people typed is text, also where it begins with `=` or `http:`.
_PLAIN = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}


def write_workbook(book: Book, path: Path) -> None:
    """Write the workbook to `path`, which keeps what it held until the new one is whole.

    Equal books are written as equal bytes.

    Raises:
        WriteError: `path` can't be written; nothing of it has changed.
    """
    with drawn_beside(book, path) as drawn:
        put(drawn, path)


@contextlib.contextmanager
def drawn_beside(book: Book, path: Path) -> Iterator[Path]:
    """Draw the workbook to a file beside `path`; it is gone at the end, unless it was put there.

    What a merge that was killed left behind is cleaned up, so let no two do this at once.

    Raises:
        WriteError: the folder can't be written.
    """
    try:
        temporary = _room_beside(path)
    except OSError as error:
        raise unwritable(path, error) from error
    try:
        _draw_safely(book, temporary, path)
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def _room_beside(path: Path) -> Path:
    """Return an empty file beside `path`, whose leftovers of earlier times are gone."""
    prefix = f".s2c-{path.stem}-"
    path.parent.mkdir(parents=True, exist_ok=True)
    for left in path.parent.glob(f"{glob.escape(prefix)}*.tmp"):
        left.unlink(missing_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=prefix, suffix=".tmp")
    os.close(handle)
    return Path(name)


def _draw_safely(book: Book, temporary: Path, path: Path) -> None:
    try:
        draw(book, temporary, tables_beside(book, path))
        with temporary.open("rb+") as stream:
            os.fsync(stream.fileno())
    except OSError as error:
        raise unwritable(path, error) from error


def put(drawn: Path, path: Path) -> None:
    """Give a drawn workbook its name, in place of what had it.

    Raises:
        WriteError: the system refuses; nothing has changed.
    """
    try:
        drawn.chmod(path.stat().st_mode if path.exists() else 0o666 & ~_umask())
        drawn.replace(path)
    except OSError as error:
        raise unwritable(path, error) from error
    _sync_folder(path.parent)


def unwritable(path: Path, error: OSError) -> WriteError:
    """Return the error that says why a workbook can't be written."""
    return WriteError(
        mark("{path} can't be written: {reason}."),
        mark("Is it open in Excel? Close it, and merge again. What was read is kept."),
        path=path,
        reason=error.strerror or str(error),
    )


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    """Have the new name written to disk as well, on systems that can."""
    with contextlib.suppress(OSError):  # Windows opens no folders
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def draw(book: Book, path: Path, beside: Sequence[Beside] = ()) -> None:
    """Draw every sheet of the book to the file `path`, but for those tables that go beside it.

    Drawn in memory first: a zip file that can't be ended on a full disk complains on stderr.

    Raises:
        OSError: it can't be written.
    """
    import xlsxwriter

    drawn = io.BytesIO()
    workbook = xlsxwriter.Workbook(drawn, _PLAIN)
    _describe(workbook, book)
    scale = tuple(sorted({point.value for point in book.rubric.scale}))
    pen = Pen(workbook, load_theme(), scale)
    sheets = sheets_of(book, beside)
    overview = overview_of(book)
    draw_start(pen, book, [overview, *sheets], beside)
    draw_overview(pen, overview)
    for sheet in sheets:
        draw_sheet(pen, sheet)
    if book.part_of:
        _lock(workbook)
    else:
        _draw_baseline(workbook, book, sheets)
    workbook.close()
    path.write_bytes(drawn.getvalue())


def _draw_baseline(workbook: Any, book: Book, sheets: list[Sheet]) -> None:
    """Keep what is written in the workbook itself, for what people type to be told from it."""
    tables: dict[str, list[Sheet]] = {"s2c_forms": [], "s2c_to_check": []}
    for sheet in sheets:
        tables.get(re.sub(r"_\d+$", "", sheet.table), []).append(sheet)
    page = workbook.add_worksheet(baseline.SHEET)
    page.very_hidden()
    told = baseline.entries(book, tables["s2c_forms"], tables["s2c_to_check"])
    for row, texts in enumerate(told):
        for column, text in enumerate(texts):
            page.write_string(row, column, text)


# What may be done in a sheet in which nothing can be typed.
_ALLOWED = {"autofilter": True, "format_columns": True, "format_rows": True, "format_cells": True}


def _lock(workbook: Any) -> None:
    """Let nothing be typed in any sheet: it wouldn't be read back. There is no password."""
    for page in workbook.worksheets():
        page.protect("", _ALLOWED)


def _describe(workbook: Any, book: Book) -> None:
    created = (book.changed or _NEVER).replace(tzinfo=None)
    title = say("{title}: all forms", book.language, title=book.rubric.title)
    workbook.set_properties({"title": title, "author": "s2c-forms", "created": created})
    # Says that it is a master and no form, and of which rubric.
    workbook.set_custom_property(MASTER_PROPERTY, book.rubric.id)
    if book.part_of:
        workbook.set_custom_property(PART_PROPERTY, book.part_of)


def sheets_of(book: Book, beside: Sequence[Beside] = ()) -> list[Sheet]:
    """Return the sheets of a book as data, without the first, and those tables beside it."""
    elsewhere = {_LONG[one.table] for one in beside}
    makers = [make for make in _SHEETS if make not in elsewhere]
    return [part for make in makers for part in in_sheets(make(book))]
