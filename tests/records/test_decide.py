"""What a person settled holds, whatever comes back later, in whatever order."""

import datetime as dt
from collections.abc import Mapping

import pytest

from s2c_forms.form.kinds import Value
from s2c_forms.form.rubric import Rubric
from s2c_forms.records.decide import Decided, Desk, decide, pin, settle
from s2c_forms.records.decision import Decision, Note, Target, Verdict
from s2c_forms.records.merge import Merged, Version, merge
from s2c_forms.records.problems import Problem
from tests.records.made import FORM, OTHER_FORM, full, record, version

WHEN = dt.datetime(2026, 11, 23, 2, 14, tzinfo=dt.UTC)


def said(
    rubric: Rubric,
    file: str = "a.xlsx",
    form_id: str = FORM,
    problems: tuple[Problem, ...] = (),
    /,
    **values: Value | None,
) -> Version:
    return version(record(rubric, {**full(rubric), **values}, form_id, problems=problems), file)


def settled(rubric: Rubric, versions: list[Version], desk: Desk) -> Decided:
    rubrics = {rubric.hash: rubric}
    done = decide(merge(pin(versions, desk.decisions, rubrics), rubrics), desk, rubrics)
    return Decided(settle(done.records, rubrics), done.left_out)


def target(versions: list[Version], field_id: str | None, code: str = "") -> Target:
    return Target(frozenset(v.ref for v in versions), "key", (FORM,), field_id, code)


def made(versions: list[Version], field_id: str, value: Value | None, code: str = "") -> Decision:
    return Decision(target(versions, field_id, code), "value", value, "forms", WHEN)


def on_form(versions: list[Version], code: str, verdict: Verdict) -> Decision:
    return Decision(target(versions, None, code), verdict, None, "to_check", WHEN)


def codes(found: Merged) -> list[str]:
    return [question.code for question in found.questions]


def one(decided: Decided) -> Merged:
    (found,) = decided.records
    return found


def test_a_conflict_that_was_decided_is_asked_no_more(rubric):
    versions = [said(rubric, f02_score=1), said(rubric, "b.xlsx", f02_score=3)]
    assert codes(one(settled(rubric, versions, Desk()))) == ["conflict"]
    found = one(settled(rubric, versions, Desk((made(versions, "f02_score", 3),))))
    assert (found.values["f02_score"], codes(found)) == (3, [])


@pytest.mark.parametrize(
    ("later", "asked"),
    [
        ({"f02_score": 3}, []),  # agrees
        ({"f02_score": 1}, []),  # says what was known
        ({"f02_score": None}, ["fuller_version"]),
        ({"f02_score": 2}, ["decided_otherwise"]),
    ],
)
def test_only_what_nobody_knew_is_asked(rubric, later: Mapping[str, Value | None], asked):
    first = [said(rubric, f02_score=1)]
    versions = [*first, said(rubric, "b.xlsx", **later)]
    for order in (versions, versions[::-1]):
        found = one(settled(rubric, order, Desk((made(first, "f02_score", 3),))))
        assert found.values["f02_score"] == 3
        assert codes(found) == asked


def test_the_last_decision_holds(rubric):
    versions = [said(rubric)]
    desk = Desk((made(versions, "f02_score", 3), made(versions, "f02_score", None)))
    assert one(settled(rubric, versions, desk)).values["f02_score"] is None


def test_decided_missing_is_an_answer_too(rubric):
    first = [said(rubric)]
    desk = Desk((made(first, "f02_score", None),))
    found = one(settled(rubric, [*first, said(rubric, "b.xlsx", f02_score=1)], desk))
    assert (found.values["f02_score"], codes(found)) == (None, ["decided_otherwise"])


def test_whose_form_it_is_makes_other_records(rubric):
    unsure = Problem("ambiguous_date", "datum", "Formulier!D8", "1-2-26")
    versions = [
        said(rubric),
        said(rubric, "b.xlsx", OTHER_FORM, (unsure,), datum=None, f02_score=3),
    ]
    before = settled(rubric, versions, Desk())
    assert len(before.records) == 2
    desk = Desk((made([versions[1]], "datum", dt.date(2026, 11, 22)),))
    found = one(settled(rubric, versions, desk))
    assert codes(found) == ["conflict"]
    again = said(rubric, "c.xlsx", OTHER_FORM, (unsure,), datum=None, f02_score=3)
    assert one(settled(rubric, [*versions, again], desk)).form_ids == (FORM, OTHER_FORM)


def test_the_other_record_of_a_copied_form_stays_as_it_is(rubric):
    versions = [said(rubric), said(rubric, "b.xlsx", jongere="J-8")]
    desk = Desk((made(versions[:1], "coach", "C-099"), made(versions[:1], "f02_score", 1)))
    found = settled(rubric, versions, desk).records
    told = {r.values["jongere"]: (r.values["coach"], r.values["f02_score"]) for r in found}
    assert told == {"J-7": ("C-099", 1), "J-8": ("C-012", 2)}


def test_a_question_on_the_form_is_settled_until_it_says_more(rubric):
    covered = Problem("typed_over", None, "page 1", "onleesbaar")
    first = [said(rubric, "a.xlsx", FORM, (covered,))]
    desk = Desk((on_form(first, "typed_over", "agreed"),))
    assert codes(one(settled(rubric, first, Desk()))) == ["typed_over"]
    assert codes(one(settled(rubric, first, desk))) == []
    page = Problem("typed_over", None, "page 2", "meer")
    more = said(rubric, "b.pdf", FORM, (page,))
    assert codes(one(settled(rubric, [*first, more], desk))) == ["typed_over"]


def test_a_form_left_out_comes_back_only_with_something_new(rubric):
    first = [said(rubric)]
    desk = Desk((on_form(first, "row_deleted", "left_out"),))
    assert [len(part) for part in (settled(rubric, first, desk).records,)] == [0]
    same = said(rubric, "form (1).xlsx")
    assert settled(rubric, [*first, same], desk).records == ()
    other = said(rubric, "b.xlsx", f02_score=1)
    found = one(settled(rubric, [*first, other], desk))
    assert codes(found) == ["conflict", "left_out_differs"]
    back = on_form([*first, other], "left_out_differs", "agreed")
    found = one(settled(rubric, [*first, other], Desk((*desk.decisions, back))))
    assert codes(found) == ["conflict"]


def test_a_factor_with_ticks_and_no_score_is_asked_about(each_rubric):
    factor = each_rubric.factors[0]
    values: dict[str, Value | None] = {factor.score: None, factor.indicators[0].id: True}
    versions = [said(each_rubric, **values)]
    found = one(settled(each_rubric, versions, Desk()))
    assert [(q.code, q.field_id) for q in found.questions] == [("score_missing", factor.score)]
    assert found.undecided == frozenset()  # it is just missing, and may well be meant
    meant = made(versions, factor.score, None, "score_missing")
    assert codes(one(settled(each_rubric, versions, Desk((meant,))))) == []
    untouched: dict[str, Value | None] = {i.id: None for i in factor.indicators}
    versions = [said(each_rubric, **untouched, **{factor.score: None})]
    assert codes(one(settled(each_rubric, versions, Desk()))) == []


def test_what_was_typed_and_settles_nothing_is_asked(rubric):
    versions = [said(rubric)]
    notes = (
        Note(target(versions, "f02_score"), "correction", "9", "not_on_scale"),
        Note(target(versions, None), "deleted"),
        Note(target(versions, "f03_score", "conflict"), "answer", "", "", "hm"),
    )
    found = one(settled(rubric, versions, Desk((), notes)))
    assert codes(found) == ["correction_refused", "row_deleted"]
    assert found.values["f02_score"] == 2


def test_targets_are_alike_by_their_versions_not_by_their_names(rubric):
    versions = [said(rubric), said(rubric, "b.xlsx")]
    of_both = target(versions, "f02_score")
    assert of_both.is_like(target(versions[:1], "f02_score", "conflict"))
    assert not of_both.is_like(target(versions[:1], "f03_score"))
    assert not of_both.is_like(target([said(rubric, "c.xlsx")], "f02_score"))
    assert not target(versions, None, "a").is_like(target(versions, None, "b"))


def indicators(rubric: Rubric, number: int) -> list[str]:
    return [indicator.id for indicator in rubric.factors[number - 1].indicators]


def test_a_factor_that_turns_out_not_to_be_scored_has_no_indicators(rubric):
    """Of a box that was only made black: its indicators are a "no" until that is answered."""
    ids = indicators(rubric, 2)
    none = dict.fromkeys(ids, False) | {"f02_score": None}
    problem = Problem("blackened", "f02_score", "page 1", "2")
    versions = [said(rubric, "a.xlsx", FORM, (problem,), **none)]
    before = one(settled(rubric, versions, Desk()))
    assert [before.values[id_] for id_ in ids] == [False] * len(ids)
    after = one(settled(rubric, versions, Desk((made(versions, "f02_score", None),))))
    assert [after.values[id_] for id_ in ids] == [None] * len(ids)
    scored = one(settled(rubric, versions, Desk((made(versions, "f02_score", 2),))))
    assert [scored.values[id_] for id_ in ids] == [False] * len(ids)


def test_a_score_that_is_given_later_makes_no_tick_a_no(rubric):
    ids = indicators(rubric, 2)
    none = dict.fromkeys(ids) | {"f02_score": None}
    versions = [said(rubric, **none)]
    assert one(settled(rubric, versions, Desk())).values[ids[0]] is None
    decisions = made(versions, "f02_score", 3), made(versions, ids[0], True)
    found = one(settled(rubric, versions, Desk(decisions)))
    assert [found.values[id_] for id_ in ids] == [True] + [False] * (len(ids) - 1)


def test_a_decision_on_one_factor_leaves_the_others(rubric):
    ids = indicators(rubric, 3)
    none = dict.fromkeys(ids) | {"f03_score": None}
    versions = [said(rubric, **none)]
    found = one(settled(rubric, versions, Desk((made(versions, "f02_score", 3),))))
    assert [found.values[id_] for id_ in ids] == [None] * len(ids)
