"""What people typed into the workbook → decisions in the store."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from s2c_forms.errors import RefusedError
from s2c_forms.form.rubric import Rubric
from s2c_forms.records.decision import Decision, Note
from s2c_forms.words import Message, mark

if TYPE_CHECKING:
    from s2c_forms.master import Book
    from s2c_forms.master.typed.baseline import Baseline
    from s2c_forms.master.typed.meant import Meant
    from s2c_forms.master.typed.saved import Print, Saved
    from s2c_forms.master.typed.typed import Typed
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


def _apply(store: "Store", book: "Book", typed: "Typed", now: dt.datetime, *, is_last: bool) -> int:
    """Keep what was typed; return how much of it is decided that wasn't yet.

    What was decided in this very state of the workbook and is no longer typed there is withdrawn.
    """
    from s2c_forms.master.typed.meant import meant_by
    from s2c_forms.store import desk_of, note_typed

    desk = desk_of(store, book.rubrics)
    # In an older workbook nobody could see what was decided since.
    unseen = () if is_last else desk.decisions
    made = meant_by(book, typed, now, unseen)
    decisions = [(one, one.entry) for one in made if isinstance(one.entry, Decision)]
    wanted = [decision for _, decision in decisions]
    if is_last:
        mine = [decision for decision in desk.decisions if decision.book == typed.baseline.id]
        _withdraw(store, book, [d for d in mine if not _is_among(d, wanted)], now)
    held = list(desk_of(store, book.rubrics).decisions)
    new = [(one, d) for one, d in decisions if not _holds(held, d)]
    for one, decision in new:
        _keep(store, decision, one)
    notes = [one.entry for one in made if isinstance(one.entry, Note)]
    note_typed(store, _notes(desk.notes, notes, wanted))
    return len(new)


def _holds(held: list[Decision], decision: Decision) -> bool:
    alike = [one for one in held if one.target.is_like(decision.target)]
    return bool(alike) and alike[-1].says_as(decision)


def _is_among(decision: Decision, others: Iterable[Decision]) -> bool:
    return any(decision.says_as(other) for other in others)


def _withdraw(
    store: "Store", book: "Book", decisions: Iterable[Decision], now: dt.datetime
) -> None:
    from s2c_forms.master.typed.meant import words_of
    from s2c_forms.store import LogEntry, note_log, withdraw

    for decision in decisions:
        withdraw(store, decision)
        target = decision.target
        about = (target.form_ids, target.record, target.field_id, target.code)
        note_log(store, LogEntry(now, *about, "withdrawn", words_of(book, decision), ""))


def _keep(store: "Store", decision: Decision, one: "Meant") -> None:
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
