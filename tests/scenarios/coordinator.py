"""A coordinator at work: forms that come back, and hands in the workbook."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
from python_calamine import CalamineWorkbook

from s2c_forms import api
from s2c_forms.demo.fill.excel import fill
from s2c_forms.form.form import Form
from s2c_forms.form.kinds import Value
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.stamp import new_form_id
from s2c_forms.media import excel
from tests.records.made import full

Row = dict[str, Any]


@dataclass(frozen=True)
class Coordinator:
    """Somebody with a folder of forms that came back and a workbook."""

    folder: Path
    rubric: Rubric

    @property
    def master(self) -> Path:
        return self.folder / "output" / "master.xlsx"

    @property
    def store(self) -> Path:
        return self.master.with_suffix(".sqlite")

    @property
    def inbox(self) -> Path:
        (self.folder / "in").mkdir(exist_ok=True)
        return self.folder / "in"

    def hand_out(self) -> Path:
        """Make a form to fill in."""
        path = self.folder / f"{new_form_id()}.xlsx"
        excel.write(Form(self.rubric, path.stem), path)
        return path

    def receive(
        self, form: Path, name: str, answers: Mapping[str, Value | None] | None = None
    ) -> Path:
        """Get a form back, filled in wholly but for `answers`."""
        path = self.inbox / name
        fill(form, {**full(self.rubric), **(answers or {})}, path)
        return path

    def merge(self, *paths: Path) -> api.MergeReport:
        return api.merge(paths, self.master)

    def rows(self, sheet: str) -> list[Row]:
        """The rows of a sheet's table, by the names of its columns."""
        book = CalamineWorkbook.from_path(self.master)
        rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        return [dict(zip(map(str, rows[2]), row, strict=True)) for row in rows[3:] if any(row)]

    def form(self, place: int = 0) -> Row:
        return self.rows("Formulieren")[place]

    def questions(self) -> list[tuple[str, str]]:
        """The fields that are asked about, and what is the matter with them."""
        return [(row["Veld"], row["Wat er aan de hand is"]) for row in self.rows("Nakijken")]

    def log(self) -> list[tuple[str, str, str, str]]:
        return [(r["Veld"], r["Oud"], r["Nieuw"], r["Hoe"]) for r in self.rows("Logboek")]

    def answer(self, text: str, place: int = 0, remark: str = "") -> None:
        """Type an answer beside a question, and save."""
        self.type_in("Nakijken", place, {"Antwoord": text, "Opmerking": remark})

    def correct(self, field_id: str, value: object, place: int = 0) -> None:
        """Type in the row of a form, and save."""
        self.type_in("Formulieren", place, {field_id: value})

    def type_in(self, sheet: str, place: int, texts: Mapping[str, object]) -> None:
        book = openpyxl.load_workbook(self.master)
        header = [cell.value for cell in book[sheet][3]]
        for name, value in texts.items():
            cell = book[sheet].cell(4 + place, 1 + header.index(name))
            cell.value = value or None  # type: ignore[assignment]  # an empty text is one too
        book.save(self.master)

    def delete_row(self, place: int = 0) -> None:
        book = openpyxl.load_workbook(self.master)
        book["Formulieren"].delete_rows(4 + place)
        book.save(self.master)

    def kept_aside(self) -> list[Path]:
        return sorted(self.master.parent.glob("master 20*.xlsx"))


def as_day(value: object) -> dt.date:
    assert isinstance(value, dt.date)
    return value.date() if isinstance(value, dt.datetime) else value
