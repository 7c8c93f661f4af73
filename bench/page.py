"""docs/benchmarks.md: the table, the picture, and the machine they come from."""

import datetime as dt
import os
import platform
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path

from bench.measure import Measured
from bench.picture import drawn
from bench.table import table

_DOCS = Path(__file__).parents[1] / "docs"
_LIBRARIES = (
    *("python-calamine", "openpyxl", "pandas", "XlsxWriter", "pikepdf", "pypdf", "reportlab"),
    *("python-docx", "lxml", "SQLAlchemy", "pydantic", "click"),
)
_TEXT = """\
# Benchmarks

Written by `make bench`, {day}, on {machine}.

Every way of a job runs in turns with the others, each turn in a process of its own, and the least
CPU time of its turns counts: user and system, that of processes it started too. *Ours* is the whole
job, checks and all; *floor* is what the library takes alone, for nothing but the cells, fields or
texts. Forms were filled in by openpyxl, pypdf and lxml, none of which had a part in writing them.

{table}

![How cost grows](pictures/benchmarks.svg)

{libraries}.
"""


def write(found: Sequence[Measured]) -> None:
    """Write the page and its picture."""
    text = _TEXT.format(
        day=dt.datetime.now(dt.UTC).date(),
        machine=_machine(),
        table="\n".join(table(found)),
        libraries=", ".join(_versions()),
    )
    (_DOCS / "benchmarks.md").write_text(text, encoding="utf-8")
    (_DOCS / "pictures" / "benchmarks.svg").write_text(drawn(found), encoding="utf-8")


def _machine() -> str:
    return f"{_processor()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}"


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or "a processor without a name"


def _versions() -> Iterable[str]:
    yield f"Python {platform.python_version()}"
    yield from (f"{name} {version(name)}" for name in _LIBRARIES)
