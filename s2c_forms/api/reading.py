"""Files and folders → what each file holds, or the reason why it isn't read."""

import hashlib
import logging
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from s2c_forms import media, resources
from s2c_forms.errors import RefusedError, RubricError, S2cError, WriteError
from s2c_forms.form.filled import FileRead, MediumName, Origin
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.rubric_file import load_rubric
from s2c_forms.form.shelf import Shelf, shelf_of
from s2c_forms.media.sniff import medium_of, refuse_by_name
from s2c_forms.records.record import Record, record_of
from s2c_forms.words import Message, mark, say

MEGABYTE = 1024 * 1024
MAX_FILE = 100 * MEGABYTE  # a form with scanned pages in it stays far below
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class FileOutcome:
    """One file that went in, and what became of it.

    Attributes:
        path: as it was named, or as it was found in a folder.
        sha256: of its content, in hexadecimal; empty where it couldn't be opened.
        size: in bytes.
        medium: what it is by its content; None where it is nothing of ours.
        program: the program that saved it, as far as it tells.
        authors: who made it and who saved it last, as far as it tells.
        records: one a form found in it; empty where it is refused.
        refusal: why it isn't read; None where it is.
    """

    path: Path
    sha256: str
    size: int
    medium: MediumName | None
    program: str
    records: tuple[Record, ...]
    refusal: RefusedError | None
    authors: tuple[str, ...] = ()


_OURS = ".s2c-"
"""Of files that we are writing, or were when we were killed: nobody sent them."""


def files_in(paths: Iterable[Path]) -> list[Path]:
    """Return every file in these files and folders, each once, folders walked in sorted order.

    Nothing is left out: files of the system, and paths where nothing is, are refused later with
    their reason.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        for file in _walk(path):
            found.setdefault(file.absolute(), file)
    return list(found.values())


def _walk(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith(_OURS))
        kept = sorted(name for name in names if not name.startswith(_OURS))
        yield from (Path(folder) / name for name in kept)


def read_file(path: Path, shelf: Shelf) -> FileOutcome:
    """Return what a file holds. A bad file raises nothing: its outcome has the refusal."""
    try:
        data = _load(path)
    except RefusedError as refusal:
        return FileOutcome(path, "", 0, None, "", (), refusal)
    name: MediumName | None = None
    records: tuple[Record, ...] = ()
    refused: RefusedError | None = None
    origin = Origin()
    try:
        name = medium_of(path.name, data)
        read = media.medium(name).read(data, shelf)
        records, origin = _records(read, shelf), read.origin
    except RefusedError as refusal:
        refused = refusal
    except Exception as error:  # noqa: BLE001  one file that we stumble over never stops the rest
        _log.debug("%s", path, exc_info=True)
        refused = RefusedError("our_bug", reason=f"{type(error).__name__}: {error}")
    digest = hashlib.sha256(data).hexdigest()
    made_by = (origin.program, records, refused, origin.authors)
    return FileOutcome(path, digest, len(data), name, *made_by)


def _records(read: FileRead, shelf: Shelf) -> tuple[Record, ...]:
    """Return the record of each form that a file held.

    Raises:
        RefusedError: it held none, or one of a rubric that isn't known.
    """
    if not read.forms:
        raise RefusedError("no_stamp")
    return tuple(record_of(form, shelf.rubric_of(form.stamp)) for form in read.forms)


def _load(path: Path) -> bytes:
    """Return a file's content.

    Raises:
        RefusedError: it isn't there, can't be opened, or is larger than any form.
    """
    refuse_by_name(path.name)  # before opening: office programs lock their temporary files
    try:
        size = path.stat().st_size
        if not path.is_file():  # a pipe or a device would be read for ever
            raise RefusedError("not_a_form", reason=Message(mark("it is no file")))
        if size > MAX_FILE:
            reason = Message(mark("it is larger than {limit} MB"), {"limit": MAX_FILE // MEGABYTE})
            raise RefusedError("not_a_form", reason=reason)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise RefusedError("no_such_file") from error
    except OSError as error:
        raise RefusedError("cannot_open", reason=error.strerror or str(error)) from error


def shelf_at_hand(rubric_path: Path | None, store: Path | None) -> Shelf:
    """Return the rubrics that forms may be read with.

    They are `rubric_path`, those in `./rubric`, those that were shipped, and those that the store
    knows. A broken file in a folder, or a store that can't be opened, is told and passed over.

    Raises:
        RubricError: `rubric_path` can't be used.
    """
    rubrics = [load_rubric(rubric_path)] if rubric_path else []
    rubrics += [rubric for path in resources.rubric_files() if (rubric := _sound(path))]
    return shelf_of([*rubrics, *_kept(store)])


def _sound(path: Path) -> Rubric | None:
    """Return the rubric in a file, or None, and a warning, where it can't be used."""
    try:
        return load_rubric(path)
    except RubricError as error:
        _pass_over(error, mark("Forms of that rubric are not read."))
        return None


def _kept(store: Path | None) -> list[Rubric]:
    """Return the rubrics that a store knows; a store that can't be opened knows none."""
    if not store or not store.exists():
        return []
    from s2c_forms.store import open_store, rubrics_of

    try:
        with open_store(store, writing=False) as opened:
            return rubrics_of(opened)
    except WriteError as error:
        _pass_over(error, mark("Its rubrics are not used."))
        return []


def _pass_over(error: S2cError, what_follows: str) -> None:
    _log.warning("%s %s", error.text(), say(what_follows))
