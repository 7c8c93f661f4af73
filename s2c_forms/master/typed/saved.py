"""A workbook as some program saved it: its sheets as rows of cells, and what else is in it."""

import hashlib
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from s2c_forms.errors import RefusedError
from s2c_forms.master.typed.texts import text_of

Rows = list[list[object]]
_LIMIT = 2 * 1024**3  # bytes that a workbook may unpack to
_TOP = 100  # rows among which the header of a table is looked for
# What people put into workbooks besides cells.
_PARTS = re.compile(
    r"xl/(charts/chart|pivotTables/|media/|comments|threadedComments/|embeddings/|slicers/)"
)


@dataclass(frozen=True)
class Saved:
    """A workbook that was opened: cells by sheet, and how many there are of what else it holds."""

    sheets: Mapping[str, Rows]
    parts: Mapping[str, int]


@dataclass(frozen=True)
class Print:
    """What tells whether anything was typed outside the places that are meant for it.

    Attributes:
        sheets: for each sheet that was written, a digest of its texts, whatever their order; of
            a table that people type in, only of what stands outside it.
        parts: how many charts, pictures and the like were written.
    """

    sheets: Mapping[str, str]
    parts: Mapping[str, int]

    def to_json(self) -> str:
        """Return it as text."""
        return json.dumps({"sheets": dict(self.sheets), "parts": dict(self.parts)}, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "Print":
        """Return what `to_json` made this text of."""
        return cls(**json.loads(text))


def open_saved(data: bytes) -> Saved:
    """Return the cells of a workbook, and what else is in it.

    Raises:
        RefusedError: it can't be read.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
        if sum(info.file_size for info in infos) > _LIMIT:
            raise RefusedError("too_large", limit=_LIMIT // 1024**2)
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets: dict[str, Rows] = {
            name: [list(row) for row in book.get_sheet_by_name(name).to_python()]
            for name in book.sheet_names
        }
    except (zipfile.BadZipFile, CalamineError, ValueError) as error:
        raise RefusedError("damaged", reason=str(error)) from error
    return Saved(sheets, _parts(infos))


def _parts(infos: Iterable[zipfile.ZipInfo]) -> Mapping[str, int]:
    """Return how many parts there are of each kind; equal pictures are one, however often kept."""
    found = {
        (part[1], info.CRC if part[1] == "media/" else info.filename)
        for info in infos
        if (part := _PARTS.match(info.filename))
    }
    return Counter(kind for kind, _ in found)


def print_of(saved: Saved, *typed: Sequence[str]) -> Print:
    """Return the print of a workbook, in whose tables with any of these columns people type."""
    sheets = {}
    for name, rows in saved.sheets.items():
        tables = [table for columns in typed if (table := table_in(rows, *columns))]
        sheets[name] = digest_of([tables[0].outside] if tables else rows)
    return Print(sheets, saved.parts)


def digest_of(rows: Sequence[Sequence[object]]) -> str:
    """Return a digest of all texts in rows, the same when they are sorted."""
    texts = sorted(filter(None, (text_of(cell) for row in rows for cell in row)))
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Table:
    """A table found on a sheet by the names of its columns.

    Attributes:
        columns: the names.
        rows: the texts of each row, by column; rows without any are left out.
        outside: the texts beside the table, and those above it.
    """

    columns: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]
    outside: tuple[str, ...]


def table_in(rows: Rows, *needed: str) -> Table | None:
    """Return the table whose header has the columns `needed`; None where there is none near."""
    first = ([text_of(cell) for cell in row] for row in rows[:_TOP])
    heads = [number for number, row in enumerate(first) if set(needed) <= set(row)]
    if not heads:
        return None
    texts = [[text_of(cell) for cell in row] for row in rows]
    number, header = heads[0], texts[heads[0]]
    places = {name: place for place, name in enumerate(header) if name}
    found = tuple(dict(_named(row, places)) for row in texts[number + 1 :] if any(row))
    beside = [
        text
        for row in texts[number + 1 :]
        for place, text in enumerate(row)
        if text and (place >= len(header) or not header[place])
    ]
    above = [text for row in texts[:number] for text in row if text]
    return Table(tuple(places), found, (*above, *beside))


def _named(row: Sequence[str], places: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    for name, place in places.items():
        if place < len(row) and row[place]:
            yield name, row[place]
