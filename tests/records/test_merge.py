"""What happens when a record meets others: pure, and whatever the order."""

import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from s2c_forms.form.fields import fields_of
from s2c_forms.form.rubric import Rubric
from s2c_forms.records.history import history_of
from s2c_forms.records.merge import Merged, Version, merge
from s2c_forms.records.problems import Problem
from tests.records.made import FORM, HEAD, OTHER_FORM, full, record, version


def merged(rubric: Rubric, *versions: Version) -> tuple[Merged, ...]:
    return merge(versions, {rubric.hash: rubric})


def codes(record: Merged) -> list[tuple[str, str | None]]:
    return [(question.code, question.field_id) for question in record.questions]


def meetings(records: tuple[Merged, ...], *versions: Version) -> list[str]:
    history = history_of(records)
    return [history[version.sha256, version.place].meeting for version in versions]


def test_a_form_alone_is_a_record_as_it_is(rubric):
    one = version(record(rubric, full(rubric)))
    (found,) = merged(rubric, one)
    assert found.values == one.record.values
    assert found.questions == ()
    assert meetings((found,), one) == ["new"]


def test_the_same_form_in_another_medium_is_the_same_record(rubric):
    one = version(record(rubric, full(rubric)), "a.xlsx", 1)
    two = version(record(rubric, full(rubric), medium="pdf"), "b.pdf", 2)
    (found,) = merged(rubric, one, two)
    assert found.values == one.record.values
    assert found.questions == ()
    assert found.media == ("excel", "pdf")
    assert meetings((found,), one, two) == ["new", "same"]


def test_equal_content_under_another_form_id_is_the_same_record(rubric):
    one = version(record(rubric, full(rubric)), number=1)
    two = version(record(rubric, full(rubric), OTHER_FORM), "b.xlsx", 2)
    (found,) = merged(rubric, one, two)
    assert found.form_ids == (FORM, OTHER_FORM)
    assert found.questions == ()
    assert meetings((found,), one, two) == ["new", "same"]


def test_equal_content_with_gaps_in_its_identity_is_two_records(rubric):
    values = full(rubric) | {"beoordelaar": None}
    one = version(record(rubric, values))
    two = version(record(rubric, values, OTHER_FORM), "b.xlsx")
    assert {found.key for found in merged(rubric, one, two)} == {FORM, OTHER_FORM}


def test_a_revised_form_leaves_undecided_what_differs_and_keeps_what_agrees(rubric):
    one = version(record(rubric, full(rubric)), "a.xlsx", 1)
    two = version(record(rubric, full(rubric) | {"f03_score": 3}), "b.xlsx", 2)
    (found,) = merged(rubric, one, two)
    assert found.values == {**one.record.values, "f03_score": None}
    assert codes(found) == [("conflict", "f03_score")]
    assert found.questions[0].raw == "“2” (a.xlsx) / “3” (b.xlsx)"
    assert found.questions[0].files == ("a.xlsx", "b.xlsx")
    assert found.undecided == {"f03_score"}
    assert meetings((found,), one, two) == ["new", "revised"]


def test_the_same_conversation_and_rater_with_other_answers_is_revised(rubric):
    one = version(record(rubric, full(rubric)), "a.xlsx")
    two = version(record(rubric, full(rubric) | {"doel": "Afscheid"}, OTHER_FORM), "b.xlsx")
    (found,) = merged(rubric, one, two)
    assert codes(found) == [("conflict", "doel")]


def test_a_third_version_adds_to_the_question(rubric):
    scores = enumerate((1, 2, 3))
    versions = [
        version(record(rubric, full(rubric) | {"f01_score": score}), f"{number}.xlsx")
        for number, score in scores
    ]
    (found,) = merged(rubric, *versions)
    (question,) = found.questions
    assert question.raw == "“1” (0.xlsx) / “2” (1.xlsx) / “3” (2.xlsx)"


def test_a_form_copied_for_another_conversation_is_two_records_that_are_remarked_on(rubric):
    one = version(record(rubric, full(rubric)), "a.xlsx", 1)
    two = version(record(rubric, full(rubric) | {"gesprek_nr": 3}), "b.xlsx", 2)
    records = merged(rubric, one, two)
    assert {found.values["gesprek_nr"] for found in records} == {2, 3}
    assert [codes(found) for found in records] == [[("copied_form", None)]] * 2
    assert "AAAA-1111" in records[0].questions[0].what("en")
    assert meetings(records, one, two) == ["new", "copied"]


def test_case_and_blanks_tell_no_two_people_apart(rubric):
    one = version(record(rubric, full(rubric)), "a.xlsx")
    two = version(record(rubric, full(rubric) | {"coach": "c-012"}), "b.xlsx")
    (found,) = merged(rubric, one, two)
    assert codes(found) == [("conflict", "coach")]


def test_an_unsure_head_field_does_not_double_a_form(rubric):
    unsure = Problem("ambiguous_date", "datum", "A1", "1/2/2026")
    one = version(record(rubric, full(rubric) | {"datum": None}, problems=(unsure,)), "a.xlsx")
    two = version(record(rubric, full(rubric)), "b.xlsx")
    (found,) = merged(rubric, one, two)
    assert found.values["datum"] == HEAD["datum"]
    assert codes(found) == [("fuller_version", None)]


def test_a_head_with_gaps_that_fits_two_conversations_is_kept_apart(rubric):
    one = version(record(rubric, full(rubric)), "a.xlsx")
    two = version(record(rubric, full(rubric) | {"gesprek_nr": 3}), "b.xlsx")
    gap = version(record(rubric, full(rubric) | {"gesprek_nr": None}), "c.xlsx")
    records = merged(rubric, one, two, gap)
    assert len(records) == 3
    assert FORM in {found.key for found in records}


def test_heads_with_gaps_that_contradict_each_other_are_two_records(rubric):
    one = version(record(rubric, {"coach": "C-1", "f01_score": 1}), "a.xlsx")
    two = version(record(rubric, {"coach": "C-2", "f01_score": 1}), "b.xlsx")
    assert {found.key for found in merged(rubric, one, two)} == {FORM, f"{FORM}-2"}


def test_a_fuller_version_fills_gaps_and_is_remarked_on_once(rubric):
    half = {**HEAD, "f01_score": 2, "f01_i01": True}
    one = version(record(rubric, half), "half.xlsx", 1)
    two = version(record(rubric, half | {"f02_score": 3, "f02_i01": False}), "heel.xlsx", 2)
    (found,) = merged(rubric, one, two)
    assert found.values == two.record.values
    assert codes(found) == [("fuller_version", None)]
    assert found.questions[0].raw == "“f02_score” (half.xlsx)"
    assert meetings((found,), one, two) == ["new", "revised"]


def test_a_mended_answer_answers_the_question_of_the_first_version(rubric):
    problem = Problem("not_on_scale", "f01_score", "Formulier!D9", "4")
    one = version(record(rubric, full(rubric) | {"f01_score": None}, problems=(problem,)), "a.xlsx")
    two = version(record(rubric, full(rubric) | {"f01_score": 3}), "b.xlsx")
    (found,) = merged(rubric, one, two)
    assert found.values["f01_score"] == 3
    assert codes(found) == [("fuller_version", None)]


def test_equal_problems_of_two_files_are_one_question(rubric):
    problem = Problem("not_on_scale", "f01_score", "D9", "4")
    values = full(rubric) | {"f01_score": None}
    one = version(record(rubric, values, problems=(problem,)), "a.xlsx", 1)
    two = version(record(rubric, values, medium="pdf", problems=(problem,)), "b.pdf", 2)
    (found,) = merged(rubric, one, two)
    assert codes(found) == [("not_on_scale", "f01_score")]
    assert found.questions[0].files == ("a.xlsx", "b.pdf")
    assert found.questions[0].raw == "4"
    assert meetings((found,), one, two) == ["new", "same"]


def test_a_blank_version_says_nothing_beside_a_filled_one(rubric):
    blank = Problem("nothing_filled_in", None, "")
    one = version(record(rubric, {"coach": "C-012"}, problems=(blank,)), "leeg.xlsx")
    two = version(record(rubric, full(rubric)), "vol.xlsx")
    (found,) = merged(rubric, one, two)
    assert found.values == two.record.values
    assert found.questions == ()
    (alone,) = merged(rubric, one)
    assert codes(alone) == [("nothing_filled_in", None)]


def test_a_blank_original_goes_with_its_copies(rubric):
    blank = Problem("nothing_filled_in", None, "")
    versions = [
        version(record(rubric, {}, problems=(blank,)), "leeg.xlsx"),
        version(record(rubric, full(rubric)), "a.xlsx"),
        version(record(rubric, full(rubric) | {"gesprek_nr": 3}), "b.xlsx"),
    ]
    assert len(merged(rubric, *versions)) == 2


def test_a_rubric_without_identity_knows_forms_by_their_id_alone(rubric):
    plain = replace(rubric, identity=())
    one = version(record(plain, full(plain)), "a.xlsx")
    two = version(record(plain, full(plain) | {"coach": "C-9"}), "b.xlsx")
    three = version(record(plain, full(plain), OTHER_FORM), "c.xlsx")
    records = merged(plain, one, two, three)
    assert [found.key for found in records] == [FORM, OTHER_FORM]
    assert codes(records[0]) == [("conflict", "coach")]


def test_a_message_names_both_sides_however_long_they_are(rubric):
    one = version(record(rubric, full(rubric) | {"reflectie": "a" * 500}), "a.xlsx")
    two = version(record(rubric, full(rubric) | {"reflectie": "b" * 500}), "b.xlsx")
    (found,) = merged(rubric, one, two)
    what = found.questions[0].what("nl")
    assert "(a.xlsx)" in what
    assert "(b.xlsx)" in what
    assert "b" * 500 in found.questions[0].raw


_VALUES: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {},
    optional={
        "coach": st.sampled_from(["C-1", "c-1", "C-2"]),
        "jongere": st.just("J-1"),
        "gesprek_nr": st.sampled_from([1, 2]),
        "beoordelaar": st.just("zelf"),
        "datum": st.just(HEAD["datum"]),
        "f01_score": st.sampled_from([1, 2]),
        "f01_i01": st.booleans(),
        "reflectie": st.sampled_from(["goed", "beter"]),
    },
)
_PROBLEMS = st.sampled_from(
    [
        (),
        (),
        (Problem("not_on_scale", "f02_score", "D9", "4"),),
        (Problem("nothing_filled_in", None, ""),),
    ]
)


@st.composite
def _versions(draw: st.DrawFn, rubric: Rubric) -> list[Version]:
    pieces = st.tuples(_VALUES, st.sampled_from([FORM, OTHER_FORM]), _PROBLEMS)
    return [
        version(record(rubric, values, form_id, "excel", problems), f"{number}.xlsx", number)
        for number, (values, form_id, problems) in enumerate(
            draw(st.lists(pieces, min_size=1, max_size=6)), start=1
        )
    ]


@given(data=st.data())
@settings(max_examples=200, deadline=None)
def test_order_does_not_matter_and_nothing_is_lost_or_doubled(rubric, data):
    versions = data.draw(_versions(rubric))
    shuffled = random.Random(0).sample(versions, len(versions))  # noqa: S311  no secret
    expected = merged(rubric, *versions)
    assert merged(rubric, *shuffled) == expected
    kept = sorted(v.file for found in expected for v in found.versions)
    assert kept == sorted(v.file for v in versions)
    assert len({found.key for found in expected}) == len(expected)


@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_no_answer_is_made_up_or_dropped_in_silence(rubric, data):
    for found in merged(rubric, *data.draw(_versions(rubric))):
        speaking = [v for v in found.versions if not v.is_blank] or found.versions
        for field_id, value in found.values.items():
            said = {v.record.values[field_id] for v in speaking} - {None}
            assert value is None if len(said) != 1 else said == {value}
            assert (field_id in found.undecided) or len(said) <= 1


@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_the_same_answers_once_more_change_nothing(rubric, data):
    versions = data.draw(_versions(rubric))
    again = version(versions[0].record, "nog eens.xlsx", 99)
    before, after = merged(rubric, *versions), merged(rubric, *versions, again)
    assert [found.key for found in after] == [found.key for found in before]
    assert [found.values for found in after] == [found.values for found in before]
    assert [codes(found) for found in after] == [codes(found) for found in before]
    assert meetings(after, again) == ["same"]


def test_a_field_that_another_version_of_the_rubric_lacks_is_no_gap(rubric):
    older = replace(rubric, version="0", added=())
    assert older.hash != rubric.hash
    values = {field.id: full(rubric)[field.id] for field in fields_of(older)}
    old = replace(older, identity=rubric.identity)
    one = version(record(old, {**values, "beoordelaar": "zelf"}), "oud.xlsx")
    two = version(record(rubric, full(rubric), OTHER_FORM), "nieuw.xlsx")
    (found,) = merge([one, two], {old.hash: old, rubric.hash: rubric})
    assert found.values == two.record.values


@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_question_can_be_told(rubric, language):
    one = version(record(rubric, full(rubric)), "a.xlsx")
    two = version(record(rubric, full(rubric) | {"f03_score": 3}), "b.xlsx")
    (found,) = merged(rubric, one, two)
    assert "“2” (a.xlsx)" in found.questions[0].what(language)
    assert found.questions[0].mend(language)
