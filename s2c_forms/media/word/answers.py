"""Document + rubric → evidence: everything that answers a field, and all that is to be asked."""

from collections.abc import Iterable, Iterator

from s2c_forms.form.fields import Field, fields_of
from s2c_forms.form.filled import Doubt, RawAnswer
from s2c_forms.form.kinds import clean, parse, same_words
from s2c_forms.form.rubric import Rubric
from s2c_forms.media.word.document import Control, Document, text_of
from s2c_forms.media.word.dress import find_dressed
from s2c_forms.media.word.prompts import is_prompt
from s2c_forms.media.word.search import (
    Search,
    cells_of,
    controls_of,
    is_free,
    search_document,
    where_of,
)
from s2c_forms.media.word.strays import find_strays

# Texts that only mean something as one of a few: what a prompt says is none of them.
_CLOSED = ("score", "choice", "number", "date")


def find_answers(
    document: Document, rubric: Rubric
) -> tuple[tuple[RawAnswer, ...], tuple[Doubt, ...]]:
    """Return every answer found, and a doubt for whatever is gone, was added or marked by hand."""
    search = search_document(document, rubric)
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
    return tuple(answers), (*doubts, *find_strays(search), *find_dressed(search))


def _missed(lost: list[Field], rubric: Rubric) -> list[Field]:
    """Return the fields that are gone; a form without its page of remarks has lost none."""
    remarks = [field for field in fields_of(rubric) if field.place == "remarks"]
    has_page = any(field not in lost for field in remarks)
    return [field for field in lost if has_page or field.place != "remarks"]


def _raws(search: Search, field: Field) -> list[str]:
    """Return all evidence on a field; none where its place is gone."""
    if controls := controls_of(search, field):
        return _of_controls(search, field, controls)
    texts = [search.document.cells[cell].text for cell in cells_of(search, field)]
    texts += [m.text for m in search.marked[field.id] if m.text and not is_free(search, m, field)]
    return ["" if is_prompt(text, field, search.rubric.language) else text for text in texts]


def _of_controls(search: Search, field: Field, controls: list[Control]) -> list[str]:
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


def _beside(search: Search, field: Field, controls: Iterable[Control]) -> Iterator[str]:
    """Yield what was typed into the field's cells next to its controls."""
    for number in dict.fromkeys(c.cell for c in controls if c.cell is not None):
        text = clean(text_of(search.outside(search.document.cells[number])))
        if text and not same_words(text, field.label):
            yield text
