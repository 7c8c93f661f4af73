"""What people settled: when, about which form and field, from what to what."""

from s2c_forms.form.stamp import spaced
from s2c_forms.master.book import Book
from s2c_forms.master.cells import Cell
from s2c_forms.master.sheet import Column, Sheet, distinct
from s2c_forms.records.problems import PROBLEMS
from s2c_forms.store import LogEntry
from s2c_forms.words import mark, say

_EVENTS = {
    "to_check": mark("answered in {to_check}"),
    "forms": mark("typed in {forms}"),
    "withdrawn": mark("taken back"),
    "forgotten": mark("everything of one person was taken out"),
}


def log(book: Book) -> Sheet:
    """Return the sheet with one row for each thing that was settled."""
    lang = book.language
    columns = [
        Column(say("When", lang), "moment"),
        Column(say("Form", lang)),
        Column(say("Field", lang)),
        Column(say("What the field asks", lang), widest=30),
        Column(say("How", lang), widest=26),
        Column(say("What was asked", lang), widest=40),
        Column(say("Old", lang), widest=30),
        Column(say("New", lang), widest=30),
        Column(say("Remark", lang), widest=30),
        Column(say("Key of the row then", lang)),
    ]
    rows = [_row(book, entry) for entry in book.log]
    lead = say("Every decision and correction, oldest first. It holds, whatever comes later.", lang)
    return Sheet(say("Log", lang), "s2c_log", lead, distinct(columns), rows)


def _row(book: Book, entry: LogEntry) -> list[Cell]:
    lang = book.language
    labels = {field.id: field.label for field in book.fields}
    names = {"to_check": say("To check", lang), "forms": say("Forms", lang)}
    return [
        entry.made_at.replace(tzinfo=None),
        ", ".join(map(spaced, entry.form_ids)),
        entry.field_id,
        labels.get(entry.field_id or "") or say("the whole form", lang),
        say(_EVENTS.get(entry.event, entry.event), lang, **names),
        _asked(entry.code, lang),
        entry.old,
        entry.new,
        entry.remark,
        entry.record,
    ]


def _asked(code: str, lang: str) -> str | None:
    """Return what was asked, without what was read: that stands in the forms."""
    if code not in PROBLEMS:
        return None
    text = say(PROBLEMS[code][0], lang, raw="…")
    return f"{text.removesuffix(': ….')}." if text.endswith(": ….") else text
