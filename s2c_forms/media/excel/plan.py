"""Form → the rows of its sheet, from top to bottom: what stands on each, and how high it is.

Heights are set, not left to the program: so the same rows are on the same page everywhere.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from s2c_forms.form.fields import Field, field_index, head_of, remarks_of
from s2c_forms.form.form import Form
from s2c_forms.form.rubric import Factor, Part
from s2c_forms.words import say

Kind = Literal[
    "title", "legend", "howto", "head", "note", "gap", "band", "score", "tick", "remark", "stamp"
]
WIDTHS = (10, 4.5, 64, 10, 32)  # of columns A to E, in characters
FROZEN = 3  # rows that stay in sight: the marks, the title and the scale
# A4 in points, between the margins that `writer` sets.
_PAPER = (530.5, 759.0)
# Excel makes a column of n characters 7n + 5 pixels wide (Calibri 11), of 0.75 points each.
_WIDE = sum(int(7 * width + 5) for width in WIDTHS[1:]) * 0.75
# So many points of rows fit on a page when the columns fill its width; less 2 % to be sure.
PAGE_POINTS = _PAPER[1] * _WIDE / _PAPER[0] * 0.98
# Letters of Calibri 10 to the width of a character, which is a zero of Calibri 11: 1.3 measured,
# less what is lost at line ends.
_LETTERS = 1.22


@dataclass(frozen=True)
class Line:
    """One row of the sheet.

    Attributes:
        kind: what stands there.
        height: in points.
        number: what stands in the column of numbers.
        text: what stands in the column of text.
        field: the field that is answered there.
        part: the part that starts there.
    """

    kind: Kind
    height: float
    text: str = ""
    number: str = ""
    field: Field | None = None
    part: Part | None = None


def lines_of(form: Form) -> tuple[Line, ...]:
    """Return the rows of a form, the first of which is the sheet's second row."""
    return (
        *_top(form),
        *(line for part in form.rubric.parts for line in _of_part(form, part)),
        *_remarks(form),
        Line("gap", 8),
        Line("stamp", 14, form.stamp.line()),
    )


def rows_by_field(lines: Iterable[Line]) -> dict[str, int]:
    """Return the row, counted from 0, of each field's answer."""
    return {line.field.id: row for row, line in enumerate(lines, start=1) if line.field}


def page_breaks(lines: tuple[Line, ...]) -> list[int]:
    """Return rows above which a page ends: never inside a factor, and before remarks that fit."""
    breaks: list[int] = []
    repeated = _height(lines[: FROZEN - 1])
    filled = 0.0
    starts = _block_starts(lines)
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        first_remark = lines[start].kind == "gap" and lines[start + 1].kind == "remark"
        needed = _height(lines[start:] if first_remark else lines[start:end])
        if filled + needed > PAGE_POINTS and filled > repeated:
            breaks.append(start + 1)
            filled = repeated
        filled += _height(lines[start:end])
    return breaks


def _height(lines: Iterable[Line]) -> float:
    return sum(line.height for line in lines)


def _block_starts(lines: tuple[Line, ...]) -> list[int]:
    """Return where rows start that belong together: a band, say, with its first factor."""
    before = ("", *(line.kind for line in lines))
    return [
        0,
        *(
            place
            for place, line in enumerate(lines)
            if line.kind == "gap"
            or (line.kind == "score" and before[place] != "band")
            or (line.kind == "remark" and before[place] != "gap")
        ),
    ]


def _top(form: Form) -> list[Line]:
    rubric = form.rubric
    howto = say(
        "Fill in the light boxes: choose a score for each factor, and tick what you saw. "
        "Then save the file and send it back.",
        rubric.language,
    )
    lines = [
        Line("title", 34, rubric.title),
        Line("legend", 20),
        Line("howto", 14 * _wrapped(howto, sum(WIDTHS[1:])) + 14, howto),
        *(_asked(form, field) for field in head_of(rubric)),
    ]
    if rubric.header_note:
        lines.append(Line("note", 18, rubric.header_note))
    return lines


def _asked(form: Form, field: Field) -> Line:
    return Line("head", 15 * lines_known(form, field) + 7, field.label, field=field)


def lines_known(form: Form, field: Field) -> int:
    """Return how many lines what is known of a field beforehand takes."""
    return _wrapped(str(form.prefilled.get(field.id, "")), WIDTHS[3] + WIDTHS[4])


def _of_part(form: Form, part: Part) -> list[Line]:
    band = Line("band", 24, part.title, part.number, part=part)
    return [
        Line("gap", 12),
        band,
        *(line for factor in part.factors for line in _of_factor(form, factor)),
    ]


def _of_factor(form: Form, factor: Factor) -> list[Line]:
    fields = field_index(form.rubric)
    height = 15 * _wrapped(factor.text, WIDTHS[2] * 0.88) + 6
    return [
        Line("score", height, factor.text, factor.number, fields[factor.score]),
        *(
            Line(
                "tick", 13.2 * _wrapped(item.text, WIDTHS[2]) + 3.2, item.text, "", fields[item.id]
            )
            for item in factor.indicators
        ),
    ]


def _remarks(form: Form) -> list[Line]:
    fields = remarks_of(form.rubric) if form.remarks else ()
    remarks = [Line("remark", min(15.5 * field.lines + 8, 400), field.label, field=field)
               for field in fields]  # fmt: skip
    return [Line("gap", 12), *remarks] if remarks else []


def _wrapped(text: str, width: float) -> int:
    """Return over how many lines a text runs in a column of `width` characters."""
    return sum(max(1, math.ceil(len(line) / (width * _LETTERS))) for line in text.split("\n"))
