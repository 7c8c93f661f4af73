"""A coordinator's year, the workbook opened and saved by LibreOffice between all its steps."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from s2c_forms import api
from s2c_forms.demo.fill.excel import fill
from tests.programs.test_deciding_programs import work
from tests.records.made import full
from tests.scenarios.conftest import coordinator
from tests.scenarios.coordinator import Coordinator

pytestmark = [pytest.mark.programs, pytest.mark.slow]
__all__ = ["coordinator"]


def scores(year: Coordinator, field_id: str) -> list[object]:
    return [row[field_id] for row in year.rows("Formulieren")]


def receive_of_version_2(year: Coordinator, folder: Path) -> None:
    newer = replace(year.rubric, version="2", title="Reflectie op coachgesprekken, nieuw")
    (made,) = api.generate(newer, api.Order(media=("excel",)), folder, year.store)
    fill(made.path, full(newer) | {"gesprek_nr": 3}, year.inbox / "nieuw.xlsx")


def researchers_table(year: Coordinator, path: Path) -> list[dict[str, str]]:
    api.export(year.master, path, api.Wish(plain=True))
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_from_september_to_july(office, coordinator: Coordinator, tmp_path):
    year = coordinator
    # October: two conversations come back, and one of them twice with another score.
    first = year.hand_out()
    year.receive(first, "form (1).xlsx", {"gesprek_nr": 1, "f02_score": 1})
    year.receive(first, "form (1) kopie.xlsx", {"gesprek_nr": 1, "f02_score": 3})
    second = year.hand_out()
    year.receive(second, "form (2).xlsx", {"gesprek_nr": 2})
    year.merge(year.inbox)
    assert [field for field, _ in year.questions()] == ["f02_score"]

    # November: decided and corrected in LibreOffice.
    question = year.rows("Nakijken")[0]["s2c_id"]
    other = year.form(1)["record"]
    typed = [
        ["Nakijken", "s2c_id", question, "Antwoord", "3"],
        ["Formulieren", "record", other, "f03_score", 1],
    ]
    work(office, year, typed)
    assert year.merge().decided == 2
    assert year.questions() == []
    assert scores(year, "f02_score") == [3, 2]
    assert scores(year, "f03_score") == [2, 1]

    # December: a revision disagrees with the correction; the correction holds, and it is asked.
    year.receive(second, "form (2) verbeterd.xlsx", {"gesprek_nr": 2, "f03_score": 3})
    work(office, year, [])
    year.merge(year.inbox)
    assert scores(year, "f03_score") == [2, 1]
    assert [field for field, _ in year.questions()] == ["f03_score"]
    question = year.rows("Nakijken")[0]["s2c_id"]
    work(office, year, [["Nakijken", "s2c_id", question, "Antwoord", "3"]])
    year.merge()
    assert scores(year, "f03_score") == [2, 3]

    # January: a second rater of the first conversation is a record of its own.
    year.receive(year.hand_out(), "super.xlsx", {"gesprek_nr": 1, "beoordelaar": "supervisor"})
    work(office, year, [])
    year.merge(year.inbox)
    assert [row["beoordelaar"] for row in year.rows("Formulieren")].count("supervisor") == 1
    assert year.questions() == []

    # March: a new version of the rubric; its forms come into the same workbook.
    receive_of_version_2(year, tmp_path / "new")
    work(office, year, [])
    year.merge(year.inbox)
    assert sorted(str(row["rubric_version"]) for row in year.rows("Formulieren")) == [*"1112"]

    # June: what the researcher gets is what the workbook holds, after all of that.
    work(office, year, [])
    year.merge()
    exported = researchers_table(year, tmp_path / "data.csv")
    for name in ("f02_score", "f03_score", "gesprek_nr"):
        assert [int(row[name]) for row in exported] == scores(year, name)
    assert len(year.log()) == 3
