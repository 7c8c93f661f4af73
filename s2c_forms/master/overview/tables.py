"""The tables of the overview. All figures are values, so that every program shows them."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from s2c_forms.form.kinds import show_date
from s2c_forms.form.rubric import Part
from s2c_forms.master.cells import Cell, Mark
from s2c_forms.master.drawing import UNDECIDED_COLOUR, write_cell
from s2c_forms.master.overview.board import Board
from s2c_forms.master.overview.plan import OTHER_RATER
from s2c_forms.master.sheet import Column, distinct
from s2c_forms.master.sheets import common
from s2c_forms.records import figures
from s2c_forms.records.figures import PartFigures, Scored, SubjectFigures
from s2c_forms.words import mark, say

_MEAN = "0.0"
_CHANGE = "+0.0;-0.0;0.0"
Rows = Sequence[Sequence[Cell]]


def draw_title(board: Board) -> None:
    """Draw the sheet's title and its lead."""
    accent = f"#{board.pen.theme.accent}"
    board.page.set_row_pixels(0, 34)
    board.page.write_string(
        0, 0, board.overview.name, board.look(bold=True, font_size=15, font_color=accent)
    )
    board.row = 1
    board.draw_note(board.overview.lead)
    board.row += 1


def draw_facts(board: Board) -> None:
    """Draw how much there is: numbers, each over what it counts."""
    lang, forms = board.overview.language, board.overview.forms
    days = [show_date(day) for day in _days(board)]
    facts = [
        (str(len(forms)), say("forms", lang)),
        (str(len(board.overview.subjects)), say("people", lang)),
        (str(figures.talks(forms)), say("conversations", lang)),
    ]
    if days:
        span = days[0] if days[0] == days[-1] else f"{days[0]} – {days[-1]}"
        facts.append((span, say("from the first to the last", lang)))
    board.page.set_row_pixels(board.row, 30)
    for column, (number, what) in enumerate(facts):
        bold = board.look(bold=True, font_size=16 if number.isdigit() else 12, align="left")
        quiet = board.look(font_color=f"#{board.pen.theme.quiet}", font_size=9)
        board.page.write_string(board.row, column, number, bold)
        board.page.write_string(board.row + 1, column, what, quiet)
    board.row += 3


def _days(board: Board) -> list[dt.date]:
    moments = [value for form in board.overview.scored for value in form.moment]
    return sorted(value for value in moments if isinstance(value, dt.date))


def draw_subjects(board: Board) -> None:
    """Draw how each subject does in each part."""
    overview, lang = board.overview, board.overview.language
    if not overview.subjects:
        board.draw_note(
            say("The rubric doesn't say whose a form is, so nothing is told by person.", lang)
        )
        board.row += 1
        return
    subject = overview.roles.subject
    board.draw_heading(say("By {subject} and part", lang, subject=subject))
    _draw_bands(board, board.first_figure + 1, [(part, 4) for part in overview.rubric.parts])
    names = [say(n, lang) for n in (mark("mean"), mark("n"), mark("latest"), mark("change"))]
    columns = [
        *_whose_columns(board),
        Column(say("n", lang)),
        *(Column(f"{part.number} {name}") for part in overview.rubric.parts for name in names),
    ]
    rows = [_subject(board, one) for one in overview.subjects]
    formats = ["", *[_MEAN, "0", _MEAN, _CHANGE] * len(overview.rubric.parts)]
    _draw_table(board, "s2c_overview", columns, rows, formats)
    board.draw_note(_on_subjects(board))
    board.row += 1


def _on_subjects(board: Board) -> str:
    return say(
        "Date and rater are those of the latest form. A change is between two forms of the same"
        " rater; {other} where only another rater scored before, so that the change may be theirs.",
        board.overview.language,
        other=OTHER_RATER,
    )


def _subject(board: Board, one: SubjectFigures) -> list[Cell]:
    told = [one.parts.get(part.id) for part in board.overview.rubric.parts]
    mixed = any(part.other_rater for part in told if part)
    latest = next((form for form in reversed(one.forms) if form.scores), one.forms[-1])
    whose = _whose(board, latest)
    return [
        *whose,
        OTHER_RATER if mixed else None,
        len(one.forms),
        *(cell for part in told for cell in _part_cells(part)),
    ]


def _part_cells(part: PartFigures | None) -> list[Cell]:
    if part is None:
        return [None] * 4
    change = None if part.change is None else round(part.change, 1) + 0.0  # no "-0.0"
    return [part.mean.value, part.mean.n, part.latest, change]


def draw_heat_map(board: Board) -> None:
    """Draw every score, one row a form and one column a factor, coloured by score."""
    overview, lang = board.overview, board.overview.language
    board.break_page()
    board.draw_heading(say("Every score: factor by conversation", lang))
    board.draw_note(_on_colours(board))
    parts = [(part, len(part.factors)) for part in overview.rubric.parts]
    _draw_bands(board, board.first_figure, parts)
    columns = [*_whose_columns(board), *(Column(f.number) for f in overview.rubric.factors)]
    rows = [_scores(board, form) for form in overview.forms]
    _draw_table(board, "s2c_heat_map", columns, rows, [])
    board.row += 1


def _on_colours(board: Board) -> str:
    points = [f"{point.value} = {point.label}" for point in board.overview.rubric.scale]
    return say(
        "{points}. Empty is not scored, orange waits for a decision.",
        board.overview.language,
        points=", ".join(points),
    )


def _scores(board: Board, form: Scored) -> list[Cell]:
    overview = board.overview
    changed = form.record.key in overview.changed_raters
    cells = [common.value_cell(form.record, f.score) for f in overview.rubric.factors]
    return [*_whose(board, form), OTHER_RATER if changed else None, *cells]


def _whose_columns(board: Board) -> list[Column]:
    asked = board.overview.whose
    return [*(common.field_column(field) for field in asked), Column(OTHER_RATER)]


def _whose(board: Board, form: Scored) -> list[Cell]:
    overview = board.overview
    told: list[Cell] = []
    for field in overview.whose:
        cell = common.value_cell(form.record, field.id)
        told.append(overview.rater_label(form.rater) if field.id == overview.roles.rater else cell)
    return told


def _draw_bands(board: Board, column: int, parts: Sequence[tuple[Part, int]]) -> None:
    """Draw above a table the titles of the parts, each over the columns that are of it."""
    look = board.look(
        bold=True, font_size=8, text_wrap=True, bg_color=f"#{board.pen.theme.accent_soft}", border=1
    )
    board.page.set_row_pixels(board.row, 46)
    for part, width in parts:
        text = f"{part.number} {part.title}"
        if width > 1:
            board.page.merge_range(board.row, column, board.row, column + width - 1, text, look)
        else:
            board.page.write_string(board.row, column, text, look)
        column += width
    board.row += 1


def _draw_table(
    board: Board, name: str, columns: Sequence[Column], rows: Rows, formats: Sequence[str]
) -> None:
    """Draw an Excel table: whose form it is on the left, figures in the narrow columns.

    `formats` are those of the figures' numbers; without any they are scores, and coloured.
    """
    centred = board.first_figure - 1
    headers = [
        {
            "header": column.name,
            "header_format": board.head(align="left" if place < centred else "center"),
        }
        for place, column in enumerate(distinct(columns))
    ]
    place = (board.row, 0, board.row + max(len(rows), 1), len(columns) - 1)
    board.page.add_table(*place, {"name": name, "columns": headers, "style": ""})
    board.page.set_row_pixels(board.row, 48)
    for number, row in enumerate(rows, start=board.row + 1):
        for column, cell in enumerate(row):
            if column < centred:
                look = _whose_look(board, cell)
            else:
                told = formats[column - board.first_figure] if formats and column > centred else ""
                look = _figure_look(board, cell, told, scored=not formats and column > centred)
            write_cell(board.page, (number, column), cell, look)
    board.row += max(len(rows), 1) + 1


def _whose_look(board: Board, cell: Cell) -> Any:
    if isinstance(cell, dt.date):
        return board.cell(num_format="dd-mm-yyyy", align="left")
    if cell is Mark.UNDECIDED:
        return board.cell(bg_color=f"#{UNDECIDED_COLOUR}")
    return board.cell(align="left")


def _figure_look(board: Board, cell: Cell, format_: str, *, scored: bool) -> Any:
    told: dict[str, object] = {"align": "center"}
    if format_:
        told["num_format"] = format_
    if cell is Mark.UNDECIDED:
        told["bg_color"] = f"#{UNDECIDED_COLOUR}"
    elif scored and isinstance(cell, int) and cell in board.pen.scale:
        rank = board.pen.scale.index(cell)
        told["bg_color"] = f"#{board.pen.theme.score_colour(rank, len(board.pen.scale))}"
        told["border"], told["border_color"] = 1, "#FFFFFF"
        told["bold"] = rank == 0  # in grey it looks much like the highest
    return board.cell(**told)
