"""Scores and indicators of many forms: in files beside the workbook, and not in it."""

import contextlib
import filecmp
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from s2c_forms.errors import WriteError
from s2c_forms.words import Message, count, mark

if TYPE_CHECKING:
    from s2c_forms.export.model import Dataset
    from s2c_forms.master import Book


@dataclass(frozen=True)
class DrawnTable:
    """A table that was written beside its place, and the place."""

    drawn: Path
    place: Path


def files_beside(workbook: Path) -> list[Path]:
    """Return every file that may stand beside a workbook for a table that is too long for it."""
    from s2c_forms.master.beside import ENDINGS, LONG, file_of

    return [file_of(table, workbook, ending) for table in LONG for ending in ENDINGS]


@contextlib.contextmanager
def drawn_tables(book: "Book", workbook: Path) -> Iterator[tuple[DrawnTable, ...]]:
    """Write a book's long tables to files beside their places; what isn't put there goes again.

    Raises:
        WriteError: the folder can't be written.
    """
    from s2c_forms.export import dataset_of
    from s2c_forms.export.files import FORMATS
    from s2c_forms.export.whole import sync
    from s2c_forms.master.beside import tables_beside
    from s2c_forms.master.workbook import unwritable

    drawn: list[DrawnTable] = []
    data: Dataset | None = None
    beside = tables_beside(book, workbook)
    try:
        for one in beside:
            data = data or dataset_of(book, book.rubrics)
            place = workbook.with_name(one.file)
            # A name as drawn workbooks have: the next merge clears away what a kill left behind.
            name = f".s2c-{workbook.stem}-{one.table}.tmp"
            drawn.append(DrawnTable(place.with_name(name), place))
            try:
                FORMATS[place.suffix](data, data.table(one.table), drawn[-1].drawn)
                sync(drawn[-1].drawn)
            except OSError as error:
                raise unwritable(place, error) from error
        yield tuple(drawn)
    finally:
        for table in drawn:
            table.drawn.unlink(missing_ok=True)


def put_tables(tables: Iterable[DrawnTable], workbook: Path) -> None:
    """Give drawn tables their names; those of an earlier merge that are no longer needed go.

    Raises:
        WriteError: the system refuses, or a file that isn't ours has the name.
    """
    from s2c_forms.export.whole import is_our_file
    from s2c_forms.master.workbook import put

    places = set()
    for table in tables:
        places.add(table.place)
        if table.place.exists() and not is_our_file(table.place):
            raise WriteError(
                mark("There is a file {path} already, and it is not ours."),
                mark("Give it another name, and merge again. What was read is kept."),
                path=table.place,
            )
        if not (table.place.exists() and filecmp.cmp(table.drawn, table.place, shallow=False)):
            put(table.drawn, table.place)
    _remove([path for path in files_beside(workbook) if path not in places])


def _remove(paths: Iterable[Path]) -> None:
    """Remove tables of an earlier merge: what stands there isn't true any more."""
    from s2c_forms.export.whole import is_our_file
    from s2c_forms.master.workbook import unwritable

    for path in paths:
        try:
            if path.is_file() and is_our_file(path):
                path.unlink()
        except OSError as error:
            raise unwritable(path, error) from error


def about_tables(book: "Book", workbook: Path) -> Iterator[Message]:
    """Yield what people should know of tables that stand beside the workbook."""
    from s2c_forms.master.beside import ENDINGS, tables_beside

    beside = tables_beside(book, workbook)
    if not beside:
        return
    what = mark(
        "{forms} are too many for a sheet with a row for each score: {sheets} stand beside the"
        " workbook, in {files}."
    )
    told = {
        "forms": count("{n} form", "{n} forms", len(book.records)),
        "sheets": _listed([one.name for one in beside]),
        "files": _listed([one.file for one in beside]),
    }
    yield Message(what, told)
    if not beside[0].file.endswith(ENDINGS[0]):
        yield Message(
            mark("With {install} they are Parquet: smaller, and read sooner than CSV."),
            {"install": 'pip install "s2c-forms[research]"'},
        )


def _listed(names: list[str]) -> Message:
    told = {"first": ", ".join(names[:-1]), "last": names[-1]}
    return Message(mark("{first} and {last}"), told)
