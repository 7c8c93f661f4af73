"""The master workbook, read back by two programs that didn't write it."""

import datetime as dt
import os
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from s2c_forms.errors import RefusedError, WriteError
from s2c_forms.form.fields import fields_of
from s2c_forms.form.rubric import Rubric
from s2c_forms.master import Book, book_of, sheets_of, workbook, write_workbook
from s2c_forms.master.cells import CELL_LIMIT, text_for_cell
from s2c_forms.master.sheet import HEADER_ROW, Column, Sheet, distinct, in_sheets
from s2c_forms.records.merge import Version
from s2c_forms.records.problems import Problem
from s2c_forms.store import (
    StoredFile,
    note_file,
    note_rubric,
    note_version,
    open_store,
    own_by,
)
from tests.records.made import FORM, OTHER_FORM, full, record, version

WHEN = dt.datetime(2026, 11, 22, 14, 3, tzinfo=dt.timezone(dt.timedelta(hours=1)))
Rows = list[dict[str, object]]


def book(
    tmp_path: Path,
    rubric: Rubric,
    versions: Iterable[Version] = (),
    files: Iterable[StoredFile] = (),
    rubrics: Iterable[Rubric] = (),
) -> Book:
    """What a workbook of these versions holds."""
    known = {each.hash: each for each in (rubric, *rubrics)}
    with open_store(tmp_path / "master.sqlite") as store:
        for each in known.values():
            note_rubric(store, each)
        own_by(store, rubric.id)
        for one in versions:
            note_version(store, one, known[one.record.stamp.hash])
            name = one.file
            note_file(store, StoredFile(one.sha256, name, "in", 9, "excel", "LibreOffice", WHEN))
        for file in files:
            note_file(store, file)
        return book_of(store, rubric, "master.sqlite")


def table(path: Path, sheet: str) -> Rows:
    """The rows of a sheet's table as openpyxl reads them, by the names of its columns."""
    loaded = openpyxl.load_workbook(path)
    (found,) = loaded[sheet].tables.values()
    rows = [[cell.value for cell in row] for row in loaded[sheet][found.ref]]
    return [dict(zip(map(str, rows[0]), row, strict=True)) for row in rows[1:]]


def visible(path: Path) -> list[Any]:
    """The sheets that people see."""
    sheets = openpyxl.load_workbook(path).worksheets
    return [sheet for sheet in sheets if sheet.sheet_state == "visible"]


def calamine(path: Path, sheet: str) -> Rows:
    """The same as python-calamine reads it."""
    rows = (
        CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    )
    return [
        dict(zip(map(str, rows[HEADER_ROW]), row, strict=True)) for row in rows[HEADER_ROW + 1 :]
    ]


@pytest.fixture
def three(tmp_path, rubric) -> Path:
    """A sound form, one with a question, and two versions of one that differ."""
    bad = Problem("not_on_scale", "f02_score", "Formulier!D18", "4")
    second = full(rubric) | {"gesprek_nr": 10, "f02_score": None}
    third = full(rubric) | {"gesprek_nr": 9, "reflectie": "=cmd|' /C calc'!A0"}
    versions = [
        version(record(rubric, full(rubric)), "a.xlsx", 1),
        version(record(rubric, second, OTHER_FORM, "pdf", (bad,)), "b.pdf", 2),
        version(record(rubric, third, "CCCC3333"), "c.xlsx", 3),
        version(record(rubric, third | {"f14_score": 1}, "CCCC3333"), "d.xlsx", 4),
    ]
    damaged = RefusedError("damaged", reason="half of it")
    files = [StoredFile("f" * 64, "kapot.xlsx", "in", 3, None, "", WHEN, damaged)]
    path: Path = tmp_path / "master.xlsx"
    write_workbook(book(tmp_path, rubric, versions, files), path)
    return path


def test_the_sheets_speak_the_language_of_the_rubric(tmp_path, rubric, second_rubric):
    names = {}
    for each in (rubric, second_rubric):
        path = tmp_path / f"{each.language}.xlsx"
        write_workbook(book(tmp_path / each.language, each), path)
        names[each.language] = [sheet.title for sheet in visible(path)]
    dutch = "Start Overzicht Voortgang Formulieren Scores Indicatoren Overeenstemming"
    english = "Start,Overview,Progress,Forms,Scores,Indicators,Agreement,To check,Log,Origin"
    rest = ["Nakijken", "Logboek", "Herkomst", "Codeboek"]
    told = {"nl": [*dutch.split(), *rest], "en": [*english.split(","), "Codebook"]}
    assert names == told


@pytest.mark.parametrize("read", [table, calamine])
def test_forms_have_a_row_each_and_a_column_for_every_field(three, rubric, read):
    rows = read(three, "Formulieren")
    empty = "" if read is calamine else None
    assert [row["gesprek_nr"] for row in rows] == [2, 9, 10]  # in the order of numbers
    first, _, third = rows
    assert set(first) >= {field.id for field in fields_of(rubric)}
    assert first["form_id"] == "AAAA-1111"
    assert first["coach"] == "C-012"
    day = first["datum"]
    assert (day.date() if isinstance(day, dt.datetime) else day) == dt.date(2026, 11, 22)
    assert (first["f01_score"], first["f01_i01"], first["f01_i02"]) == (2, 1, 0)
    assert third["f02_score"] == empty
    assert [row["status"] for row in rows] == ["in orde", "nakijken", "nakijken"]
    assert [row["medium"] for row in rows] == ["Excel", "Excel", "PDF"]


def test_a_text_that_looks_like_a_formula_stays_a_text(three):
    loaded = openpyxl.load_workbook(three)
    cells = [cell for row in loaded["Formulieren"] for cell in row if "cmd" in str(cell.value)]
    assert [cell.data_type for cell in cells] == ["s"]
    with zipfile.ZipFile(three) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        assert not any(b"<f>" in archive.read(name) for name in sheets)


def test_scores_and_indicators_are_long(three, rubric):
    scores, indicators = table(three, "Scores"), table(three, "Indicatoren")
    assert len(scores) == 3 * len(rubric.factors)
    assert len(indicators) == 3 * len(rubric.indicators)
    first = scores[0]
    assert (first["factor"], first["score"], first["score_label"]) == ("f01", 2, "Acceptabel")
    conflict = [row for row in scores if row["gesprek_nr"] == 9][-1]
    assert (conflict["score"], conflict["score_label"]) == (None, None)
    assert {row["ticked"] for row in indicators} == {0, 1}


def test_an_indicator_of_an_untouched_factor_is_empty(tmp_path, rubric):
    values = {id_: None if id_.startswith("f03") else v for id_, v in full(rubric).items()}
    path = tmp_path / "m.xlsx"
    write_workbook(book(tmp_path, rubric, [version(record(rubric, values))]), path)
    third = [row for row in table(path, "Indicatoren") if row["factor"] == "f03"]
    assert {row["ticked"] for row in third} == {None}


def test_every_question_says_what_and_where(three):
    conflict, bad = table(three, "Nakijken")
    assert conflict["Veld"] == "f14_score"
    assert conflict["Wat er gelezen is"] == "“1” (d.xlsx) / “2” (c.xlsx)"
    assert conflict["Bestand"] == "c.xlsx, d.xlsx"
    assert bad["Formulier"] == "BBBB-2222"
    assert bad["Wat er aan de hand is"] == "“4” staat niet op de schaal."
    assert bad["Plaats"] == "Formulier!D18"
    assert bad["Wat er gelezen is"] == "4"


def test_every_file_says_what_became_of_it(three):
    rows = table(three, "Herkomst")
    assert {row["Bestand"]: row["Wat ermee gebeurd is"] for row in rows} == {
        "a.xlsx": "opgenomen",
        "b.pdf": "opgenomen",
        "c.xlsx": "opgenomen",
        "d.xlsx": "een andere versie van c.xlsx",
        "kapot.xlsx": "geweigerd",
    }
    assert "half of it" in str(rows[-1]["Reden"])
    assert rows[0]["Samengevoegd op"] == WHEN.replace(tzinfo=None)


def test_equal_bytes_under_another_name_are_told(tmp_path, rubric):
    one = version(record(rubric, full(rubric)), "form.xlsx")
    again = StoredFile(one.sha256, "form (1).xlsx", "in", 9, "excel", "", WHEN)
    path = tmp_path / "m.xlsx"
    write_workbook(book(tmp_path, rubric, [one], [again]), path)
    told = [row["Wat ermee gebeurd is"] for row in table(path, "Herkomst")]
    assert told == ["opgenomen", "hetzelfde bestand als form.xlsx"]


def test_the_codebook_has_every_variable(three, rubric):
    rows = {str(row["Variabele"]): row for row in table(three, "Codeboek")}
    assert list(rows) == [field.id for field in fields_of(rubric)]
    assert rows["f01_score"]["Waarden"] == "1 = Verdient aandacht\n2 = Acceptabel\n3 = Goed"
    assert rows["gesprek_nr"]["Waarden"] == "1 of meer"
    assert rows["f01_i01"]["Codes voor ontbrekend, in exports"] == "-99, -96, -95"
    assert str(rows["doel"]["Codes voor ontbrekend, in exports"]).startswith("leeg")
    assert "Alleen 0 als de factor" in str(rows["f01_i01"]["Toelichting"])


def test_it_is_marked_as_a_master_and_never_read_as_a_form(three, rubric):
    from s2c_forms.form.shelf import shelf_of
    from s2c_forms.media import excel

    with zipfile.ZipFile(three) as archive:
        properties = archive.read("docProps/custom.xml").decode()
    assert 'name="s2c_master"' in properties
    assert rubric.id in properties
    with pytest.raises(RefusedError) as refused:
        excel.read(three.read_bytes(), shelf_of([rubric]))
    assert refused.value.code == "master_workbook"


def test_tables_have_filters_and_heads_stay_in_sight(three):
    for sheet in visible(three)[2:]:  # the first two are no tables alone
        (found,) = sheet.tables.values()
        assert found.autoFilter is not None
        assert sheet.freeze_panes
        assert sheet.page_setup.orientation == "landscape"
        assert str(sheet.page_setup.paperSize) == "9"


def test_an_empty_store_makes_a_workbook_that_opens(tmp_path, each_rubric):
    path = tmp_path / "m.xlsx"
    write_workbook(book(tmp_path, each_rubric), path)
    for sheet in visible(path)[2:-1]:
        (row,) = table(path, sheet.title)
        assert set(row.values()) == {None}


def test_equal_stores_make_equal_bytes(tmp_path, rubric):
    versions = [version(record(rubric, full(rubric)))]
    first, second = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    write_workbook(book(tmp_path / "a", rubric, versions), first)
    write_workbook(book(tmp_path / "b", rubric, versions), second)
    assert first.read_bytes() == second.read_bytes()


def test_an_answer_too_long_for_a_cell_is_a_question(tmp_path, rubric):
    long = "🙂" * 20_000
    one = version(record(rubric, full(rubric) | {"reflectie": long}))
    path = tmp_path / "m.xlsx"
    write_workbook(book(tmp_path, rubric, [one]), path)
    (row,) = table(path, "Formulieren")
    shown = str(row["reflectie"])
    assert shown.endswith(" […]")
    assert shown.removesuffix(" […]") == long[: len(shown) - 4]
    (question,) = table(path, "Nakijken")
    assert question["Veld"] == "reflectie"
    assert "te lang voor een cel" in str(question["Wat er aan de hand is"])


def test_a_cell_takes_what_it_takes_and_no_control_characters():
    assert text_for_cell("x" * CELL_LIMIT) == "x" * CELL_LIMIT
    cut = text_for_cell("x" * (CELL_LIMIT + 1))
    assert len(cut) == CELL_LIMIT
    assert text_for_cell("a\x00\x0bb\ud800") == "ab"


def test_any_letter_and_old_dates_survive(tmp_path, rubric):
    values = full(rubric) | {
        "doel": "Łukasz ’€ 🙂",
        "datum": dt.date(1899, 1, 2),
        "supervisor": "a\x01b",
    }
    path = tmp_path / "m.xlsx"
    write_workbook(book(tmp_path, rubric, [version(record(rubric, values))]), path)
    (row,) = table(path, "Formulieren")
    assert (row["doel"], row["datum"], row["supervisor"]) == ("Łukasz ’€ 🙂", "1899-01-02", "ab")


def test_rubric_versions_share_a_workbook_in_the_order_of_the_newest(tmp_path, rubric):
    newer = replace(rubric, version="10", added=rubric.added[:1])
    older = replace(rubric, version="9")
    old = version(record(older, full(older) | {"gesprek_nr": 1}), "oud.xlsx", 1)
    new = version(record(newer, full(newer), OTHER_FORM), "nieuw.xlsx", 2)
    made = book(tmp_path, newer, [old, new], rubrics=[older])
    assert made.rubric == newer
    ids = [field.id for field in made.fields]
    assert ids[: len(fields_of(newer))] == [field.id for field in fields_of(newer)]
    assert set(ids) == {field.id for field in fields_of(older)}
    path = tmp_path / "m.xlsx"
    write_workbook(made, path)
    versions = [row["rubric_version"] for row in table(path, "Formulieren")]
    assert versions == ["9", "10"]
    video = next(row for row in table(path, "Codeboek") if row["Variabele"] == "video")
    assert video["In versies van de rubric"] == "9"


def test_the_same_record_of_two_files_stands_once(tmp_path, rubric):
    one = version(record(rubric, full(rubric)), "a.xlsx", 1)
    two = version(record(rubric, full(rubric), medium="pdf"), "b.pdf", 2)
    path = tmp_path / "m.xlsx"
    write_workbook(book(tmp_path, rubric, [one, two]), path)
    (row,) = table(path, "Formulieren")
    assert row["form_id"] == f"{FORM[:4]}-{FORM[4:]}"
    assert row["medium"] == "Excel, PDF"


def test_columns_of_one_name_are_told_apart():
    columns = [Column("score"), Column("Score"), Column("score_")]
    assert [column.name for column in distinct(columns)] == ["score", "Score_", "score__"]


def test_rows_beyond_what_a_sheet_holds_go_on_the_next():
    rows = [[number] for number in range(7)]
    parts = list(in_sheets(Sheet("Scores", "t", "", (Column("n"),), rows), limit=3))
    assert [part.name for part in parts] == ["Scores", "Scores (2)", "Scores (3)"]
    assert [part.table for part in parts] == ["t", "t_2", "t_3"]
    assert [row for part in parts for row in part.rows] == rows


def test_sheets_come_as_data_too(tmp_path, rubric):
    made = book(tmp_path, rubric, [version(record(rubric, full(rubric)))])
    tables = [sheet.table for sheet in sheets_of(made)]
    assert tables[:3] == ["s2c_progress", "s2c_forms", "s2c_scores"]


def test_a_failed_write_leaves_the_old_workbook_and_nothing_half(tmp_path, rubric, monkeypatch):
    path = tmp_path / "out" / "master.xlsx"
    made = book(tmp_path, rubric)
    write_workbook(made, path)
    before = path.read_bytes()

    def held(*_: object) -> None:
        raise PermissionError(13, "held by Excel")

    monkeypatch.setattr(os, "replace", held)
    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(WriteError, match=r"held by Excel.*open in Excel"):
        write_workbook(replace(made, store="elsewhere"), path)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == ["master.xlsx"]


def test_a_stop_halfway_leaves_the_old_workbook(tmp_path, rubric, monkeypatch):
    path = tmp_path / "out" / "master.xlsx"
    made = book(tmp_path, rubric)
    write_workbook(made, path)
    before = path.read_bytes()

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(workbook, "draw_sheet", stop)
    with pytest.raises(KeyboardInterrupt):
        write_workbook(made, path)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == ["master.xlsx"]


def test_a_folder_in_the_way_is_told(tmp_path, rubric):
    (tmp_path / "m.xlsx").mkdir()
    with pytest.raises(WriteError):
        write_workbook(book(tmp_path, rubric), tmp_path / "m.xlsx")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["m.xlsx", "master.sqlite"]


def test_scores_are_coloured_by_their_value(three):
    loaded = openpyxl.load_workbook(three)
    formulas = [
        rule.formula[0] for found in loaded["Scores"].conditional_formatting for rule in found.rules
    ]
    assert len(formulas) == 3
    assert all("ISNUMBER" in formula for formula in formulas)


def test_a_place_that_is_gone_is_an_error_of_the_system(tmp_path, rubric):
    with pytest.raises(OSError, match="No such file"):
        workbook.draw(book(tmp_path, rubric), tmp_path / "gone" / "m.xlsx")
