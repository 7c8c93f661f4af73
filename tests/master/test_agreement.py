"""The sheet of agreement: figures, intervals, tables and a sentence, or a friendly word."""

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from s2c_forms.form.rubric import Rubric
from s2c_forms.master import write_workbook
from s2c_forms.master.sheets.agreement import agreement_sheet
from s2c_forms.records.merge import Version
from tests.master.test_workbook import book, table
from tests.records.made import full, record, version

pytestmark = pytest.mark.slow

MIXED = [(1, 1), (1, 2), (2, 2), (2, 2), (3, 3), (3, 2), (1, 1), (2, 3), (3, 3), (2, 2), (1, 3)]


def scored(rubric: Rubric, given: Sequence[tuple[int, int]]) -> list[Version]:
    """Conversations that coach and supervisor scored: one factor so, all others with a 3."""
    score = rubric.factors[0].score
    return [
        version(
            record(
                rubric,
                full(rubric, 3) | {"gesprek_nr": number, "beoordelaar": rater, score: value},
                f"F{number:03}{rater}",
            ),
            f"{number}-{rater}.xlsx",
            number,
        )
        for number, pair in enumerate(given, start=1)
        for rater, value in zip(("zelf", "supervisor"), pair, strict=True)
    ]


def sheet(
    tmp_path: Path, rubric: Rubric, given: Sequence[tuple[int, int]]
) -> list[dict[str, object]]:
    write_workbook(book(tmp_path, rubric, scored(rubric, given)), tmp_path / "m.xlsx")
    return table(tmp_path / "m.xlsx", "Overeenstemming")


def test_a_row_tells_figures_intervals_and_how_to_read_them(tmp_path, rubric):
    rows = sheet(tmp_path, rubric, MIXED)
    assert len(rows) == 1 + len(rubric.parts) + len(rubric.factors)
    whole, part, factor = rows[:3]
    assert whole["Onderdeel"] == "alles"
    assert (part["Factor"], part["Gesprekken"], part["Scores"]) == (None, 11, 77)
    assert factor["Beoordelaars"] == "Coach zelf – Supervisor"
    assert str(factor["Factor"]).startswith("1 De coach luistert")
    assert factor["Gelijk"] == 7 / 11
    assert 0.4 < float(str(factor["Kappa, kwadratisch"])) < 0.6
    low, high = str(factor["Alfa, 95 %"]).split(" – ")
    assert "," in low + high
    assert str(factor["Hoe je dit leest"]).startswith("Laag: het maakt uit wie er scoort")
    assert (factor["1 · 3"], factor["2 · 2"], factor["3 · 1"]) == (1, 3, 0)
    assert [line.split() for line in str(factor["Tabel"]).split("\n")] == [
        ["·", "1", "2", "3"],
        ["1", "2", "1", "1"],
        ["2", "0", "3", "1"],
        ["3", "0", "1", "2"],
    ]


def test_without_variation_it_says_that_nothing_can_be_computed(tmp_path, rubric):
    always_three = sheet(tmp_path, rubric, MIXED)[3]
    assert always_three["Gelijk"] == 1
    names = ("Kappa, lineair", "Kappa, kwadratisch", "Alfa", "Alfa, 95 %", "AC2")
    assert {always_three[name] for name in names} == {"niet te berekenen"}
    assert str(always_three["Hoe je dit leest"]).startswith("Elke score is 3.")


def test_under_ten_conversations_no_cell_has_a_coefficient(tmp_path, rubric):
    rows = sheet(tmp_path, rubric, MIXED[:9])
    assert {row["Hoe je dit leest"] for row in rows} == {
        "Te weinig: vanaf 10 gesprekken zijn er coëfficiënten."
    }
    assert {row[name] for row in rows for name in ("Gelijk", "Alfa", "AC2", "AC2, 95 %")} == {None}
    assert rows[2]["2 · 2"] == 2


def test_high_agreement_with_a_low_alpha_is_explained(tmp_path, rubric):
    factor = sheet(tmp_path, rubric, [(3, 3)] * 14 + [(3, 2), (2, 3)])[2]
    told = str(factor["Hoe je dit leest"])
    assert told.startswith("Ze zijn het in 88 % van de scores eens, en toch is alfa laag")
    assert "bijna alle scores zijn 3" in told


def test_a_good_figure_with_a_wide_interval_is_no_promise(tmp_path, rubric):
    factor = sheet(tmp_path, rubric, [(1, 1)] * 4 + [(2, 2)] * 4 + [(3, 3)] * 3 + [(3, 1)])[2]
    assert str(factor["Hoe je dit leest"]).endswith("met meer gesprekken wordt het duidelijker.")


def test_where_nobody_scored_the_same_it_says_so(tmp_path, rubric, second_rubric):
    alone = version(record(rubric, full(rubric)))
    told = agreement_sheet(book(tmp_path / "a", rubric, [alone])).lead
    assert told.startswith("Nog geen gesprek is door twee mensen gescoord")
    other = agreement_sheet(book(tmp_path / "b", second_rubric)).lead
    assert other.startswith("This rubric doesn't ask who scores")


def test_numbers_are_numbers_with_two_decimals(tmp_path, rubric):
    sheet(tmp_path, rubric, MIXED)
    page = openpyxl.load_workbook(tmp_path / "m.xlsx")["Overeenstemming"]
    heads = [cell.value for cell in page[3]]
    assert page[6][heads.index("Alfa")].number_format == "0.00"
    assert page[6][heads.index("Gelijk")].number_format == "0%"
