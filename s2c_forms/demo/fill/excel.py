"""Fill in an Excel form with openpyxl: numbers, real dates, text, and TRUE for a tick."""

import datetime as dt
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.utils.cell import coordinate_from_string

from s2c_forms.demo.fill import Answers
from s2c_forms.form.kinds import Value
from s2c_forms.media.excel.sheet import TICK_SYMBOLS


def fill(source: Path, answers: Answers, target: Path) -> None:
    """Copy `source` to `target` with answers typed into the cells that have their names."""
    book = load_workbook(source)
    for field_id, value in answers.items():
        if value is not None:
            type_in(cell_named(book, field_id), value)
    book.save(target)


def cell_named(book: Workbook, name: str) -> Any:
    """Return the cell that a workbook-wide defined name points to."""
    ((sheet, place),) = book.defined_names[name].destinations
    column, row = coordinate_from_string(place.replace("$", ""))
    return book[sheet][f"{column}{row}"]


def type_in(cell: Any, value: Value) -> None:
    """Give a cell a value as a person would."""
    if isinstance(value, bool) and cell.value in TICK_SYMBOLS:
        cell.value = TICK_SYMBOLS[value]
    elif isinstance(value, dt.date):
        cell.value = dt.datetime.combine(value, dt.time())
        cell.number_format = "dd-mm-yyyy"
    else:
        cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # the cell has the format for text: `=1+1` stays what it is
