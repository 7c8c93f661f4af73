"""Where in a workbook each field is answered: by name, and by the marks that stand in cells."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from s2c_forms.media.excel.book import Book, Cell, Sheet
from s2c_forms.media.excel.sheet import ANCHOR, ANSWER, ANSWER_MARK


@dataclass(frozen=True)
class Place:
    """One cell of one sheet, known by the sheet's name."""

    sheet: str
    cell: Cell


def places_of(book: Book, ids: Iterable[str]) -> dict[str, list[Place]]:
    """Return every cell that answers each field: those that are named, then those that are marked.

    A field whose place is nowhere to be found has an empty list.
    """
    wanted = {field_id.casefold(): field_id for field_id in ids}
    found: dict[str, list[Place]] = {field_id: [] for field_id in wanted.values()}
    tabs = {sheet.name for sheet in book.sheets}
    for name in book.names:
        if name.name in wanted and name.sheet in tabs:
            found[wanted[name.name]].append(Place(name.sheet or "", name.cell))
    for sheet in book.sheets:
        for field_id, cell in _marked(sheet, wanted):
            found[field_id].append(Place(sheet.name, cell))
    return {field_id: list(dict.fromkeys(places)) for field_id, places in found.items()}


def _marked(sheet: Sheet, wanted: Mapping[str, str]) -> list[tuple[str, Cell]]:
    """Return the cells that a sheet's own marks point to: the id's row, the answers' column."""
    anchors = [
        (wanted[text.casefold()], cell)
        for cell, text in sheet.cells.items()
        if text.casefold() in wanted
    ]
    if not anchors:
        return []
    columns = Counter(column for _, (_, column) in anchors)
    # An id typed elsewhere, as an answer, say, is no mark: most ids are in the marks' column.
    anchor_column = max(columns, key=lambda column: (columns[column], -column))
    answers = _answer_columns(sheet) or [anchor_column + ANSWER - ANCHOR]
    return [
        (field_id, (row, answer))
        for field_id, (row, column) in anchors
        if column == anchor_column
        for answer in answers
    ]


def _answer_columns(sheet: Sheet) -> list[int]:
    marks = [cell[1] for cell, text in sheet.cells.items() if text == ANSWER_MARK]
    return sorted(set(marks))
