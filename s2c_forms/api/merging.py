"""Files that came back → the store, and the master workbook made of it."""

import contextlib
import datetime as dt
import hashlib
import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from s2c_forms.api.checking import rubric_at
from s2c_forms.api.deciding import Master, Reviewed
from s2c_forms.api.expecting import expect
from s2c_forms.api.key_file import KeyFile
from s2c_forms.api.keys import OpenedKey, apply_key, read_key
from s2c_forms.api.reading import MAX_FILE, FileOutcome, files_in, read_file, shelf_at_hand
from s2c_forms.errors import ExitCode, RefusedError, WriteError
from s2c_forms.form.shelf import Shelf, shelf_of
from s2c_forms.words import Message, count, mark, say

if TYPE_CHECKING:
    from s2c_forms.api.publishing import Draft
    from s2c_forms.form.rubric import Rubric
    from s2c_forms.master import Book
    from s2c_forms.store import Store
    from s2c_forms.store.names import NamesMode

Status = Literal["merged", "same", "to_check", "refused"]
Watch = Callable[[list[Path]], Iterable[Path]]
_MAY_BE_OURS = ("cannot_open", "damaged", "too_large")
_NAMED = frozenset({"name_for_code", "near_name"})
_STATUSES: tuple[Status, ...] = ("merged", "same", "to_check", "refused")  # as they are told


@dataclass(frozen=True)
class MergedFile:
    """One file that went in, and what became of it; refused before to check, before the rest.

    Attributes:
        path: as it was named, or as it was found in a folder.
        status: what became of it.
        refusal: why it isn't in the workbook; None where it is.
        shown: the path as it may be shown, without names.
    """

    path: Path
    status: Status
    refusal: RefusedError | None = None
    shown: str = ""


@dataclass(frozen=True)
class MergeReport:
    """What a merge did.

    Attributes:
        files: every file that went in.
        into: the workbook.
        store: where everything that was read is kept.
        forms: how many rows the workbook has.
        questions: how many things there are to check, in files merged earlier as well.
        unwritten: why the workbook couldn't be written; None where it was.
        decided: how much of what people typed into the workbook was taken over.
        notices: what else people should know, such as a workbook that was kept aside.
    """

    files: tuple[MergedFile, ...]
    into: Path
    store: Path
    forms: int
    questions: int
    unwritten: WriteError | None = None
    decided: int = 0
    notices: tuple[Message, ...] = ()

    @property
    def counts(self) -> dict[Status, int]:
        """Return how many files there are of each status; they add up to all files."""
        counted = Counter(file.status for file in self.files)
        return {status: counted[status] for status in _STATUSES}

    @property
    def exit_code(self) -> ExitCode:
        """Return what the command tells the shell."""
        counts = self.counts
        if self.unwritten:
            return ExitCode.WRITE
        if counts["refused"]:
            everything = counts["refused"] == len(self.files)
            return ExitCode.INPUT if everything else ExitCode.REFUSED
        return ExitCode.TO_CHECK if counts["to_check"] else ExitCode.DONE

    def lines(self, language: str | None = None) -> list[str]:
        """Return the sum of all files, then each that was refused with its reason and mend."""
        counts = self.counts
        terms = [_term(status, counts[status], language) for status in _STATUSES if counts[status]]
        total = count("{n} file in", "{n} files in", len(self.files), language)
        refused = [
            f"{file.shown}: {file.refusal.text(language)}" for file in self.files if file.refusal
        ]
        return [f"{total} = {' + '.join(terms)}" if terms else total, *refused]

    def told(self) -> dict[str, Any]:
        """Return the report as data for JSON."""
        return {
            "into": str(self.into),
            "store": str(self.store),
            "forms": self.forms,
            "questions": self.questions,
            "decisions": self.decided,
            "notices": [notice.text() for notice in self.notices],
            "counts": self.counts,
            "files": [_told(file) for file in self.files],
        }


def _term(status: Status, number: int, language: str | None) -> str:
    if status == "merged":
        return count("{n} merged", "{n} merged", number, language)
    if status == "same":
        return count("{n} the same as before", "{n} the same as before", number, language)
    if status == "to_check":
        return count("{n} to check", "{n} to check", number, language)
    return count("{n} refused", "{n} refused", number, language)


def _told(file: MergedFile) -> dict[str, Any]:
    told: dict[str, Any] = {"file": file.shown, "status": file.status}
    if file.refusal:
        told["problem"] = {"code": file.refusal.code, "message": file.refusal.text()}
    return told


@dataclass(frozen=True)
class Besides:
    """What a merge does besides.

    Attributes:
        watch: what the files go through one by one, such as a progress bar.
        names: whether names are allowed from now on; None for as it was.
        key: the key by which names become codes.
        roster: which forms are expected from now on; None for those that were.
    """

    watch: Watch = iter
    names: "NamesMode | None" = None
    key: KeyFile | None = None
    roster: Path | None = None


PLAIN = Besides()


def merge(
    paths: Iterable[Path],
    into: Path,
    *,
    store: Path | None = None,
    rubric: Path | None = None,
    besides: Besides = PLAIN,
) -> MergeReport:
    """Read what came back, keep it in the store, and write the workbook of all there is.

    Args:
        paths: files and folders; without any, the workbook is only written anew.
        into: the workbook.
        store: where everything is kept; `into` with the ending .sqlite by default.
        rubric: a rubric file to read forms with, besides those at hand.
        besides: what is done about names, what is expected, and how it is watched.

    Raises:
        RubricError: `rubric` can't be used.
        RosterError: the key or the roster can't be used; then nothing has changed.
        WriteError: the store can't be used, or `into` is a file that isn't ours to overwrite.
            Where only the workbook can't be written the store has everything, and the report
            says why.
    """
    from s2c_forms.api.publishing import draft_of, publish, review_or_why
    from s2c_forms.store import open_store

    _refuse_foreign(into)
    store_path = store or into.with_suffix(".sqlite")
    shelf = shelf_at_hand(rubric, store_path)
    key = read_key(besides.key, [into.parent, store_path.parent]) if besides.key else None
    lists = [key.file.path] if key else []
    lists += [besides.roster] if besides.roster else []
    ours = [into, store_path, Path(f"{store_path}-journal"), *lists]
    files = sorted(file for file in files_in(paths) if not _is_one_of(file, ours))
    # What an empty workbook is of: nothing has told yet which rubric's it will be.
    spare = next(iter(shelf.rubrics.values()), None) or rubric_at(rubric)
    now = dt.datetime.now().astimezone().replace(microsecond=0)
    master = Master(into, spare, seen_from(into, store_path), now)
    with contextlib.ExitStack() as drawn:
        with open_store(store_path) as opened:
            reviewed, unread = review_or_why(opened, master)
            taken = _take_all(opened, besides.watch(files), _Inbox(shelf, into, now))
            coded = _see_to_lists(opened, besides, spare, key)
            draft = draft_of(opened, master, drawn, unread)
        draft, more = publish(store_path, master, draft, drawn)
    told = _report(taken, (into, store_path), draft, reviewed + more)
    return replace(told, notices=(*told.notices, *_about_names(draft.book, coded, key)))


def _report(
    taken: "list[_Taken]", places: tuple[Path, Path], draft: "Draft", done: Reviewed
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


def _see_to_lists(store: "Store", besides: Besides, spare: "Rubric", key: OpenedKey | None) -> int:
    """Remember whether names are allowed and what is expected; return how many codes are new."""
    from s2c_forms.store.names import allow_names, names_allowed

    if besides.names:
        allow_names(store, besides.names)
    if besides.roster:
        with_names = names_allowed(store) or key is not None
        expect(store, besides.roster, spare, with_names=with_names)
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


@dataclass(frozen=True)
class _Inbox:
    """What is the same for all files of a merge: rubrics to read with, workbook, and time."""

    shelf: Shelf
    into: Path
    now: dt.datetime
    is_last: bool = False


@dataclass(frozen=True)
class _Taken:
    """A file that the store has taken in, or that was refused."""

    path: Path
    sha256: str
    was_known: bool = False
    refusal: RefusedError | None = None


def _take_all(store: "Store", files: Iterable[Path], inbox: _Inbox) -> list[_Taken]:
    """Take files in. Blank forms come last: a stray one doesn't decide whose store it is."""
    taken: dict[Path, _Taken | None] = {file: _take(store, file, inbox) for file in files}
    last = replace(inbox, is_last=True)
    return [one or _take(store, file, last) or _Taken(file, "") for file, one in taken.items()]


def _take(store: "Store", path: Path, inbox: _Inbox) -> _Taken | None:
    """Read a file into the store; one whose content was read before isn't read again.

    Returns None for a blank form as long as nothing says which instrument the store is of.
    """
    from s2c_forms.store import StoredFile, name_and_folder, note_file, was_read

    name, folder = name_and_folder(Path(seen_from(inbox.into, path)))
    digest = _digest(path)
    if digest and (known := was_read(store, digest)):
        same = (known.size, known.medium, known.program, inbox.now)
        note_file(store, StoredFile(digest, name, folder, *same, authors=known.authors))
        return _Taken(path, digest, was_known=True)
    outcome = read_file(path, inbox.shelf)
    if not inbox.is_last and _decides_nothing(store, outcome):
        return None
    refusal = outcome.refusal or _refuse_other_rubric(store, outcome)
    if refusal is None:
        _note_versions(store, outcome, inbox.shelf)
    if refusal is None or refusal.code != "our_bug":  # a bug of ours is no fact about the file
        read = (outcome.size, outcome.medium, outcome.program, inbox.now)
        made_by = outcome.authors
        note_file(store, StoredFile(outcome.sha256, name, folder, *read, refusal, made_by))
    return _Taken(path, outcome.sha256, refusal=refusal)


def _decides_nothing(store: "Store", outcome: FileOutcome) -> bool:
    from s2c_forms.store import own_rubric

    blank = [any(p.code == "nothing_filled_in" for p in r.problems) for r in outcome.records]
    return bool(blank) and all(blank) and own_rubric(store) is None


def _digest(path: Path) -> str:
    """Return the SHA-256 of a file's content; empty where `read_file` has to say what is wrong."""
    try:
        if not path.is_file() or path.stat().st_size > MAX_FILE:
            return ""
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def _refuse_other_rubric(store: "Store", outcome: FileOutcome) -> RefusedError | None:
    """Return the refusal of a file with forms of another rubric than this master's.

    The first file with forms says which rubric that is.
    """
    from s2c_forms.store import own_by, own_rubric

    rubrics = list(dict.fromkeys(record.stamp.rubric for record in outcome.records))
    own = own_rubric(store) or next(iter(rubrics), None)
    others = [rubric for rubric in rubrics if rubric != own]
    if others or own is None:
        return RefusedError("other_rubric", rubric=others[0], own=own) if others else None
    if own_rubric(store) is None:
        own_by(store, own)
    return None


def _note_versions(store: "Store", outcome: FileOutcome, shelf: Shelf) -> None:
    from s2c_forms.records.merge import Version
    from s2c_forms.store import note_rubric, note_version, was_read

    if was_read(store, outcome.sha256):  # it changed on disk while we looked
        return
    for place, record in enumerate(outcome.records):
        rubric = shelf.rubric_of(record.stamp)
        note_rubric(store, rubric)
        version = Version(record, outcome.path.name, outcome.sha256, place)
        note_version(store, version, rubric)


def _judge(taken: Iterable[_Taken], book: "Book") -> tuple[MergedFile, ...]:
    """Return what became of each file, seen from the records that it is part of."""
    met: dict[str, set[str]] = defaultdict(set)
    for (sha256, _), one in book.history.items():
        met[sha256].add(one.meeting)
    asked = {v.sha256 for r in book.records if r.questions for v in r.versions}

    def status(file: _Taken) -> Status:
        if file.refusal:
            return "refused"
        if file.sha256 in asked:
            return "to_check"
        return "same" if file.was_known or met[file.sha256] == {"same"} else "merged"

    return tuple(
        MergedFile(file.path, status(file), _told_refusal(file, book), _shown(file, book))
        for file in taken
    )


def _told_refusal(file: _Taken, book: "Book") -> RefusedError | None:
    from s2c_forms.master.screened import refusal_without

    return refusal_without(file.refusal, book.sieve)


def _shown(file: _Taken, book: "Book") -> str:
    """Return a file's path without names: by its forms and codes where its name holds one."""
    told = book.sieve.text(str(file.path))
    if told == str(file.path) or file.refusal:
        return told
    folder = book.sieve.text(str(file.path.parent))
    return str(Path(folder) / Path(book.names.get(file.sha256, told)).name)


def _is_one_of(path: Path, ours: Iterable[Path]) -> bool:
    """Return whether a file is the merge's own: then it is no input, wherever it lies."""
    return any(path.resolve() == own.resolve() for own in ours)


def seen_from(into: Path, path: Path) -> str:
    """Return where a file is as seen from the workbook, so that both may move together."""
    try:
        return Path(os.path.relpath(path.absolute(), into.absolute().parent)).as_posix()
    except ValueError:  # on another drive of Windows
        return path.as_posix()
