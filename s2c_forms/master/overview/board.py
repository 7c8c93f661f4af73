"""The sheet as it is drawn: its grid, the row where drawing goes on, and its looks."""

from dataclasses import dataclass, field
from typing import Any

from s2c_forms.form.fields import Field
from s2c_forms.master.drawing import Pen
from s2c_forms.master.overview.plan import Overview

ROW = 20
"""Height of a row that nobody set, in pixels."""
_NARROW = 7.2  # letters
_WHOSE = {"date": 12.0, "number": 12.0, "pseudonym": 15.0, "choice": 15.0}


@dataclass
class Board:
    """A sheet being drawn.

    Attributes:
        pen: the workbook and its formats.
        page: XlsxWriter's worksheet.
        overview: what is drawn.
        widths: of the columns, in pixels.
        row: where drawing goes on.
        breaks: rows before which a printed page begins.
    """

    pen: Pen
    page: Any
    overview: Overview
    widths: list[int]
    row: int = 0
    breaks: list[int] = field(default_factory=list)

    @property
    def first_figure(self) -> int:
        """Return the column of the first figure: before it stands whose form it is."""
        return len(self.overview.whose) + 1  # one more for the mark of another rater

    @property
    def width(self) -> int:
        """Return the width of the grid, in pixels."""
        return sum(self.widths)

    def look(self, **properties: object) -> Any:
        """Return a format of this sheet."""
        return self.pen.format(**{"valign": "vcenter", **properties})

    def head(self, **properties: object) -> Any:
        """Return the format of a table's header: its text at the top, clear of filter buttons."""
        accent = f"#{self.pen.theme.accent}"
        told: dict[str, object] = {"bold": True, "font_color": "#FFFFFF", "bg_color": accent}
        return self.look(**{**told, "text_wrap": True, "valign": "top", **properties})

    def cell(self, **properties: object) -> Any:
        """Return the format of a table's cell."""
        line: dict[str, object] = {"bottom": 1, "bottom_color": f"#{self.pen.theme.line}"}
        return self.look(**{**line, **properties})

    def draw_heading(self, text: str) -> None:
        """Draw a section's heading, and go on under it."""
        accent = f"#{self.pen.theme.accent}"
        look = self.look(bold=True, font_size=12, font_color=accent)
        self.page.set_row_pixels(self.row, 28)
        self.page.write_string(self.row, 0, text, look)
        self.row += 1

    def draw_note(self, text: str) -> None:
        """Draw a quiet sentence, and go on under it."""
        look = self.look(font_color=f"#{self.pen.theme.quiet}", font_size=9)
        self.page.write_string(self.row, 0, text, look)
        self.row += 1

    def break_page(self) -> None:
        """Let a printed page begin here."""
        self.breaks.append(self.row)


def new_board(pen: Pen, overview: Overview) -> Board:
    """Return an empty sheet with the columns of the grid."""
    page = pen.workbook.add_worksheet(overview.name)
    page.hide_gridlines(2)
    parts, factors = overview.rubric.parts, overview.rubric.factors
    figures = max(1 + 4 * len(parts), len(factors), 8)
    letters = [_letters(field) for field in overview.whose]
    letters = [*letters, 3.5, *[_NARROW] * figures]
    for column, width in enumerate(letters):
        page.set_column(column, column, width)
    return Board(pen, page, overview, [int(width * 7 + 5) for width in letters])


def _letters(asked: Field) -> float:
    return max(_WHOSE.get(asked.kind, 15.0), len(asked.id) + 2.0)
