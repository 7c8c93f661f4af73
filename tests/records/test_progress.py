"""What was expected beside what came."""

import datetime as dt

from s2c_forms.records.merge import Merged, merge
from s2c_forms.records.problems import Problem
from s2c_forms.records.progress import Due, Step, only_codes, progress
from s2c_forms.records.screening import OPEN, Sieve
from tests.records.made import record, version


def came(rubric, *heads, problems=()) -> tuple[Merged, ...]:
    versions = [
        version(record(rubric, head, f"FORM{n:04}", problems=problems), f"{n}.xlsx", n)
        for n, head in enumerate(heads, start=1)
    ]
    return merge(versions, {rubric.hash: rubric})


def told(steps: tuple[Step, ...]) -> list[tuple[str, tuple[str, ...]]]:
    return [(step.state, tuple(id_ for r in step.records for id_ in r.form_ids)) for step in steps]


def test_a_head_matches_whatever_its_case_and_blanks(rubric):
    records = came(rubric, {"coach": "c-1 ", "gesprek_nr": 2, "f01_score": 1})
    dues = [Due({"coach": "C-1", "gesprek_nr": 2}), Due({"coach": "C-1", "gesprek_nr": 3})]
    assert told(progress(dues, records)) == [("in", ("FORM0001",)), ("missing", ())]


def test_what_nobody_expected_is_told(rubric):
    records = came(rubric, {"coach": "C-9", "f01_score": 1}, {"f01_score": 1})
    steps = progress([Due({"coach": "C-1"})], records)
    assert [state for state, _ in told(steps)] == ["missing", "unexpected", "unexpected"]


def test_a_form_made_for_a_row_is_that_row_whatever_its_head_says_now(rubric):
    records = came(rubric, {"coach": "C-2", "f01_score": 1})
    dues = [Due({"coach": "C-1"}, frozenset({"FORM0001"}))]
    assert told(progress(dues, records)) == [("in", ("FORM0001",))]


def test_a_copied_form_is_not_the_row_it_was_made_for(rubric):
    first, second = {"coach": "C-1", "f01_score": 1}, {"coach": "C-2", "f01_score": 1}
    records = came(rubric, first, second)
    dues = [Due({"coach": "C-1"}, frozenset({"FORM0001", "FORM0002"}))]
    assert told(progress(dues, records)) == [("in", ("FORM0001",)), ("unexpected", ("FORM0002",))]


def test_equal_rows_expect_a_form_each(rubric):
    one = {"coach": "C-1", "gesprek_nr": 1, "f01_score": 1}
    dues = [Due({"coach": "C-1"}), Due({"coach": "C-1"})]
    assert [state for state, _ in told(progress(dues, came(rubric, one)))] == ["in", "missing"]
    both = came(rubric, one, one | {"gesprek_nr": 2})
    assert [state for state, _ in told(progress(dues, both))] == ["in", "in"]
    three = came(rubric, one, one | {"gesprek_nr": 2}, one | {"gesprek_nr": 3})
    assert [len(step.records) for step in progress(dues, three)] == [2, 1]


def test_a_form_goes_to_the_row_that_says_most_of_its_head(rubric):
    day = dt.date(2026, 9, 7)
    records = came(rubric, {"coach": "C-1", "datum": day, "f01_score": 1})
    dues = [Due({"coach": "C-1"}), Due({"coach": "C-1", "datum": day})]
    assert [state for state, _ in told(progress(dues, records))] == ["missing", "in"]


def test_a_form_that_came_back_blank_is_still_missing(rubric):
    blank = Problem("nothing_filled_in", None, "")
    records = came(rubric, {"coach": "C-1"}, problems=(blank,))
    (step,) = progress([Due({"coach": "C-1"})], records)
    assert step.state == "missing"
    assert step.records == records


def test_a_name_in_a_roster_is_not_shown(rubric):
    due = Due({"coach": "Anna de Vries", "gesprek_nr": 1})
    assert only_codes(due, rubric, Sieve(word="[naam]")).head == {
        "coach": "[naam]",
        "gesprek_nr": 1,
    }
    assert only_codes(due, rubric, OPEN) == due
