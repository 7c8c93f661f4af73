"""What people typed into the workbook → decisions in the store."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from s2c_forms.errors import RefusedError
from s2c_forms.form.fields import Field
from s2c_forms.form.kinds import Value, parse, show
from s2c_forms.form.rubric import Rubric
from s2c_forms.records.choices import AGREED, LEAVE_OUT, NO_ANSWER, answer, checked, choices
from s2c_forms.records.decision import Decision, Note, NoteKind, Target
from s2c_forms.records.merge import Merged
from s2c_forms.words import Message, mark, say

if TYPE_CHECKING:
    from s2c_forms.master import Book
    from s2c_forms.master.typed.baseline import Baseline
    from s2c_forms.master.typed.saved import Print, Saved
    from s2c_forms.master.typed.typed import Answered, Corrected, Typed
    from s2c_forms.store import Store

# What the store keeps of workbooks: the content of the last one, of one that was read back, and
# the states last written and about to be written.
WORKBOOK, SEEN, LAST, NEXT = "workbook", "workbook_seen", "workbook_last", "workbook_next"
_ASIDE = "workbook_aside"


@dataclass(frozen=True)
class Master:
    """A workbook in its place.

    Attributes:
        path: the workbook.
        spare: the rubric of a workbook in which nothing is yet.
        store: where the store is, as seen from the workbook.
        now: when it is merged.
    """

    path: Path
    spare: Rubric
    store: str
    now: dt.datetime


@dataclass(frozen=True)
class Reviewed:
    """What came of reading a workbook back: how much was decided, and what people should know."""

    decided: int = 0
    notices: tuple[Message, ...] = ()

    def __add__(self, other: "Reviewed") -> "Reviewed":
        """Return what came of both."""
        return Reviewed(self.decided + other.decided, (*self.notices, *other.notices))


def content_of(path: Path) -> bytes | None:
    """Return what is in a file; None where there is none.

    Raises:
        WriteError: it can't be opened; so it won't be written over either.
    """
    from s2c_forms.master.workbook import unwritable

    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise unwritable(path, error) from error


def is_read(store: "Store", data: bytes | None) -> bool:
    """Return whether nothing stands in a workbook that the store doesn't know."""
    from s2c_forms.store import meta_of

    return data is None or _digest(data) in (meta_of(store, WORKBOOK), meta_of(store, SEEN))


def review(store: "Store", master: Master) -> Reviewed:
    """Take what people typed into the workbook since it was written into the store.

    Raises:
        WriteError: it can't be opened, or what belongs to nobody's form can't be kept aside.
    """
    from s2c_forms.store import set_meta

    data = content_of(master.path)
    if data is None or is_read(store, data):
        return Reviewed()
    done = _read_back(store, master, data)
    set_meta(store, SEEN, _digest(data))
    return done


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _read_back(store: "Store", master: Master, data: bytes) -> Reviewed:
    from s2c_forms.api.rebuilding import is_lost, rebuild
    from s2c_forms.master.typed.saved import open_saved
    from s2c_forms.master.typed.typed import written_in
    from s2c_forms.store import own_rubric

    try:
        saved = open_saved(data)
    except RefusedError as error:
        reason = Message(mark("it can't be read: {reason}"), {"reason": error.what})
        return _aside(store, master, data, reason)
    baseline = written_in(saved)
    if baseline is None:
        return _aside(store, master, data, Message(mark("s2c-forms didn't make it")))
    if own_rubric(store) not in (None, baseline.rubric):
        return _aside(store, master, data, Message(mark("it is of another rubric")))
    done = Reviewed()
    if is_lost(store):
        done = rebuild(store, saved, baseline, master.now)
    return done + _take(store, master, data, (saved, baseline))


def _take(
    store: "Store", master: Master, data: bytes, opened: tuple["Saved", "Baseline"]
) -> Reviewed:
    """Take what was typed into the store; what we don't read is kept aside."""
    from s2c_forms.master import book_of
    from s2c_forms.master.typed.typed import typed_in

    saved, baseline = opened
    before = _print_of(store, baseline.id)
    book = book_of(store, master.spare, master.store)
    fields = frozenset(field.id for field in book.fields)
    typed = typed_in(saved, baseline, before, fields, book.language)
    decided = _apply(store, book, typed, master.now, is_last=before is not None)
    if before is None:
        reason = Message(mark("it is older than the store, or was made with another one"))
        return Reviewed(decided) + _aside(store, master, data, reason)
    if typed.elsewhere:
        return Reviewed(decided) + _aside(store, master, data, _elsewhere(typed.elsewhere))
    return Reviewed(decided)


def _print_of(store: "Store", id_: str) -> "Print | None":
    """Return the print of the state of the workbook last written; None of any other."""
    from s2c_forms.master.typed.saved import Print
    from s2c_forms.store import meta_of

    for key in (LAST, NEXT):
        written, _, text = meta_of(store, key).partition(" ")
        if written == id_ and text:
            return Print.from_json(text)
    return None


def _elsewhere(names: Iterable[str]) -> Message:
    sheets = ", ".join(name for name in names if name != "*")
    if sheets:
        return Message(mark("something was typed there that is no answer ({sheets})"), locals())
    return Message(mark("it holds charts, pictures or notes of your own"))


def _aside(store: "Store", master: Master, data: bytes, reason: Message) -> Reviewed:
    """Keep the whole workbook under a dated name, once for each content."""
    from s2c_forms.master.typed.aside import keep_aside
    from s2c_forms.store import meta_of, set_meta

    if meta_of(store, _ASIDE) == _digest(data):
        return Reviewed()
    kept = keep_aside(master.path, data, master.now)
    set_meta(store, _ASIDE, _digest(data))
    what = mark("{path} is kept as {kept}, since {reason}.")
    told = {"path": master.path.name, "kept": kept.name, "reason": reason}
    return Reviewed(0, (Message(what, told),))


@dataclass(frozen=True)
class _Made:
    """A decision or a note that was typed, and what stood there."""

    entry: Decision | Note
    old: str = ""
    new: str = ""


def _apply(store: "Store", book: "Book", typed: "Typed", now: dt.datetime, *, is_last: bool) -> int:
    """Keep what was typed; return how much of it is decided that wasn't yet.

    What was decided in this very state of the workbook and is no longer typed there is withdrawn.
    """
    from s2c_forms.store import desk_of, note_typed

    desk = desk_of(store, book.rubrics)
    # In an older workbook nobody could see what was decided since.
    unseen = () if is_last else desk.decisions
    made = _unequivocal(list(_made(book, typed, now)), unseen)
    decisions = [(one, one.entry) for one in made if isinstance(one.entry, Decision)]
    wanted = [decision for _, decision in decisions]
    if is_last:
        _withdraw(store, book, [d for d in desk.decisions if d.book == typed.baseline.id], wanted)
    held = list(desk_of(store, book.rubrics).decisions)
    new = [(one, d) for one, d in decisions if not _holds(held, d)]
    for one, decision in new:
        _keep(store, decision, one)
    notes = [one.entry for one in made if isinstance(one.entry, Note)]
    note_typed(store, _notes(desk.notes, notes, wanted))
    return len(new)


def _unequivocal(made: list[_Made], unseen: Iterable[Decision]) -> list[_Made]:
    """Return what was typed, in which an answer that was typed otherwise elsewhere is a note."""
    decisions = [*unseen, *(one.entry for one in made if isinstance(one.entry, Decision))]
    return [_doubted(one, decisions) for one in made]


def _doubted(one: _Made, decisions: list[Decision]) -> _Made:
    decision = one.entry
    if isinstance(decision, Note) or not any(_contradict(decision, d) for d in decisions):
        return one
    kind: NoteKind = "answer" if decision.source == "to_check" else "correction"
    return _Made(Note(decision.target, kind, one.new, "answered_twice", decision.remark))


def _contradict(one: Decision, other: Decision) -> bool:
    return one.target.is_like(other.target) and not one.says_as(other)


def _holds(held: list[Decision], decision: Decision) -> bool:
    alike = [one for one in held if one.target.is_like(decision.target)]
    return bool(alike) and alike[-1].says_as(decision)


def _withdraw(store: "Store", book: "Book", before: list[Decision], wanted: list[Decision]) -> None:
    from s2c_forms.store import LogEntry, note_log, withdraw

    for decision in before:
        if any(decision.says_as(other) for other in wanted):
            continue
        withdraw(store, decision)
        target = decision.target
        about = (target.form_ids, target.record, target.field_id, target.code)
        old = _told(book, decision)
        note_log(store, LogEntry(decision.made_at, *about, "withdrawn", old, ""))


def _keep(store: "Store", decision: Decision, one: _Made) -> None:
    from s2c_forms.store import LogEntry, note_decision, note_log

    note_decision(store, decision)
    target = decision.target
    about = (target.form_ids, target.record, target.field_id, target.code)
    told = (decision.source, one.old, one.new, decision.remark)
    note_log(store, LogEntry(decision.made_at, *about, *told))


def _notes(before: Iterable[Note], now: list[Note], wanted: list[Decision]) -> list[Note]:
    """Return the notes there are now: an older one stays until it is answered or typed anew."""
    kept = [
        note
        for note in before
        if not any(note.kind == other.kind and note.target.is_like(other.target) for other in now)
    ]
    open_ = [
        note
        for note in (*kept, *now)
        if not any(decision.target.is_like(note.target) for decision in wanted)
    ]
    return [note for note in open_ if note.kind != "answer" or note.typed or note.remark]


def _made(book: "Book", typed: "Typed", now: dt.datetime) -> Iterator[_Made]:
    for answered in typed.answered:
        if made := _answer(book, answered, now, typed.baseline.id):
            yield made
    for corrected in typed.corrected:
        if made := _correction(book, corrected, now, typed.baseline.id):
            yield made
    for row in typed.deleted:
        target = Target(row.known, row.key, row.form_ids, None, "row_deleted")
        yield _Made(Note(target, "deleted"))


def _answer(book: "Book", typed: "Answered", now: dt.datetime, id_: str) -> _Made | None:
    """Return what stands beside a question as a decision, or as a note that isn't one."""
    line, row = typed.line, typed.row
    record, field = _record(book, row.known), _field(book, line.field_id)
    target = Target(row.known, row.key, row.form_ids, line.field_id, line.code)
    if record is None:
        return None
    if not typed.answer:
        return _Made(Note(target, "answer", "", "", typed.remark))
    lang = book.language
    offered = choices(line.code, record, field, lang)
    said = answer(typed.answer, offered, field, codes_only=not book.sieve.is_open)
    if said.problem:
        return _Made(Note(target, "answer", typed.answer, said.problem, typed.remark))
    decision = Decision(target, said.verdict, said.value, "to_check", now, typed.remark, id_)
    return _shown(book, record, decision)


def _correction(book: "Book", typed: "Corrected", now: dt.datetime, id_: str) -> _Made | None:
    """Return a changed cell as a decision, or as a note where it can't be an answer."""
    row, field = typed.row, _field(book, typed.field_id)
    record = _record(book, row.known)
    if record is None or field is None:
        return None
    target = Target(row.known, row.key, row.form_ids, field.id)
    parsed = checked(field, typed.new, codes_only=not book.sieve.is_open)
    if typed.new and parsed.problem:
        return _Made(Note(target, "correction", typed.new, parsed.problem))
    value = parsed.value if typed.new else None
    if parse(field, typed.old).value == value and typed.old and typed.new:
        return None  # the same in other words: `1.0` for `1`
    return _shown(book, record, Decision(target, "value", value, "forms", now, "", id_))


def _shown(book: "Book", record: Merged, decision: Decision) -> _Made:
    """Return a decision with what stood there and what stands there now, for the log."""
    field = _field(book, decision.target.field_id)
    if field is None or decision.verdict != "value":
        return _Made(decision, "", _told(book, decision))
    old = show(field, record.values.get(field.id), book.language)
    return _Made(decision, old, _told(book, decision))


def _told(book: "Book", decision: Decision) -> str:
    """Return what a decision says, as people read it."""
    field = _field(book, decision.target.field_id)
    verdict: Literal["agreed", "left_out", "value"] = decision.verdict
    if verdict == "value" and field:
        value: Value | None = decision.value
        return show(field, value, book.language) or say(NO_ANSWER, book.language)
    chosen = AGREED if verdict == "agreed" else LEAVE_OUT
    return say(chosen, book.language)


def _record(book: "Book", known: frozenset[str]) -> Merged | None:
    return next((r for r in (*book.records, *book.left_out) if not known.isdisjoint(r.refs)), None)


def _field(book: "Book", field_id: str | None) -> Field | None:
    return next((field for field in book.fields if field.id == field_id), None)
