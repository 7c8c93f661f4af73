"""Exports read back by programs that know nothing of us, as rows of plain values."""

import csv
import datetime as dt
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pyreadstat

from s2c_forms.export import Table
from s2c_forms.export.text import armed

Rows = list[dict[str, Any]]


def sav(path: Path, _table: Table) -> Rows:
    columns, _ = pyreadstat.read_sav(str(path), user_missing=True, output_format="dict")
    found = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    return [{name: _from_spss(cell) for name, cell in row.items()} for row in found]


def _from_spss(cell: Any) -> Any:
    """SPSS knows no empty text, and has only numbers with a fraction."""
    return int(cell) if isinstance(cell, float) else None if cell == "" else cell


def parquet(path: Path, _table: Table) -> Rows:
    rows: Rows = pq.read_table(path).to_pylist()
    return rows


def plain_csv(path: Path, table: Table) -> Rows:
    with path.open(encoding="utf-8", newline="") as stream:
        return _typed(csv.DictReader(stream), table)


def excel_csv(path: Path, table: Table) -> Rows:
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = _typed(csv.DictReader(stream, delimiter=";"), table)
    return [{k: armed(v) if isinstance(v, str) else v for k, v in row.items()} for row in rows]


_TYPES: Mapping[str, Callable[[str], Any]] = {
    "text": str,
    "integer": int,
    "date": dt.date.fromisoformat,
}


def _typed(rows: "csv.DictReader[str]", table: Table) -> Rows:
    types = {variable.name: _TYPES[variable.type] for variable in table.variables}
    return [
        {name: types[name](cell) if cell else None for name, cell in row.items()} for row in rows
    ]


def document(path: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return told


READERS: Mapping[str, tuple[Callable[[Path, Table], Rows], bool]] = {
    "data.sav": (sav, False),
    "data.parquet": (parquet, False),
    "plain.csv": (plain_csv, True),
    "data.csv": (excel_csv, False),
}
