"""Charts of Excel's own. They tell series apart by shape and pattern first, by colour second.

There is none of fewer than two points: of one form no distribution, of one conversation no line.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from s2c_forms.master.overview.board import ROW, Board
from s2c_forms.master.overview.data import ChartData, Range, named
from s2c_forms.records import figures
from s2c_forms.words import count, say

_GAP = 12  # pixels between two charts
_LOW = 260  # pixels of height of a chart of one subject
_FACTOR = 27  # pixels of height for each factor of one of all factors
_HIGHER = 7  # rows' worth of height that what stands above the charts has over other rows
_PAGE = 0.66  # height of a printed page, in widths
_FORMS = 6  # that a chart has room for where three stand side by side
# Marker, dash and colour of a line: whoever sees no colours still has the other two.
_LINES = (
    ("circle", "solid", ""),
    ("square", "dash", "C8553D"),
    ("triangle", "round_dot", "5F6B70"),
    ("diamond", "long_dash", "7A4E8A"),
    ("x", "dash_dot", "2E7D4F"),
    ("star", "long_dash_dot", "9A6B00"),
)
_SOLID = "solid"
# Patterns of the points of a scale: the highest is solid, and none is its neighbour's.
_PATTERNS = ("wide_upward_diagonal", "percent_10", "small_grid", "wide_downward_diagonal")


@dataclass(frozen=True)
class Slot:
    """A place for a chart, in pixels from the left and rows from the top of all charts.

    Attributes:
        kind: what it shows.
        key: which comparison, by number, or which subject.
    """

    kind: str
    key: str
    x: int
    row: int
    width: int
    height: int


def slots_of(board: Board) -> list[Slot]:
    """Return the places of all charts that there are points enough for."""
    overview = board.overview
    large = ["distribution"] if len(overview.scored) > 1 else []
    large += [str(n) for n, one in enumerate(overview.comparisons) if len(one.factors) > 1]
    height = 110 + _FACTOR * len(overview.rubric.factors)
    slots = list(_in_rows(board, large, 2, height, 0))
    below = slots[-1].row + _rows(height) if slots else 0
    many = [one for one in overview.subjects if figures.talks(one.forms) > 1]
    longest = max((len(one.forms) for one in many), default=0)
    across = 3 if longest <= _FORMS else 2
    return slots + [
        replace(slot, kind="development")
        for slot in _in_rows(board, [one.subject for one in many], across, _LOW, below)
    ]


def _rows(height: int) -> int:
    return math.ceil((height + _GAP) / ROW)


def _in_rows(board: Board, keys: list[str], across: int, height: int, top: int) -> Iterator[Slot]:
    width = (board.width - (across - 1) * _GAP) // across
    for place, key in enumerate(keys):
        kind = "distribution" if key == "distribution" else "comparison"
        x = place % across * (width + _GAP)
        yield Slot(kind, key, x, top + place // across * _rows(height), width, height)


def rows_of(slots: list[Slot]) -> int:
    """Return how many rows all charts take."""
    return max((slot.row + _rows(slot.height) for slot in slots), default=0)


def page_breaks(board: Board, top: int, slots: list[Slot]) -> list[int]:
    """Return the rows before which a printed page begins, so that no chart is cut in two."""
    room = int(board.width * _PAGE / ROW)  # rows of a page
    breaks, begun = [], -_HIGHER
    for row, height in sorted({(slot.row, slot.height) for slot in slots}):
        if top + row + _rows(height) - begun > room:
            begun = top + row if row else top - 1  # the heading goes with what it is of
            breaks.append(begun)
    return breaks


def draw_charts(board: Board, top: int, slots: list[Slot], data: ChartData) -> None:
    """Draw every chart at its place under the row `top`."""
    for slot in slots:
        if slot.kind == "distribution":
            chart, told = _distribution(board, data.distribution)
        elif slot.kind == "comparison":
            chart, told = _comparison(board, int(slot.key), data)
        else:
            chart, told = _development(board, slot.key, data.developments[slot.key])
        chart.set_size({"width": slot.width, "height": slot.height})
        _look(board, chart)
        options = {"x_offset": slot.x, "y_offset": 3, "description": told, "object_position": 2}
        board.page.insert_chart(top + slot.row, 0, chart, options)


def _distribution(board: Board, rows: Range) -> tuple[Any, str]:
    """Return stacked bars: how often each point of the scale was given to each factor."""
    lang, rubric = board.overview.language, board.overview.rubric
    chart = board.pen.workbook.add_chart({"type": "bar", "subtype": "stacked"})
    for place, point in enumerate(rubric.scale):
        ink = f"#{board.pen.theme.ink}"
        colour = f"#{board.pen.theme.score_colour(place, len(rubric.scale))}"
        series = {
            "name": f"{point.value} {point.label}",
            "categories": _cells(board, rows, 1),
            "values": _cells(board, rows, board.first_figure + place),
            "border": {"color": ink, "width": 0.75},
            "gap": 45,
        }
        if place < len(rubric.scale) - 1:
            pattern = _PATTERNS[place % len(_PATTERNS)]
            series["pattern"] = {"pattern": pattern, "fg_color": ink, "bg_color": colour}
        else:
            series["fill"] = {"color": colour}
        chart.add_series(series)
    title = say("Distribution of scores by factor", lang)
    chart.set_title(_title(board, title))
    chart.set_y_axis({"reverse": True, "crossing": "max", **_axis(board)})
    number = {"name": say("number of forms", lang), "num_format": "0", "major_unit": None}
    chart.set_x_axis({**_axis(board), **number, "major_gridlines": _grid(board)})
    return chart, title


def _comparison(board: Board, place: int, data: ChartData) -> tuple[Any, str]:
    """Return what two raters give each factor: two marks, and a line from one to the other."""
    lang, one, rows = board.overview.language, board.overview.comparisons[place], data.comparisons
    chart = board.pen.workbook.add_chart({"type": "line"})
    # The second is smaller, and lies on the first where both are equal.
    looks = (("circle", 13, "E3A08C"), ("square", 7, board.pen.theme.accent))
    for column, (name, (marker, size, fill)) in enumerate(
        zip((one.first, one.other), looks, strict=True), start=board.first_figure
    ):
        chart.add_series(
            {
                "name": name,
                "categories": _cells(board, rows[place], 0),
                "values": _cells(board, rows[place], column),
                "line": {"none": True},
                "marker": {
                    "type": marker,
                    "size": size,
                    "fill": {"color": f"#{fill}"},
                    "border": {"color": f"#{board.pen.theme.ink}"},
                },
            }
        )
    title = say("{first} beside {other}", lang, first=one.first, other=one.other)
    chart.set_title(_title(board, title))
    chart.set_high_low_lines({"line": {"color": f"#{board.pen.theme.quiet}"}})
    chart.set_x_axis({**_axis(board), "name": say("factor, and in how many conversations", lang)})
    chart.set_y_axis(_score_axis(board))
    return chart, title


def _development(board: Board, subject: str, rows: Range) -> tuple[Any, str]:
    """Return the parts over time, a line each; it stops where the rater changes."""
    lang, overview = board.overview.language, board.overview
    chart = board.pen.workbook.add_chart({"type": "line"})
    for place, part in enumerate(overview.rubric.parts):
        marker, dash, colour = _LINES[place % len(_LINES)]
        ink = {"color": f"#{colour or board.pen.theme.accent}"}
        chart.add_series(
            {
                "name": part.number,
                "categories": [board.overview.name, rows.first, 0, rows.last, 1],
                "values": _cells(board, rows, board.first_figure + 2 * place),
                "line": {**ink, "width": 1.75, "dash_type": dash},
                "marker": {"type": marker, "size": 7, "fill": ink, "border": ink},
            }
        )
    forms = sum(one.subject == subject for one in overview.scored)
    told = count("{n} form", "{n} forms", forms, lang)
    title = f"{named(board, subject)} ({told})"
    chart.set_title(_title(board, title))
    chart.set_x_axis({**_axis(board), "name": ""})
    chart.set_y_axis(_score_axis(board))
    chart.show_blanks_as("gap")
    return chart, say("Parts over time: {title}", lang, title=title)


def _cells(board: Board, rows: Range, column: int) -> list[Any]:
    return [board.overview.name, rows.first, column, rows.last, column]


def _look(board: Board, chart: Any) -> None:
    """Give a chart what all of them have."""
    chart.set_legend({"position": "bottom", "font": _font(board)})
    chart.set_chartarea({"border": {"color": f"#{board.pen.theme.line}"}})


def _title(board: Board, text: str) -> dict[str, Any]:
    return {"name": text, "name_font": {**_font(board), "size": 11, "bold": True}, "overlay": False}


def _font(board: Board) -> dict[str, Any]:
    theme = board.pen.theme
    return {"name": theme.font_office, "size": 9, "color": f"#{theme.ink}"}


def _axis(board: Board) -> dict[str, Any]:
    quiet = {**_font(board), "bold": False}
    return {"num_font": _font(board), "name_font": quiet, "line": {"color": "#808080"}}


def _score_axis(board: Board) -> dict[str, Any]:
    """Return an axis that shows the whole scale, and nothing else."""
    points = [point.value for point in board.overview.rubric.scale]
    told = {"min": min(points), "max": max(points), "major_unit": 1}
    return {**_axis(board), **told, "num_format": "0", "major_gridlines": _grid(board)}


def _grid(board: Board) -> dict[str, Any]:
    return {"visible": True, "line": {"color": f"#{board.pen.theme.line}", "width": 0.5}}
