"""Every question of a book, with a name of its own, and what a person typed beside it."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as field_
from itertools import islice

from s2c_forms.form.fields import Field
from s2c_forms.master.book import Book
from s2c_forms.records.choices import Choice, choices
from s2c_forms.records.decision import Note, Target
from s2c_forms.records.merge import Merged
from s2c_forms.records.question import Question

# Asked after all the rest: often it is meant.
QUIET = frozenset({"score_missing", "is_left_out"})
_PICTURES = 2  # of one question: what two scans say that differ


@dataclass(frozen=True)
class Asked:
    """A question as the workbook asks it.

    Attributes:
        id: its name: the same for as long as it is asked.
        record: what it is about.
        question: what is asked.
        field: the field it is about; None for the whole form.
        note: what a person typed beside it; None where nothing was.
        choices: what there is to choose from.
        pictures: what stands there on paper, as PNG, and in which file, in the order in which the
            question names them; empty where it didn't come back on paper.
    """

    id: str
    record: Merged
    question: Question
    field: Field | None
    note: Note | None
    choices: tuple[Choice, ...]
    pictures: Mapping[bytes, str] = field_(default_factory=dict)

    @property
    def target(self) -> Target:
        """Return what an answer to it is about."""
        told = (self.record.key, self.record.form_ids, self.question.field_id, self.question.code)
        return Target(self.record.refs, *told)


def asked(book: Book) -> list[Asked]:
    """Return every question, those that matter less last."""
    return sorted(_all(book), key=lambda one: one.question.code in QUIET)


def offered(book: Book, record: Merged, code: str, field: Field | None) -> list[Choice]:
    """Return what there is to choose from as an answer to a question."""
    expected = book.codes.get(field.id, ()) if field else ()
    return choices(code, record, field, book.language, expected)


def _all(book: Book) -> Iterator[Asked]:
    fields = {field.id: field for field in book.fields}
    places = {field.id: place for place, field in enumerate(book.fields)}

    def place(question: Question) -> int:
        return places.get(question.field_id or "", -1)

    for record in (*book.records, *book.left_out):
        for question in sorted(record.questions, key=place):
            field = fields.get(question.field_id or "")
            found = tuple(offered(book, record, question.code, field))
            note = _note(book, record, question)
            pictures = _pictures(book, record, question)
            yield Asked(_id(record, question), record, question, field, note, found, pictures)


def _id(record: Merged, question: Question) -> str:
    told = [record.key, record.form_ids, question.field_id, question.code]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:12]


def _pictures(book: Book, record: Merged, question: Question) -> dict[bytes, str]:
    """Return the pictures of a question's field: of the files that raised it, if they have any."""
    if question.field_id is None:
        return {}
    found = [
        (version.file, book.pictures[version.ref, question.field_id])
        for version in record.versions
        if (version.ref, question.field_id) in book.pictures
    ]
    named = [reading.file for reading in question.readings]
    raised = sorted((one for one in found if one[0] in named), key=lambda one: named.index(one[0]))
    files: dict[bytes, str] = {}
    for file, picture in raised or found:
        files.setdefault(picture, file)
    return dict(islice(files.items(), _PICTURES))


def _note(book: Book, record: Merged, question: Question) -> Note | None:
    about = (question.field_id, question.code)
    mine = [
        note
        for note in book.notes
        if note.kind == "answer"
        and (note.target.field_id, note.target.code) == about
        and note.target.is_of(record.refs)
    ]
    return mine[-1] if mine else None
