"""Two versions of a rubric in one workbook: what was kept, renamed, inserted and dropped."""

import datetime as dt
from dataclasses import replace

import pytest

from s2c_forms.form.fields import field_index
from s2c_forms.form.kinds import Value
from s2c_forms.form.rubric import Renamed, Roles, Rubric
from s2c_forms.form.rubric_file import load_rubric
from s2c_forms.records.decide import Desk
from s2c_forms.records.decision import Decision, Target
from s2c_forms.records.lineup import line_up, rename
from s2c_forms.records.merge import merge
from s2c_forms.records.problems import Problem
from tests.conftest import FILES
from tests.records.made import full, record, version

WHEN = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def newer() -> Rubric:
    return load_rubric(FILES / "second-instrument-2.yaml")


def test_ids_of_an_older_version_become_those_of_the_newest(second_rubric, newer):
    lineup = line_up([second_rubric, newer])
    older, same = lineup.rubrics
    assert same is newer
    assert older.version == second_rubric.version
    assert older.identity == ("teacher", "lesson_day")
    assert {"explains_terms", "calm_score", "lesson_day"} <= set(field_index(older))
    assert "calm" in {factor.id for factor in older.factors}
    dropped = set(field_index(older)) - set(field_index(newer))
    assert dropped == {"explains_example"}
    assert set(field_index(newer)) - set(field_index(older)) == {"warmth_smiles", "room"}


def test_answers_and_problems_follow_their_question(second_rubric, newer):
    lineup = line_up([second_rubric, newer])
    bad = Problem("not_on_scale", "order_score", "Form!D4", "9")
    told = full(second_rubric) | {"order_score": None, "explains_words": True}
    (one,) = lineup.versions([version(record(second_rubric, told, problems=(bad,)))])
    assert one.record.values["explains_terms"] is True
    assert "explains_words" not in one.record.values
    assert one.record.problems[0].field_id == "calm_score"
    assert one.record.stamp.version == second_rubric.version


def test_a_form_of_each_version_about_one_lesson_are_one_record(second_rubric, newer):
    lineup = line_up([second_rubric, newer])
    head: dict[str, Value] = {"teacher": "T-1"}
    old = version(record(second_rubric, full(second_rubric) | head, "AAAA1111"), "a.xlsx", 1)
    new = version(record(newer, full(newer) | head, "BBBB2222"), "b.xlsx", 2)
    rubrics = {each.hash: each for each in lineup.rubrics}
    (merged,) = merge(lineup.versions([old, new]), rubrics)
    assert len(merged.versions) == 2
    assert merged.values["calm_score"] == 2
    asked = {question.field_id for question in merged.questions}
    assert "calm_score" not in asked  # they agree
    assert "warmth_smiles" not in asked  # the older never asked


def test_what_was_decided_follows_its_question(second_rubric, newer):
    lineup = line_up([second_rubric, newer])
    target = Target(frozenset({"x:0"}), "k", ("AAAA1111",), "order_score")
    kept = replace(target, field_id="warmth_score")
    decisions = tuple(Decision(one, "value", 3, "forms", WHEN) for one in (target, kept))
    told = lineup.desk(Desk(decisions)).decisions
    assert [one.target.field_id for one in told] == ["calm_score", "warmth_score"]


def test_renamings_follow_each_other_over_versions(second_rubric, newer):
    third = rename(newer, {"explains_terms": "explains_jargon"})
    third = replace(
        third, version="2026.3", renamed=(Renamed("explains_terms", "explains_jargon"),)
    )
    names = line_up([second_rubric, newer, third]).names
    assert names[second_rubric.hash]["explains_words"] == "explains_jargon"
    assert names[newer.hash] == {"explains_terms": "explains_jargon"}
    chain = replace(third, renamed=(Renamed("explains_words", "explains_terms"), *third.renamed))
    skipped = line_up([second_rubric, chain]).names
    assert skipped[second_rubric.hash]["explains_words"] == "explains_jargon"


def test_two_questions_never_become_one(second_rubric):
    clash = (
        Renamed("warmth_greets", "explains_checks"),
        Renamed("goal", "x"),
        Renamed("notes", "x"),
    )
    newer = replace(second_rubric, version="2026.2", renamed=clash)
    assert line_up([second_rubric, newer]).names[second_rubric.hash] == {}


def test_ids_may_be_exchanged(second_rubric):
    swapped = {"warmth_greets": "warmth_listens", "warmth_listens": "warmth_greets"}
    told = rename(second_rubric, swapped)
    first, second = told.factors[0].indicators
    assert (first.id, second.id) == ("warmth_listens", "warmth_greets")
    assert rename(told, swapped) == second_rubric


def test_one_version_is_left_as_it_is(each_rubric):
    lineup = line_up([each_rubric])
    one = version(record(each_rubric, full(each_rubric)))
    assert lineup.versions([one]) == [one]
    assert lineup.rubrics == (each_rubric,)


def test_roles_follow_their_fields(second_rubric, newer):
    roles = Roles("teacher", ("lesson_date",), "subject", ("teacher", "lesson_date"))
    older, _ = line_up([replace(second_rubric, roles=roles), newer]).rubrics
    expected = Roles("teacher", ("lesson_day",), "subject", ("teacher", "lesson_day"))
    assert older.roles == expected
