"""Files that came back → the store, and the master workbook made of it."""

import contextlib
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from s2c_forms.api.checking import rubric_at
from s2c_forms.api.deciding import Master, Reviewed
from s2c_forms.api.expecting import Expecting, expect
from s2c_forms.api.files import files_in
from s2c_forms.api.key_file import KeyFile
from s2c_forms.api.keys import OpenedKey, apart_from_names, apply_key, read_key
from s2c_forms.api.long_tables import about_tables, files_beside
from s2c_forms.api.merge_report import MergedFile, MergeReport, Status
from s2c_forms.api.paper import PLAIN as READ_PLAINLY
from s2c_forms.api.paper import Reading
from s2c_forms.api.parting import Parted, refuse_field, write_parts
from s2c_forms.api.publishing import Draft, draft_of, publish, review_or_why
from s2c_forms.api.reading import read_file, shelf_at_hand
from s2c_forms.api.taking import Inbox, Taken, store_seen_from, take_all
from s2c_forms.errors import RefusedError, WriteError
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.shelf import Shelf, shelf_of
from s2c_forms.media import scan
from s2c_forms.places import Place, files_of, store_for
from s2c_forms.records.pages import needs_a_person
from s2c_forms.words import Message, count, mark, say

if TYPE_CHECKING:
    from s2c_forms.master import Book
    from s2c_forms.store import Store
    from s2c_forms.store.names import NamesMode

_MAY_BE_OURS = ("cannot_open", "damaged", "too_large")
_NAMED = frozenset({"name_for_code", "near_name"})


@dataclass(frozen=True)
class Besides:
    """What a merge does besides.

    Attributes:
        how: how files are read: by how many processes, and watched by what.
        names: whether names are allowed from now on; None for as it was.
        key: the key by which names become codes.
        roster: which forms are expected from now on; None for those that were.
        by: the field by whose answers there is a workbook each, besides the whole; None for none.
    """

    how: Reading = READ_PLAINLY
    names: "NamesMode | None" = None
    key: KeyFile | None = None
    roster: Path | None = None
    by: str | None = None

    @property
    def lists(self) -> list[Path]:
        """Return the files that are no forms: the key and the roster."""
        return [path for path in (self.key and self.key.path, self.roster) if path]


PLAIN = Besides()


def merge(
    paths: Iterable[Path],
    into: Path,
    *,
    store: Place | None = None,
    rubric: Path | None = None,
    besides: Besides = PLAIN,
) -> MergeReport:
    """Read what came back, keep it in the store, and write the workbook of all there is.

    Args:
        paths: files and folders; without any, the workbook is only written anew.
        into: the workbook.
        store: where everything is kept, a file or a server; `into` as .sqlite by default.
        rubric: a rubric file to read forms with, besides those at hand.
        besides: what is done about names, what is expected, and how files are read.

    Raises:
        RubricError: `rubric` can't be used, or the limits of paper or of the workbook.
        RefusedError: there is no field to make workbooks by.
        RosterError: the key or the roster can't be used; then nothing has changed.
        WriteError: the store can't be used, or `into` isn't ours; unwritten, the report says why.
    """
    from s2c_forms.store import open_store

    place = _place_for(into, store)
    shelf, own = _to_read_with(rubric, place, besides.by), _own(into, place)
    key = read_key(besides.key, [path.parent for path in own]) if besides.key else None
    files = _inputs(paths, [*own, *besides.lists])
    master = Master(into, _spare(shelf, rubric), store_seen_from(into, place), now())
    with contextlib.ExitStack() as drawn:
        with open_store(place) as opened:
            reviewed, unread = review_or_why(opened, master)
            with apart_from_names(opened, key):
                taken = take_all(opened, files, Inbox(shelf, into, master.now, besides.how))
                coded = _see_to_lists(opened, besides, master.spare, key)
            draft = draft_of(opened, master, drawn, unread)
        draft, more = publish(place, master, draft, drawn)
    draft, about = _finish(draft, besides.by, into, _about_names(draft.book, coded, key))
    return _report(taken, (into, place), draft, reviewed + more + about)


def _place_for(into: Path, store: Place | None) -> Place:
    """Return where the store is of a workbook that is ours to write."""
    _refuse_foreign(into)
    return store_for(store, into)


def _own(into: Path, store: Place) -> list[Path]:
    """Return the files that we keep, which are no forms: the workbook first."""
    return [into, *files_beside(into), *files_of(store)]


def _to_read_with(rubric: Path | None, store: Place, by: str | None) -> Shelf:
    """Return what forms are read with; limits and a field that can't be used are told first."""
    from s2c_forms.master.beside import most_forms

    scan.check_limits()
    most_forms()
    shelf = shelf_at_hand(rubric, store)
    if by:
        refuse_field(by, shelf.rubrics.values())
    return shelf


def _finish(
    draft: Draft, by: str | None, into: Path, named: Iterable[Message]
) -> tuple[Draft, Reviewed]:
    """Write what goes beside the workbook; return what people should know of all of it."""
    parted = write_parts(draft.book, by, into) if by else Parted()
    told = (*named, *about_tables(draft.book, into), *parted.notices)
    return replace(draft, error=draft.error or parted.error), Reviewed(0, told)


def _spare(shelf: Shelf, rubric: Path | None) -> Rubric:
    """Return what an empty workbook is of: nothing has told yet which rubric's it will be."""
    return next(iter(shelf.rubrics.values()), None) or rubric_at(rubric)


def now() -> dt.datetime:
    """Return the time on this machine's clock, in whole seconds."""
    return dt.datetime.now().astimezone().replace(microsecond=0)


def _report(
    taken: list[Taken], places: tuple[Path, Place], draft: Draft, done: Reviewed
) -> MergeReport:
    records = draft.book.records
    return MergeReport(
        _judge(taken, draft.book),
        *places,
        len(records),
        sum(len(record.questions) for record in records),
        draft.error,
        done.decided,
        done.notices,
    )


def _about_names(book: "Book", coded: int, key: OpenedKey | None) -> Iterator[Message]:
    """Yield what people should know of names: how many wait for a code, or were given one."""
    if coded and key:
        what = mark("{names} got a code in {key}. Look whether each is somebody's name.")
        names = count("{n} new name", "{n} new names", coded)
        yield Message(what, {"names": names, "key": key.file.path.name})
    asked = [q for record in book.records for q in record.questions if q.code in _NAMED]
    if asked:
        what = mark("{names} where a code belongs: left out, see the sheet {sheet}, or use --key.")
        names = count("{n} name", "{n} names", len(asked))
        yield Message(what, {"names": names, "sheet": say("To check", book.language)})


def _see_to_lists(store: "Store", besides: Besides, spare: Rubric, key: OpenedKey | None) -> int:
    """Remember whether names are allowed and what is expected; return how many codes are new."""
    from s2c_forms.store.names import allow_names, names_allowed

    if besides.names:
        allow_names(store, besides.names)
    if besides.roster:
        coding = key.key if key and store.is_shared else None  # no name goes to a server first
        with_names = names_allowed(store) or (key is not None and coding is None)
        expect(store, besides.roster, Expecting(spare, with_names, coding))
    return apply_key(store, key) if key else 0


def _refuse_foreign(into: Path) -> None:
    """Refuse to write over anything but a master workbook, such as a form with answers in it."""
    refused = read_file(into, shelf_of([])).refusal if into.is_file() else None
    # One that can't be opened or read is told later, or kept aside: it may be ours.
    is_master = refused is not None and refused.code in ("master_workbook", *_MAY_BE_OURS)
    if into.suffix.lower() != ".xlsx" or (into.is_file() and not is_master):
        raise WriteError(
            mark("{path} is not a master workbook, so it is not written over."),
            mark("Give the workbook another name with --into, one that ends in .xlsx."),
            path=into,
        )


def _judge(taken: Iterable[Taken], book: "Book") -> tuple[MergedFile, ...]:
    """Return what became of each file, seen from the records that it is part of."""
    met: dict[str, set[str]] = defaultdict(set)
    for (sha256, _), one in book.history.items():
        met[sha256].add(one.meeting)
    asked = {v.sha256 for r in book.records if r.questions for v in r.versions}

    def status(file: Taken) -> Status:
        if file.is_left:
            return "left"
        if file.refusal:
            return "refused"
        if file.sha256 in asked or needs_a_person(book.pages.get(file.sha256, ())):
            return "to_check"
        return "same" if file.was_known or met[file.sha256] == {"same"} else "merged"

    return tuple(
        MergedFile(
            file.path,
            status(file),
            _told_refusal(file, book),
            _shown(file, book),
            book.pages.get(file.sha256, ()),
        )
        for file in taken
    )


def _told_refusal(file: Taken, book: "Book") -> RefusedError | None:
    from s2c_forms.master.screened import refusal_without

    return refusal_without(file.refusal, book.sieve)


def _shown(file: Taken, book: "Book") -> str:
    """Return a file's path without names: by its forms and codes where its name holds one."""
    told = book.sieve.text(str(file.path))
    if told == str(file.path) or file.refusal:
        return told
    folder = book.sieve.text(str(file.path.parent))
    return str(Path(folder) / Path(book.names.get(file.sha256, told)).name)


def _inputs(paths: Iterable[Path], ours: Iterable[Path]) -> list[Path]:
    """Return the files to read, sorted; the merge's own are none, wherever they lie."""
    own = {path.resolve() for one in ours for path in (one, Path(f"{one}-journal"))}
    return sorted(file for file in files_in(paths) if file.resolve() not in own)
