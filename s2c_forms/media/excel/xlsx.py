""".xlsx and .xlsm → Book: cells by calamine, the rest from guarded XML."""

import io

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from s2c_forms.errors import RefusedError
from s2c_forms.media.excel import ooxml
from s2c_forms.media.excel.book import Book, Cell, Sheet, text_of
from s2c_forms.media.excel.notes import notes_of
from s2c_forms.media.package import Package, authors_of


def load_xlsx(data: bytes, package: Package) -> Book:
    """Return the workbook in an .xlsx or .xlsm.

    Raises:
        RefusedError: it is damaged, or a cell stands so far out that it would fill the memory.
    """
    parts = ooxml.sheet_parts(package)
    ooxml.guard(package, parts)
    sheets = tuple(
        _with_unseen(sheet, package, parts.get(sheet.name, "")) for sheet in _sheets(data, package)
    )
    return Book(
        sheets,
        ooxml.defined_names(package),
        ooxml.properties(package),
        ooxml.program(package),
        authors_of(package),
    )


def _sheets(data: bytes, package: Package) -> list[Sheet]:
    """Return the sheets as calamine sees them, who may stumble over errors: these are ours."""
    try:
        return calamine_sheets(data)
    except RefusedError as refused:
        if "cell error" not in str(refused):
            raise
    return calamine_sheets(ooxml.without_errors(package))


def calamine_sheets(data: bytes) -> list[Sheet]:
    """Return the sheets of a workbook as calamine sees them.

    Raises:
        RefusedError: calamine can't read it.
    """
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            return [Sheet(name, _texts(book.get_sheet_by_name(name))) for name in book.sheet_names]
    except PasswordError as error:
        raise RefusedError("encrypted") from error
    except CalamineError as error:
        raise RefusedError("damaged", reason=str(error)) from error


def _texts(sheet: CalamineSheet) -> dict[Cell, str]:
    rows = sheet.to_python(skip_empty_area=False)
    return {
        (number, column): text_of(value)
        for number, row in enumerate(rows)
        for column, value in enumerate(row)
        if value != ""
    }


def _with_unseen(sheet: Sheet, package: Package, part: str) -> Sheet:
    found = ooxml.unseen(package, part)
    cells = {**sheet.cells, **found.errors}
    return Sheet(sheet.name, cells, found.unfinished, found.formulas, notes_of(package, part))
