"""Choices that drop down in cells: kept on a sheet of their own, which nobody needs to see."""

from typing import Any

from s2c_forms.master.sheet import HEADER_ROW, Menu, Sheet

MENU_SHEET = "s2c_choices"


def draw_menu(pen: Any, page: Any, sheet: Sheet, menu: Menu) -> None:
    """Let a column's cells drop down the choices of their row; other answers may be typed."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    if not sheet.rows:
        return
    hidden = f"{MENU_SHEET}_{sheet.table}"
    lists = pen.workbook.add_worksheet(hidden)
    lists.very_hidden()
    for column, choices in enumerate(menu.lists):
        for row, choice in enumerate(choices):
            lists.write_string(row, column, choice)
    first = HEADER_ROW + 1
    number = xl_rowcol_to_cell(first, menu.number, col_abs=True)
    size = xl_rowcol_to_cell(first, menu.size, col_abs=True)
    source = f"=OFFSET({hidden}!$A$1,0,{number},{size},1)"
    last = HEADER_ROW + len(sheet.rows)
    rule = {"validate": "list", "source": source, "show_error": False}
    page.data_validation(first, menu.column, last, menu.column, rule)
