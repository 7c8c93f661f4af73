"""Rows about how soon the program says its first word, beside `python -c pass`."""

import subprocess
import sys
from pathlib import Path

from bench.forms import filled
from bench.rows import Goal, Place, Row, Way

_PROGRAM = Path(sys.executable).with_name("s2c-forms")
_TIMES = 5
"""How often a turn starts the program: one start is too short to be measured well."""
_EVERYTHING = (
    "import s2c_forms.cli.commands, s2c_forms.api.merging, s2c_forms.media.pdf.writer, "
    "s2c_forms.media.pdf.reader, s2c_forms.media.excel, s2c_forms.media.word, pydantic, "
    "openpyxl, docx, pypdf, rich.table, sqlalchemy"
)


def _start(*arguments: str) -> None:
    for _ in range(_TIMES):
        subprocess.run(arguments, check=True, capture_output=True)


def _nothing(_place: Place) -> None:
    _start(sys.executable, "-c", "pass")


def _help(_place: Place) -> None:
    _start(str(_PROGRAM), "--help")


def _read(place: Place) -> None:
    (form,) = place.given.iterdir()
    _start(str(_PROGRAM), "read", str(form), "--json")


def _everything(_place: Place) -> None:
    _start(sys.executable, "-c", _EVERYTHING)


def _one_form(folder: Path, number: int) -> None:
    filled("excel", folder, number)


def _row(name: str, job: str, ours: Way, goal: Goal) -> Row:
    naive = Way("python -c pass", _nothing, starts=True)
    floor = Way("import everything", _everything, starts=True) if name == "help" else None
    # Once to warm up: what Python compiles is kept.
    return Row(name, job, _one_form, ours, goal, naive, floor, 1, (), 1, 1)


ROWS: tuple[Row, ...] = (
    _row("help", f"--help, {_TIMES} times", Way("", _help, starts=True), Goal(slower=6)),
    _row(
        "read-one", f"read one form, {_TIMES} times", Way("", _read, starts=True), Goal(slower=15)
    ),
)
