"""Every question there is: what a person still has to decide."""

from s2c_forms.form.fields import Field
from s2c_forms.master.book import Book
from s2c_forms.master.cells import Cell, text_for_cell
from s2c_forms.master.sheet import Column, Sheet, distinct
from s2c_forms.master.sheets import common
from s2c_forms.records.merge import Merged
from s2c_forms.records.question import Question
from s2c_forms.words import say

_RAW_LIMIT = 2_000  # letters of what was read; the form itself has the rest


def to_check(book: Book) -> Sheet:
    """Return the sheet with one row a question."""
    lang = book.language
    columns = [
        Column(say("Form", lang)),
        *(Column(field.label, common.field_column(field).kind) for field in book.identity),
        Column(say("Field", lang)),
        Column(say("What the field asks", lang), widest=30),
        Column(say("What is the matter", lang), widest=44),
        Column(say("What to do", lang), widest=30),
        Column(say("What was read", lang), widest=30),
        Column(say("File", lang), widest=26),
        Column(say("Place", lang), widest=20),
        Column(say("Key of the row", lang)),
    ]
    rows = [row for record in book.records for row in _questions(book, record)]
    lead = say("Everything that isn't sure, one question a row.", lang) if rows else ""
    lead = lead or say("There is nothing to check.", lang)
    return Sheet(say("To check", lang), "s2c_to_check", lead, distinct(columns), rows)


def _questions(book: Book, record: Merged) -> list[list[Cell]]:
    places = {field.id: place for place, field in enumerate(book.fields)}
    fields = {field.id: field for field in book.fields}

    def place(question: Question) -> int:
        return places.get(question.field_id or "", -1)

    return [
        _row(book, record, question, fields.get(question.field_id or ""))
        for question in sorted(record.questions, key=place)
    ]


def _row(book: Book, record: Merged, question: Question, field: Field | None) -> list[Cell]:
    lang = book.language
    return [
        common.form_names(record),
        *(record.values.get(asked.id) for asked in book.identity),
        question.field_id,
        field.label if field else say("the whole form", lang),
        question.what(lang),
        question.mend(lang),
        text_for_cell(question.raw, _RAW_LIMIT),
        ", ".join(question.files),
        question.where,
        record.key,
    ]
