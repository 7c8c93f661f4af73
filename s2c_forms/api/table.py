"""A table that people made: the rows of a workbook or a csv file, as texts."""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from s2c_forms.errors import RefusedError, RosterError
from s2c_forms.words import mark


@dataclass(frozen=True)
class Line:
    """One row of a table: its number as people see it, and its cells as text."""

    number: int
    cells: tuple[str, ...]


def bytes_of(path: Path) -> bytes:
    """Return what a file holds.

    Raises:
        RosterError: it can't be opened.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise RosterError(
            mark("The list {path} can't be opened: {reason}."),
            mark("Look at the name; if it is open in Excel, close it there."),
            path=path,
            reason=error.strerror or str(error),
        ) from error


def lines_of(path: Path, data: bytes) -> list[Line]:
    """Return the rows of a table, in a workbook or a csv file.

    Args:
        path: how the file is called in messages.
        data: what it holds.

    Raises:
        RosterError: it is neither, or damaged.
    """
    is_workbook = data.startswith((b"PK", b"\xd0\xcf\x11\xe0"))
    return _of_workbook(path, data) if is_workbook else _of_text(path, data)


def _of_workbook(path: Path, data: bytes) -> list[Line]:
    """Return the rows of a workbook's first sheet with anything on it."""
    from s2c_forms.media.excel.reader import load_book

    try:
        book = load_book(data)
    except RefusedError as error:
        raise RosterError(
            mark("The list {path} is not a workbook that can be read. {reason}"),
            mark("Open it in Excel or LibreOffice and save it as .xlsx or .csv."),
            path=path,
            reason=error.what,
        ) from error
    for sheet in book.sheets:
        # A formula without a result is kept as it stands: `_row` makes a finding of it.
        if cells := {**sheet.unfinished, **sheet.cells}:
            return _rows_of(cells)
    return []


def _rows_of(cells: Mapping[tuple[int, int], str]) -> list[Line]:
    rows: dict[int, dict[int, str]] = defaultdict(dict)
    for (row, column), text in cells.items():
        rows[row][column] = text.strip()
    return [
        Line(row + 1, tuple(rows[row].get(column, "") for column in range(max(rows[row]) + 1)))
        for row in sorted(rows)
    ]


def _of_text(path: Path, data: bytes) -> list[Line]:
    text = _decoded(path, data)
    head, _, rest = text.partition("\n")
    if said := re.fullmatch(r"sep=(.)\r?", head):  # a line by which Excel knows what parts cells
        text, parted_by = rest, said[1]
    else:
        parted_by = max(";,\t", key=head.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=parted_by))
    except csv.Error as error:
        raise RosterError(
            mark("The list {path} is not a csv file that can be read. {reason}"),
            mark("Open it in Excel or LibreOffice and save it as .xlsx or .csv."),
            path=path,
            reason=error,
        ) from error
    return [
        Line(number, tuple(cell.strip() for cell in cells))
        for number, cells in enumerate(rows, start=1)
    ]


def _decoded(path: Path, data: bytes) -> str:
    """Return text that Excel, LibreOffice or an editor wrote.

    UTF-8 is tried first: letters of cp1252 in a row are hardly ever valid UTF-8. NUL bytes stand
    in neither, and in cp1252 five bytes mean nothing: both say that it's another thing.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):  # "Unicode text" of Excel
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise RosterError(
        mark("The list {path} is neither a workbook nor a csv file."),
        mark("Save it as .xlsx, or as “CSV UTF-8”."),
        path=path,
    )
