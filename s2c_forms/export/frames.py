"""Tables as data frames, for SPSS and Parquet. Needs s2c-forms[research]."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from s2c_forms.errors import MissingPartError
from s2c_forms.export.model import Dataset, Table, Variable
from s2c_forms.export.variables import code_labels
from s2c_forms.words import mark

if TYPE_CHECKING:
    import polars as pl

MADE_BY = "s2c-forms"
_ROWS = 100_000  # of a table that are in memory at once, as data
# What SPSS has room for, in bytes of UTF-8.
_NAME_OF_FILE, _VARIABLE_LABEL, _VALUE_LABEL, _STRING = 64, 255, 120, 32_767


def need_research(*names: str) -> None:
    """Look whether the libraries for research are installed, or those that are named.

    Raises:
        MissingPartError: they aren't; the message has the line that installs them.
    """
    for name in names or ("polars", "pyreadstat"):
        try:
            import_module(name)
        except ImportError as error:
            raise MissingPartError(
                mark("SPSS and Parquet need a part that isn't installed: {name}."),
                mark('Install it: pip install "s2c-forms[research]". CSV and JSON do without.'),
                name=name,
            ) from error


def frame_of(table: Table) -> "pl.DataFrame":
    """Return a table as a data frame."""
    import polars as pl

    return pl.DataFrame(list(table.rows), schema=_schema(table), orient="row")


def _schema(table: Table) -> dict[str, Any]:
    import polars as pl

    types: dict[str, Any] = {"text": pl.String, "integer": pl.Int64, "date": pl.Date}
    return {variable.name: types[variable.type] for variable in table.variables}


def _frames(table: Table) -> Iterator["pl.DataFrame"]:
    """Yield a table as data frames of some rows each: the memory may not hold all of them."""
    rows = iter(table.rows)
    while some := list(islice(rows, _ROWS)):
        yield frame_of(replace(table, rows=some))


def write_parquet(data: Dataset, table: Table, path: Path) -> None:
    """Write a table as Parquet; what variables mean stands in the file's own description."""
    need_research("polars")
    from polars.io.plugins import register_io_source

    variables = {
        variable.name: {"label": variable.label, "values": dict(variable.labels)}
        for variable in table.variables
    }
    about = {
        "made_by": MADE_BY,
        "rubric": data.book.rubric.id,
        "title": table.title,
        "variables": json.dumps(variables, ensure_ascii=False),
        "missing_codes": json.dumps(dict(code_labels(data.book.language)), ensure_ascii=False),
    }
    # Nothing of a plan is asked of the source: all columns and all rows are written.
    source = register_io_source(lambda *_plan: _frames(table), schema=_schema(table))
    source.sink_parquet(path, metadata=about)


def write_sav(data: Dataset, table: Table, path: Path) -> None:
    """Write a table for SPSS: labels, user-missing codes, measurement levels, dates as dates."""
    need_research()
    import pyreadstat

    codes = code_labels(data.book.language)
    named = table.variables
    title = f"{MADE_BY}: {data.book.rubric.title}"
    pyreadstat.write_sav(
        _for_spss(frame_of(table), named),
        str(path),
        file_label=cut(title, _NAME_OF_FILE),
        column_labels={v.name: cut(v.label, _VARIABLE_LABEL) for v in named},
        variable_value_labels={v.name: _labels(v, codes) for v in named if _labels(v, codes)},
        missing_ranges={v.name: _codes(v, codes) for v in named if v.has_codes},
        variable_measure={v.name: v.measure for v in named},
        variable_format={v.name: _format(v) for v in named if v.type != "text"},
        row_compress=True,
    )


def _for_spss(frame: "pl.DataFrame", variables: Sequence[Variable]) -> "pl.DataFrame":
    """Return a frame whose texts SPSS can hold: it takes 32,767 bytes of each."""
    import polars as pl

    texts = [variable.name for variable in variables if variable.type == "text"]
    long = [name for name in texts if (frame[name].str.len_bytes().max() or 0) > _STRING]  # type: ignore[operator]
    return frame.with_columns(
        pl.Series(name, [cut(text, _STRING) if text else text for text in frame[name]])
        for name in long
    )


def cut(text: str, limit: int) -> str:
    """Return a text of at most `limit` bytes of UTF-8, with a mark where it was cut."""
    data = text.encode()
    if len(data) <= limit:
        return text
    return data[: limit - len("…".encode())].decode(errors="ignore") + "…"


def _labels(variable: Variable, codes: Sequence[tuple[int, str]]) -> dict[Any, str]:
    labels = [*variable.labels, *(codes if variable.has_codes else ())]
    kind = str if variable.type == "text" else int
    return {kind(value): cut(label, _VALUE_LABEL) for value, label in labels}


def _codes(variable: Variable, codes: Sequence[tuple[int, str]]) -> list[Any]:
    return [str(code) if variable.type == "text" else code for code, _ in codes]


def _format(variable: Variable) -> str:
    return "EDATE10" if variable.type == "date" else "F8.0"
