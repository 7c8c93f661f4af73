"""A document searched: where each field of a rubric is answered, and what place that is in words.

By tag, then by bookmark, then by the text of the row; never by order alone.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from s2c_forms.form.fields import Field, fields_of
from s2c_forms.form.kinds import same_words
from s2c_forms.form.rubric import Rubric
from s2c_forms.media.word.document import Cell, Control, Document, Mark, Piece
from s2c_forms.media.word.texts import key_of
from s2c_forms.words import say

_WHERE_LENGTH = 40


@dataclass(frozen=True)
class Search:
    """A document searched for a rubric's answers.

    Attributes:
        tagged: the controls that carry a field's id as tag.
        named: the controls that share their place with a field's bookmark.
        marked: the bookmarks named after a field.
        labelled: the numbers of cells that answer a field by the text of their row.
        in_cell: the controls of fields that stand in a cell.
        marks_in: the bookmarks that stand in a cell.
    """

    document: Document
    rubric: Rubric
    ids: frozenset[str]
    tagged: dict[str, list[Control]]
    named: dict[str, list[Control]]
    marked: dict[str, list[Mark]]
    labelled: dict[str, list[int]]
    in_cell: dict[int | None, list[Control]]
    marks_in: dict[int | None, list[Mark]]

    def is_asked(self, control: Control) -> bool:
        """Return whether a control answers a field."""
        return control.seen.tag in self.ids or bool(control.names & self.ids)

    def outside(self, cell: Cell) -> list[Piece]:
        """Return what stands in a cell outside the controls of fields."""
        return [piece for piece in cell.pieces if not any(map(self.is_asked, piece.controls))]


def search_document(document: Document, rubric: Rubric) -> Search:
    """Return where a document has the places of a rubric's fields."""
    ids = frozenset(field.id for field in fields_of(rubric))
    made = Search(
        document,
        rubric,
        ids,
        tagged={id_: [] for id_ in ids},
        named={id_: [] for id_ in ids},
        marked={id_: [] for id_ in ids},
        labelled=_labelled(document, rubric),
        in_cell=defaultdict(list),
        marks_in=defaultdict(list),
    )
    for control in document.controls:
        _place_control(made, control)
    for mark in document.marks:
        if mark.name in ids:
            made.marked[mark.name].append(mark)
            made.marks_in[mark.cell].append(mark)
    return made


def _place_control(made: Search, control: Control) -> None:
    if control.seen.tag in made.ids:
        made.tagged[control.seen.tag].append(control)
    for name in control.names & made.ids:
        made.named[name].append(control)
    if made.is_asked(control):
        made.in_cell[control.cell].append(control)


def controls_of(search: Search, field: Field) -> list[Control]:
    """Return the controls that answer a field."""
    return search.tagged[field.id] or _of_one_text(search.named[field.id])


def _of_one_text(controls: list[Control]) -> list[Control]:
    """Return a bookmark's controls without LibreOffice's echoes of them.

    Where a text mixes scripts, its .docx has a control for each stretch, and every one holds the
    whole text, some with their stretch before it: `Łukasz 好`, `好Łukasz 好`.
    """
    whole = controls[0].text if controls else ""
    is_echoed = bool(whole) and all(control.text.endswith(whole) for control in controls)
    return controls[:1] if is_echoed else controls


def cells_of(search: Search, field: Field) -> list[int]:
    """Return the cells whose text answers a field that has no control: by bookmark, or by label."""
    marks = search.marked[field.id]
    cells = [mark.cell for mark in marks if mark.cell is not None and is_free(search, mark, field)]
    return cells or ([] if any(mark.text for mark in marks) else search.labelled.get(field.id, []))


def is_free(search: Search, mark: Mark, field: Field) -> bool:
    """Return whether a bookmark's cell is a table's, and has no other field's place or label."""
    if mark.cell is None or not search.document.cells[mark.cell].is_table:
        return False
    others = any(other.name != field.id for other in search.marks_in[mark.cell])
    text = search.document.cells[mark.cell].text
    labels = (f.label for f in fields_of(search.rubric))
    return not (
        others or search.in_cell[mark.cell] or any(same_words(text, label) for label in labels)
    )


def where_of(field: Field, rubric: Rubric) -> str:
    """Return a field's place in words, in the rubric's language."""
    return _wheres(rubric)[field.id]


@lru_cache(maxsize=64)
def _wheres(rubric: Rubric) -> dict[str, str]:
    return {field.id: _where(field, rubric) for field in fields_of(rubric)}


def _where(field: Field, rubric: Rubric) -> str:
    text = _first_words(field.label)
    number = next((f.number for f in rubric.factors if f.id == field.factor), "")
    if not number:
        return f"“{text}”"
    return say("factor {number}, “{text}”", rubric.language, number=number, text=text)


def _first_words(text: str) -> str:
    words = " ".join(text.split())
    if len(words) <= _WHERE_LENGTH:
        return words
    return words[:_WHERE_LENGTH].rpartition(" ")[0] + " …"


def _labelled(document: Document, rubric: Rubric) -> dict[str, list[int]]:
    """Return the cells that answer a field by the text of their row.

    A text that stands twice in the rubric counts only under its own factor.
    """
    by_label = _by_label(rubric)
    found: dict[str, list[int]] = {}
    factor = ""
    for number, cell in enumerate(document.cells):
        alike = by_label.get(key_of(cell.text), [])
        for field in alike:
            factor = field.factor if field.kind == "score" else factor
            if len(alike) == 1 or field.factor == factor:
                found.setdefault(field.id, []).extend(_answering(document, number, field))
    return found


@lru_cache(maxsize=64)
def _by_label(rubric: Rubric) -> dict[str, list[Field]]:
    """Return the fields that have a label, by its key."""
    found: dict[str, list[Field]] = {}
    for field in fields_of(rubric):
        found.setdefault(key_of(field.label), []).append(field)
    return found


def _answering(document: Document, label: int, field: Field) -> list[int]:
    """Return the cell that answers a label: beside it in its row, or under a row of its own."""
    cells, here = document.cells, document.cells[label]
    if field.kind == "tick":
        return [label - 1] if here.column > 0 else []
    after = label + 1
    if after >= len(cells):
        return []
    if cells[after].row == here.row:
        return [after]
    return [after] if _is_box_under(here, cells[after]) else []


def _is_box_under(heading: Cell, cell: Cell) -> bool:
    return not heading.is_table and cell.is_table and cell.row == heading.row + 1
