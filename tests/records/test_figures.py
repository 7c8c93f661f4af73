"""Figures worked out by hand, from a few forms each."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import pytest

from s2c_forms.form.kinds import Value
from s2c_forms.form.roles import roles_of
from s2c_forms.form.rubric import Roles, Rubric
from s2c_forms.records import figures
from s2c_forms.records.merge import merge
from tests.records.made import record, version

DAY = dt.date(2026, 9, 7)


def form(rubric: Rubric, number: int, **values: Value | None):
    """A version of a form of its own."""
    return version(record(rubric, values, f"FORM{number:04}"), f"{number}.xlsx", number)


def talk(coach: str, number: int, rater: str | None, scores: Mapping[str, int], **more: Value):
    """The head of a conversation and its scores, by number of the factor."""
    head: dict[str, Value | None] = {
        "coach": coach,
        "jongere": "J-1",
        "gesprek_nr": number,
        "beoordelaar": rater,
        "datum": DAY + dt.timedelta(days=28 * number),
    }
    return head | {f"{factor}_score": score for factor, score in scores.items()} | more


def scored(rubric: Rubric, *talks):
    versions = [form(rubric, number, **values) for number, values in enumerate(talks, start=1)]
    return figures.scored_forms(merge(versions, {rubric.hash: rubric}), rubric)


def test_roles_follow_from_the_identity(rubric, second_rubric):
    assert roles_of(rubric) == Roles(
        "coach", ("datum", "gesprek_nr"), "beoordelaar", ("coach", "jongere", "gesprek_nr")
    )
    assert roles_of(second_rubric) == Roles(
        "teacher", ("lesson_date",), "", ("teacher", "lesson_date")
    )
    assert roles_of(replace(rubric, identity=())) == Roles()


def test_a_rubric_may_say_its_roles_itself_and_only_then_has_another_hash(second_rubric):
    own = replace(second_rubric, roles=Roles(rater="subject", moment=("group_size",)))
    assert roles_of(own) == Roles("teacher", ("group_size",), "subject", ("teacher", "lesson_date"))
    assert own.hash != second_rubric.hash
    assert replace(own, roles=None).hash == second_rubric.hash
    assert "roles" not in second_rubric.canonical()


def test_a_part_has_its_mean_latest_and_change(rubric):
    forms = scored(
        rubric,
        talk("C-2", 1, "zelf", {"f01": 1, "f02": 2}),  # mean 1.5
        talk("C-2", 3, "zelf", {"f01": 3}),  # mean 3
        talk("C-2", 2, "zelf", {"f01": 2, "f02": 3, "f03": 1, "f13": 2}),  # mean 2
        talk("C-10", 1, "zelf", {"f13": 1}),
    )
    first, second = figures.by_subject(forms, rubric)
    assert (first.subject, second.subject) == ("C-2", "C-10")
    part = first.parts["part1"]
    assert part.mean.value == pytest.approx((1.5 + 2 + 3) / 3)
    assert part.mean.n == 3
    assert (part.latest, part.change, part.other_rater) == (3, 1, False)
    assert "part2" not in first.parts
    assert first.parts["part3"] == figures.PartFigures(figures.Mean(2, 1), 2)
    assert list(second.parts) == ["part3"]


def test_a_change_is_from_the_same_raters_last_conversation(rubric):
    forms = scored(
        rubric,
        talk("C-1", 1, "zelf", {"f01": 1}),
        talk("C-1", 1, "supervisor", {"f01": 3}),
        talk("C-1", 2, "zelf", {"f01": 2}),
    )
    (mine,) = figures.by_subject(forms, rubric)
    assert mine.parts["part1"].change == 1
    assert not mine.parts["part1"].other_rater
    assert figures.rater_changes(mine.forms) == frozenset()


def test_a_change_of_rater_is_told(rubric):
    forms = scored(
        rubric,
        talk("C-1", 1, "zelf", {"f01": 1}),
        talk("C-1", 2, "supervisor", {"f01": 3}),
        talk("C-1", 3, "supervisor", {"f02": 3}),
    )
    (mine,) = figures.by_subject(forms[:2], rubric)
    assert mine.parts["part1"].change == 2
    assert mine.parts["part1"].other_rater
    assert figures.rater_changes(forms) == {forms[1].record.key}


def test_two_raters_of_one_conversation_are_no_change_in_time(rubric):
    forms = scored(
        rubric,
        talk("C-1", 1, "supervisor", {"f01": 3}, datum=DAY),
        talk("C-1", 1, "zelf", {"f01": 1}, datum=DAY + dt.timedelta(days=2)),
    )
    assert [one.rater for one in forms] == ["zelf", "supervisor"]
    (mine,) = figures.by_subject(forms, rubric)
    assert mine.parts["part1"].change is None
    assert figures.rater_changes(forms) == frozenset()
    assert figures.talks(forms) == 1


def test_a_subject_is_one_whatever_its_capitals_and_blanks(rubric):
    forms = scored(
        rubric,
        talk("c-1 ", 1, "zelf", {"f01": 1}),
        talk("C-1", 2, "zelf", {"f01": 2}),
        talk("C-1", 3, None, {"f01": 2}) | {"coach": None},
    )
    assert len({one.subject for one in forms[:2]}) == 1
    assert forms[2].subject == ""  # nobody's form comes last
    assert forms[2].conversation is None


def test_scores_are_counted_by_point(each_rubric):
    factor, *_ = each_rubric.factors
    low, high = each_rubric.scale[0].value, each_rubric.scale[-1].value
    subject = roles_of(each_rubric).subject
    versions = [
        form(each_rubric, number, **{subject: f"X-{number}", factor.score: score})
        for number, score in enumerate([low, high, high], start=1)
    ]
    forms = figures.scored_forms(merge(versions, {each_rubric.hash: each_rubric}), each_rubric)
    counts = figures.distribution(forms, each_rubric)
    assert counts[factor.id][low] == 1
    assert counts[factor.id][high] == 2
    assert sum(counts[factor.id].values()) == 3
    assert sum(sum(of.values()) for of in counts.values()) == 3


def test_raters_stand_beside_each_other_on_the_same_conversation(rubric):
    forms = scored(
        rubric,
        talk("C-1", 1, "zelf", {"f01": 3, "f02": 2}),
        talk("C-1", 1, "supervisor", {"f01": 2, "f03": 1}),
        talk("C-1", 2, "zelf", {"f01": 1}),
        talk("C-2", 2, "supervisor", {"f01": 3}),
        talk("C-2", 5, "zelf", {"f01": 2}),
        talk("C-2", 5, "supervisor", {"f01": 2}),
    )
    assert figures.raters(forms, rubric) == ("zelf", "supervisor")
    found = figures.pairs(forms, "zelf", "supervisor")
    assert [(p.conversation, p.factor, p.first, p.other) for p in found] == [
        (("c-1", "j-1", "1"), "f01", 3, 2),
        (("c-2", "j-1", "5"), "f01", 2, 2),
    ]
    (row,) = figures.beside(found, rubric)
    assert (row.factor.id, row.first, row.other, row.n) == ("f01", 2.5, 2, 2)
    assert figures.pairs(forms, "zelf", "collega") == ()


def test_without_raters_all_forms_are_one_raters(second_rubric):
    versions = [
        form(second_rubric, day, teacher="T-1", lesson_date=DAY.replace(day=day), warmth_score=s)
        for day, s in ((9, 4), (8, 0))
    ]
    forms = figures.scored_forms(
        merge(versions, {second_rubric.hash: second_rubric}), second_rubric
    )
    (mine,) = figures.by_subject(forms, second_rubric)
    assert mine.parts["climate"].change == 4
    assert figures.raters(forms, second_rubric) == ()
