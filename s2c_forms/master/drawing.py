"""A sheet as data → the same sheet drawn with XlsxWriter."""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from s2c_forms.form.theme import Theme
from s2c_forms.master.cells import Cell, Mark, Picture, text_for_cell
from s2c_forms.master.menus import draw_menu
from s2c_forms.master.pictures import WIDTH, draw_picture, height_of
from s2c_forms.master.sheet import HEADER_ROW, Column, ColumnKind, Sheet

_LINE = 14.5  # points of height of one line of text
_LETTERS = 1.1  # that fit on one of width, which is counted in digits of a larger size
_FILTER_BUTTON = 4  # letters that the button of a filter hides
_WIDTHS: dict[ColumnKind, int] = {
    "number": 8,
    "score": 7,
    "tick": 7,
    "date": 12,
    "moment": 17,
    "code": 14,
    "decimal": 11,
    "percent": 11,
    "interval": 15,
}
UNDECIDED_COLOUR = "F6B26B"
_NUMBER_FORMATS: dict[ColumnKind, str] = {
    "number": "0",
    "score": "0",
    "tick": "0",
    "date": "dd-mm-yyyy",
    "moment": "dd-mm-yyyy hh:mm",
    "text": "@",
    "code": "@",
    "decimal": "0.00",
    "percent": "0%",
    "interval": "@",
    "picture": "@",
}
_WRAPPED = ("text", "decimal", "percent", "interval")  # a number may be replaced by words
_OLDEST = dt.date(1900, 3, 1)  # before this Excel's days are off by one, or not there at all


@dataclass
class Pen:
    """A workbook being drawn, its theme, and the formats it has made, each of them once."""

    workbook: Any
    theme: Theme
    scale: tuple[int, ...]
    _formats: dict[tuple[tuple[str, Any], ...], Any] = field(default_factory=dict)

    def format(self, **properties: object) -> Any:
        """Return the cell format with these properties of XlsxWriter."""
        base = {"font_name": self.theme.font_office, "font_size": 10, "valign": "top"}
        told = base | {"font_color": f"#{self.theme.ink}"} | properties
        key = tuple(sorted(told.items()))
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format(told)
        return self._formats[key]

    def cell_format(self, column: Column, *, undecided: bool = False) -> Any:
        """Return the format of a data cell."""
        properties: dict[str, object] = {
            "bottom": 1,
            "bottom_color": f"#{self.theme.line}",
            "num_format": _NUMBER_FORMATS[column.kind],
            "align": _align(column),
            "text_wrap": column.kind in _WRAPPED,
        }
        if column.typed:
            properties["bg_color"] = f"#{self.theme.input}"
        if undecided:
            properties["bg_color"] = f"#{UNDECIDED_COLOUR}"
        return self.format(**properties)


def draw_sheet(pen: Pen, sheet: Sheet) -> None:
    """Draw a sheet: its title and lead, its labels, and its table."""
    page = pen.workbook.add_worksheet(sheet.name)
    widths = [_width(column, index, sheet) for index, column in enumerate(sheet.columns)]
    _draw_top(pen, page, sheet, widths)
    formats = [pen.cell_format(column) for column in sheet.columns]
    undecided = [pen.cell_format(column, undecided=True) for column in sheet.columns]
    least = _room_for_pictures(sheet)
    for number, row in enumerate(sheet.rows, start=HEADER_ROW + 1):
        if height := max(least, _height(row, widths, sheet)):
            page.set_row(number, height)
        for index, cell in enumerate(row):
            is_open = cell is Mark.UNDECIDED
            write_cell(page, (number, index), cell, (undecided if is_open else formats)[index])
    _draw_table(pen, page, sheet, widths)
    _colour_scores(pen, page, sheet)
    _colour_marked(pen, page, sheet)
    _set_up_page(page, sheet)
    if sheet.menu:
        draw_menu(pen, page, sheet, sheet.menu)


def write_cell(page: Any, place: tuple[int, int], cell: Cell, format_: Any) -> None:
    """Write a cell as what it is. A text stays a text, whatever it begins with."""
    if cell is None or isinstance(cell, Mark | Picture) or cell == "":
        page.write_blank(*place, None, format_)
        if isinstance(cell, Picture):
            draw_picture(page, place, cell)
    elif isinstance(cell, dt.datetime) or (isinstance(cell, dt.date) and cell >= _OLDEST):
        page.write_datetime(*place, cell, format_)
    elif isinstance(cell, str | dt.date):
        page.write_string(*place, text_for_cell(str(cell)), format_)
    else:
        page.write_number(*place, cell, format_)


def _draw_top(pen: Pen, page: Any, sheet: Sheet, widths: list[int]) -> None:
    """Draw what stands above the table, and set the widths of its columns."""
    for index, (column, width) in enumerate(zip(sheet.columns, widths, strict=True)):
        look = {"level": int(column.grouped), "hidden": column.hidden}
        page.set_column(index, index, width, None, look)
    title = pen.format(bold=True, font_size=15, font_color=f"#{pen.theme.accent}", valign="vcenter")
    page.set_row(0, 26)
    page.write_string(0, 0, sheet.name, title)
    labels = [column.label for column in sheet.columns]
    quiet: dict[str, object] = {"font_color": f"#{pen.theme.quiet}", "font_size": 9}
    if not any(labels):
        page.write_string(1, 0, sheet.lead, pen.format(**quiet))
        page.set_row(1, 18)
        return
    beside = next(n for n in range(len(widths)) if n >= sheet.frozen and sum(widths[:n]) > 24)
    page.write_string(0, beside, sheet.lead, pen.format(**quiet, valign="vcenter"))
    small = quiet | {"font_size": 8, "text_wrap": True, "valign": "bottom"}
    lines = max(_wrapped(text, width * 1.2) for text, width in zip(labels, widths, strict=True))
    page.set_row(1, min(lines, 14) * 11 + 4)
    for index, column in enumerate(sheet.columns):
        look = pen.format(**small, align=_align(column))
        page.write_string(1, index, text_for_cell(column.label), look)


def _draw_table(pen: Pen, page: Any, sheet: Sheet, widths: list[int]) -> None:
    accent = f"#{pen.theme.accent}"
    look = {"bold": True, "font_color": "#FFFFFF", "bg_color": accent, "valign": "vcenter"}
    look |= {"text_wrap": True}
    columns = [
        {"header": column.name, "header_format": pen.format(**look, align=_align(column))}
        for column in sheet.columns
    ]
    last_row = HEADER_ROW + max(len(sheet.rows), 1)  # Excel takes no table without a row
    options = {"name": sheet.table, "columns": columns, "style": "", "autofilter": True}
    page.add_table(HEADER_ROW, 0, last_row, len(columns) - 1, options)
    named = zip(sheet.columns, widths, strict=True)
    lines = max(_wrapped(column.name, width - _FILTER_BUTTON) for column, width in named)
    page.set_row(HEADER_ROW, max(18, lines * _LINE))
    page.freeze_panes(HEADER_ROW + 1, sheet.frozen)


def _colour_scores(pen: Pen, page: Any, sheet: Sheet) -> None:
    """Colour scores by their value, so that the colour follows when one is corrected."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    first_row = HEADER_ROW + 1
    last_row = HEADER_ROW + max(len(sheet.rows), 1)
    for index, column in enumerate(sheet.columns):
        if column.kind != "score":
            continue
        for rank, value in enumerate(pen.scale):
            colour = pen.theme.score_colour(rank, len(pen.scale))
            look = pen.workbook.add_format({"bg_color": f"#{colour}"})
            cell = xl_rowcol_to_cell(first_row, index)
            test = f"=AND(ISNUMBER({cell}),{cell}={value})"  # an empty cell equals 0 as well
            rule = {"type": "formula", "criteria": test, "format": look}
            page.conditional_format(first_row, index, last_row, index, rule)


def _colour_marked(pen: Pen, page: Any, sheet: Sheet) -> None:
    """Let the cells stand out that people look for."""
    last_row = HEADER_ROW + max(len(sheet.rows), 1)
    for index, column in enumerate(sheet.columns):
        if column.marked:
            look = pen.workbook.add_format({"bg_color": f"#{UNDECIDED_COLOUR}", "bold": True})
            rule = {"type": "cell", "criteria": "==", "format": look}
            rule["value"] = f'"{column.marked}"'
            page.conditional_format(HEADER_ROW + 1, index, last_row, index, rule)


def _set_up_page(page: Any, sheet: Sheet) -> None:
    page.set_landscape()
    page.set_paper(9)  # A4
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.repeat_rows(HEADER_ROW - 1, HEADER_ROW)
    page.hide_gridlines(2)
    page.set_footer("&L&8&A&R&8&P / &N")
    if sheet.wide:
        page.repeat_columns(0, sheet.frozen - 1)
        page.set_print_scale(70)
    else:
        page.fit_to_pages(1, 0)


def _width(column: Column, index: int, sheet: Sheet) -> int:
    """Return a column's width in letters: that of its longest line, within limits."""
    word = max(map(len, column.name.split()), default=0)
    least = max(word + _FILTER_BUTTON, _WIDTHS.get(column.kind, 10))
    if column.typed:
        return max(least, column.widest)  # room for what isn't there yet
    if any(isinstance(row[index], Picture) for row in sheet.rows):
        return max(least, WIDTH)
    if column.kind != "text":
        return least
    texts = (str(row[index]) for row in sheet.rows if isinstance(row[index], str))
    longest = max((len(line) for text in texts for line in text.split("\n")), default=0)
    return max(least, min(longest + 2, column.widest))


def _height(row: Sequence[Cell], widths: list[int], sheet: Sheet) -> float:
    """Return how high a row has to be, in points; 0 where it may stay as it is.

    LibreOffice makes no row higher by itself.
    """
    lines = _lines(row, widths, sheet)
    return min(lines, sheet.lines) * _LINE if lines > 1 else 0


def _room_for_pictures(sheet: Sheet) -> float:
    """Return how high every row has to be: pictures are sorted with their rows, heights aren't."""
    pictures = (cell for row in sheet.rows for cell in row if isinstance(cell, Picture))
    return max(map(height_of, pictures), default=0)


def _lines(row: Sequence[Cell], widths: list[int], sheet: Sheet) -> int:
    """Return how many lines the fullest cell of a row takes, about."""
    return max(
        (
            _wrapped(cell, width)
            for cell, width, column in zip(row, widths, sheet.columns, strict=True)
            if isinstance(cell, str) and column.kind == "text"
        ),
        default=1,
    )


def _align(column: Column) -> str:
    if column.kind == "code":
        return "fill"  # a text too long for its cell is cut there, not written over the next
    return "left" if column.kind == "text" else "center"


def _wrapped(text: str, width: float) -> int:
    """Return how many lines a text takes, about: words leave some room at the end of a line."""
    room = width * _LETTERS
    if len(text) <= room and "\n" not in text:
        return 1
    return sum(max(1, math.ceil(len(line) / room)) for line in text.split("\n"))
