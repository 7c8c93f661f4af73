"""What was scored: a row for each factor, a column for each of the last forms."""

from collections.abc import Sequence
from dataclasses import dataclass

from s2c_forms.form.layout import Band, Rule, Text
from s2c_forms.form.layout.type import CENTRE
from s2c_forms.form.rubric import Factor, Part
from s2c_forms.report.column import Column, Style, cut
from s2c_forms.report.content import Content, Form
from s2c_forms.words import count, say

FORMS = 6
"""The most forms that stand side by side: the last ones."""
_FACTORS = 30  # the most that a page has room for beside everything else
_CELL = 47.0  # width of a form's column
_TALLEST, _HEIGHT = 12.5, 250.0  # of a row, and of all of them
_SMALL = Style(6.8, colour="quiet")
_HEAD = Style(6.8, "bold")


@dataclass(frozen=True)
class Cell:
    """A score on its ground: place and size in points, and the score's place on the scale."""

    x: float
    y: float
    width: float
    height: float
    rank: int


def draw_grid(column: Column, content: Content) -> list[Cell]:
    """Set the table, and return the coloured grounds of its scores, to be drawn under it."""
    forms = content.forms[-FORMS:]
    _write_head(column, content, forms)
    factors = content.rubric.factors[:_FACTORS]
    kept = {factor.id for factor in factors}
    parts = [part for part in content.rubric.parts if kept & {f.id for f in part.factors}]
    height = min(_TALLEST, _HEIGHT / (len(factors) + len(parts)))
    cells: list[Cell] = []
    for part in parts:
        _write_part(column, part, height)
        for factor in part.factors:
            if factor.id in kept:
                cells += _write_factor(column, content, factor, forms, height)
    column.y += 3
    left_out = len(content.rubric.factors) - len(factors)
    column.write(_legend(content, left_out), _SMALL, most=2)
    return cells


def _legend(content: Content, left_out: int) -> str:
    lang = content.language
    points = [f"{point.value} = {point.label}" for point in content.rubric.scale]
    told = [
        say("{points}. Empty: not scored; ? waits for a decision.", lang, points=", ".join(points))
    ]
    if left_out:
        told.append(count("And {n} more factor.", "And {n} more factors.", left_out, lang))
    return " ".join(told)


def _left(column: Column, number: int, place: int) -> float:
    return column.x + column.width - (number - place) * _CELL


def _write_head(column: Column, content: Content, forms: Sequence[Form]) -> None:
    """Set when, which and who over each column, and how many forms came before."""
    earlier = len(content.forms) - len(forms)
    if earlier:
        told = count("And {n} earlier form.", "And {n} earlier forms.", earlier, content.language)
        note = Column(column.x, column.y + 17, column.width - FORMS * _CELL - 6)
        note.write(told, _SMALL, most=1)
        column.items += note.items
    for place, form in enumerate(forms):
        head = Column(_left(column, len(forms), place), column.y, _CELL - 3)
        for text, style in ((form.when, _HEAD), (form.which, _SMALL), (form.rater, _SMALL)):
            head.write(text, style, most=1)
        column.items += [
            item for item in head.items if isinstance(item, Text) and item.lines != ("",)
        ]
    column.y += 28


def _write_part(column: Column, part: Part, height: float) -> None:
    style = Style(min(7.4, height * 0.62), "bold", "accent", "H3")
    column.items.append(Band(column.x, column.y, column.width, height, "accent_soft"))
    (line,) = cut(f"{part.number} {part.title}", column.width - 6, style, 1)
    y = column.y + height / 2 + CENTRE * style.size
    column.items.append(
        Text(column.x + 3, y, (line,), style.size, style.font, style.colour, style.role)
    )
    column.y += height


def _write_factor(
    column: Column, content: Content, factor: Factor, forms: Sequence[Form], height: float
) -> list[Cell]:
    """Set a factor and its scores; return the grounds of the scores."""
    style = Style(min(8.2, height * 0.68))
    width = column.width - len(forms) * _CELL - 8
    middle = column.y + height / 2 + CENTRE * style.size
    (line,) = cut(f"{factor.number} {factor.text}", width, style, 1)
    column.items.append(Text(column.x + 3, middle, (line,), style.size))
    values = [point.value for point in content.rubric.scale]
    cells = []
    for place, form in enumerate(forms):
        x = _left(column, len(forms), place)
        score = form.scores.get(factor.id)
        shown = "?" if factor.id in form.undecided else "" if score is None else str(score)
        if shown:
            at = x + (_CELL - 3) / 2
            column.items.append(Text(at, middle, (shown,), style.size, "bold", align="centre"))
        if score in values:
            rank = values.index(score)
            cells.append(Cell(x, column.y + 0.5, _CELL - 3, height - 1, rank))
    column.y += height
    column.items.append(Rule(column.x, column.y, column.width, 0.3))
    return cells
