"""More forms than a workbook is a pleasure with: long tables stand beside it."""

import csv

import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from s2c_forms.errors import ExitCode, RubricError
from s2c_forms.master import beside
from tests.records.made import full


@pytest.fixture
def limit(tmp_path, monkeypatch):
    """Give a function that sets the limit as a school does, in a file of its own."""
    (tmp_path / "templates").mkdir()
    monkeypatch.chdir(tmp_path)

    def set_limit(text):
        (tmp_path / "templates" / "workbook.yaml").write_text(text, encoding="utf-8")
        beside.most_forms.cache_clear()

    yield set_limit
    beside.most_forms.cache_clear()


def receive(coordinator, *names):
    for number, name in enumerate(names, start=1):
        head = {"coach": f"C-{number:03}", "gesprek_nr": number}
        coordinator.receive(coordinator.hand_out(), name, head)


def sheets(coordinator):
    return CalamineWorkbook.from_path(coordinator.master).sheet_names


def start_texts(coordinator):
    rows = CalamineWorkbook.from_path(coordinator.master).get_sheet_by_name("Start").to_python()
    return "\n".join(str(cell) for row in rows for cell in row)


def tables(coordinator):
    return sorted(path.name for path in coordinator.master.parent.glob("master-*"))


def test_past_the_limit_long_tables_stand_beside_the_workbook_and_everybody_is_told(
    coordinator, limit
):
    limit("forms: 1")
    receive(coordinator, "a.xlsx", "b.xlsx")
    report = coordinator.merge(coordinator.inbox)
    assert report.exit_code is ExitCode.DONE
    assert not {"Scores", "Indicatoren"} & set(sheets(coordinator))
    assert {"Formulieren", "Nakijken", "Codeboek"} <= set(sheets(coordinator))
    (notice,) = report.notices
    assert "Scores en Indicatoren" in notice.text("nl")
    assert "master-scores.parquet en master-indicators.parquet" in notice.text("nl")
    assert "master-scores.parquet" in start_texts(coordinator)
    assert "Naast deze werkmap" in start_texts(coordinator)
    scores = pl.read_parquet(coordinator.master.with_name("master-scores.parquet"))
    assert len(scores) == 2 * len(coordinator.rubric.factors)
    assert set(scores["coach"]) == {"C-001", "C-002"}
    ticks = pl.read_parquet(coordinator.master.with_name("master-indicators.parquet"))
    told = full(coordinator.rubric)
    for row in ticks.iter_rows(named=True):
        assert row["ticked"] == int(told[row["indicator"]] is True)


def test_what_is_decided_is_in_the_files_after_the_next_merge(coordinator, limit):
    limit("forms: 1")
    receive(coordinator, "a.xlsx", "b.xlsx")
    coordinator.merge(coordinator.inbox)
    place = coordinator.master.with_name("master-scores.parquet")
    before = place.read_bytes()
    coordinator.merge(coordinator.inbox)
    assert place.read_bytes() == before  # nothing new: nothing changed, and they are no input
    receive(coordinator, "a.xlsx", "b.xlsx", "c.xlsx")
    coordinator.merge(coordinator.inbox)
    assert set(pl.read_parquet(place)["coach"]) == {"C-001", "C-002", "C-003"}


def test_below_the_limit_again_the_files_go_and_the_sheets_are_back(coordinator, limit):
    limit("forms: 1")
    receive(coordinator, "a.xlsx", "b.xlsx")
    coordinator.merge(coordinator.inbox)
    limit("forms: 2")
    report = coordinator.merge()
    assert report.notices == ()
    assert {"Scores", "Indicatoren"} <= set(sheets(coordinator))
    assert tables(coordinator) == []


def test_without_polars_they_are_csv_and_it_is_said_how_to_get_parquet(
    coordinator, limit, monkeypatch
):
    limit("forms: 1")
    receive(coordinator, "a.xlsx", "b.xlsx")
    coordinator.merge(coordinator.inbox)
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    report = coordinator.merge()
    assert tables(coordinator) == ["master-indicators.csv", "master-scores.csv"]
    assert 's2c-forms[research]"' in report.notices[-1].text()
    with coordinator.master.with_name("master-scores.csv").open(encoding="utf-8-sig") as stream:
        rows = list(csv.DictReader(stream, delimiter=";"))
    assert len(rows) == 2 * len(coordinator.rubric.factors)
    assert {row["score"] for row in rows} == {"2"}


def test_a_file_of_that_name_that_is_not_ours_is_left_alone(coordinator, limit):
    limit("forms: 1")
    receive(coordinator, "a.xlsx", "b.xlsx")
    coordinator.master.parent.mkdir()
    theirs = coordinator.master.with_name("master-scores.parquet")
    theirs.write_bytes(b"mine")
    report = coordinator.merge(coordinator.inbox)
    assert report.exit_code is ExitCode.WRITE
    assert "master-scores.parquet" in report.unwritten.text()
    assert theirs.read_bytes() == b"mine"
    theirs.unlink()
    assert coordinator.merge().exit_code is ExitCode.DONE
    assert len(tables(coordinator)) == 2


def test_more_rows_than_a_sheet_has_go_beside_whatever_the_limit(coordinator, limit, monkeypatch):
    limit("forms: 1000000")
    monkeypatch.setattr(beside, "_ROWS", 2 * len(coordinator.rubric.indicators) - 1)
    receive(coordinator, "a.xlsx", "b.xlsx")
    coordinator.merge(coordinator.inbox)
    assert len(tables(coordinator)) == 2


@pytest.mark.parametrize("text", ["forms: 0", "forms: veel", "forms: 1.5", "forms: yes", "[]", ""])
def test_a_limit_that_can_not_be_meant_is_told_before_anything_is_done(coordinator, limit, text):
    limit(text)
    receive(coordinator, "a.xlsx")
    with pytest.raises(RubricError, match=r"workbook\.yaml"):
        coordinator.merge(coordinator.inbox)
    assert not coordinator.store.exists()
