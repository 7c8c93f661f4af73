"""Tables as text: CSV for an Excel that speaks Dutch, and plain CSV for everything else."""

import csv
import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from s2c_forms.export.model import Cell, Table, Variable

EXCEL, PLAIN = "excel", "plain"
DIALECTS = (EXCEL, PLAIN)

# With what a text begins that a spreadsheet takes for a formula (OWASP, "CSV Injection").
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_csv(table: Table, path: Path, dialect: str = PLAIN) -> None:
    """Write a table as CSV.

    Args:
        table: what is written; a missing answer without a code is empty, a date is ISO.
        path: the file.
        dialect: `excel` has semicolons, a byte order mark and Windows' line ends, and an
            apostrophe before texts that Excel would take for a formula; `plain` has commas and
            every text as it is (RFC 4180, UTF-8).
    """
    is_excel = dialect == EXCEL
    encoding = "utf-8-sig" if is_excel else "utf-8"
    with path.open("w", encoding=encoding, newline="") as stream:
        rows = csv.writer(
            stream,
            delimiter=";" if is_excel else ",",
            lineterminator="\r\n" if is_excel else "\n",
        )
        rows.writerow(variable.name for variable in table.variables)
        for row in table.rows:
            rows.writerow(_told(table.variables, row, is_excel=is_excel))


def _told(variables: Iterable[Variable], row: Iterable[Cell], *, is_excel: bool) -> list[object]:
    return [
        defused(cell) if is_excel and _was_typed(variable, cell) else _plain(cell)
        for variable, cell in zip(variables, row, strict=True)
    ]


def _was_typed(variable: Variable, cell: Cell) -> bool:
    """Return whether a person may have typed a cell: not where it is one of a list, or a code."""
    return isinstance(cell, str) and not variable.has_codes


def _plain(cell: Cell) -> object:
    return cell.isoformat() if isinstance(cell, dt.date) else cell


def defused(text: Cell) -> str:
    """Return a text that Excel takes for a text: one that might be a formula gets an apostrophe.

    One that begins with apostrophes before it gets one more, so that `armed` gives back any text.
    """
    told = str(text)
    return f"'{told}" if told.lstrip("'").startswith(FORMULA_STARTS) else told


def armed(text: str) -> str:
    """Return the text that `defused` made this text of."""
    is_defused = text.startswith("'") and text.lstrip("'").startswith(FORMULA_STARTS)
    return text[1:] if is_defused else text
