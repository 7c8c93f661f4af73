"""Which forms were expected, and which came."""

from s2c_forms.form.fields import Field
from s2c_forms.form.kinds import natural, same_words, show
from s2c_forms.form.roles import roles_of
from s2c_forms.master.book import Book
from s2c_forms.master.cells import Cell
from s2c_forms.master.sheet import Column, Sheet, distinct
from s2c_forms.master.sheets import common
from s2c_forms.records.merge import Merged
from s2c_forms.records.progress import Step, is_blank, progress
from s2c_forms.words import mark, say

STATES = {"in": mark("in"), "missing": mark("missing"), "unexpected": mark("unexpected")}


def progress_sheet(book: Book) -> Sheet:
    """Return the sheet with one row for each form that is expected, or came unexpected."""
    lang = book.language
    shown = _fields(book)
    columns = [
        *(Column(field.label, common.field_column(field).kind) for field in shown),
        Column(say("State", lang), marked=say(STATES["missing"], lang)),
        Column(say("Form", lang)),
        Column(say("Merged on", lang), "date"),
        Column(say("Remark", lang), widest=60),
    ]
    steps = progress(book.expected, book.records) if book.expected else ()
    ordered = sorted(steps, key=lambda step: _place(step, book))
    rows = [_row(step, shown, book) for step in ordered]
    name = say("Progress", lang)
    return Sheet(name, "s2c_progress", _lead(steps, lang), distinct(columns), rows)


def _lead(steps: tuple[Step, ...], lang: str) -> str:
    if not steps:
        return say(
            "Who is still to come? Merge with --roster and a list of the forms that you expect.",
            lang,
        )
    states = [step.state for step in steps]
    return say(
        "{received} of {expected} forms are in, {missing} missing; {unexpected} unexpected."
        " Filter on {state} to see who is missing.",
        lang,
        received=states.count("in"),
        expected=len(states) - states.count("unexpected"),
        missing=states.count("missing"),
        unexpected=states.count("unexpected"),
        state=say("State", lang),
    )


def _fields(book: Book) -> list[Field]:
    """Return the fields that say which form it is, and whatever else the roster gives."""
    given = {id_ for due in book.expected for id_ in due.head}
    return [field for field in book.fields if field.id in {*book.rubric.identity, *given}]


def _place(step: Step, book: Book) -> tuple[list[list[tuple[int, str]]], str]:
    roles = roles_of(book.rubric)
    ids = (roles.subject, *roles.conversation, *roles.moment, roles.rater)
    told = [_value(step, id_) for id_ in ids]
    key = step.records[0].key if step.records else ""
    return [[(2, "")] if value is None else natural(str(value)) for value in told], key


def _value(step: Step, field_id: str) -> Cell:
    """Return what was expected; where nothing was, what came."""
    if step.due and field_id in step.due.head:
        return step.due.head[field_id]
    return step.records[0].values.get(field_id) if step.records else None


def _row(step: Step, fields: list[Field], book: Book) -> list[Cell]:
    lang = book.language
    days = [book.merged_on(record) for record in step.records]
    return [
        *(_value(step, field.id) for field in fields),
        say(STATES[step.state], lang),
        ", ".join(common.form_names(record) for record in step.records),
        max((day for day in days if day), default=None),
        " ".join(_remarks(step, fields, lang)),
    ]


def _remarks(step: Step, fields: list[Field], lang: str) -> list[str]:
    """Return what else there is to know of a form that came."""
    told = []
    if step.due and len(step.records) > 1:
        told.append(say("{n} forms came.", lang, n=len(step.records)))
    for record in step.records:
        if is_blank(record):
            told.append(say("It came back with nothing filled in.", lang))
        told += [
            say("{field} on the form: {value}.", lang, field=field.label, value=text)
            for field in fields
            if (text := _otherwise(step, record, field, lang))
        ]
    return told


def _otherwise(step: Step, record: Merged, field: Field, lang: str) -> str:
    """Return what a form's head says otherwise than the roster."""
    value = record.values.get(field.id)
    if step.due is None or value is None or field.id not in step.due.head:
        return ""
    same = same_words(str(value), str(step.due.head[field.id]))
    return "" if same else show(field, value, lang)
