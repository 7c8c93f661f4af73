"""Programs that fill in Excel forms, and libraries that do so."""

import datetime as dt
import json
from collections.abc import Callable, Mapping
from pathlib import Path

from s2c_forms.demo.fill import excel as with_openpyxl
from s2c_forms.form.kinds import Value
from s2c_forms.media.excel.sheet import ANCHOR, ANSWER
from tests.conftest import need_program
from tests.programs.pdf import run

HERE = Path(__file__).parent
Answers = Mapping[str, Value]
Fill = Callable[[Path, Answers, Path], None]


def told(answers: Mapping[str, object], folder: Path) -> Path:
    """Return a file of answers for programs in other languages."""
    path = folder / "answers.json"
    plain = {
        id_: {"date": value.isoformat()} if isinstance(value, dt.date) else value
        for id_, value in answers.items()
    }
    path.write_text(json.dumps(plain), encoding="utf-8")
    return path


def _exceljs(source: Path, answers: Answers, target: Path) -> None:
    _node("fill_exceljs.mjs", source, answers, target)


def _sheetjs(source: Path, answers: Answers, target: Path) -> None:
    _node("fill_sheetjs.mjs", source, answers, target)


def _node(script: str, source: Path, answers: Answers, target: Path) -> None:
    run(need_program("node"), HERE / script, source, told(answers, target.parent), target)


def _openpyxl(source: Path, answers: Answers, target: Path) -> None:
    with_openpyxl.fill(source, answers, target)


def _pandas(source: Path, answers: Answers, target: Path) -> None:
    """Read every sheet as a table, and write the tables: names and all else are lost."""
    import pandas as pd

    tables = pd.read_excel(source, sheet_name=None, header=None, dtype=object, engine="openpyxl")
    for table in tables.values():
        for row, mark in enumerate(table.get(ANCHOR, [])):
            if mark in answers:
                table.iat[row, ANSWER] = answers[mark]
    with pd.ExcelWriter(target, engine="openpyxl") as writer:
        for name, table in tables.items():
            table.to_excel(writer, sheet_name=str(name), header=False, index=False)


FILL: dict[str, Fill] = {
    "openpyxl": _openpyxl,
    "pandas": _pandas,
    "ExcelJS": _exceljs,
    "SheetJS": _sheetjs,
}
"""Fills in a form, and saves it in the format that the ending of the target says."""
