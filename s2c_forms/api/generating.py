"""A rubric → forms as files, every copy with its own form id, all of them noted in the store."""

import errno
import logging
import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from s2c_forms import media
from s2c_forms.errors import WriteError
from s2c_forms.form.filled import MediumName
from s2c_forms.form.form import Boxes, Form
from s2c_forms.form.kinds import Value
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.stamp import new_form_id, spaced
from s2c_forms.places import Place
from s2c_forms.words import mark, say

_log = logging.getLogger(__name__)
_LONG_AGO = 3600  # seconds

if TYPE_CHECKING:
    from s2c_forms.form.layout import Layout
    from s2c_forms.store import Copy, Store


@dataclass(frozen=True)
class Order:
    """Which forms are wanted.

    Attributes:
        media: each copy is made in each of these, with a form id of its own.
        rows: the head's values known beforehand, a form for each.
        copies: how many forms for each row.
        bundle: whether one PDF of all copies comes with them, for the printer.
        remarks: whether forms have room to write.
        guide: whether the instrument's guide comes with them.
        roomy: whether they have the larger sizes.
        boxes: how a workbook shows its boxes.
    """

    media: tuple[MediumName, ...] = media.MEDIA
    rows: tuple[Mapping[str, Value], ...] = ({},)
    copies: int = 1
    bundle: bool = False
    remarks: bool = True
    guide: bool = False
    roomy: bool = False
    boxes: Boxes = "checks"


@dataclass(frozen=True)
class Made:
    """One file that was made; `form_id` is empty for a bundle."""

    path: Path
    medium: MediumName
    form_id: str


@dataclass(frozen=True)
class _Job:
    """One file to make."""

    medium: MediumName
    form: Form


def generate(rubric: Rubric, order: Order, out: Path, store: Place) -> tuple[Made, ...]:
    """Make the forms of an order in the folder `out`, and note them in the store.

    The store knows them before they appear; each appears whole, none before all are made; nothing
    that was there is overwritten.

    Raises:
        WriteError: the folder or the store can't be written.
    """
    jobs = _noted_jobs(rubric, order, store)
    _warn_of_letters(jobs)
    try:
        out.mkdir(parents=True, exist_ok=True)
        _sweep(out)
        with tempfile.TemporaryDirectory(prefix=".s2c-", dir=out) as folder:
            made = [_write(job, Path(folder)) for job in jobs]
            if order.bundle:
                made.append(
                    _bundle([job.form for job in jobs if job.medium == "pdf"], Path(folder))
                )
            _refuse_taken(made, out)
            return tuple(_settle(file, out) for file in made)
    except OSError as error:
        raise WriteError(
            mark("The folder {path} can't be written: {reason}."),
            mark("Choose another with -o, or free some space."),
            path=out,
            reason=error.strerror or str(error),
        ) from error


def _noted_jobs(rubric: Rubric, order: Order, store: Place) -> list[_Job]:
    """Return what is to be made, each with a form id that the store noted and never had before."""
    from s2c_forms.store import note_copies, note_rubric, open_store, rubrics_of

    with open_store(store) as opened:
        _warn_of_editions(rubric, rubrics_of(opened))
        note_rubric(opened, rubric)
        jobs = [
            _Job(name, _form(rubric, order, row, _fresh_id(opened)))
            for name in order.media
            for row in order.rows
            for _ in range(order.copies)
        ]
        _note_layouts(opened, jobs)
        note_copies(opened, [_copy(job) for job in jobs])
    return jobs


def _warn_of_editions(rubric: Rubric, known: Iterable[Rubric]) -> None:
    """Say where forms went out under the same version with another text."""
    for other in known:
        same = (other.id, other.version) == (rubric.id, rubric.version)
        if same and other.hash != rubric.hash:
            told = say("Forms of this rubric's version %s went out with another text before.")
            mend = say("Give the rubric a new version, so that people can tell the two apart.")
            _log.warning(f"{told} {mend}", rubric.version)
            return


def _warn_of_letters(jobs: list[_Job]) -> None:
    """Say which letters of prefilled values no font of ours can print; the field has them all."""
    from s2c_forms.media.pdf import lacking_letters

    printed = [job.form for job in jobs if job.medium == "pdf" and job.form.prefilled]
    lacking = sorted({letter for form in printed for letter in lacking_letters(form)})
    if lacking:
        letters = "".join(lacking)
        _log.warning(say("These letters can't be printed, only read on screen: %s"), letters)


def _fresh_id(store: "Store") -> str:
    """Return a form id that no form of this store has."""
    from s2c_forms.store import copy_of

    while copy_of(store, form_id := new_form_id()):
        pass
    return form_id


def _form(rubric: Rubric, order: Order, row: Mapping[str, Value], form_id: str) -> Form:
    return Form(
        rubric,
        form_id,
        row,
        remarks=order.remarks,
        guide=order.guide,
        roomy=order.roomy,
        boxes=order.boxes,
    )


def _note_layouts(store: "Store", jobs: Iterable[_Job]) -> None:
    """Note the layouts of forms that may come on paper, each of them once."""
    from s2c_forms.store import note_layout

    layouts = {layout.hash: layout for job in jobs if (layout := _layout(job))}
    for layout_hash, layout in layouts.items():
        note_layout(store, layout_hash, layout.to_json())


def _layout(job: _Job) -> "Layout | None":
    if job.medium != "pdf":
        return None
    from s2c_forms.media.pdf import layout_of

    return layout_of(job.form)


def _copy(job: _Job) -> "Copy":
    """Return what the store keeps of a form."""
    from s2c_forms.store import Copy

    layout = _layout(job)
    layout_hash = layout.hash if layout else None
    form = job.form
    return Copy(form.form_id, form.rubric.hash, layout_hash, (job.medium,), form.prefilled)


def _write(job: _Job, folder: Path) -> Made:
    """Write one form to a file whose name carries no meaning, and nobody's name."""
    medium, form = media.medium(job.medium), job.form
    stem = say(mark("form"), form.rubric.language)
    path = folder / f"{stem}-{spaced(form.form_id)}{medium.SUFFIX}"
    medium.write(form, path)
    return Made(path, job.medium, form.form_id)


def _bundle(forms: list[Form], folder: Path) -> Made:
    """Write one PDF of all copies, for the printer."""
    from s2c_forms.media.pdf import write_bundle

    stem = say(mark("forms"), forms[0].rubric.language)
    path = folder / f"{stem}-{len(forms)}-{spaced(forms[0].form_id)}.pdf"
    write_bundle(forms, path)
    return Made(path, "pdf", "")


def _sweep(out: Path) -> None:
    """Take away what a run that was killed left behind, if it's too old to be still at work."""
    for left in out.glob(".s2c-*/"):
        if time.time() - left.stat().st_mtime > _LONG_AGO:
            shutil.rmtree(left, ignore_errors=True)


def _refuse_taken(made: list[Made], out: Path) -> None:
    """Refuse to write over a file: a form id is in no two, so somebody made that one by hand."""
    for file in made:
        if (out / file.path.name).exists():
            reason = say("{name} is there already", name=file.path.name)
            raise FileExistsError(errno.EEXIST, reason)


def _settle(made: Made, out: Path) -> Made:
    """Move a whole file to where it belongs, as the last thing."""
    target = out / made.path.name
    with made.path.open("rb+") as stream:
        os.fsync(stream.fileno())
    made.path.replace(target)
    return replace(made, path=target)
