"""A sheet of the workbook as data: its columns and its rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from s2c_forms.master.cells import ROW_LIMIT, Cell

ColumnKind = Literal[
    "text",
    "number",
    "score",
    "tick",
    "date",
    "moment",
    "code",
    "decimal",
    "percent",
    "interval",
    "picture",
]
HEADER_ROW = 2  # counted from 0: above it stand the title, and the labels of the columns


@dataclass(frozen=True)
class Column:
    """A column: its name in the table's header, and what stands above that for people.

    Attributes:
        name: no other column of the sheet has it, whatever its case.
        kind: what its cells hold; `code` is a text of which the start tells enough, `interval`
            two numbers as one text; `picture` what stands on paper.
        label: what the name means; empty where the name says it.
        widest: how wide the column may get, in letters.
        grouped: whether it can be folded away together with its neighbours.
        typed: whether people are meant to type in it.
        hidden: whether it is there for programs only.
        marked: the text that stands out where a cell holds it; empty where none does.
    """

    name: str
    kind: ColumnKind = "text"
    label: str = ""
    widest: int = 40
    grouped: bool = False
    typed: bool = False
    hidden: bool = False
    marked: str = ""


@dataclass(frozen=True)
class Menu:
    """Choices that drop down, other ones in each row.

    A row says by two numbers which choices are its own: so they stay its own when people sort.

    Attributes:
        column: where they drop down.
        number: the column that says which of `lists` it is, counted from 0.
        size: the column that says how long that is.
        lists: all lists of choices, each of them once.
    """

    column: int
    number: int
    size: int
    lists: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Sheet:
    """A table on a sheet of its own.

    Attributes:
        name: on its tab.
        table: the name of its Excel table, the same in every language.
        lead: one or two sentences on what stands here.
        columns: from left to right.
        rows: from top to bottom, each as long as `columns`.
        frozen: how many columns stay in sight when one scrolls to the right.
        wide: whether it is too wide to print on the width of one page.
        lines: the most that a row shows, so that a long text doesn't push others out of sight.
        menu: the choices that drop down in the cells of a column.
    """

    name: str
    table: str
    lead: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]
    frozen: int = 1
    wide: bool = False
    lines: int = 8
    menu: Menu | None = None


def distinct(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Return columns with names that differ: a later one gets `_` after it, as often as needed."""
    seen: set[str] = set()
    told = []
    for column in columns:
        name = column.name
        while name.casefold() in seen:
            name += "_"
        seen.add(name.casefold())
        told.append(replace(column, name=name))
    return tuple(told)


def in_sheets(sheet: Sheet, limit: int = ROW_LIMIT - HEADER_ROW - 1) -> Iterator[Sheet]:
    """Yield the sheet, and more of it where its rows don't fit on one."""
    yield replace(sheet, rows=sheet.rows[:limit])
    for number, start in enumerate(range(limit, len(sheet.rows), limit), start=2):
        yield replace(
            sheet,
            name=f"{sheet.name} ({number})",
            table=f"{sheet.table}_{number}",
            rows=sheet.rows[start : start + limit],
        )
