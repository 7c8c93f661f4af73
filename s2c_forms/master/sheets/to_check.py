"""Every question there is: what a person still has to decide, and room to decide it."""

from s2c_forms.master.asking import Asked, asked
from s2c_forms.master.book import Book
from s2c_forms.master.cells import Cell, Picture, text_for_cell
from s2c_forms.master.conflicts import place_of
from s2c_forms.master.sheet import Column, Menu, Sheet, distinct
from s2c_forms.master.sheets import common
from s2c_forms.records.problems import PROBLEMS
from s2c_forms.words import mark, say

_RAW_LIMIT = 2_000  # letters of what was read; the form itself has the rest
ANSWER, REMARK, QUESTION_ID = mark("Answer"), mark("Remark"), "s2c_id"
_LIST, _SIZE = "s2c_list", "s2c_size"


def to_check(book: Book) -> Sheet:
    """Return the sheet with one row a question."""
    lang = book.language
    columns = distinct(_columns(book))
    questions = asked(book)
    lists = tuple(dict.fromkeys(tuple(c.text for c in one.choices) for one in questions))
    numbers = {texts: number for number, texts in enumerate(lists)}
    rows = [_row(book, one, numbers) for one in questions]
    lead = say(
        "Everything that isn't sure, one question a row. Choose or type an answer in the coloured"
        " column, save, and merge: then it is applied, and its row goes to the sheet {sheet}.",
        lang,
        sheet=say("Log", lang),
    )
    if book.part_of:
        lead = say("Everything that isn't sure. It is answered in {file}.", lang, file=book.part_of)
    lead = lead if rows else say("There is nothing to check.", lang)
    places = {column.name: place for place, column in enumerate(columns)}
    menu = Menu(places[say(ANSWER, lang)], places[_LIST], places[_SIZE], lists)
    name = say("To check", lang)
    return Sheet(name, "s2c_to_check", lead, columns, rows, menu=menu)


def _columns(book: Book) -> list[Column]:
    lang = book.language
    return [
        Column(say("Form", lang)),
        *(Column(field.label, common.field_column(field).kind) for field in book.identity),
        Column(say("Field", lang)),
        Column(say("What the field asks", lang), widest=30),
        Column(say("What is the matter", lang), widest=44),
        Column(say("What was read", lang), widest=30),
        Column(say("Picture", lang), "picture"),  # where a form came back on paper
        Column(say(ANSWER, lang), widest=24, typed=True),
        Column(say(REMARK, lang), widest=30, typed=True),
        Column(say("What to do", lang), widest=30),
        Column(say("File", lang), widest=26),
        Column(say("Place", lang), widest=20),
        Column(say("Key of the row", lang)),
        Column(QUESTION_ID, hidden=True),
        Column(_LIST, "number", hidden=True),
        Column(_SIZE, "number", hidden=True),
    ]


def _row(book: Book, one: Asked, numbers: dict[tuple[str, ...], int]) -> list[Cell]:
    lang = book.language
    question, record, field = one.question, one.record, one.field
    texts = tuple(choice.text for choice in one.choices)
    return [
        common.form_names(record),
        *(record.values.get(asked.id) for asked in book.identity),
        question.field_id,
        field.label if field else say("the whole form", lang),
        "\n".join(filter(None, (question.what(lang), _not_taken(one, lang)))),
        text_for_cell(question.raw, _RAW_LIMIT),
        _picture(one, lang),
        one.note.typed if one.note else None,
        one.note.remark if one.note else None,
        question.mend(lang),
        ", ".join(question.files),
        place_of(question, record, book.places),
        record.key,
        one.id,
        numbers[texts],
        len(texts),
    ]


def _picture(one: Asked, lang: str) -> Picture | None:
    """Return what stands on the paper; the column is empty for what came back otherwise."""
    if not one.pictures or not one.field:
        return None
    told = {"field": one.field.label, "form": common.form_names(one.record)}
    text = say("What stands on form {form} at “{field}”", lang, **told)
    if len(one.pictures) == 1:
        return Picture(tuple(one.pictures), text)
    files = ", ".join(one.pictures.values())
    row = say("{what}; from left to right in {files}", lang, what=text, files=files)
    return Picture(tuple(one.pictures), row)


def _not_taken(one: Asked, lang: str) -> str:
    """Return why what was typed beside a question is no answer to it."""
    if not one.note or not one.note.problem:
        return ""
    what = say(PROBLEMS[one.note.problem][0], lang, raw=one.note.typed)
    return say("Your answer can't be used: {what}", lang, what=what)
