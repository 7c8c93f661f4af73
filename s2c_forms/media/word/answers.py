"""Document + rubric → evidence: by tag, then by bookmark, then by the text of the row."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from s2c_forms.form.fields import Field, fields_of
from s2c_forms.form.filled import Doubt, RawAnswer
from s2c_forms.form.kinds import clean, parse, same_words
from s2c_forms.form.rubric import Rubric
from s2c_forms.media.word.document import Cell, Control, Document, Mark
from s2c_forms.media.word.prompts import is_prompt
from s2c_forms.words import say

_WHERE_LENGTH = 40
# Texts that only mean something as one of a few: what a prompt says is none of them.
_CLOSED = ("score", "choice", "number", "date")


@dataclass(frozen=True)
class _Search:
    """A document searched for a rubric's answers."""

    document: Document
    rubric: Rubric
    tagged: dict[str, list[Control]]
    named: dict[str, list[Control]]
    marked: dict[str, list[Mark]]
    labelled: dict[str, list[int]]
    in_cell: dict[int | None, list[Control]]
    marks_in: dict[int | None, list[Mark]]


def find_answers(
    document: Document, rubric: Rubric
) -> tuple[tuple[RawAnswer, ...], tuple[Doubt, ...]]:
    """Return every answer found, and a doubt for every place that is gone or was added."""
    search = _search(document, rubric)
    answers: list[RawAnswer] = []
    lost: list[Field] = []
    for field in fields_of(rubric):
        raws = _raws(search, field)
        where = where_of(field, rubric)
        answers += [RawAnswer(field.id, raw, where) for raw in raws]
        if not raws:
            lost.append(field)
    doubts = [
        Doubt("place_lost", where_of(field, rubric), field.id) for field in _missed(lost, rubric)
    ]
    box = say("text box", rubric.language)
    doubts += [Doubt("typed_over", box, None, text) for text in document.boxes]
    return tuple(answers), tuple(doubts)


def _missed(lost: list[Field], rubric: Rubric) -> list[Field]:
    """Return the fields that are gone; a form without its page of remarks has lost none."""
    remarks = [field for field in fields_of(rubric) if field.place == "remarks"]
    has_page = any(field not in lost for field in remarks)
    return [field for field in lost if has_page or field.place != "remarks"]


def where_of(field: Field, rubric: Rubric) -> str:
    """Return a field's place in words, in the rubric's language."""
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


def _search(document: Document, rubric: Rubric) -> _Search:
    ids = {field.id for field in fields_of(rubric)}
    tagged: dict[str, list[Control]] = {id_: [] for id_ in ids}
    named: dict[str, list[Control]] = {id_: [] for id_ in ids}
    marked: dict[str, list[Mark]] = {id_: [] for id_ in ids}
    for control in document.controls:
        if control.seen.tag in ids:
            tagged[control.seen.tag].append(control)
        for name in control.names & ids:
            named[name].append(control)
    for mark in document.marks:
        if mark.name in ids:
            marked[mark.name].append(mark)
    in_cell: dict[int | None, list[Control]] = defaultdict(list)
    marks_in: dict[int | None, list[Mark]] = defaultdict(list)
    for control in document.controls:
        in_cell[control.cell].append(control)
    for mark in document.marks:
        marks_in[mark.cell].append(mark)
    labelled = _labelled(document, rubric)
    return _Search(document, rubric, tagged, named, marked, labelled, in_cell, marks_in)


def _raws(search: _Search, field: Field) -> list[str]:
    """Return all evidence on a field; none where its place is gone."""
    if controls := search.tagged[field.id]:
        return _of_controls(search, field, controls)
    if controls := _of_one_text(search.named[field.id]):
        return _of_controls(search, field, controls)
    language = search.rubric.language
    cells = [search.document.cells[cell] for cell in search.labelled.get(field.id, [])]
    texts = _of_marks(search, field) or [cell.text for cell in cells]
    return ["" if is_prompt(text, field, language) else text for text in texts]


def _of_one_text(controls: list[Control]) -> list[Control]:
    """Return a bookmark's controls without LibreOffice's echoes of them.

    Where a text mixes scripts, its .docx has a control for each stretch, and every one holds the
    whole text, some with their stretch before it: `Łukasz 好`, `好Łukasz 好`.
    """
    whole = controls[0].text if controls else ""
    is_echoed = bool(whole) and all(control.text.endswith(whole) for control in controls)
    return controls[:1] if is_echoed else controls


def _of_controls(search: _Search, field: Field, controls: list[Control]) -> list[str]:
    language = search.rubric.language
    raws = [raw for control in controls for raw in _of_control(control, field, language)]
    beside = list(_beside(search, field, controls))
    if beside and field.kind != "tick" and not any(raws):
        return beside  # typed next to a control that nobody touched
    return raws + beside


def _of_control(control: Control, field: Field, language: str) -> list[str]:
    text = clean(control.text)
    if control.seen.checked is not None and field.kind == "tick":
        raws = ["TRUE" if control.seen.checked else "FALSE", text]
    elif is_prompt(text, field, language):
        raws = [""]
    elif control.seen.is_prompt:
        # A program that typed an answer, and forgot to say that it is one: a person must look.
        is_answer = field.kind in _CLOSED and parse(field, text).value is not None
        raws = ["", text] if is_answer else [""]
    else:
        raws = [text]
    if control.seen.day and field.kind == "date":
        raws = [control.seen.day, *raws]
    return _differing(field, raws)


def _differing(field: Field, raws: list[str]) -> list[str]:
    """Return the first of raw texts that say the same, and every one that doesn't."""
    first = parse(field, raws[0])
    return [raws[0], *(raw for raw in raws[1:] if parse(field, raw) != first)]


def _beside(search: _Search, field: Field, controls: Iterable[Control]) -> Iterator[str]:
    """Yield what was typed into the field's cells next to its controls."""
    for number in dict.fromkeys(c.cell for c in controls if c.cell is not None):
        text = search.document.cells[number].text
        for control in search.in_cell[number]:
            if control.text:
                text = text.replace(control.text, "", 1).strip()
        if clean(text) and not same_words(text, field.label):
            yield clean(text)


def _of_marks(search: _Search, field: Field) -> list[str]:
    """Return the texts at a bookmark whose control is gone: the cell's, where it's the field's."""
    texts = []
    for mark in search.marked[field.id]:
        cell = None if mark.cell is None else search.document.cells[mark.cell]
        if cell and cell.is_table and not _is_taken(search, mark.cell, field):
            texts.append(cell.text)
        elif mark.text:
            texts.append(mark.text)
    return texts


def _is_taken(search: _Search, cell: int | None, field: Field) -> bool:
    """Return whether another field has its place in this cell, or its label."""
    others = [mark for mark in search.marks_in[cell] if mark.name != field.id]
    others = [mark for mark in others if mark.name in search.marked]
    controls = [control for control in search.in_cell[cell] if control.seen.tag]
    text = search.document.cells[cell or 0].text
    labels = (f.label for f in fields_of(search.rubric))
    return bool(others or controls) or any(same_words(text, label) for label in labels)


def _labelled(document: Document, rubric: Rubric) -> dict[str, list[int]]:
    """Return the cells that answer a field by the text of their row.

    A text that stands twice in the rubric counts only under its own factor.
    """
    fields = fields_of(rubric)
    often = Counter(_key(field.label) for field in fields)
    by_label: dict[str, list[Field]] = {}
    for field in fields:
        by_label.setdefault(_key(field.label), []).append(field)
    found: dict[str, list[int]] = {}
    factor = ""
    for number, cell in enumerate(document.cells):
        for field in by_label.get(_key(cell.text), []):
            factor = field.factor if field.kind == "score" else factor
            if often[_key(field.label)] == 1 or field.factor == factor:
                found.setdefault(field.id, []).extend(_answering(document, number, field))
    return found


def _key(text: str) -> str:
    return " ".join(text.split()).casefold()


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
