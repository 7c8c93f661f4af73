"""What the charts are made of, in tables that everybody can see."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from s2c_forms.form.rubric import Factor
from s2c_forms.master.cells import Cell
from s2c_forms.master.drawing import write_cell
from s2c_forms.master.overview.board import Board
from s2c_forms.master.overview.plan import Comparison
from s2c_forms.records import figures
from s2c_forms.records.figures import Scored, SubjectFigures
from s2c_forms.records.problems import shortened
from s2c_forms.words import say

_NARROW = 8  # letters that a narrow column has room for
_LABEL = 46  # letters of a factor beside a bar


@dataclass(frozen=True)
class Range:
    """Rows of a sheet, the first and the last one, both in it."""

    first: int
    last: int


@dataclass(frozen=True)
class ChartData:
    """Where the figures of charts stand. Labels are in the first two columns.

    Attributes:
        distribution: one row a factor, a column for each point of the scale.
        comparisons: for each, one row a factor: the first rater, the other.
        developments: by subject, one row a form, and an empty one between two raters; two
            columns a part: the mean, and of how many scores it is.
    """

    distribution: Range
    comparisons: tuple[Range, ...]
    developments: dict[str, Range]


def draw_data(board: Board) -> ChartData:
    """Draw all tables that charts are made of."""
    board.break_page()
    board.draw_heading(say("The figures behind the charts", board.overview.language))
    distribution = _draw_distribution(board)
    comparisons = tuple(_draw_comparison(board, one) for one in board.overview.comparisons)
    return ChartData(distribution, comparisons, _draw_developments(board))


def _draw_distribution(board: Board) -> Range:
    lang, rubric = board.overview.language, board.overview.rubric
    counts = figures.distribution(board.overview.forms, rubric)
    points = [str(point.value) for point in rubric.scale]
    _draw_head(board, [say("Factor", lang), ""], [*points, say("n", lang)])
    rows = []
    for factor in rubric.factors:
        given = list(counts[factor.id].values())
        label = f"{_label(factor)} (n={sum(given)})"
        rows.append(([factor.number, label], [*given, sum(given)]))
    return _draw_rows(board, rows)


def _draw_comparison(board: Board, one: Comparison) -> Range:
    lang = board.overview.language
    _draw_head(board, [say("Factor", lang), ""], [one.first, one.other, say("n", lang)])
    rows = []
    for row in one.factors:
        number = f"{row.factor.number} (n={row.n})"
        rows.append(([number, _label(row.factor)], [row.first, row.other, row.n]))
    return _draw_rows(board, rows)


def _draw_developments(board: Board) -> dict[str, Range]:
    overview = board.overview
    if not overview.subjects:
        return {}
    names = [name for part in overview.rubric.parts for name in (part.number, "n")]
    _draw_head(board, [overview.roles.rater or overview.roles.subject, *_moment_head(board)], names)
    found = {}
    for subject in overview.subjects:
        if rows := _development(board, subject):
            bold = board.look(bold=True, top=1, top_color=f"#{board.pen.theme.line}")
            board.page.write_string(board.row, 0, named(board, subject.subject), bold)
            board.row += 1
            found[subject.subject] = _draw_rows(board, rows)
    return found


def _development(
    board: Board, subject: SubjectFigures
) -> list[tuple[Sequence[Cell], Sequence[Cell]]]:
    """Return a row for each form with scores, rater by rater, with an empty one between them."""
    rows: list[tuple[Sequence[Cell], Sequence[Cell]]] = []
    overview = board.overview
    scored = [form for form in subject.forms if form.scores]
    ranks = {rater: rank for rank, rater in enumerate(figures.raters(scored, overview.rubric))}
    by_rater = sorted(scored, key=lambda form: ranks.get(form.rater, len(ranks)))
    for rater, forms in groupby(by_rater, lambda form: form.rater):
        if rows:
            rows.append(([], []))
        label = overview.rater_label(rater)
        for form in forms:
            rows.append(([label, overview.moment_label(form)], _means(board, form)))
            label = ""  # once is enough: the chart's axis brackets what is under it
    return rows


def named(board: Board, subject: str) -> str:
    """Return what a subject is called; those without a code are one of them."""
    return subject or say("(no code)", board.overview.language)


def _moment_head(board: Board) -> tuple[str, ...]:
    return board.overview.roles.moment[:1]


def _means(board: Board, form: Scored) -> list[Cell]:
    cells: list[Cell] = []
    for part in board.overview.rubric.parts:
        number = sum(factor.id in form.scores for factor in part.factors)
        cells += [form.mean(part), number]
    return cells


def _label(factor: Factor) -> str:
    return shortened(f"{factor.number} {factor.text}", _LABEL)


def _draw_head(board: Board, labels: Sequence[str], names: Sequence[str]) -> None:
    board.row += 1
    texts = [*labels, *[""] * (board.first_figure - len(labels)), *names]
    for column, text in enumerate(texts):
        align = "left" if column < board.first_figure else "center"
        long = align == "center" and any(len(word) > _NARROW for word in text.split())
        look = board.head(align=align, font_size=8 if long else 10)
        board.page.write_string(board.row, column, text, look)
    if any(len(name) > _NARROW for name in names):
        board.page.set_row_pixels(board.row, 48)
    board.row += 1


def _draw_rows(board: Board, rows: Sequence[tuple[Sequence[Cell], Sequence[Cell]]]) -> Range:
    first = board.row
    for labels, numbers in rows:
        for column, cell in enumerate(labels):
            write_cell(board.page, (board.row, column), cell, board.look())
        for column, cell in enumerate(numbers, start=board.first_figure):
            format_ = "0.0" if isinstance(cell, float) else "0"
            look = board.look(align="center", num_format=format_)
            write_cell(board.page, (board.row, column), cell, look)
        board.row += 1
    return Range(first, board.row - 1)
