"""Work in a master workbook in LibreOffice Calc as a coordinator does, and save it in its place.

Arguments: address, workbook, what to type (JSON: lists of sheet, key column, key, column, value),
what else to do (names of `CHANGES`, or nothing), what to run meanwhile (JSON: a command, or an
empty list). Prints as JSON the exit code of that, and the names of the files beside the workbook.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.table import TableSortField

from tests.programs.uno_desktop import connect, open_document

HEADER = 2


def main(address: str, path: str, typed: str, changes: str, meanwhile: str) -> None:
    document = open_document(connect(address), path)
    try:
        for name in filter(None, changes.split(",")):
            CHANGES[name](document)
        for sheet, key_column, key, column, value in json.loads(typed):
            page = document.Sheets.getByName(sheet)
            cell = cell_at(page, row_of(page, key_column, key), column)
            if isinstance(value, str):
                cell.String = value
            else:
                cell.Value = value
        beside = sorted(file.name for file in Path(path).parent.iterdir())
        command = json.loads(meanwhile)
        code = subprocess.run(command, check=False).returncode if command else 0
        document.store()
        sys.stdout.write(json.dumps({"code": code, "beside": beside}) + "\n")
    finally:
        document.close(True)


def texts(page: Any) -> list[str]:
    row = page.getCellRangeByPosition(0, HEADER, 199, HEADER)
    return [str(cell) for cell in row.getDataArray()[0]]


def cell_at(page: Any, row: int, column: str) -> Any:
    return page.getCellByPosition(texts(page).index(column), row)


def row_of(page: Any, column: str, key: str) -> int:
    place = texts(page).index(column)
    for row in range(HEADER + 1, HEADER + 500):
        if page.getCellByPosition(place, row).String == key:
            return row
    raise LookupError(key)


def sort(document: Any) -> None:
    """Sort the forms by their keys, from Z to A."""
    sort_by(document, "Formulieren", "record", "record")


def sort_questions(document: Any) -> None:
    """Sort the questions by what was asked about, from Z to A."""
    sort_by(document, "Nakijken", "Veld", "s2c_size")


def sort_by(document: Any, sheet: str, column: str, rightmost: str) -> None:
    page = document.Sheets.getByName(sheet)
    heads = texts(page)
    width = heads.index(rightmost)
    last = HEADER + 1
    while page.getCellByPosition(width, last + 1).String:
        last += 1
    area = page.getCellRangeByPosition(0, HEADER + 1, width, last)
    field = TableSortField()
    field.Field, field.IsAscending = heads.index(column), False
    fields = uno.Any("[]com.sun.star.table.TableSortField", (field,))
    uno.invoke(area, "sort", ((named("SortFields", fields), named("ContainsHeader", False)),))


def named(name: str, value: object) -> Any:
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def hide(document: Any) -> None:
    page = document.Sheets.getByName("Formulieren")
    page.Columns.getByIndex(4).IsVisible = False
    page.Rows.getByIndex(HEADER + 1).IsVisible = False


def insert(document: Any) -> None:
    document.Sheets.getByName("Formulieren").Columns.insertByIndex(2, 1)


def own(document: Any) -> None:
    document.Sheets.insertNewByName("Van mij", 0)
    document.Sheets.getByName("Van mij").getCellByPosition(0, 0).String = "van mij"


CHANGES = {
    "sort": sort,
    "sort_questions": sort_questions,
    "hide": hide,
    "insert": insert,
    "own": own,
}

if __name__ == "__main__":
    main(*sys.argv[1:])
