"""Files taken into the store, each once, or refused."""

import datetime as dt
import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from s2c_forms.api.reading import MAX_FILE, FileOutcome, read_file
from s2c_forms.errors import RefusedError
from s2c_forms.form.shelf import Shelf

if TYPE_CHECKING:
    from s2c_forms.store import Store


@dataclass(frozen=True)
class Inbox:
    """What is the same for all files of a merge: rubrics to read with, workbook, and time."""

    shelf: Shelf
    into: Path
    now: dt.datetime
    is_last: bool = False


@dataclass(frozen=True)
class Taken:
    """A file that the store has taken in, or that was refused."""

    path: Path
    sha256: str
    was_known: bool = False
    refusal: RefusedError | None = None


def take_all(store: "Store", files: Iterable[Path], inbox: Inbox) -> list[Taken]:
    """Take files in. Blank forms come last: a stray one doesn't decide whose store it is."""
    taken: dict[Path, Taken | None] = {file: _take(store, file, inbox) for file in files}
    last = replace(inbox, is_last=True)
    return [one or _take(store, file, last) or Taken(file, "") for file, one in taken.items()]


def _take(store: "Store", path: Path, inbox: Inbox) -> Taken | None:
    """Read a file into the store; one whose content was read before isn't read again.

    Returns None for a blank form as long as nothing says which instrument the store is of.
    """
    from s2c_forms.store import StoredFile, name_and_folder, note_file, was_read

    name, folder = name_and_folder(Path(seen_from(inbox.into, path)))
    digest = _digest(path)
    if digest and (known := was_read(store, digest)):
        same = (known.size, known.medium, known.program, inbox.now)
        note_file(store, StoredFile(digest, name, folder, *same, authors=known.authors))
        return Taken(path, digest, was_known=True)
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
    return Taken(path, outcome.sha256, refusal=refusal)


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


def seen_from(into: Path, path: Path) -> str:
    """Return where a file is as seen from the workbook, so that both may move together."""
    try:
        return Path(os.path.relpath(path.absolute(), into.absolute().parent)).as_posix()
    except ValueError:  # on another drive of Windows
        return path.as_posix()
