"""Files and folders → what each file holds, or the reason why it isn't read."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from s2c_forms import media, resources
from s2c_forms.api.files import content_of, digest_of, medium_by_content, size_of
from s2c_forms.errors import RefusedError, RubricError, S2cError, WriteError
from s2c_forms.form.filled import FileRead, MediumName, Origin, PageRead
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.rubric_file import load_rubric
from s2c_forms.form.shelf import Shelf, shelf_of
from s2c_forms.media import scan
from s2c_forms.places import Place, Server
from s2c_forms.records.record import Record, record_of
from s2c_forms.words import mark, say

if TYPE_CHECKING:
    from s2c_forms.media.scan.seen import PageSeen

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
        pages: of paper, what became of each.
        is_whole: whether all of it was read, and nobody stopped it half-way.
    """

    path: Path
    sha256: str
    size: int
    medium: MediumName | None
    program: str
    records: tuple[Record, ...]
    refusal: RefusedError | None
    authors: tuple[str, ...] = ()
    pages: tuple[PageRead, ...] = ()
    is_whole: bool = True


@dataclass(frozen=True)
class Paper:
    """A file of paper: scans or photos, whose pages are still to be looked at.

    Attributes:
        path: as it was named, or as it was found in a folder.
        sha256: of its content, in hexadecimal.
        size: in bytes.
        pages: how many it has.
        otherwise: why it is no form of another medium; where no page is a form, this is the reason.
    """

    path: Path
    sha256: str
    size: int
    pages: int
    otherwise: RefusedError | None = None


def read_file(path: Path, shelf: Shelf) -> FileOutcome:
    """Return what a file holds. A bad file raises nothing: its outcome has the refusal."""
    begun = begin(path, shelf)
    if isinstance(begun, FileOutcome):
        return begun
    seen = (scan.read_page(path, page, shelf) for page in range(1, begun.pages + 1))
    return finish(begun, [replace(page, cutouts=()) for page in seen], shelf)


def begin(path: Path, shelf: Shelf) -> FileOutcome | Paper:
    """Return what a file holds; of paper, that there are pages to look at.

    Raises:
        RubricError: it is paper, and the limits to read it with can't be used.
    """
    size, digest = 0, ""
    name: MediumName | None = None
    try:
        size = size_of(path)
        data, digest = content_of(path, size)
        name = medium_by_content(path.name, data, size)
        if name == "scan":
            return _paper(path, digest, size)
        return _read(path, digest, (name, data), shelf)
    except RefusedError as refusal:
        return FileOutcome(path, digest, size, name, "", (), refusal)
    except FileNotFoundError:
        return FileOutcome(path, "", 0, None, "", (), RefusedError("no_such_file"))
    except OSError as error:
        told = RefusedError("cannot_open", reason=error.strerror or str(error))
        return FileOutcome(path, "", 0, None, "", (), told)


def _read(
    path: Path, digest: str, content: tuple[MediumName, bytes], shelf: Shelf
) -> FileOutcome | Paper:
    """Read a file that isn't paper; a PDF without form fields may be a scan all the same."""
    name, data = content
    records: tuple[Record, ...] = ()
    refused: RefusedError | None = None
    origin = Origin()
    try:
        read = media.medium(name).read(data, shelf)
        records, origin = _records(read, shelf), read.origin
    except RefusedError as refusal:
        if name == "pdf" and refusal.code in _MAY_BE_PAPER:
            return _paper(path, digest, len(data), refusal)
        refused = refusal
    except Exception as error:  # noqa: BLE001  one file that we stumble over never stops the rest
        refused = _stumbled(path, error)
    made_by = (origin.program, records, refused, origin.authors)
    return FileOutcome(path, digest, len(data), name, *made_by)


_MAY_BE_PAPER = frozenset({"no_form_on_paper", "flattened", "not_a_form"})


def _paper(
    path: Path, digest: str, size: int, otherwise: RefusedError | None = None
) -> FileOutcome | Paper:
    scan.check_limits()  # they hold for every page: a mistake in them is no fault of this file
    try:
        return Paper(path, digest, size, scan.page_count(path), otherwise)
    except RefusedError as refusal:
        told = refusal
    except Exception as error:  # noqa: BLE001  one file that we stumble over never stops the rest
        told = _stumbled(path, error)
    if otherwise and otherwise.code == "not_a_form":  # nothing says that it was ever paper of ours
        told = otherwise
    return FileOutcome(path, digest, size, "scan", "", (), told)


def _stumbled(path: Path, error: Exception) -> RefusedError:
    _log.debug("%s", path, exc_info=True)
    return RefusedError("our_bug", reason=f"{type(error).__name__}: {error}")


def finish(paper: Paper, seen: "Sequence[PageSeen]", shelf: Shelf) -> FileOutcome:
    """Return what a file of paper holds, of what was seen on its pages.

    One that isn't any more what it was when it was begun is refused: of some of its pages nobody
    knows which file they were seen in.
    """
    if not _is_still(paper):
        return _refused(paper, RefusedError("changed"))
    read = scan.assemble(seen, shelf)
    records = tuple(record_of(form, shelf.rubric_of(form.stamp)) for form in read.forms)
    refusal = None if records else paper.otherwise or _why_none(seen)
    path, digest = paper.path, paper.sha256
    return FileOutcome(path, digest, paper.size, "scan", "", records, refusal, pages=read.pages)


def _is_still(paper: Paper) -> bool:
    try:
        return digest_of(paper.path) == paper.sha256
    except OSError:  # it went away
        return False


def _refused(paper: Paper, refusal: RefusedError) -> FileOutcome:
    return FileOutcome(paper.path, paper.sha256, paper.size, "scan", "", (), refusal)


def _why_none(seen: "Sequence[PageSeen]") -> RefusedError:
    """Return why a file of paper has no form: what holds for all of its pages, if that is one."""
    reasons = {page.refusal.text("en"): page.refusal for page in seen if page.refusal}
    others = [page for page in seen if page.refusal is None and page.state != "blank"]
    if len(reasons) == 1 and not others:
        return next(iter(reasons.values()))
    return RefusedError("no_form_on_paper")


def _records(read: FileRead, shelf: Shelf) -> tuple[Record, ...]:
    """Return the record of each form that a file held.

    Raises:
        RefusedError: it held none, or one of a rubric that isn't known.
    """
    if not read.forms:
        raise RefusedError("no_stamp")
    return tuple(record_of(form, shelf.rubric_of(form.stamp)) for form in read.forms)


def shelf_at_hand(rubric_path: Path | None, store: Place | None) -> Shelf:
    """Return what forms may be read with.

    That are the rubrics in `rubric_path`, in `./rubric`, those that were shipped, and what the
    store knows: rubrics, layouts of paper, and copies. A broken file in a folder, or a store that
    can't be opened, is told and passed over.

    Raises:
        RubricError: `rubric_path` can't be used.
        WriteError: the store is on a server that can't be reached.
    """
    rubrics = [load_rubric(rubric_path)] if rubric_path else []
    rubrics += [rubric for path in resources.rubric_files() if (rubric := _sound(path))]
    kept = _kept(store)
    known = shelf_of([*rubrics, *kept.rubrics.values()])
    return replace(kept, rubrics=known.rubrics)


def _sound(path: Path) -> Rubric | None:
    """Return the rubric in a file, or None, and a warning, where it can't be used."""
    try:
        return load_rubric(path)
    except RubricError as error:
        _pass_over(error, mark("Forms of that rubric are not read."))
        return None


def _kept(store: Place | None) -> Shelf:
    """Return what a store knows of forms; a file that can't be opened knows none.

    Raises:
        WriteError: it is on a server that can't be reached: nobody who names one means without it.
    """
    if not store or (isinstance(store, Path) and not _is_filled(store)):
        return shelf_of([])
    from s2c_forms.store import copies_of, layouts_of, open_store, rubrics_of

    try:
        with open_store(store, writing=False) as opened:
            known = shelf_of(rubrics_of(opened))
            return replace(known, layouts=layouts_of(opened), copies=copies_of(opened))
    except WriteError as error:
        if isinstance(store, Server):
            raise
        _pass_over(error, mark("Its rubrics are not used."))
        return shelf_of([])


def _is_filled(file: Path) -> bool:
    return file.exists() and file.stat().st_size > 0


def _pass_over(error: S2cError, what_follows: str) -> None:
    _log.warning("%s %s", error.text(), say(what_follows))
