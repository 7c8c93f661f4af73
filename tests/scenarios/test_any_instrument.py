"""Deciding works for every rubric, in its own language and with its own fields."""

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from s2c_forms import api
from s2c_forms.demo.fill.excel import fill
from s2c_forms.form.form import Form
from s2c_forms.form.stamp import new_form_id
from s2c_forms.master.sheets.to_check import ANSWER
from s2c_forms.media import excel
from s2c_forms.words import say
from tests.conftest import SECOND
from tests.records.made import full

pytestmark = pytest.mark.slow


def test_a_conflict_is_answered_and_a_cell_corrected(tmp_path, each_rubric, monkeypatch):
    monkeypatch.chdir(tmp_path)
    blank, into = tmp_path / "blank.xlsx", tmp_path / "master.xlsx"
    excel.write(Form(each_rubric, new_form_id()), blank)
    first, second = (factor.score for factor in each_rubric.factors[:2])
    (tmp_path / "in").mkdir()
    for number in (1, 2):
        answers = {**full(each_rubric), first: number}
        fill(blank, answers, tmp_path / "in" / f"{number}.xlsx")
    assert api.merge([tmp_path / "in"], into, rubric=SECOND).questions == 1
    lang = each_rubric.language
    book = openpyxl.load_workbook(into)
    for sheet, column, value in (("To check", say(ANSWER, lang), "2"), ("Forms", second, 1)):
        page = book[say(sheet, lang)]
        page.cell(4, 1 + [cell.value for cell in page[3]].index(column)).value = value
    book.save(into)
    report = api.merge([tmp_path / "in"], into, rubric=SECOND)
    assert (report.decided, report.questions, report.notices) == (2, 0, ())
    rows = CalamineWorkbook.from_path(into).get_sheet_by_name(say("Forms", lang)).to_python()
    row = dict(zip(rows[2], rows[3], strict=True))
    assert (row[first], row[second]) == (2, 1)
    log = CalamineWorkbook.from_path(into).get_sheet_by_name(say("Log", lang)).to_python()
    assert len(log) == 5
