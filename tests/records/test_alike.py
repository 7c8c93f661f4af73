"""Forms whose heads have gaps: never glued together by guess, never doubled without a word."""

import pytest

from s2c_forms.records.merge import merge
from tests.records.made import FORM, HEAD, OTHER_FORM, full, record, version


def merged(rubric, *versions):
    return merge(versions, {rubric.hash: rubric})


def codes(records):
    return [[question.code for question in found.questions] for found in records]


def without(values, *names):
    return {name: None if name in names else value for name, value in values.items()}


@pytest.mark.parametrize("gaps", [("datum",), ("beoordelaar",), ("datum", "gesprek_nr")])
def test_equal_answers_under_a_head_with_gaps_are_asked_about(rubric, gaps):
    one = version(record(rubric, without(full(rubric), *gaps)))
    two = version(record(rubric, without(full(rubric), *gaps), OTHER_FORM, "pdf"), "b.pdf")
    records = merged(rubric, one, two)
    assert codes(records) == [["maybe_same"], ["maybe_same"]]
    assert {found.questions[0].raw for found in records} == {"AAAA-1111", "BBBB-2222"}


def test_a_gap_in_one_of_the_heads_is_enough(rubric):
    one = version(record(rubric, full(rubric)))
    two = version(record(rubric, without(full(rubric), "datum"), OTHER_FORM), "b.xlsx")
    assert codes(merged(rubric, one, two)) == [["maybe_same"], ["maybe_same"]]


def test_heads_that_lack_one_field_are_asked_about_whatever_the_answers(rubric):
    one = version(record(rubric, without(full(rubric, 1), "datum")))
    two = version(record(rubric, without(full(rubric, 3), "datum"), OTHER_FORM), "b.xlsx")
    assert codes(merged(rubric, one, two)) == [["maybe_same"], ["maybe_same"]]


def test_other_answers_under_nearly_empty_heads_are_two_conversations(rubric):
    gaps = tuple(name for name in HEAD if name != "coach")
    one = version(record(rubric, without(full(rubric, 1), *gaps)))
    two = version(record(rubric, without(full(rubric, 3), *gaps), OTHER_FORM), "b.xlsx")
    assert codes(merged(rubric, one, two)) == [[], []]


def test_heads_that_contradict_each_other_are_two_conversations(rubric):
    one = version(record(rubric, without(full(rubric), "datum")))
    other = without(full(rubric), "datum") | {"jongere": "J-8"}
    two = version(record(rubric, other, OTHER_FORM), "b.xlsx")
    assert codes(merged(rubric, one, two)) == [[], []]


def coach(rubric, name, **answers):
    head = {"coach": name, "jongere": name.replace("C", "J"), "gesprek_nr": 1}
    return record(rubric, head | answers, FORM)


@pytest.mark.parametrize("third", [{}, {"f03_score": 1}], ids=["blank", "without a head"])
def test_one_mailed_form_never_glues_two_coaches_together(rubric, third):
    one = version(coach(rubric, "C-1", f01_score=2, reflectie="van C-1"), "a.xlsx")
    two = version(coach(rubric, "C-2", f02_score=3, feedback="van C-2"), "b.xlsx")
    blank = _blank(rubric) if not third else record(rubric, third, FORM)
    records = merged(rubric, one, two, version(blank, "leeg.xlsx"))
    of_coach = {found.values["coach"]: found for found in records if found.values["coach"]}
    assert set(of_coach) == {"C-1", "C-2"}
    assert of_coach["C-1"].values["f02_score"] is None
    assert of_coach["C-2"].values["f01_score"] is None
    assert len(records) == (2 if not third else 3)
    assert all("copied_form" in found for found in codes(records))


def _blank(rubric):
    from s2c_forms.records.problems import Problem

    return record(rubric, {}, FORM, problems=(Problem("nothing_filled_in", None, ""),))
