"""The master as LibreOffice opens and saves it: nothing of it is lost or changed."""

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from s2c_forms import api
from s2c_forms.demo.fill.excel import fill
from s2c_forms.form.form import Form
from s2c_forms.form.stamp import new_form_id
from s2c_forms.media import excel
from tests.conftest import SECOND
from tests.programs.office import Office
from tests.records.made import full

pytestmark = [pytest.mark.programs, pytest.mark.slow]


def test_libreoffice_opens_the_master_and_saves_it_whole(office: Office, tmp_path, each_rubric):
    blank, filled = tmp_path / "blank.xlsx", tmp_path / "filled.xlsx"
    excel.write(Form(each_rubric, new_form_id()), blank)
    fill(blank, full(each_rubric), filled)
    into = tmp_path / "master.xlsx"
    assert api.merge([filled], into, rubric=SECOND).forms == 1
    office.convert(into, tmp_path / "saved.xlsx", tmp_path / "saved.ods", tmp_path / "saved.pdf")
    for name in ("saved.xlsx", "saved.ods"):
        assert sheets(tmp_path / name) == sheets(into)
    assert (tmp_path / "saved.pdf").read_bytes().startswith(b"%PDF")


def sheets(path: Path) -> dict[str, list[list[str]]]:
    """Every cell of every sheet, as text."""
    book = CalamineWorkbook.from_path(path)
    return {
        name: [[str(cell) for cell in row] for row in book.get_sheet_by_name(name).to_python()]
        for name in book.sheet_names
    }
