"""One function for each kind of row: what stands in its cells."""

import datetime as dt
from collections.abc import Callable

from s2c_forms.form.fields import Field, Option, fields_of
from s2c_forms.form.form import Form
from s2c_forms.form.kinds import Value, show
from s2c_forms.media.excel import formulas
from s2c_forms.media.excel.desk import Desk
from s2c_forms.media.excel.labels import hint_of
from s2c_forms.media.excel.plan import Kind, Line
from s2c_forms.media.excel.sheet import ANCHOR, ANSWER, HINT, NUMBER, TEXT, TICK_SYMBOLS
from s2c_forms.words import say

# Excel counts days from 1900, and gets the first two months of that year wrong.
_FIRST_DATE, _DAY_0 = dt.date(1900, 3, 1), dt.date(1899, 12, 30)


def write_row(desk: Desk, row: int, line: Line) -> None:
    """Write the cells of one row."""
    if line.field:
        desk.page.write_string(row, ANCHOR, line.field.id, desk.styles["anchor"])
    _WRITERS[line.kind](desk, row, line)


def _title(desk: Desk, row: int, line: Line) -> None:
    desk.page.write_string(row, NUMBER, line.text, desk.styles["title"])
    formula, shown = formulas.still_to_score(desk)
    desk.page.write_formula(row, HINT, formula, desk.styles["count"], shown)


def _legend(desk: Desk, row: int, _line: Line) -> None:
    style = desk.styles["legend"]
    pieces: list[object] = []
    for point in desk.form.rubric.scale:
        pieces += [desk.styles["legend_value"], str(point.value)]
        pieces += [desk.styles["quiet"], f" = {point.label}      "]
    desk.page.write_rich_string(row, NUMBER, *pieces, style)
    for column in (TEXT, ANSWER, HINT):
        desk.page.write_blank(row, column, None, style)


def _howto(desk: Desk, row: int, line: Line) -> None:
    desk.page.merge_range(row, NUMBER, row, HINT, line.text, desk.styles["howto"])


def _head(desk: Desk, row: int, line: Line) -> None:
    field = _field(line)
    label, hint = f"{line.text}  ", hint_of(field, desk.language)
    styles = desk.styles
    if hint:
        pieces = [styles["label"], label, styles["quiet"], hint]
        desk.page.write_rich_string(row, NUMBER, *pieces, styles["plain"])
    else:
        desk.page.write_string(row, NUMBER, line.text, styles["label"])
    style = styles[_INPUTS.get(field.kind, "text_input")]
    desk.page.merge_range(row, ANSWER, row, HINT, "", style)
    _write_value(desk, row, field, style)


def _write_value(desk: Desk, row: int, field: Field, style: object) -> None:
    value = held_of(desk.form, field)
    if isinstance(value, int):
        desk.page.write_number(row, ANSWER, value, style)
    elif value is not None:
        desk.page.write_string(row, ANSWER, value, style)


def held_of(form: Form, field: Field) -> int | str | None:
    """Return what is known beforehand as a cell holds it: a number, a day, or text to the letter.

    Excel counts days; None where nothing is known.
    """
    value: Value | None = form.prefilled.get(field.id)
    if isinstance(value, dt.date) and value >= _FIRST_DATE:
        return (value - _DAY_0).days
    if value is None or (isinstance(value, int) and field.kind == "number"):
        return value
    return show(field, value, form.rubric.language)


_INPUTS = {"date": "date_input", "number": "number_input"}


def _note(desk: Desk, row: int, line: Line) -> None:
    desk.page.write_string(row, NUMBER, line.text, desk.styles["note"])


def _gap(_desk: Desk, _row: int, _line: Line) -> None:
    """Leave the row empty."""


def _band(desk: Desk, row: int, line: Line) -> None:
    styles = desk.styles
    desk.page.write_string(row, NUMBER, line.number, styles["band_number"])
    desk.page.write_string(row, TEXT, line.text, styles["band"])
    scores = [
        desk.rows[field.id]
        for field in fields_of(desk.form.rubric)
        if field.kind == "score" and line.part and field.part == line.part.id
    ]
    formula, shown = formulas.mean(scores)
    desk.page.write_formula(row, ANSWER, formula, styles["band_mean"], shown)
    desk.page.write_string(row, HINT, say("mean score", desk.language), styles["band_hint"])


def _score(desk: Desk, row: int, line: Line) -> None:
    styles = desk.styles
    desk.page.write_string(row, NUMBER, line.number, styles["factor_number"])
    desk.page.write_string(row, TEXT, line.text, styles["factor"])
    desk.page.write_blank(row, ANSWER, None, styles["score_input"])
    options: tuple[Option, ...] = _field(line).options
    formula, shown = formulas.status(row, options, desk.language)
    desk.page.write_formula(row, HINT, formula, styles["factor_hint"], shown)


def _tick(desk: Desk, row: int, line: Line) -> None:
    styles = desk.styles
    desk.page.write_blank(row, NUMBER, None, styles["number"])
    desk.page.write_string(row, TEXT, line.text, styles["text"])
    desk.page.write_blank(row, HINT, None, styles["hint"])
    if desk.form.boxes == "checks":
        desk.page.insert_checkbox(row, ANSWER, False, styles["tick_input"])
    else:
        desk.page.write_string(row, ANSWER, TICK_SYMBOLS[0], styles["symbol_input"])


def _remark(desk: Desk, row: int, line: Line) -> None:
    styles = desk.styles
    hint = hint_of(_field(line), desk.language)
    pieces = [styles["remark"], line.text, styles["quiet"], f"\n{hint}"]
    desk.page.merge_range(row, NUMBER, row, TEXT, "", styles["remark_label"])
    desk.page.write_rich_string(row, NUMBER, *pieces, styles["remark_label"])
    desk.page.merge_range(row, ANSWER, row, HINT, "", styles["remark_input"])


def _stamp(desk: Desk, row: int, line: Line) -> None:
    desk.page.write_string(row, NUMBER, line.text, desk.styles["quiet"])


def _field(line: Line) -> Field:
    if line.field is None:
        raise ValueError(f"a row of kind {line.kind} without its field")
    return line.field


_WRITERS: dict[Kind, Callable[[Desk, int, Line], None]] = {
    "title": _title,
    "legend": _legend,
    "howto": _howto,
    "head": _head,
    "note": _note,
    "gap": _gap,
    "band": _band,
    "score": _score,
    "tick": _tick,
    "remark": _remark,
    "stamp": _stamp,
}
