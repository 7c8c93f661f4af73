"""A roster: a table with a row for every form, in columns named by the head's fields."""

import csv
import io
import logging
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from s2c_forms.errors import RefusedError, RosterError
from s2c_forms.form.fields import Field, head_of
from s2c_forms.form.kinds import Parsed, Value, parse, same_words
from s2c_forms.form.rubric import Rubric
from s2c_forms.records.problems import Problem
from s2c_forms.words import mark, say

Row = dict[str, Value]
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Line:
    """One row of the table: its number as people see it, and its cells as text."""

    number: int
    cells: tuple[str, ...]


def read_roster(path: Path, rubric: Rubric) -> list[Row]:
    """Return the head's values for each form, one a row that isn't empty.

    Raises:
        RosterError: the file can't be read, has no column of ours, or has cells that can't be
            taken; then with every one of them.
    """
    lines = [line for line in _lines(path) if any(line.cells)]
    if not lines:
        raise RosterError(
            mark("The roster {path} is empty."), _NAMES, path=path, names=_ids(rubric)
        )
    columns = _columns(path, lines[0], rubric)
    rows: list[Row] = []
    findings: list[str] = []
    for line in lines[1:]:
        row, faults = _row(line, columns)
        findings += faults
        if row:
            rows.append(row)
    if findings:
        raise RosterError(
            mark("The roster {path} has cells that can't be taken: {n}. Nothing was made."),
            mark("Mend the cells named here."),
            findings=tuple(findings),
            path=path,
            n=len(findings),
        )
    if not rows:
        raise RosterError(
            mark("The roster {path} has no rows under its column names."),
            mark("Give it one row for each form."),
            path=path,
        )
    return rows


_NAMES = mark("Name its columns in the first row; choose among: {names}.")


def _ids(rubric: Rubric) -> str:
    return ", ".join(field.id for field in head_of(rubric))


def _columns(path: Path, line: _Line, rubric: Rubric) -> dict[int, Field]:
    """Return the field of each column that has one; tell the others and leave them out."""
    columns: dict[int, Field] = {}
    unknown = []
    for place, name in enumerate(line.cells):
        field = _field_named(name, rubric)
        if field and field in columns.values():
            raise RosterError(
                mark("The roster {path} has two columns for `{id}`."),
                mark("Keep one of the two."),
                path=path,
                id=field.id,
            )
        if field:
            columns[place] = field
        elif name:
            unknown.append(name)
    if not columns:
        what = mark("The roster {path} has no column that the form has a field for.")
        raise RosterError(what, _NAMES, path=path, names=_ids(rubric))
    if unknown:
        told = ", ".join(unknown)
        _log.warning(
            "%s", say("Columns of the roster that the form has no field for: {names}.", names=told)
        )
    return columns


def _field_named(name: str, rubric: Rubric) -> Field | None:
    fields = head_of(rubric)
    by_id = [field for field in fields if same_words(name, field.id)]
    by_label = [field for field in fields if same_words(name, field.label)]
    return next(iter([*by_id, *by_label]), None)


def _row(line: _Line, columns: dict[int, Field]) -> tuple[Row, list[str]]:
    """Return the values of a row, and what is wrong with its cells."""
    row: Row = {}
    findings = []
    for place, field in columns.items():
        raw = line.cells[place] if place < len(line.cells) else ""
        parsed = Parsed(problem="formula") if raw.startswith("=") else parse(field, raw)
        if parsed.problem:
            where = say("row {row}, column {column}", row=line.number, column=field.id)
            problem = Problem(parsed.problem, field.id, where, raw)
            findings.append(f"{where}: {problem.what()} {_mend(field)}")
        elif parsed.value is not None:
            row[field.id] = parsed.value
    return row, findings


def _mend(field: Field) -> str:
    """Return what a cell of the roster may hold, where a form's mend would be beside the point."""
    if field.kind == "choice":
        return say("Choose among: {known}.", known=", ".join(str(o.value) for o in field.options))
    if field.kind == "date":
        return say("Write the date as dd-mm-yyyy.")
    if field.kind == "number" and field.minimum is not None:
        return say("Write a whole number from {minimum} up.", minimum=field.minimum)
    return say("Write it as plain text or digits.")


def _lines(path: Path) -> list[_Line]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise RosterError(
            mark("The roster {path} can't be opened: {reason}."),
            mark("Look at the name; if it is open in Excel, close it there."),
            path=path,
            reason=error.strerror or str(error),
        ) from error
    is_workbook = data.startswith((b"PK", b"\xd0\xcf\x11\xe0"))
    return _of_workbook(path, data) if is_workbook else _of_text(path, data)


def _of_workbook(path: Path, data: bytes) -> list[_Line]:
    """Return the rows of a workbook's first sheet with anything on it."""
    from s2c_forms.media.excel.reader import load_book

    try:
        book = load_book(data)
    except RefusedError as error:
        raise RosterError(
            mark("The roster {path} is not a workbook that can be read. {reason}"),
            mark("Open it in Excel or LibreOffice and save it as .xlsx or .csv."),
            path=path,
            reason=error.what,
        ) from error
    for sheet in book.sheets:
        # A formula without a result is kept as it stands: `_row` makes a finding of it.
        if cells := {**sheet.unfinished, **sheet.cells}:
            return _rows_of(cells)
    return []


def _rows_of(cells: Mapping[tuple[int, int], str]) -> list[_Line]:
    rows: dict[int, dict[int, str]] = defaultdict(dict)
    for (row, column), text in cells.items():
        rows[row][column] = text.strip()
    return [
        _Line(row + 1, tuple(rows[row].get(column, "") for column in range(max(rows[row]) + 1)))
        for row in sorted(rows)
    ]


def _of_text(path: Path, data: bytes) -> list[_Line]:
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
            mark("The roster {path} is not a csv file that can be read. {reason}"),
            mark("Open it in Excel or LibreOffice and save it as .xlsx or .csv."),
            path=path,
            reason=error,
        ) from error
    return [
        _Line(number, tuple(cell.strip() for cell in cells))
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
        mark("The roster {path} is neither a workbook nor a csv file."),
        mark("Save it as .xlsx, or as “CSV UTF-8”."),
        path=path,
    )
