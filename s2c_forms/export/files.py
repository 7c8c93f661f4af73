"""One table in one file, in the format that the file's name asks for."""

from collections.abc import Callable
from pathlib import Path

from s2c_forms.export import document, frames, text
from s2c_forms.export.model import Dataset, Table
from s2c_forms.export.whole import guard, whole_file

Writer = Callable[[Dataset, Table, Path], None]


def _plain(_data: Dataset, table: Table, path: Path) -> None:
    text.write_csv(table, path, text.PLAIN)


def _excel(_data: Dataset, table: Table, path: Path) -> None:
    text.write_csv(table, path, text.EXCEL)


def _json(data: Dataset, _table: Table, path: Path) -> None:
    document.write_json(data, path)


# what a file's name ends with → what writes it
FORMATS: dict[str, Writer] = {
    ".sav": frames.write_sav,
    ".csv": _excel,
    ".parquet": frames.write_parquet,
    ".json": _json,
}


def write_file(
    data: Dataset, to: Path, table: str = "forms", *, plain: bool = False, replace: bool = False
) -> None:
    """Write a table to a file, or the whole data set where that is JSON.

    Args:
        data: the data set.
        to: the file; its ending is a key of FORMATS.
        table: the name of the table.
        plain: whether a CSV is plain, and not for Excel.
        replace: whether it may replace a file that is no export.

    Raises:
        MissingPartError: the format needs s2c-forms[research].
        WriteError: it can't be written, or something else is there.
    """
    suffix = to.suffix.lower()
    write = _plain if plain and suffix == ".csv" else FORMATS[suffix]
    guard(to, replace=replace)
    with whole_file(to) as place:
        write(data, data.table(table), place)
