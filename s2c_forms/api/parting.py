"""A workbook for each supervisor, coach, or the like, in a folder beside the whole one."""

import glob
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from s2c_forms.errors import RefusedError, WriteError
from s2c_forms.form.fields import Field, fields_of
from s2c_forms.form.rubric import Rubric
from s2c_forms.words import Message, count, mark

if TYPE_CHECKING:
    from s2c_forms.master import Book


@dataclass(frozen=True)
class Parted:
    """What came of it.

    Attributes:
        files: the workbooks, in order of what they are parted by.
        notices: what people should know.
        error: why one of them can't be written; the others are.
    """

    files: tuple[Path, ...] = ()
    notices: tuple[Message, ...] = ()
    error: WriteError | None = None


def refuse_field(by: str, rubrics: Iterable[Rubric]) -> None:
    """Look whether there is a field to part by, in any rubric that forms may be of.

    Raises:
        RefusedError: there is none; names those that there are.
    """
    from s2c_forms.master.parts import fields_to_part_by

    known = {f.id for rubric in rubrics for f in fields_to_part_by(fields_of(rubric))}
    if by not in known:
        raise RefusedError("no_such_field", field=by, known=", ".join(sorted(known)))


def write_parts(book: "Book", by: str, master: Path) -> Parted:
    """Write a workbook for each answer to a field, and remove those that nobody is left in.

    Raises:
        RefusedError: this book's forms have no such field; the whole workbook is written by then.
    """
    from s2c_forms.master.parts import parts_of

    refuse_field(by, book.rubrics)
    field = next(field for field in book.fields if field.id == by)
    folder = folder_of(master, by)
    files: list[Path] = []
    error: WriteError | None = None
    parts = parts_of(book, field, master.name)
    for part in parts:
        path = folder / f"{part.stem}.xlsx"
        try:
            _write(part.book, path)
        except WriteError as unwritten:
            error = error or unwritten
        files.append(path)
    try:
        _remove(folder, files)
    except WriteError as unwritten:
        error = error or unwritten
    held = sum(len(part.book.records) for part in parts)
    return Parted(tuple(files), tuple(_told(book, field, folder, (len(files), held))), error)


def folder_of(master: Path, by: str) -> Path:
    """Return the folder of the parts by a field: `master-coach` beside `master.xlsx`."""
    return master.with_name(f"{master.stem}-{by}")


def parts_beside(master: Path) -> list[Path]:
    """Return every part that an earlier merge wrote, by whatever field, and its long tables."""
    from s2c_forms.api.long_tables import files_beside

    found = master.parent.glob(f"{glob.escape(master.stem)}-*/*.xlsx")
    parts = sorted(path for path in found if is_part(path))
    return [file for part in parts for file in (part, *files_beside(part)) if file.exists()]


def is_part(path: Path) -> bool:
    """Return whether a file says of itself that it is a part of a master workbook."""
    from s2c_forms.media.excel.sheet import PART_PROPERTY

    try:
        with zipfile.ZipFile(path) as archive:
            return PART_PROPERTY.encode() in archive.read("docProps/custom.xml")
    except (OSError, KeyError, zipfile.BadZipFile):
        return False


def _write(book: "Book", path: Path) -> None:
    from s2c_forms.api.long_tables import drawn_tables, put_tables
    from s2c_forms.api.publishing import refuse_held
    from s2c_forms.master import write_workbook

    if path.exists() and not is_part(path):
        raise WriteError(
            mark("There is a file {path} already, and it is not ours."),
            mark("Give it another name, and merge again. What was read is kept."),
            path=path,
        )
    refuse_held(path)
    write_workbook(book, path)
    with drawn_tables(book, path) as tables:
        put_tables(tables, path)


def _remove(folder: Path, kept: Iterable[Path]) -> None:
    """Remove parts that nobody is left in: what stands in them isn't true any more.

    Raises:
        WriteError: the system refuses, as Windows does where Excel has one open.
    """
    from s2c_forms.api.long_tables import put_tables
    from s2c_forms.master.workbook import unwritable

    kept = set(kept)
    for path in folder.glob("*.xlsx") if folder.is_dir() else ():
        if path not in kept and is_part(path):
            try:
                path.unlink()
            except OSError as refused:
                raise unwritable(path, refused) from refused
            put_tables((), path)


def _told(book: "Book", field: Field, folder: Path, made: tuple[int, int]) -> Iterator[Message]:
    files, held = made
    workbooks = count("{n} workbook", "{n} workbooks", files)
    told = {"workbooks": workbooks, "folder": folder}
    yield Message(mark("{workbooks} in {folder}, to read."), told)
    if left := len(book.records) - held:
        forms = count("{n} form", "{n} forms", left)
        what = mark("{forms} without an answer to “{label}”: only in the whole workbook.")
        yield Message(what, {"forms": forms, "label": field.label})
