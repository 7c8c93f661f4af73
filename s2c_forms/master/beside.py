"""Tables too long for a workbook: past a limit they go to files beside it, and it says so."""

import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from s2c_forms import resources
from s2c_forms.errors import RubricError
from s2c_forms.master.book import Book
from s2c_forms.master.cells import ROW_LIMIT
from s2c_forms.master.sheet import HEADER_ROW
from s2c_forms.words import mark, say

ENDINGS = (".parquet", ".csv")
LONG: Mapping[str, str] = {"scores": mark("Scores"), "indicators": mark("Indicators")}
"""The tables with many rows a form, as an export names them, and the names of their sheets."""
_ROWS = ROW_LIMIT - HEADER_ROW - 1


@dataclass(frozen=True)
class Beside:
    """A table in a file beside the workbook, as far as the first sheet tells of it.

    Attributes:
        table: what an export calls it.
        name: what its sheet would be called.
        file: the name of the file.
        lead: where to find it, and how to open it.
    """

    table: str
    name: str
    file: str
    lead: str


@cache
def most_forms() -> int:
    """Return up to how many forms everything stands in the workbook.

    Raises:
        RubricError: the limit in `templates/workbook.yaml` can't be meant.
    """
    path, found = resources.settings("workbook.yaml")
    forms = found.get("forms")
    if not isinstance(forms, int) or isinstance(forms, bool) or forms < 1:
        raise RubricError(
            mark("In {path} the limit `{name}` is no whole number from 1."),
            mark("Write it in digits alone, as in the file that was shipped, such as 20000."),
            path=path,
            name="forms",
        )
    return forms


def is_long(book: Book) -> bool:
    """Return whether a book has more forms than its long tables may stand in the workbook for.

    More rows than a sheet has never stand there, whatever the limit says.
    """
    forms = len(book.records)
    of_a_form = max(max(len(one.factors), len(one.indicators)) for one in book.rubrics)
    return forms > most_forms() or forms * of_a_form > _ROWS


def ending() -> str:
    """Return what files beside the workbook end with: without Polars they are CSV."""
    return ENDINGS[0] if importlib.util.find_spec("polars") else ENDINGS[1]


def tables_beside(book: Book, workbook: Path) -> tuple[Beside, ...]:
    """Return the tables that stand beside a workbook, and not in it."""
    if not is_long(book):
        return ()
    return tuple(_beside(table, book.language, workbook) for table in LONG)


def _beside(table: str, lang: str, workbook: Path) -> Beside:
    file = file_of(table, workbook, ending()).name
    lead = say(
        "In the file {file}, beside this workbook: there are too many rows for a sheet.",
        lang,
        file=file,
    )
    return Beside(table, say(LONG[table], lang), file, lead)


def file_of(table: str, workbook: Path, suffix: str) -> Path:
    """Return where the file of a table stands beside a workbook."""
    return workbook.with_name(f"{workbook.stem}-{table}{suffix}")
