"""Files taken into the store, each once, or refused."""

import contextlib
import datetime as dt
import os
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from s2c_forms.api.files import MAX_PAPER, digest_of
from s2c_forms.api.paper import Reading, read_files
from s2c_forms.api.reading import FileOutcome, Paper
from s2c_forms.errors import RefusedError
from s2c_forms.form.filled import Cutout
from s2c_forms.form.shelf import Shelf
from s2c_forms.places import Place, Server
from s2c_forms.words import Message, mark

if TYPE_CHECKING:
    from s2c_forms.store import Store

# Refusals that are no facts about a file: it is read again as soon as the reason is gone.
_PASSING = frozenset({"our_bug", "part_missing", "changed"})


@dataclass(frozen=True)
class Inbox:
    """What is the same for all files of a merge: what to read with, workbook, time, and how."""

    shelf: Shelf
    into: Path
    now: dt.datetime
    how: Reading = field(default_factory=Reading)


@dataclass(frozen=True)
class Taken:
    """A file that the store has taken in, or that was refused; `is_left`: not to its end."""

    path: Path
    sha256: str
    was_known: bool = False
    refusal: RefusedError | None = None
    is_left: bool = False


def take_all(store: "Store", files: Iterable[Path], inbox: Inbox) -> list[Taken]:
    """Take files in; whoever stops it (Ctrl-C) keeps what is done, and is told what isn't.

    Blank forms come last: a stray one doesn't decide whose store it is.
    """
    _reread_where_tuned(store)
    taken: dict[Path, Taken | None] = {
        file: _known(store, file, _digest(file), inbox) for file in files
    }
    blank: list[FileOutcome] = []
    keep = replace(inbox.how, keep=lambda *page: _keep(store, *page))
    unread = [file for file, one in taken.items() if one is None]
    with contextlib.suppress(KeyboardInterrupt):  # told by what is left: nobody came to that
        for outcome in read_files(unread, inbox.shelf, keep):
            if _decides_nothing(store, outcome):
                blank.append(outcome)
            else:
                taken[outcome.path] = _take(store, outcome, inbox)
    for outcome in blank:
        taken[outcome.path] = _take(store, outcome, inbox)
    return [one or Taken(file, "", is_left=True) for file, one in taken.items()]


def _keep(store: "Store", paper: Paper, page: int, cutouts: tuple[Cutout, ...]) -> None:
    from s2c_forms.store import note_pictures

    note_pictures(store, paper.sha256, page, cutouts)


def _reread_where_tuned(store: "Store") -> None:
    """Let paper be read anew where its limits have changed since: what was decided holds."""
    from s2c_forms.media.scan.tuning import load_tuning
    from s2c_forms.store import files_of, meta_of, note_rebuilt

    scans = {file.sha256 for file in files_of(store) if file.medium == "scan" and not file.refusal}
    if not scans:
        return
    if meta_of(store, _LIMITS) not in (load_tuning().print, ""):
        for sha256 in sorted(scans):
            note_rebuilt(store, sha256)
    _note_limits(store)


def _note_limits(store: "Store") -> None:
    from s2c_forms.media.scan.tuning import load_tuning
    from s2c_forms.store import set_meta

    set_meta(store, _LIMITS, load_tuning().print)


_LIMITS = "scan_limits"


def _known(store: "Store", path: Path, digest: str, inbox: Inbox) -> Taken | None:
    """Note a file whose content was read before, under this name too; None for a new one."""
    from s2c_forms.store import note_file, was_read

    known = was_read(store, digest) if digest else None
    if known is None:
        return None
    name, folder = _place(path, inbox)
    note_file(store, replace(known, name=name, folder=folder, merged_at=inbox.now))
    return Taken(path, digest, was_known=True)


def _place(path: Path, inbox: Inbox) -> tuple[str, str]:
    from s2c_forms.store import name_and_folder

    return name_and_folder(Path(seen_from(inbox.into, path)))


def _take(store: "Store", outcome: FileOutcome, inbox: Inbox) -> Taken:
    """Take what was read from a file into the store."""
    from s2c_forms.store import StoredFile, drop_pictures, files_of, note_file

    path, digest = outcome.path, outcome.sha256
    known = _known(store, path, digest, inbox)
    if known:  # the same content came by another name meanwhile
        return known
    outcome = _without_other_rubrics(store, outcome)
    refusal = outcome.refusal or _refuse_other_rubric(store, outcome)
    if refusal is None:
        _note_versions(store, outcome, inbox.shelf)
    if refusal is None or refusal.code not in _PASSING:
        _note_pages(store, outcome, refusal)
        name, folder = _place(path, inbox)
        size, medium, program = outcome.size, outcome.medium, outcome.program
        came = StoredFile(digest, name, folder, size, medium, program, inbox.now)
        note_file(store, replace(came, refusal=refusal, authors=outcome.authors))
    elif outcome.medium == "scan" and digest not in {one.sha256 for one in files_of(store)}:
        drop_pictures(store, digest)  # of a file that the store knows nothing else of
    return Taken(path, digest, refusal=refusal, is_left=not outcome.is_whole)


def _note_pages(store: "Store", outcome: FileOutcome, refusal: RefusedError | None) -> None:
    from s2c_forms.store import drop_pictures, note_pages, note_rebuilt

    if outcome.medium == "scan":
        _note_limits(store)
    if outcome.pages:
        note_pages(store, outcome.sha256, outcome.pages)
    if refusal:
        drop_pictures(store, outcome.sha256)
    elif not outcome.is_whole:  # the rest of it is read when it comes back
        note_rebuilt(store, outcome.sha256)


def _decides_nothing(store: "Store", outcome: FileOutcome) -> bool:
    from s2c_forms.store import own_rubric

    blank = [any(p.code == "nothing_filled_in" for p in r.problems) for r in outcome.records]
    return bool(blank) and all(blank) and own_rubric(store) is None


def _digest(path: Path) -> str:
    """Return the SHA-256 of a file's content; empty where reading it has to say what is wrong."""
    try:
        if not path.is_file() or path.stat().st_size > MAX_PAPER:
            return ""
        return digest_of(path)
    except OSError:
        return ""


def _without_other_rubrics(store: "Store", outcome: FileOutcome) -> FileOutcome:
    """Return a stack of paper without forms of other rubrics: one stray sheet stops no stack.

    Where all are of other rubrics, or nothing says yet which is ours, it stays as it is.
    """
    from s2c_forms.store import own_rubric

    own = own_rubric(store)
    mine = tuple(record for record in outcome.records if record.stamp.rubric == own)
    others = {record.stamp.form_id for record in outcome.records if record not in mine}
    if outcome.medium != "scan" or not mine or not others:
        return outcome
    pages = tuple(
        replace(page, state="other_rubric", reason=Message(_OTHER))
        if page.form_id in others
        else page
        for page in outcome.pages
    )
    return replace(outcome, records=mine, pages=pages)


_OTHER = mark("a form of another rubric: merge it into a workbook of its own")


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
    from s2c_forms.store import drop_versions, note_rubric, note_version

    drop_versions(store, outcome.sha256)  # read anew, a stack may make fewer forms
    for place, record in enumerate(outcome.records):
        rubric = shelf.rubric_of(record.stamp)
        note_rubric(store, rubric)
        version = Version(record, outcome.path.name, outcome.sha256, place)
        note_version(store, version, rubric)


def store_seen_from(into: Path, place: Place) -> str:
    """Return where a store is as seen from the workbook; of a server its address."""
    return str(place) if isinstance(place, Server) else seen_from(into, place)


def seen_from(into: Path, path: Path) -> str:
    """Return where a file is as seen from the workbook, so that both may move together."""
    try:
        return Path(os.path.relpath(path.absolute(), into.absolute().parent)).as_posix()
    except ValueError:  # on another drive of Windows
        return path.as_posix()
