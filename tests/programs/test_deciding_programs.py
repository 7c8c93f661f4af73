"""A master that was worked in with LibreOffice comes back like one of Excel."""

import json
import sys
from typing import Any

import pytest

from s2c_forms.errors import ExitCode
from tests.programs.office import HERE, Office
from tests.scenarios.conftest import coordinator
from tests.scenarios.coordinator import Coordinator

pytestmark = [pytest.mark.programs, pytest.mark.slow]
__all__ = ["coordinator"]


def work(
    office: Office,
    master: Coordinator,
    typed: list[list[object]],
    changes: str = "",
    meanwhile: list[str] | None = None,
) -> dict[str, Any]:
    """Type and do things in LibreOffice, and save."""
    told = [json.dumps(typed), changes, json.dumps(meanwhile or [])]
    found: dict[str, Any] = json.loads(
        office.run_uno(HERE / "uno_master.py", master.master, *told).splitlines()[-1]
    )
    return found


@pytest.fixture
def two(coordinator: Coordinator) -> Coordinator:
    """Two conversations, one of which came back twice with another score."""
    form = coordinator.hand_out()
    coordinator.receive(form, "a.xlsx", {"f02_score": 1, "gesprek_nr": 1})
    coordinator.receive(form, "b.xlsx", {"f02_score": 3, "gesprek_nr": 1})
    coordinator.receive(coordinator.hand_out(), "c.xlsx", {"gesprek_nr": 2})
    coordinator.merge(coordinator.inbox)
    return coordinator


@pytest.mark.parametrize("changes", ["", "sort", "hide", "insert,sort"])
def test_answers_and_corrections_typed_in_calc_are_taken_over(office, two: Coordinator, changes):
    second = two.form(1)["record"]
    question = two.rows("Nakijken")[0]["s2c_id"]
    typed: list[list[object]] = [
        ["Nakijken", "s2c_id", question, "Antwoord", "3 = Goed"],
        ["Nakijken", "s2c_id", question, "Opmerking", "nagevraagd bij €"],
        ["Formulieren", "record", second, "f03_score", 1],
        ["Formulieren", "record", second, "doel", "Ander doel"],
        ["Formulieren", "record", second, "f01_i01", ""],
        ["Formulieren", "record", second, "datum", "1-10-2026"],
    ]
    work(office, two, typed, changes)
    report = two.merge()
    assert (report.decided, report.questions) == (5, 0)
    assert report.notices == ()
    rows = two.rows("Formulieren")
    assert [row["f02_score"] for row in rows] == [3, 2]
    assert [row["f03_score"] for row in rows] == [2, 1]
    assert (rows[1]["doel"], rows[1]["f01_i01"]) == ("Ander doel", "")
    assert rows[1]["datum"].isoformat() == "2026-10-01"
    assert two.rows("Logboek")[0]["Opmerking"] == "nagevraagd bij €"
    assert two.kept_aside() == []


def test_a_master_that_calc_only_saved_says_nothing(office, two: Coordinator):
    before = two.master.read_bytes()
    work(office, two, [])
    assert two.master.read_bytes() != before
    report = two.merge()
    assert (report.decided, report.notices) == (0, ())
    assert two.master.read_bytes() == before


def test_a_sheet_of_ones_own_is_kept_aside(office, two: Coordinator):
    work(office, two, [], "own")
    report = two.merge()
    assert len(two.kept_aside()) == 1
    assert "Van mij" in report.notices[0].text("nl")


def test_a_master_that_is_open_in_calc_is_left_alone(office, two: Coordinator):
    two.receive(two.hand_out(), "d.xlsx", {"gesprek_nr": 3})
    merge = [sys.executable, "-m", "s2c_forms", "merge", str(two.inbox), "--into", str(two.master)]
    second = two.form(1)["record"]
    typed: list[list[object]] = [["Formulieren", "record", second, "f03_score", 1]]
    done = work(office, two, typed, "", merge)
    assert f".~lock.{two.master.name}#" in done["beside"]
    assert done["code"] == ExitCode.WRITE
    report = two.merge()
    assert (report.decided, report.forms) == (1, 3)
    assert [row["f03_score"] for row in two.rows("Formulieren")] == [2, 1, 2]
