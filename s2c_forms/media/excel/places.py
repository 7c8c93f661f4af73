"""Where in a workbook each field is answered: by name, by the marks in cells, and by labels."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from s2c_forms.form.fields import field_index
from s2c_forms.form.rubric import Rubric
from s2c_forms.media.excel.book import Book, Cell, Sheet
from s2c_forms.media.excel.labels import labelled
from s2c_forms.media.excel.sheet import ANCHOR, ANSWER, ANSWER_MARK


@dataclass(frozen=True)
class Place:
    """One cell of one sheet, known by the sheet's name."""

    sheet: str
    cell: Cell


_FEWEST = 2  # a lone id is no mark: somebody answers `supervisor`, which is an id, too
_Places = defaultdict[str, list[Place]]


@dataclass(frozen=True)
class Found:
    """Where each field is answered.

    Attributes:
        places: every cell that answers each field; none where no place is to be found.
        torn: the fields whose name or mark is gone though the others still have theirs. Something
            was moved over their cell, or their row was deleted by a program that leaves names be:
            what stands there may be the answer to another field.
    """

    places: Mapping[str, tuple[Place, ...]]
    torn: frozenset[str]


def places_of(book: Book, rubric: Rubric) -> Found:
    """Return where each field is answered: in cells that are named, that are marked, or labelled.

    Labels count only where most names and marks are gone, as they are where cells were pasted.
    """
    wanted = {field_id.casefold(): field_id for field_id in field_index(rubric)}
    named, marked = _named(book, wanted), _by_sheet(book, lambda sheet: _marked(sheet, wanted))
    labels = _Places(list)
    if not (_are_kept(named, wanted) or _are_kept(marked, wanted)):
        labels = _by_sheet(book, lambda sheet: labelled(sheet, rubric))
    found = {
        field_id: tuple(
            dict.fromkeys(p for kept in (named, marked, labels) for p in kept[field_id])
        )
        for field_id in wanted.values()
    }
    both = _are_kept(named, wanted) and _are_kept(marked, wanted)
    torn = {id_ for id_ in found if both and bool(named[id_]) != bool(marked[id_])}
    return Found(found, frozenset(torn))


def _are_kept(places: _Places, wanted: Mapping[str, str]) -> bool:
    """Return whether a program kept names, or marks, at all: most of the fields have theirs."""
    return 2 * sum(bool(found) for found in places.values()) > len(wanted)


def _named(book: Book, wanted: Mapping[str, str]) -> _Places:
    tabs = {sheet.name for sheet in book.sheets}
    found = _Places(list)
    for name in book.names:
        if name.name in wanted and name.sheet in tabs:
            found[wanted[name.name]].append(Place(name.sheet or "", name.cell))
    return found


def _by_sheet(book: Book, look: Callable[[Sheet], list[tuple[str, Cell]]]) -> _Places:
    found = _Places(list)
    for sheet in book.sheets:
        for field_id, cell in look(sheet):
            found[field_id].append(Place(sheet.name, cell))
    return found


def _marked(sheet: Sheet, wanted: Mapping[str, str]) -> list[tuple[str, Cell]]:
    """Return the cells that a sheet's own marks point to: the id's row, the answers' column."""
    anchors = [
        (wanted[text.casefold()], cell)
        for cell, text in sheet.cells.items()
        if text.casefold() in wanted
    ]
    if len(anchors) < _FEWEST:
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
