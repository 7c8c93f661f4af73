"""The workbook as saved less what was written: what a person typed, and where."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from s2c_forms.form.stamp import spaced
from s2c_forms.master.sheets.to_check import ANSWER, QUESTION_ID, REMARK
from s2c_forms.master.typed.baseline import KEY, SHEET, Baseline, Line, Row, baseline_of, rest_of
from s2c_forms.master.typed.saved import Print, Saved, Table, digest_of, table_in
from s2c_forms.words import say

_FORM_ID = "form_id"
# Columns by which the tables are known in which people type.
FORMS = (KEY, _FORM_ID, "status", "rubric_version")
QUESTIONS = (QUESTION_ID,)


@dataclass(frozen=True)
class Answered:
    """What stands beside a question: an answer, a remark, or both."""

    line: Line
    row: Row
    answer: str
    remark: str


@dataclass(frozen=True)
class Corrected:
    """A cell of a form's row that was changed; `new` is empty where it was cleared."""

    row: Row
    field_id: str
    old: str
    new: str


@dataclass(frozen=True)
class Typed:
    """What a person did to a workbook.

    Attributes:
        baseline: what had been written.
        answered: the questions beside which something stands.
        corrected: the cells that were changed.
        deleted: the rows of forms that are gone.
        elsewhere: the sheets on which something was typed where we don't read it.
    """

    baseline: Baseline
    answered: tuple[Answered, ...]
    corrected: tuple[Corrected, ...]
    deleted: tuple[Row, ...]
    elsewhere: tuple[str, ...]


def written_in(saved: Saved) -> Baseline | None:
    """Return what was written into a workbook; None where it isn't one of ours."""
    return next(filter(None, map(baseline_of, saved.sheets.values())), None)


def typed_in(
    saved: Saved, baseline: Baseline, before: Print | None, fields: frozenset[str], lang: str
) -> Typed:
    """Return what a person typed.

    Args:
        saved: the workbook as it is now.
        baseline: what was written into it.
        before: its print as it was written; None where that isn't known.
        fields: the ids of the columns that may be corrected.
        lang: the language of the workbook.
    """
    forms = _tables(saved, before, *FORMS)
    questions = _tables(saved, before, *QUESTIONS)
    elsewhere = [
        *_other_sheets(saved, before, {**forms, **questions}),
        *(name for name, table in forms.items() if _is_stray(table, baseline, fields)),
        *(name for name, table in questions.items() if _is_strange(table, baseline, lang)),
    ]
    texts = [row for table in forms.values() for row in table.rows]
    columns = {name for table in forms.values() for name in table.columns}
    rows = _by_key(texts, baseline)
    return Typed(
        baseline,
        tuple(_answered(questions, baseline, lang)),
        tuple(_corrected(rows, baseline, fields & columns)),
        tuple(row for key, row in baseline.rows.items() if key not in rows) if forms else (),
        tuple(dict.fromkeys(elsewhere)),
    )


def _tables(saved: Saved, before: Print | None, *needed: str) -> dict[str, Table]:
    """Return our tables with these columns by sheet: also on a sheet that was given another name.

    A sheet of the person's own that is a copy of ours counts only where ours is gone.
    """
    tables = {name: table_in(rows, *needed) for name, rows in saved.sheets.items()}
    found = {name: table for name, table in tables.items() if table}
    ours = {name: table for name, table in found.items() if before and name in before.sheets}
    return ours or found


def _other_sheets(saved: Saved, before: Print | None, ours: Mapping[str, Table]) -> Iterator[str]:
    """Yield the names of sheets on which something else stands; `*` for charts and the like."""
    if before is None:
        return
    for name, rows in saved.sheets.items():
        if name in ours:  # perhaps under another name
            is_known = digest_of([ours[name].outside]) in before.sheets.values()
        else:
            is_known = digest_of(rows) == before.sheets.get(name, digest_of([]))
        if not is_known and name != SHEET:
            yield name
    if any(number > before.parts.get(kind, 0) for kind, number in saved.parts.items()):
        yield "*"


def _is_stray(table: Table, baseline: Baseline, fields: frozenset[str]) -> bool:
    """Return whether something stands in or beside the forms that is no correction."""
    counted = Counter(row.get(KEY, "") for row in table.rows)
    if any(key not in baseline.rows or number > 1 for key, number in counted.items()):
        return True
    written = {name for row in baseline.rows.values() for name in row.cells}
    return any(
        row.get(name, "") != baseline.rows[row[KEY]].cells.get(name, "")
        for row in table.rows
        for name in {*row, *(written - fields)}
        if name not in fields
    )


def _is_strange(table: Table, baseline: Baseline, lang: str) -> bool:
    """Return whether something stands in the questions that is no answer to them."""
    for row in table.rows:
        line = baseline.lines.get(row.get(QUESTION_ID, ""))
        if line is None or rest_of(row, lang) != line.rest:
            return True
    return False


def _by_key(texts: list[Mapping[str, str]], baseline: Baseline) -> dict[str, Mapping[str, str]]:
    """Return the rows by key. One whose key was lost is known by its form, if that is its alone."""
    rows: dict[str, Mapping[str, str]] = {}
    for row in texts:
        if row.get(KEY, "") in baseline.rows and len(row) > 1:  # one that was cleared is deleted
            rows.setdefault(row[KEY], row)
    forms = Counter(form for row in baseline.rows.values() for form in row.form_ids)
    alone = {
        spaced(row.form_ids[0]): key
        for key, row in baseline.rows.items()
        if len(row.form_ids) == 1 and forms[row.form_ids[0]] == 1
    }
    for row in texts:
        key = alone.get(row.get(_FORM_ID, ""), "")
        if row.get(KEY, "") not in baseline.rows and key:
            rows.setdefault(key, row)
    return rows


def _corrected(
    rows: Mapping[str, Mapping[str, str]], baseline: Baseline, fields: frozenset[str]
) -> Iterator[Corrected]:
    for key, texts in rows.items():
        row = baseline.rows[key]
        for field_id in sorted(fields):
            old, new = row.cells.get(field_id, ""), texts.get(field_id, "")
            if old != new:
                yield Corrected(row, field_id, old, new)


def _answered(tables: Mapping[str, Table], baseline: Baseline, lang: str) -> Iterator[Answered]:
    for table in tables.values():
        for texts in table.rows:
            line = baseline.lines.get(texts.get(QUESTION_ID, ""))
            answer, remark = texts.get(say(ANSWER, lang), ""), texts.get(say(REMARK, lang), "")
            if line and (answer or remark):
                row = baseline.rows.get(line.key) or baseline.out[line.key]
                yield Answered(line, row, answer, remark)
