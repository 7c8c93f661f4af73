"""Everything of one person goes, everything of others stays, and what is left is named."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from s2c_forms import api
from s2c_forms.cli.running import run
from s2c_forms.demo.fill import filler
from s2c_forms.errors import ExitCode, S2cError, WriteError
from s2c_forms.form.filled import Absent, Cutout, PageRead, Sheet
from s2c_forms.form.form import Form
from s2c_forms.form.stamp import new_form_id
from s2c_forms.media import excel
from s2c_forms.records.merge import Version
from s2c_forms.store import (
    note_pages,
    note_pictures,
    note_rubric,
    note_version,
    open_store,
    pages_of,
)
from s2c_forms.store.forgetting import forget_versions
from tests.master.stack import STACK, WRITTEN, note_stack
from tests.records.made import FORM, full, record

pytestmark = pytest.mark.slow


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


def stack_in(into: Path, rubric) -> list[Version]:
    """Two forms of a stack in the store: one of J-7, of whom another form is there, one of J-9."""
    with open_store(into.with_suffix(".sqlite")) as store:
        versions = note_stack(store, rubric)
        note_pictures(store, versions[1].sha256, 3, [Cutout("doel", b"what J-9 wrote")])
    api.merge([], into)
    return versions


def test_what_they_wrote_on_paper_goes_and_that_of_others_stays(into, rubric):
    (mine, _) = stack_in(into, rubric)
    store = into.with_suffix(".sqlite")
    assert all(png in store.read_bytes() for png in WRITTEN.values() if len(png) < 3000)
    parts = [png[40:100] for png in WRITTEN.values()]
    assert all(part in store.read_bytes() for part in parts)
    done = api.forget("J-7", into)
    assert done.forms == 2
    content = store.read_bytes()
    assert not any(part in content for part in parts)
    assert b"what J-9 wrote" in content
    with open_store(store) as opened:
        left = [page.page for page in pages_of(opened)[mine.sha256]]
    assert left == [3, 4, 5, 6]
    assert done.sheets == ((f"in/{STACK}", (1, 2)),)
    assert done.files == ("../in/2.xlsx",)
    api.forget("J-9", into)
    with open_store(store) as opened:
        assert pages_of(opened) == {}
    assert b"what J-9 wrote" not in store.read_bytes()


def test_doubles_and_torn_pages_go_with_their_form(tmp_path, rubric):
    sha256 = "c" * 64
    with open_store(tmp_path / "m.sqlite") as store:
        note_rubric(store, rubric)
        for place, (first, torn) in enumerate(((1, 2), (4, 5))):
            told = record(rubric, full(rubric), medium="scan")
            told = replace(told, sheets=(Sheet(1, first),), absent=(Absent(2, ("doel",), torn),))
            note_version(store, Version(told, STACK, sha256, place), rubric)
        pages = [PageRead(n, "read", FORM, 1) for n in (1, 4)]
        pages += [PageRead(n, "unreadable", FORM, 2) for n in (2, 5)]
        pages += [PageRead(3, "duplicate", FORM, 1), PageRead(6, "blank")]
        note_pages(store, sha256, pages)
        forget_versions(store, [(sha256, 0)])
        assert [page.page for page in pages_of(store)[sha256]] == [4, 5, 6]


def test_pages_to_take_out_of_a_stack_are_named(into, rubric, capsys):
    stack_in(into, rubric)
    copy = into.with_name("master-v1.sqlite")
    copy.write_bytes(into.with_suffix(".sqlite").read_bytes())
    assert run(["forget", "J-7", "--yes", "--into", str(into)]) == ExitCode.DONE
    out = capsys.readouterr().out
    assert f"{into.parent / 'in' / STACK} (p. 1, 2)" in out
    assert str(copy) in out
