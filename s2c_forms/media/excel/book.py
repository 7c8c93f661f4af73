"""A workbook as reading sees it, whatever its file format: texts by cell, names, properties."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

Cell = tuple[int, int]  # row and column, counted from 0
# More than any form has by far; a sheet with one cell at its far corner has 17,179,869,184.
MOST_CELLS = 5_000_000


@dataclass(frozen=True)
class Sheet:
    """One sheet.

    Attributes:
        name: what its tab says.
        cells: the text of every cell that isn't empty.
        unfinished: the formulas that have no result.
        formulas: the cells that have a formula; None where the reader of the format can't tell.
        notes: what is written about cells, in comments and in boxes of text that lie over them.
    """

    name: str
    cells: Mapping[Cell, str]
    unfinished: Mapping[Cell, str] = field(default_factory=dict)
    formulas: frozenset[Cell] | None = frozenset()
    notes: Mapping[Cell, str] = field(default_factory=dict)


@dataclass(frozen=True)
class DefinedName:
    """A name that a cell has.

    Attributes:
        name: the name, in small letters: programs don't tell capitals apart.
        sheet: the name of the sheet that it points to; None where it points nowhere any more.
        cell: the cell that it points to, the first where it points to several.
    """

    name: str
    sheet: str | None
    cell: Cell = (0, 0)


@dataclass(frozen=True)
class Book:
    """One workbook.

    Attributes:
        sheets: in the order of their tabs.
        names: workbook-wide ones, and those of single sheets.
        properties: the custom document properties.
        program: what saved it, as far as it tells.
        authors: who made it and who saved it last, as far as it tells.
    """

    sheets: tuple[Sheet, ...]
    names: tuple[DefinedName, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)
    program: str = ""
    authors: tuple[str, ...] = ()


def text_of(value: object) -> str:
    """Return the text of a cell's value: 3.0 as `3`, a tick as `TRUE`, a date as ISO."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime):
        return (value.date() if value.time() == dt.time() else value).isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value)
