"""Fill in an Excel form in LibreOffice Calc, do what people do to workbooks, and save it.

Arguments: address, source, answers (JSON: field id → value, a date as `{"date": "2026-11-22"}`, a
formula as `{"formula": "=NA()"}`), what to do first (`insert,rename,copy,move,delete,note`, or
nothing; `lock` saves with a password), target …
"""

import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

from tests.programs.uno_desktop import connect, open_document, save_document

DAY_0 = dt.date(1899, 12, 30)


def main(address: str, source: str, answers: str, changes: str, *targets: str) -> None:
    document = open_document(connect(address), source)
    try:
        for change in (CHANGES[name] for name in changes.split(",") if name in CHANGES):
            change(document, cell_named(document, "coach").Spreadsheet)
        for field_id, value in json.loads(Path(answers).read_text(encoding="utf-8")).items():
            type_in(cell_named(document, field_id), value)
        for target in targets:
            save_document(document, target, "geheim" if changes == "lock" else "")
    finally:
        document.close(True)


def cell_named(document: Any, name: str) -> Any:
    return document.NamedRanges.getByName(name).ReferredCells.getCellByPosition(0, 0)


def type_in(cell: Any, value: Any) -> None:
    if isinstance(value, dict) and "formula" in value:
        cell.Formula = value["formula"]
    elif isinstance(value, dict):
        cell.Value = (dt.date.fromisoformat(value["date"]) - DAY_0).days
    elif isinstance(value, str):
        cell.String = value
    else:
        cell.Value = int(value)


def insert(_document: Any, sheet: Any) -> None:
    sheet.unprotect("")
    sheet.Rows.insertByIndex(12, 2)
    sheet.Columns.insertByIndex(3, 1)
    sheet.Columns.insertByIndex(0, 1)


def rename(_document: Any, sheet: Any) -> None:
    sheet.Name = "Jan's formulier"


def copy(document: Any, sheet: Any) -> None:
    document.Sheets.copyByName(sheet.Name, "Kopie", document.Sheets.Count)


def move(document: Any, sheet: Any) -> None:
    document.Sheets.insertNewByName("Eerst", 0)
    document.Sheets.moveByName(sheet.Name, document.Sheets.Count)


def delete(document: Any, sheet: Any) -> None:
    sheet.unprotect("")
    row = cell_named(document, "f01_i01").CellAddress.Row
    sheet.Rows.removeByIndex(row, 1)


def note(document: Any, sheet: Any) -> None:
    sheet.unprotect("")
    place = cell_named(document, "f01_score").CellAddress
    sheet.Annotations.insertNew(place, "eigenlijk 3")
    sheet.getCellByPosition(place.Column + 2, place.Row + 1).String = "goed gezien"


CHANGES = {
    "insert": insert,
    "rename": rename,
    "copy": copy,
    "move": move,
    "delete": delete,
    "note": note,
}

if __name__ == "__main__":
    main(*sys.argv[1:])
