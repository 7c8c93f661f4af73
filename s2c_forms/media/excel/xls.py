""".xls → Book, by xlrd: calamine shows its failed formulas and its names as nothing."""

import struct
from typing import Any

import xlrd
from xlrd.biffh import error_text_from_code
from xlrd.compdoc import CompDocError
from xlrd.formula import FormulaError

from s2c_forms.errors import RefusedError
from s2c_forms.media.excel.book import Book, Cell, DefinedName, Sheet, text_of
from s2c_forms.media.excel.ooxml import reference


def load_xls(data: bytes) -> Book:
    """Return the workbook in an .xls of Excel 97 to 2003.

    Raises:
        RefusedError: it is damaged, or has a password.
    """
    try:
        # Ragged rows: a lone cell in the far corner costs its own row only.
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=False, ragged_rows=True, logfile=_Silence()
        )
        sheets = tuple(_sheet(book, page) for page in book.sheets())
        names = tuple(_name(item) for item in book.name_obj_list)
    except xlrd.XLRDError as error:
        code = "encrypted" if "encrypted" in str(error) else "damaged"
        raise RefusedError(code, reason=str(error)) from error
    except _BROKEN as error:
        raise RefusedError("damaged", reason=f"{type(error).__name__}: {error}") from error
    return Book(sheets, names, authors=(book.user_name,) if book.user_name else ())


class _Silence:
    """Where xlrd writes what it noticed."""

    def write(self, text: str) -> int:
        """Write nothing."""
        return len(text)


# What xlrd lets through of a damaged file: it follows its lengths and places without looking.
_BROKEN = (
    CompDocError,
    FormulaError,
    AssertionError,
    AttributeError,
    IndexError,
    KeyError,
    MemoryError,
    OverflowError,
    RecursionError,
    TypeError,
    UnicodeError,
    ValueError,
    NotImplementedError,
    struct.error,
)


def _sheet(book: xlrd.Book, page: Any) -> Sheet:
    cells: dict[Cell, str] = {}
    for row in range(page.nrows):
        for column, cell in enumerate(page.row(row)):
            if text := _text(book, cell):
                cells[row, column] = text
    notes = {cell: note.text for cell, note in page.cell_note_map.items()}
    return Sheet(page.name, cells, formulas=None, notes=notes)


def _text(book: xlrd.Book, cell: Any) -> str:
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(error_text_from_code.get(cell.value, "#N/A"))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return text_of(bool(cell.value))
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return text_of(xlrd.xldate_as_datetime(cell.value, book.datemode))
        except (ValueError, OverflowError):  # before 1900, or far in the future
            return text_of(cell.value)
    return text_of(cell.value)


def _name(item: Any) -> DefinedName:
    """Return a name; xlrd writes out what it points to, as a formula does."""
    return reference(item.name, (item.result.text if item.result else None) or "")
