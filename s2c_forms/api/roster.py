"""A roster: a table with a row for every form, in columns named by the head's fields."""

import logging
from pathlib import Path

from s2c_forms.api.table import Line, bytes_of, lines_of
from s2c_forms.errors import RosterError
from s2c_forms.form.fields import Field, head_of
from s2c_forms.form.kinds import Parsed, Value, parse, same_words
from s2c_forms.form.rubric import Rubric
from s2c_forms.records.problems import Problem
from s2c_forms.words import mark, say

Row = dict[str, Value]
_log = logging.getLogger(__name__)


def read_roster(path: Path, rubric: Rubric) -> list[Row]:
    """Return the head's values for each form, one a row that isn't empty.

    Raises:
        RosterError: the file can't be read, has no column of ours, or has cells that can't be
            taken; then with every one of them.
    """
    lines = [line for line in lines_of(path, bytes_of(path)) if any(line.cells)]
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


def _columns(path: Path, line: Line, rubric: Rubric) -> dict[int, Field]:
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


def _row(line: Line, columns: dict[int, Field]) -> tuple[Row, list[str]]:
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
