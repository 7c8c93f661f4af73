"""The store → everything that a workbook is made of. Pure data; drawn elsewhere."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from s2c_forms.errors import WriteError
from s2c_forms.form.fields import Field, fields_of
from s2c_forms.form.filled import PageRead
from s2c_forms.form.kinds import natural
from s2c_forms.form.rubric import Rubric
from s2c_forms.master.cells import fits_cell
from s2c_forms.master.conflicts import places_of_conflicts
from s2c_forms.master.paper import pages_shown, pictures_asked
from s2c_forms.master.screened import called, shown, sieve_for
from s2c_forms.records.decide import decide, pin, settle
from s2c_forms.records.decision import Note
from s2c_forms.records.history import Met, history_of
from s2c_forms.records.lineup import line_up
from s2c_forms.records.merge import Merged, Version, merge
from s2c_forms.records.progress import Due, only_codes
from s2c_forms.records.question import Reading, ask
from s2c_forms.records.screening import (
    OPEN,
    Sieve,
    leaks_in,
    screen,
    screen_decided,
    without_names,
)
from s2c_forms.store import (
    LogEntry,
    Store,
    StoredFile,
    desk_of,
    files_of,
    log_of,
    own_rubric,
    roster_of,
    rubrics_of,
    versions_of,
)
from s2c_forms.words import mark

# What of a book people wrote or programs read; the rest is the rubric's, or the sieve itself.
_TOLD = (
    *("records", "history", "files", "names", "store", "left_out", "notes", "log", "expected"),
    "places",
)


@dataclass(frozen=True)
class Book:
    """What stands in a workbook.

    Attributes:
        rubric: the newest of the rubrics: its language and order are the workbook's.
        rubrics: every version of the instrument that forms came back of, oldest first, with the
            ids of the newest.
        fields: what any of them asks, in the order of the newest.
        records: in the order of whose form they are.
        history: what each version met, by content and place.
        files: every file that was offered.
        names: by content, how a file is called in the workbook.
        store: where the store is, as seen from the workbook.
        left_out: records that a person left out.
        notes: what people typed that settles nothing yet.
        log: what people settled, oldest first.
        sieve: what keeps names out; nothing of it is shown.
        expected: the forms of the roster, in its order; empty where there is none.
        renamed: ids that questions had in older versions of the rubric, each with the newest.
        pages: by a file's content, what became of each page of a scan.
        pictures: by version and field, what stands on paper where there is a question.
        places: by version and field, where it stands where files say different things.
        part_of: the workbook that this one is a part of, which is to be read only; else empty.
    """

    rubric: Rubric
    rubrics: tuple[Rubric, ...]
    fields: tuple[Field, ...]
    records: tuple[Merged, ...]
    history: Mapping[tuple[str, int], Met]
    files: tuple[StoredFile, ...]
    names: Mapping[str, str]
    store: str
    left_out: tuple[Merged, ...] = ()
    notes: tuple[Note, ...] = ()
    log: tuple[LogEntry, ...] = ()
    sieve: Sieve = OPEN
    expected: tuple[Due, ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)
    pages: Mapping[str, tuple[PageRead, ...]] = field(default_factory=dict)
    pictures: Mapping[tuple[str, str], bytes] = field(default_factory=dict)
    places: Mapping[tuple[str, str], str] = field(default_factory=dict)
    part_of: str = ""

    @property
    def language(self) -> str:
        """Return the language that the workbook speaks."""
        return self.rubric.language

    @property
    def identity(self) -> tuple[Field, ...]:
        """Return the fields that say whose form a record is."""
        return tuple(field for field in self.fields if field.id in self.rubric.identity)

    @cached_property
    def codes(self) -> Mapping[str, tuple[str, ...]]:
        """Return what the roster gives for each field of codes, in order."""
        ids = [field.id for field in self.fields if field.kind == "pseudonym"]
        told = {
            id_: {str(due.head[id_]) for due in self.expected if id_ in due.head} for id_ in ids
        }
        return {id_: tuple(sorted(texts, key=natural)) for id_, texts in told.items()}

    @property
    def changed(self) -> dt.datetime | None:
        """Return when something was last merged or decided; None where nothing was."""
        moments = [file.merged_at for file in self.files]
        return max([*moments, *(entry.made_at for entry in self.log)], default=None)

    def merged_on(self, record: Merged) -> dt.date | None:
        """Return the day on which the last of a record's files was merged first."""
        mine = {version.sha256 for version in record.versions}
        days: dict[str, dt.date] = {}
        for file in self.files:
            if file.sha256 in mine and not file.refusal:
                days.setdefault(file.sha256, file.merged_at.date())
        return max(days.values(), default=None)

    def rubric_of(self, record: Merged) -> Rubric:
        """Return the newest of the rubrics that a record's forms were made from."""
        hashes = {version.record.stamp.hash for version in record.versions}
        return [rubric for rubric in self.rubrics if rubric.hash in hashes][-1]


def book_of(store: Store, rubric: Rubric, place: str) -> Book:
    """Return what a workbook of the store's records holds.

    An empty store's is of `rubric`; `place` is where the store is, as seen from the workbook.
    """
    book = _assembled(store, rubric, place)
    refuse_leaks(book)
    return book


def _assembled(store: Store, rubric: Rubric, place: str) -> Book:
    """Return the book as it comes of the store, with all that is between: merged and decided."""
    known = {one.hash: one for one in rubrics_of(store)}
    read = versions_of(store, known)
    rubrics = _in_use(known.values(), read, own_rubric(store) or rubric.id) or [rubric]
    lineup = line_up(rubrics)
    desk = lineup.desk(desk_of(store, rubrics))
    versions = lineup.versions(read)
    by_hash = {one.hash: one for one in lineup.rubrics}
    newest = rubrics[-1]
    sieve = sieve_for(store, versions, desk, by_hash)
    files = shown(files_of(store), versions, by_hash, sieve)
    pinned = called(pin(versions, desk.decisions, by_hash), files.names)
    merged = merge(screen(pinned, by_hash, sieve, files.findings), by_hash)
    decided = decide(merged, desk, by_hash)
    records = settle(map(_mark_long, screen_decided(decided.records, by_hash, sieve)), by_hash)
    left_out = screen_decided(decided.left_out, by_hash, sieve)
    asked = (*records, *left_out)
    return Book(
        newest,
        lineup.rubrics,
        _all_fields(lineup.rubrics),
        tuple(sorted(records, key=lambda record: _order(record, newest))),
        history_of(merged),
        files.files,
        files.names,
        sieve.text(place),
        left_out=left_out,
        notes=without_names(desk.notes, sieve),
        log=without_names(tuple(log_of(store)), sieve),
        sieve=sieve,
        expected=tuple(only_codes(due, newest, sieve) for due in roster_of(store, newest)),
        renamed=lineup.decided,
        pages=pages_shown(store, sieve),
        pictures=pictures_asked(store, read, lineup, asked),
        places=places_of_conflicts(store, lineup.decided, asked, sieve),
    )


def refuse_leaks(book: Book) -> None:
    """See that no name is left in a book: everything that is written is made of one.

    Raises:
        WriteError: one is; then nothing is written.
    """
    told = {name: getattr(book, name) for name in _TOLD}
    if leaks_in(told, book.sieve):
        raise WriteError(
            mark("A name would have been written, so nothing was. What was read is kept."),
            mark("This is our mistake: please tell us. With --names allow names are written."),
        )


def _in_use(known: Iterable[Rubric], versions: Iterable[Version], own: str) -> list[Rubric]:
    """Return an instrument's rubrics that forms came back of, oldest first; before that, all.

    One that was only handed out changes no column yet: what people type in a workbook is looked
    for under the ids that it was written with.
    """
    ordered = sorted((rubric for rubric in known if rubric.id == own), key=_age)
    hashes = {version.record.stamp.hash for version in versions}
    return [rubric for rubric in ordered if rubric.hash in hashes] or ordered


def _age(rubric: Rubric) -> list[tuple[int, str]]:
    return natural(rubric.version)


def _all_fields(rubrics: Iterable[Rubric]) -> tuple[Field, ...]:
    """Return the newest rubric's fields, then those that only older ones have."""
    found: dict[str, Field] = {}
    for rubric in reversed(list(rubrics)):
        for asked in fields_of(rubric):
            found.setdefault(asked.id, asked)
    return tuple(found.values())


def _order(record: Merged, rubric: Rubric) -> tuple[list[list[tuple[int, str]]], str]:
    answers = [record.values.get(field_id) for field_id in rubric.identity]
    told = [[(1, "")] if answer is None else [(0, ""), *natural(str(answer))] for answer in answers]
    return told, record.key


def _mark_long(record: Merged) -> Merged:
    """Return the record with a question for each answer that no cell can hold."""
    files = [version.file for version in record.versions]
    questions = [
        ask("too_long_for_cell", id_, [Reading(str(value), file) for file in files])
        for id_, value in record.values.items()
        if not fits_cell(value)
    ]
    return replace(record, questions=(*record.questions, *questions))
