"""What people typed into a workbook → what they mean by it: decisions, and notes of the rest."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from s2c_forms.form.fields import Field
from s2c_forms.form.kinds import parse, show
from s2c_forms.master.asking import offered
from s2c_forms.master.book import Book
from s2c_forms.master.typed.typed import Answered, Corrected, Typed
from s2c_forms.records.choices import AGREED, LEAVE_OUT, NO_ANSWER, answer, checked
from s2c_forms.records.decision import Decision, Note, NoteKind, Target
from s2c_forms.records.merge import Merged
from s2c_forms.words import say


@dataclass(frozen=True)
class Meant:
    """A decision or a note that was typed, and what stood there."""

    entry: Decision | Note
    old: str = ""
    new: str = ""


def meant_by(
    book: Book, typed: Typed, now: dt.datetime, unseen: Iterable[Decision] = ()
) -> list[Meant]:
    """Return what was typed, checked like any answer.

    Args:
        book: what the store holds now.
        typed: what a person did to the workbook.
        now: when it is merged.
        unseen: what was decided since the workbook was written: nobody could see it there.
    """
    meant = list(_all(book, typed, now))
    decisions = [*unseen, *(one.entry for one in meant if isinstance(one.entry, Decision))]
    return [_doubted(one, decisions) for one in meant]


def _doubted(one: Meant, decisions: list[Decision]) -> Meant:
    decision = one.entry
    if isinstance(decision, Note) or not any(_contradict(decision, d) for d in decisions):
        return one
    kind: NoteKind = "answer" if decision.source == "to_check" else "correction"
    return Meant(Note(decision.target, kind, one.new, "answered_twice", decision.remark))


def _contradict(one: Decision, other: Decision) -> bool:
    return one.target.is_like(other.target) and not one.says_as(other)


def _all(book: Book, typed: Typed, now: dt.datetime) -> Iterator[Meant]:
    for answered in typed.answered:
        if made := _answer(book, answered, now, typed.baseline.id):
            yield made
    for corrected in typed.corrected:
        if made := _correction(book, corrected, now, typed.baseline.id):
            yield made
    for row in typed.deleted:
        target = Target(row.known, row.key, row.form_ids, None, "row_deleted")
        yield Meant(Note(target, "deleted"))


def _answer(book: Book, typed: Answered, now: dt.datetime, id_: str) -> Meant | None:
    """Return what stands beside a question as a decision, or as a note that isn't one."""
    line, row = typed.line, typed.row
    record, field = _record(book, row.known), _field(book, line.field_id)
    target = Target(row.known, row.key, row.form_ids, line.field_id, line.code)
    if record is None:
        return None
    if not typed.answer:
        return Meant(Note(target, "answer", "", "", typed.remark))
    found = offered(book, record, line.code, field)
    said = answer(typed.answer, found, field, codes_only=not book.sieve.is_open)
    if said.problem:
        return Meant(Note(target, "answer", typed.answer, said.problem, typed.remark))
    decision = Decision(target, said.verdict, said.value, "to_check", now, typed.remark, id_)
    return _shown(book, record, decision)


def _correction(book: Book, typed: Corrected, now: dt.datetime, id_: str) -> Meant | None:
    """Return a changed cell as a decision, or as a note where it can't be an answer."""
    row, field = typed.row, _field(book, typed.field_id)
    record = _record(book, row.known)
    if record is None or field is None:
        return None
    target = Target(row.known, row.key, row.form_ids, field.id)
    parsed = checked(field, typed.new, codes_only=not book.sieve.is_open)
    if typed.new and parsed.problem:
        return Meant(Note(target, "correction", typed.new, parsed.problem))
    value = parsed.value if typed.new else None
    if parse(field, typed.old).value == value and typed.old and typed.new:
        return None  # the same in other words: `1.0` for `1`
    return _shown(book, record, Decision(target, "value", value, "forms", now, "", id_))


def _shown(book: Book, record: Merged, decision: Decision) -> Meant:
    """Return a decision with what stood there and what stands there now, for the log."""
    field = _field(book, decision.target.field_id)
    if field is None or decision.verdict != "value":
        return Meant(decision, "", words_of(book, decision))
    old = show(field, record.values.get(field.id), book.language)
    return Meant(decision, old, words_of(book, decision))


def words_of(book: Book, decision: Decision) -> str:
    """Return what a decision says, as people read it."""
    field = _field(book, decision.target.field_id)
    if decision.verdict == "value" and field:
        return show(field, decision.value, book.language) or say(NO_ANSWER, book.language)
    chosen = AGREED if decision.verdict == "agreed" else LEAVE_OUT
    return say(chosen, book.language)


def _record(book: Book, known: frozenset[str]) -> Merged | None:
    return next((r for r in (*book.records, *book.left_out) if not known.isdisjoint(r.refs)), None)


def _field(book: Book, field_id: str | None) -> Field | None:
    return next((field for field in book.fields if field.id == field_id), None)
