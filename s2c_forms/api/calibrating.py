"""Scans → a gallery of their boxes: do the limits fit our scanner and our pens?"""

import logging
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from s2c_forms.api.checking import rubric_at
from s2c_forms.api.looking import Meter, Task, looked_at, tasks_of
from s2c_forms.api.paper import PLAIN, Reading
from s2c_forms.api.reading import FileOutcome
from s2c_forms.errors import MissingPartError, RefusedError, WriteError
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.shelf import Shelf
from s2c_forms.words import mark

if TYPE_CHECKING:
    from s2c_forms.media.scan.specimens import Gallery, PageOfBoxes

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Calibrated:
    """A gallery that was made.

    Attributes:
        path: where it is.
        files: how many files went in.
        pages: how many pages were read.
        others: how many pages weren't: blank, of others, or not readable.
        boxes: how many boxes were looked at.
        asked: about how many of them a person would be asked.
        refused: files that hold no paper, and why.
    """

    path: Path
    files: int
    pages: int
    others: int
    boxes: int
    asked: int
    refused: tuple[tuple[Path, RefusedError], ...] = ()

    def told(self) -> dict[str, Any]:
        """Return what was made as data for JSON."""
        refused = [
            {"file": str(path), "code": refusal.code, "message": refusal.text()}
            for path, refusal in self.refused
        ]
        return {
            "file": str(self.path),
            "files": self.files,
            "pages": self.pages,
            "other_pages": self.others,
            "boxes": self.boxes,
            "to_check": self.asked,
            "refused": refused,
        }


def calibrate(files: Iterable[Path], out: Path, shelf: Shelf, how: Reading = PLAIN) -> Calibrated:
    """Write a gallery of all boxes on scans, sorted by ink, with the limits drawn in.

    Args:
        files: scans and photos.
        out: the PDF to write.
        shelf: what forms are known.
        how: by how many processes they are looked at, and watched by what.

    Raises:
        RefusedError: no form is found on any of them.
        MissingPartError: the part that reads paper isn't installed.
        RubricError: the limits can't be used.
        WriteError: the gallery can't be written.
    """
    _refuse_without_parts()
    from s2c_forms.media.scan.specimens import gallery_of
    from s2c_forms.media.scan.tuning import load_tuning

    listed = list(files)
    tuning = load_tuning()
    _refuse_foreign(out)
    refused: list[tuple[Path, RefusedError]] = []
    spoken: list[str] = []
    pages = _pages(listed, shelf, how, refused)
    gallery = gallery_of(_heard(pages, spoken), tuning)
    if not gallery.boxes:
        raise (
            refused[0][1] if len(listed) == len(refused) == 1 else RefusedError("no_form_on_paper")
        )
    rubric = _rubric(shelf, spoken)
    _write(gallery, rubric, out)
    read = gallery.pages["read"]
    others = gallery.pages.total() - read
    told = (len(listed), read, others, gallery.boxes, gallery.number("ask"))
    return Calibrated(out, *told, tuple(refused))


def _refuse_without_parts() -> None:
    from s2c_forms.media.scan import refuse_without_parts

    try:
        refuse_without_parts()
    except RefusedError as refusal:
        what, mend = refusal.what, refusal.mend
        raise MissingPartError(what.msgid, mend.msgid, **what.values) from refusal


def _pages(
    files: list[Path], shelf: Shelf, how: Reading, refused: list[tuple[Path, RefusedError]]
) -> Iterator["PageOfBoxes"]:
    """Yield every page of scans; files that are none are noted."""
    meter = Meter(how.watch, len(files))
    stream = looked_at(tasks_of(files, shelf, meter, how.where), shelf, how.where, _look)
    try:
        for task, page in stream:
            meter.step()
            if page is not None:
                yield page
            elif why := _why_not(task):
                refused.append((task.begun.path, why))
    finally:
        stream.close()


def _why_not(task: Task) -> RefusedError | None:
    """Return why a file has no pages to look at; a form of another medium has no boxes of ink."""
    if not isinstance(task.begun, FileOutcome):
        return None
    return task.begun.refusal or RefusedError("no_paper")


def _look(path: Path, page: int, shelf: Shelf) -> "PageOfBoxes":
    from s2c_forms.media.scan.specimens import PageOfBoxes, boxes_on

    try:
        return boxes_on(path, page, shelf)
    except Exception:  # noqa: BLE001  one page that we stumble over never stops the rest
        _log.debug("%s, page %s", path, page, exc_info=True)
        return PageOfBoxes("unreadable")


def _heard(pages: Iterable["PageOfBoxes"], rubrics: list[str]) -> Iterator["PageOfBoxes"]:
    """Yield pages, and note whose they are: the gallery speaks the language of the first."""
    for page in pages:
        if page.rubric_hash and not rubrics:
            rubrics.append(page.rubric_hash)
        yield page


def _rubric(shelf: Shelf, rubrics: list[str]) -> Rubric:
    found = [shelf.rubrics[one] for one in rubrics if one in shelf.rubrics]
    return found[0] if found else rubric_at(None)


def _refuse_foreign(out: Path) -> None:
    """Refuse to write over anything but an earlier gallery, such as one of the scans."""
    from s2c_forms.report.gallery import is_gallery

    if out.suffix.lower() != ".pdf" or (out.exists() and not is_gallery(out)):
        raise WriteError(
            mark("{path} is no gallery of ours, so it is not written over."),
            mark("Give the gallery another name with -o, one that ends in .pdf."),
            path=out,
        )


def _write(gallery: "Gallery", rubric: Rubric, out: Path) -> None:
    """Write a gallery whole or not at all."""
    from s2c_forms.media.scan.tuning import load_tuning
    from s2c_forms.report.gallery import write_gallery

    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".s2c-", dir=out.parent) as folder:
            made = Path(folder) / out.name
            write_gallery(gallery, load_tuning(), rubric, made)
            with made.open("rb+") as stream:
                os.fsync(stream.fileno())
            made.replace(out)
    except OSError as error:
        raise WriteError(
            mark("{path} can't be written: {reason}."),
            mark("Is it open in another program? Close it there, or choose another name with -o."),
            path=out,
            reason=error.strerror or str(error),
        ) from error
