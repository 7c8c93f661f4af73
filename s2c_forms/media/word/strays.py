"""Whatever stands in the document and neither answers a field nor is the form's own.

What the form itself says is known by heart (`texts`), each text as often as the form says it; what
is left was typed by somebody. Header and footer belong to the organisation, and are left alone.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from s2c_forms.form.fields import Field, field_index, fields_of
from s2c_forms.form.filled import Doubt
from s2c_forms.form.kinds import clean
from s2c_forms.media.word.document import text_of
from s2c_forms.media.word.search import Search, cells_of, controls_of, where_of
from s2c_forms.media.word.texts import key_of, keys_beside, own_texts
from s2c_forms.words import say

_MOST_PLACES, _MORE = 3, "…"  # of drawings: ink is a drawing a stroke


@dataclass(frozen=True)
class Stray:
    """A text that isn't the form's own, and the number of its cell."""

    cell: int
    text: str


def find_strays(search: Search) -> Iterator[Doubt]:
    """Yield a doubt for every text, note and drawing that was put into the form beside answers."""
    document, language = search.document, search.rubric.language
    places = Places(search)
    found: dict[str, list[str]] = defaultdict(list)
    for stray in _strays(search, places):
        found[places.where(stray.cell)].append(stray.text)
    for where, texts in found.items():
        yield Doubt("typed_over", where, None, "\n".join(texts))
    for text in document.boxes:
        yield Doubt("typed_over", say("text box", language), None, text)
    for text in document.notes:
        yield Doubt("typed_over", say("comment or footnote", language), None, text)
    if document.pictures:
        wheres = list(dict.fromkeys(places.where(cell) for cell in document.pictures))
        more = [_MORE] if len(wheres) > _MOST_PLACES else []
        yield Doubt("drawn_over", " / ".join([*wheres[:_MOST_PLACES], *more]))


@dataclass(frozen=True)
class Places:
    """Which fields a document's rows are about."""

    search: Search

    @cached_property
    def fields(self) -> dict[int, list[Field]]:
        """Return the fields of each row of the document: those that have their place in it."""
        found: dict[int, list[Field]] = defaultdict(list)
        for field in fields_of(self.search.rubric):
            for row in dict.fromkeys(self._rows(field)):
                found[row].append(field)
        return found

    def _rows(self, field: Field) -> Iterator[int]:
        cells = self.search.document.cells
        numbers = [control.cell for control in controls_of(self.search, field)]
        numbers += [mark.cell for mark in self.search.marked[field.id]]
        numbers += self.search.labelled.get(field.id, [])
        return (cells[number].row for number in numbers if number is not None)

    def where(self, cell: int | None) -> str:
        """Return a cell's place in words: in the row of a field, or after one."""
        rubric = self.search.rubric
        row = 0 if cell is None else self.search.document.cells[cell].row
        if row in self.fields:
            return where_of(self.fields[row][0], rubric)
        before = [other for other in self.fields if other < row]
        if not before:
            return say("top of the form", rubric.language)
        last = where_of(self.fields[max(before)][-1], rubric)
        return say("after {place}", rubric.language, place=last)

    def own(self, cell: int) -> set[str]:
        """Return the keys of what a cell's row says when nobody wrote in it."""
        fields = self.fields.get(self.search.document.cells[cell].row, [])
        beside = keys_beside(self.search.rubric)
        return {key for field in fields for key in beside[field.id]}


def printed_cells(search: Search) -> Iterator[int]:
    """Yield the cells in which nothing is answered: what stands there should be the form's own."""
    answered = {control.cell for controls in search.in_cell.values() for control in controls}
    for field in fields_of(search.rubric):
        if not controls_of(search, field):
            answered.update(cells_of(search, field))
    return (number for number in range(len(search.document.cells)) if number not in answered)


def _strays(search: Search, places: Places) -> list[Stray]:
    """Return what isn't the form's own. Rows with a field are looked at first, by their field."""
    free = Counter(own_texts(search.rubric))
    typed = [stray for cell in printed_cells(search) if (stray := _typed(search, cell))]
    left: list[Stray] = []
    for stray in typed:
        if key_of(stray.text) in places.own(stray.cell):
            free[key_of(stray.text)] -= 1
        else:
            left.append(stray)
    strays: list[Stray] = []
    for stray in left:
        if free[key_of(stray.text)] > 0:
            free[key_of(stray.text)] -= 1
        else:
            strays.append(stray)
    over = [text for text, often in free.items() if often > 0]
    return [Stray(s.cell, _without(s.text, [*places.own(s.cell), *over])) for s in strays]


def _typed(search: Search, cell: int) -> Stray | None:
    """Return what stands in a cell outside of controls, and of bookmarks that were read."""
    text = clean(text_of(search.outside(search.document.cells[cell])))
    ids = field_index(search.rubric)
    for mark in search.marks_in[cell]:
        if not controls_of(search, ids[mark.name]):
            text = text.replace(clean(mark.text), "", 1).strip()
    return Stray(cell, text) if text else None


def _without(text: str, own: Iterable[str]) -> str:
    """Return a text without what the form itself says in it, where that can be told."""
    words = " ".join(text.split())
    for known in sorted(own, key=len, reverse=True):
        start = words.casefold().find(known)
        is_told = start >= 0 and len(known) > 2 and len(words) == len(words.casefold())
        if is_told and (rest := f"{words[:start]} {words[start + len(known) :]}".strip()):
            return rest
    return text
