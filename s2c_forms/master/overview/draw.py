"""The overview drawn: from top to bottom figures, charts, heat map, and what charts are made of.

All sections share one grid: columns that say whose form it is, then narrow ones for figures.
"""

from s2c_forms.master.drawing import Pen
from s2c_forms.master.overview import charts, data, tables
from s2c_forms.master.overview.board import Board, new_board
from s2c_forms.master.overview.plan import Overview
from s2c_forms.words import say


def draw_overview(pen: Pen, overview: Overview) -> None:
    """Draw the sheet."""
    board = new_board(pen, overview)
    tables.draw_title(board)
    if overview.scored:
        tables.draw_facts(board)
        tables.draw_subjects(board)
        _draw_rest(board)
    _set_up_page(board)


def _draw_rest(board: Board) -> None:
    """Leave room for the charts, draw the tables under them, then charts of those tables."""
    slots = charts.slots_of(board)
    board.draw_heading(say("Charts", board.overview.language))
    for note in _why_not(board, slots):
        board.draw_note(note)
    top = board.row
    board.breaks += charts.page_breaks(board, top, slots)
    board.row += charts.rows_of(slots) + 1
    tables.draw_heat_map(board)
    charts.draw_charts(board, top, slots, data.draw_data(board))


def _why_not(board: Board, slots: list[charts.Slot]) -> list[str]:
    """Return why a chart that one may look for isn't there."""
    overview, lang = board.overview, board.overview.language
    notes = []
    if not slots:
        notes.append(say("Charts follow once there are two points to draw.", lang))
    if not overview.roles.rater:
        notes.append(
            say("The rubric doesn't ask who scores, so raters don't stand beside each other.", lang)
        )
    elif not overview.comparisons:
        notes.append(
            say(
                "Raters stand beside each other here once two of them scored the same"
                " conversation.",
                lang,
            )
        )
    return notes


def _set_up_page(board: Board) -> None:
    page = board.page
    page.set_landscape()
    page.set_paper(9)  # A4
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.set_footer("&L&8&A&R&8&P / &N")
    page.fit_to_pages(1, 0)
    page.set_h_pagebreaks(board.breaks)
