"""The overview and the progress, read back by openpyxl."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from s2c_forms.form.kinds import Value
from s2c_forms.form.roles import roles_of
from s2c_forms.form.rubric import Rubric
from s2c_forms.master import write_workbook
from s2c_forms.master.overview import overview_of
from s2c_forms.records.problems import Problem
from s2c_forms.records.progress import Due
from tests.master.test_workbook import book, table
from tests.records.made import record, version

DAY = dt.date(2026, 9, 7)
Head = dict[str, Value | None]


def talk(coach: str, number: int, rater: str, **more: Value | None) -> Head:
    told: Head = {"coach": coach, "jongere": "J-1", "gesprek_nr": number, "beoordelaar": rater}
    return told | {"datum": DAY + dt.timedelta(days=28 * number)} | more


def made(tmp_path: Path, rubric: Rubric, talks: Iterable[Head], dues: tuple[Due, ...] = ()) -> Path:
    versions = [
        version(record(rubric, values, f"FORM{n:04}"), f"{n}.xlsx", n)
        for n, values in enumerate(talks, start=1)
    ]
    path = tmp_path / "m.xlsx"
    write_workbook(replace(book(tmp_path, rubric, versions), expected=dues), path)
    return path


def overview(path: Path) -> Any:
    return openpyxl.load_workbook(path).worksheets[1]


def titles(sheet: Any) -> list[str]:
    return [
        "".join(run.t for paragraph in chart.title.tx.rich.p for run in paragraph.r or ())
        for chart in sheet._charts
    ]


def texts(sheet: Any) -> list[str]:
    return [str(cell.value) for row in sheet for cell in row if cell.value is not None]


def rows(sheet: Any, name: str) -> list[dict[str, Any]]:
    cells = [[cell.value for cell in row] for row in sheet[sheet.tables[name].ref]]
    return [dict(zip(cells[0], row, strict=True)) for row in cells[1:]]


YEAR = [
    talk("C-1", 1, "zelf", f01_score=1, f02_score=2, f08_score=2),
    talk("C-1", 1, "supervisor", f01_score=2, f02_score=2, f08_score=1),
    talk("C-1", 2, "zelf", f01_score=3, f02_score=3),
    talk("C-2", 1, "zelf", f01_score=3),
    talk("C-2", 2, "supervisor", f01_score=1),
]


def test_the_figures_of_each_coach_stand_in_a_table(tmp_path, rubric):
    first, second = rows(overview(made(tmp_path, rubric, YEAR)), "s2c_overview")
    assert (first["coach"], first["n"]) == ("C-1", 3)
    assert first["I gem."] == pytest.approx((1.5 + 2 + 3) / 3)
    assert (first["I n"], first["I laatst"], first["I ±"]) == (3, 3, 1.5)
    assert (first["II gem."], first["II n"], first["II laatst"]) == (1.5, 2, 1)
    assert first["II ±"] is None
    assert first["III gem."] is None
    assert first["≠"] is None
    assert (second["coach"], second["beoordelaar"], second["≠"]) == ("C-2", "Supervisor", "≠")
    assert second["I ±"] == -2


def test_the_heat_map_has_every_score_and_its_colour(tmp_path, rubric):
    sheet = overview(made(tmp_path, rubric, YEAR))
    found = rows(sheet, "s2c_heat_map")
    assert len(found) == 5
    assert [row["1"] for row in found] == [1, 2, 3, 3, 1]
    assert [row["≠"] for row in found] == [None, None, None, None, "≠"]
    (first, *_), *others = list(sheet[sheet.tables["s2c_heat_map"].ref])[1:]
    assert first.value == "C-1"
    place = next(c.column for c in sheet[sheet.tables["s2c_heat_map"].ref][0] if c.value == "1")
    fills = {
        sheet.cell(cells[0].row, place).value: sheet.cell(cells[0].row, place).fill.fgColor.rgb
        for cells in others
    }
    assert len({fills[1], fills[2], fills[3]}) == 3


def test_charts_are_excels_own_and_named_in_dutch(tmp_path, rubric):
    sheet = overview(made(tmp_path, rubric, YEAR))
    assert titles(sheet) == [
        "Verdeling van de scores per factor",
        "Coach zelf naast Supervisor",
        "C-1 (3 formulieren)",
        "C-2 (2 formulieren)",
    ]
    distribution, beside, development, _ = sheet._charts
    assert distribution.grouping == "stacked"
    patterns = [one.graphicalProperties.pattFill for one in distribution.series]
    assert all(patterns[:-1])
    assert len(beside.series) == 2
    lines = [one.graphicalProperties.line.prstDash for one in development.series]
    markers = [one.marker.symbol for one in development.series]
    assert len(set(lines)) == len(set(markers)) == len(rubric.parts)


def test_what_charts_are_made_of_can_be_seen(tmp_path, rubric):
    sheet = overview(made(tmp_path, rubric, YEAR))
    line = sheet._charts[2].series[0].val.numRef.f
    assert line.startswith("Overzicht!")
    cells = [cell.value for (cell,) in sheet[line.split("!")[1]]]
    assert cells == [1.5, 3, None, 2]  # zelf, zelf, nothing between two raters, supervisor
    beside = [one.val.numRef.f.split("!")[1] for one in sheet._charts[1].series]
    assert [[cell.value for (cell,) in sheet[ref]] for ref in beside] == [[1, 2, 2], [2, 2, 1]]
    labels = [
        cell.value for (cell,) in sheet[sheet._charts[1].series[0].cat.strRef.f.split("!")[1]]
    ]
    assert labels == ["1 (n=1)", "2 (n=1)", "8 (n=1)"]


def test_there_is_no_chart_of_fewer_than_two_points(tmp_path, rubric):
    alone = overview(made(tmp_path, rubric, YEAR[:1]))
    assert alone._charts == []
    assert "Grafieken komen zodra er twee punten te tekenen zijn." in texts(alone)
    pair = [talk("C-1", 1, "zelf", f01_score=1), talk("C-1", 1, "supervisor", f01_score=2)]
    assert titles(overview(made(tmp_path / "b", rubric, pair))) == [
        "Verdeling van de scores per factor"
    ]


def test_an_empty_store_says_what_to_do(tmp_path, each_rubric):
    sheet = overview(made(tmp_path, each_rubric, []))
    assert sheet._charts == []
    assert len(texts(sheet)) == 2
    unscored = overview(made(tmp_path / "b", each_rubric, [{each_rubric.identity[0]: "X-1"}]))
    assert texts(unscored) == texts(sheet)


def test_another_rubric_has_its_own_overview(tmp_path, second_rubric):
    talks: list[Head] = [
        {"teacher": "T-1", "lesson_date": DAY, "warmth_score": 0, "explains_score": 4},
        {"teacher": "T-1", "lesson_date": DAY.replace(day=9), "warmth_score": 3},
    ]
    sheet = overview(made(tmp_path, second_rubric, talks))
    assert sheet.title == "Overview"
    (row,) = rows(sheet, "s2c_overview")
    assert (row["A mean"], row["A n"], row["A latest"], row["A change"]) == (1.5, 2, 3, 3)
    assert titles(sheet) == ["Distribution of scores by factor", "T-1 (2 forms)"]
    assert any("doesn't ask who scores" in text for text in texts(sheet))


def test_a_rubric_that_says_not_whose_it_is_has_figures_all_the_same(tmp_path, rubric):
    bare = replace(rubric, identity=(), version="9")
    assert roles_of(bare).subject == ""
    sheet = overview(made(tmp_path, bare, YEAR))
    assert any("niet van wie een formulier is" in text for text in texts(sheet))
    assert len(rows(sheet, "s2c_heat_map")) == 5


def test_forms_without_a_code_are_told_apart_from_those_with_one(tmp_path, rubric):
    talks = [*YEAR, talk("", 1, "zelf", f01_score=1) | {"coach": None}]
    told = overview_of(book(tmp_path, rubric, _versions(rubric, talks)))
    assert [one.subject for one in told.subjects] == ["C-1", "C-2", ""]
    path = tmp_path / "m.xlsx"
    write_workbook(told.book, path)
    assert len(rows(overview(path), "s2c_overview")) == 3


def _versions(rubric: Rubric, talks: Iterable[Head]):
    return [
        version(record(rubric, values, f"FORM{n:04}"), f"{n}.xlsx", n)
        for n, values in enumerate(talks, start=1)
    ]


def test_progress_shows_who_is_missing_one_filter_away(tmp_path, rubric):
    dues = (Due({"coach": "c-1", "gesprek_nr": 1, "beoordelaar": "zelf"}), Due({"coach": "C-3"}))
    path = made(tmp_path, rubric, YEAR[:2], dues)
    found = table(path, "Voortgang")
    assert [(row["Naam* coach"], row["Stand"]) for row in found] == [
        ("C-1", "onverwacht"),
        ("c-1", "binnen"),
        ("C-3", "ontbreekt"),
    ]
    assert [row["Formulier"] for row in found] == ["FORM-0002", "FORM-0001", None]
    sheet = openpyxl.load_workbook(path)["Voortgang"]
    assert "1 van 2 formulieren binnen, 1 ontbreken; 1 onverwacht." in " ".join(texts(sheet))
    (listed,) = sheet.tables.values()
    assert listed.autoFilter is not None


def test_a_head_that_says_otherwise_is_remarked_on(tmp_path, rubric):
    dues = (Due({"coach": "C-9", "gesprek_nr": 1}, frozenset({"FORM0001"})),)
    (row,) = table(made(tmp_path, rubric, YEAR[:1], dues), "Voortgang")
    assert row["Stand"] == "binnen"
    assert row["Opmerking"] == "Naam* coach op het formulier: C-1."


def test_more_forms_and_blank_ones_are_remarked_on(tmp_path, rubric):
    blank = Problem("nothing_filled_in", None, "")
    versions = [
        version(record(rubric, talk("C-1", 1, "zelf", f01_score=1), "FORM0001"), "1.xlsx", 1),
        version(record(rubric, talk("C-1", 1, "collega", f01_score=1), "FORM0002"), "2.xlsx", 2),
        version(record(rubric, {"coach": "C-2"}, "FORM0003", problems=(blank,)), "3.xlsx", 3),
    ]
    dues = (Due({"coach": "C-1"}), Due({"coach": "C-2"}))
    path = tmp_path / "m.xlsx"
    write_workbook(replace(book(tmp_path, rubric, versions), expected=dues), path)
    found = table(path, "Voortgang")
    assert [(row["Stand"], row["Opmerking"]) for row in found] == [
        ("binnen", "Er kwamen 2 formulieren."),
        ("ontbreekt", "Het kwam leeg terug."),
    ]


def test_without_a_roster_progress_says_how_to_give_one(tmp_path, rubric):
    path = made(tmp_path, rubric, YEAR)
    assert "--roster" in " ".join(texts(openpyxl.load_workbook(path)["Voortgang"]))
    (row,) = table(path, "Voortgang")
    assert set(row.values()) == {None}
