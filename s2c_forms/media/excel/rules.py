"""What the cells take (data validation), and how they colour (conditional formats)."""

import datetime as dt
from typing import Any

from s2c_forms.form.fields import Field, fields_of
from s2c_forms.form.theme import load_theme
from s2c_forms.media.excel.desk import Desk
from s2c_forms.media.excel.sheet import ANSWER, HINT, MARKS, NUMBER, TEXT, TICK_SYMBOLS, cell_name
from s2c_forms.words import say

_LONGEST_TITLE = 32
_LONGEST_MESSAGE = 255
_LONGEST_LIST = 255
_MANY = 999_999_999


def add_rules(desk: Desk) -> None:
    """Add to every answer what it takes, and to scores and ticks their colours."""
    for field in fields_of(desk.form.rubric):
        if field.id in desk.rows and (rule := _rule(desk, field)):
            row = desk.rows[field.id]
            desk.page.data_validation(row, ANSWER, row, ANSWER, rule)
    _colour_scores(desk)
    _colour_ticks(desk)


def _rule(desk: Desk, field: Field) -> dict[str, Any] | None:
    language = desk.language
    if field.kind == "score":
        listed = [f"{option.value} = {option.label}" for option in field.options]
        message = say("Choose a score from the list: {scale}.", language, scale=", ".join(listed))
        return _list(desk, [str(option.value) for option in field.options], message)
    if field.kind == "tick":
        return _tick_rule(desk)
    if field.kind == "choice":
        labels = [option.label for option in field.options]
        return _list(desk, labels, say("Choose one from the list.", language))
    if field.kind == "date":
        message = say("Type the date as dd-mm-yyyy, for example 22-11-2026.", language)
        rule = {"validate": "date", "criteria": ">=", "value": dt.date(1950, 1, 1)}
        return {**rule, **_error(desk, message), **_prompt(desk, field, message)}
    if field.kind == "number":
        return _number_rule(desk, field)
    return None


def _number_rule(desk: Desk, field: Field) -> dict[str, Any]:
    least = -_MANY if field.minimum is None else field.minimum
    message = (
        say("Type a whole number.", desk.language)
        if field.minimum is None
        else say("Type a whole number, {n} or more.", desk.language, n=field.minimum)
    )
    rule = {"validate": "integer", "criteria": "between", "minimum": least, "maximum": _MANY}
    return {**rule, **_error(desk, message)}


def _tick_rule(desk: Desk) -> dict[str, Any]:
    message = say("Tick the box, or leave it empty.", desk.language)
    if desk.form.boxes == "symbols":
        return _list(desk, list(TICK_SYMBOLS), message)
    # A list written out as TRUE,FALSE is text in an Excel that doesn't speak English.
    boxes = f"=${cell_name(MARKS, NUMBER)[0]}$1:${cell_name(MARKS, TEXT)[0]}$1"
    return {"validate": "list", "source": boxes, **_error(desk, message)}


def _list(desk: Desk, texts: list[str], message: str) -> dict[str, Any]:
    """Return a drop-down of texts: written out where they fit, else from the hidden sheet."""
    written = ",".join(texts)
    safe = not any("," in text or text.startswith("=") for text in texts)
    source: list[str] | str = texts
    if not safe or len(written) > _LONGEST_LIST:
        source = _hidden_list(desk, texts)
    return {"validate": "list", "source": source, **_error(desk, message)}


def _hidden_list(desk: Desk, texts: list[str]) -> str:
    """Write texts into the next free column of the hidden sheet; return their range."""
    column = max(2, (desk.hidden.dim_colmax or 0) + 1)
    for row, text in enumerate(texts):
        desk.hidden.write_string(row, column, text)
    letter = cell_name(0, column)[:-1]
    return f"={desk.hidden.get_name()}!${letter}$1:${letter}${len(texts)}"


def _error(desk: Desk, message: str) -> dict[str, str]:
    title = say("This doesn't fit here", desk.language)
    return {"error_title": title[:_LONGEST_TITLE], "error_message": _cut(message)}


def _prompt(desk: Desk, field: Field, message: str) -> dict[str, str]:
    title = " ".join(field.label.split())
    return {"input_title": title[:_LONGEST_TITLE], "input_message": _cut(message)}


def _cut(message: str) -> str:
    return message if len(message) <= _LONGEST_MESSAGE else message[: _LONGEST_MESSAGE - 1] + "…"


def _colour_scores(desk: Desk) -> None:
    rubric, theme = desk.form.rubric, load_theme()
    rows = sorted(desk.rows[factor.score] for factor in rubric.factors)
    for rank, point in enumerate(sorted(rubric.scale, key=lambda point: point.value)):
        colour = theme.score_colour(rank, len(rubric.scale))
        style = desk.book.add_format({"bg_color": f"#{colour}", "font_color": f"#{theme.ink}"})
        cell = f"${cell_name(rows[0], ANSWER)}"
        # An empty cell equals 0, which may be on a scale.
        criteria = f"=AND(NOT(ISBLANK({cell})),{cell}={point.value})"
        _colour(desk, rows, HINT, criteria, style)


def _colour_ticks(desk: Desk) -> None:
    theme = load_theme()
    rows = sorted(desk.rows[item.id] for item in desk.form.rubric.indicators)
    if not rows:
        return
    yes = "TRUE" if desk.form.boxes == "checks" else f'"{TICK_SYMBOLS[1]}"'
    style = desk.book.add_format({"bg_color": f"#{theme.score_colours[-1]}"})
    _colour(desk, rows, ANSWER, f"=${cell_name(rows[0], ANSWER)}={yes}", style)


def _colour(desk: Desk, rows: list[int], last: int, criteria: str, style: Any) -> None:
    """Colour, from the column of answers to `last`, every row that fits `criteria`."""
    ranges = " ".join(f"{cell_name(row, ANSWER)}:{cell_name(row, last)}" for row in rows)
    rule = {"type": "formula", "criteria": criteria, "format": style, "multi_range": ranges}
    desk.page.conditional_format(rows[0], ANSWER, rows[0], last, rule)
