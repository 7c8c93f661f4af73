"""Everything of one person goes, everything of others stays, and what is left is named."""

import sqlite3
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from s2c_forms import api
from s2c_forms.cli.running import run
from s2c_forms.demo.fill import filler
from s2c_forms.errors import ExitCode, S2cError, WriteError
from s2c_forms.form.form import Form
from s2c_forms.form.stamp import new_form_id
from s2c_forms.media import excel
from tests.records.made import full


@pytest.fixture
def into(tmp_path, monkeypatch, rubric) -> Path:
    """A workbook of three forms: two of coach C-012, of which one with J-5, and one of C-099."""
    monkeypatch.chdir(tmp_path)
    heads = [
        {"coach": "C-012", "jongere": "J-5", "reflectie": "Zandloper besproken."},
        {"coach": "C-012", "jongere": "J-6"},
        {"coach": "C-099", "jongere": "J-7", "reflectie": "Net als J-5 stil."},
    ]
    blank = tmp_path / "blank.xlsx"
    for number, head in enumerate(heads):
        excel.write(Form(rubric, new_form_id()), blank)
        target = tmp_path / "in" / f"{number}.xlsx"
        target.parent.mkdir(exist_ok=True)
        filler("excel")(blank, {**full(rubric), **head}, target)
    (tmp_path / "roster.csv").write_text("coach;jongere\nC-012;J-5\nC-099;J-7\n", encoding="utf-8")
    workbook = Path(tmp_path) / "out" / "master.xlsx"
    expected = api.Besides(roster=tmp_path / "roster.csv")
    api.merge([tmp_path / "in"], workbook, besides=expected)
    return workbook


def texts(workbook: Path) -> str:
    book = CalamineWorkbook.from_path(workbook)
    sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    return repr(sheets)


def kept(workbook: Path) -> str:
    with sqlite3.connect(workbook.with_suffix(".sqlite")) as store:
        told = "\n".join(store.iterdump())
    store.close()
    return told


def correct(workbook: Path, code: str) -> None:
    """Type a correction into the row of the pupil with this code."""
    book = openpyxl.load_workbook(workbook)
    sheet = book["Formulieren"]
    (head,) = [row for row in sheet.iter_rows() if row[0].value == "form_id"]
    names = [cell.value for cell in head]
    for row in sheet.iter_rows(min_row=(head[0].row or 0) + 1):
        if row[names.index("jongere")].value == code:
            row[names.index("doel")].value = "Zandbak"
    book.save(workbook)


def test_everything_of_one_person_goes_and_no_more(into):
    correct(into, "J-5")
    api.merge([], into)
    assert "Zandbak" in texts(into)
    assert "Zandbak" in kept(into)
    done = api.forget("j-5", into)
    assert (done.forms, done.heads, done.mentions) == (1, 1, 1)
    assert done.files == ("../in/0.xlsx",)
    for text in (
        texts(into),
        kept(into),
        into.with_suffix(".sqlite").read_bytes().decode("latin-1"),
    ):
        assert "Zand" not in text
        assert text.count("J-5") <= text.count("Net als J-5")
        assert "J-6" in text
        assert "C-099" in text
    log = CalamineWorkbook.from_path(into).get_sheet_by_name("Logboek").to_python()
    assert len(log) == 4
    assert "alles van één persoon is eruit gehaald" in log[-1]
    assert api.merge([], into).forms == 2


def test_files_that_were_refused_go_by_their_name(into):
    back = into.parent.parent / "in"
    for name in ("gesprek J-5.txt", "gesprek J-55.txt"):
        (back / name).write_text(name, encoding="utf-8")
    api.merge([back], into)
    api.forget("J-5", into)
    assert "gesprek J-5.txt" not in kept(into)
    assert "gesprek J-55.txt" in kept(into)


def test_a_person_of_several_forms_goes_from_all(into):
    assert api.forget("C-012", into).forms == 2
    assert "C-012" not in texts(into)
    assert "C-012" not in kept(into)


def test_what_was_merged_again_comes_back(into):
    api.forget("J-5", into)
    assert api.merge([into.parent.parent / "in"], into).forms == 3


def test_nobody_is_forgotten_by_a_slip(into):
    before = into.read_bytes()
    with pytest.raises(S2cError, match="nothing here"):
        api.forget("J-55", into)
    with pytest.raises(S2cError, match="no store"):
        api.forget("J-5", into.with_name("other.xlsx"))
    assert into.read_bytes() == before


def test_a_workbook_that_is_open_stops_it(into):
    into.with_name(".~lock.master.xlsx#").write_text(",somebody,,;", encoding="utf-8")
    with pytest.raises(WriteError, match="open"):
        api.forget("J-5", into)
    assert "Zandloper" in kept(into)


def test_older_workbooks_are_named(into):
    aside = into.with_name("master 2026-11-22 1403.xlsx")
    aside.write_bytes(into.read_bytes())
    into.with_name("master of mine.xlsx").write_bytes(into.read_bytes())
    assert api.forget("J-5", into).kept == (aside.name,)


def test_the_command_says_what_is_left_to_do(into, capsys):
    assert run(["--lang", "nl", "forget", "J-5", "--yes", "--into", str(into)]) == ExitCode.DONE
    out = capsys.readouterr().out
    assert "1 formulier" in out
    assert str(into.parent.parent / "in" / "0.xlsx") in out
    assert "back-ups" in out
    assert run(["forget", "J-5", "--yes", "--into", str(into)]) == ExitCode.INPUT
    assert run(["forget", "J-6", "--into", str(into), "--json", "--yes"]) == ExitCode.DONE
    assert '"forms": 1' in capsys.readouterr().out
