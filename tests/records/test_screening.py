"""Versions and records without names: what is left out is asked about, and nothing is glued."""

import pytest

from s2c_forms.form.fields import field_index, fields_of
from s2c_forms.records.choices import choices
from s2c_forms.records.history import says_same
from s2c_forms.records.merge import merge
from s2c_forms.records.names import names_of
from s2c_forms.records.problems import Problem
from s2c_forms.records.question import Reading, ask
from s2c_forms.records.screening import (
    OPEN,
    leaks_in,
    names_met,
    screen,
    screen_decided,
    sieve_of,
    without_names,
)
from tests.records.made import FORM, OTHER_FORM, full, record, version

ANNA = "Anna de Vries"
KEYED = sieve_of(names_of(b"s", [ANNA]), "nl")


def met(versions, rubric):
    known = {rubric.hash: rubric}
    return sieve_of(names_of(b"", (), names_met(versions, known)), rubric.language)


def screened(versions, rubric, findings=None):
    known = {rubric.hash: rubric}
    return screen(versions, known, met(versions, rubric), findings or {})


def code_field(rubric):
    return next(field.id for field in fields_of(rubric) if field.kind == "pseudonym")


def text_field(rubric):
    return next(field.id for field in fields_of(rubric) if field.kind == "text")


def codes(questions):
    return {(question.code, question.field_id) for question in questions}


def test_a_name_where_a_code_belongs_is_left_out_and_asked_about(each_rubric):
    field, text = code_field(each_rubric), text_field(each_rubric)
    values = full(each_rubric) | {field: ANNA, text: f"Gepraat met {ANNA}."}
    told = screened([version(record(each_rubric, values))], each_rubric)
    (merged,) = merge(told, {each_rubric.hash: each_rubric})
    assert merged.values[field] is None
    assert merged.key == FORM
    word = "[naam]" if each_rubric.language == "nl" else "[name]"
    assert merged.values[text] == f"Gepraat met {word}."
    assert {("name_for_code", field), ("name_in_text", text)} <= codes(merged.questions)
    assert leaks_in((told, merged), met([version(record(each_rubric, values))], each_rubric)) == ()
    assert "Anna" not in repr(merged)


def test_what_is_not_sure_shows_codes_only(rubric):
    problem = Problem("places_differ", "coach", f"{ANNA}!D4", f"“{ANNA}” / “C-012”")
    values = full(rubric) | {"coach": None}
    one = version(record(rubric, values, problems=(problem,)))
    assert names_met([one], {rubric.hash: rubric}) == {ANNA}
    (merged,) = merge(screened([one], rubric), {rubric.hash: rubric})
    (question,) = merged.questions
    assert question.raw == "“[naam]” / “C-012”"
    assert question.where == "[naam]!D4"


def test_what_is_written_by_hand_shows_no_name_that_nobody_read(rubric):
    by_hand = Problem("handwritten", "coach", "pagina 1")
    printed = Problem("written_beside", "jongere", "pagina 1", ANNA)
    one = version(record(rubric, {}, problems=(by_hand, printed)))
    assert names_met([one], {rubric.hash: rubric}) == {ANNA}
    (told,) = screened([one], rubric)
    assert [problem.raw for problem in told.record.problems] == ["", "[naam]"]


def test_names_still_tell_people_apart(rubric):
    anna = version(record(rubric, full(rubric) | {"jongere": ANNA}), "a.xlsx")
    again = version(record(rubric, full(rubric) | {"jongere": "anna  de VRIES"}), "b.xlsx")
    bram = version(record(rubric, full(rubric) | {"jongere": "Bram"}), "c.xlsx")
    told = screened([anna, again, bram], rubric)
    assert says_same(told[0], told[1])
    assert not says_same(told[0], told[2])
    merged = merge(told, {rubric.hash: rubric})
    assert sorted(len(one.versions) for one in merged) == [1, 2]
    assert all(("copied_form", None) in codes(one.questions) for one in merged)


def test_a_name_makes_no_identity_whole(rubric):
    """Two forms of one name aren't glued: whose it is, the code will tell."""
    one = version(record(rubric, full(rubric) | {"coach": ANNA}, FORM), "a.xlsx")
    other = version(record(rubric, full(rubric) | {"coach": ANNA}, OTHER_FORM), "b.xlsx")
    merged = merge(screened([one, other], rubric), {rubric.hash: rubric})
    assert [one.key for one in merged] == [FORM, OTHER_FORM]


def test_findings_about_a_file_are_asked_once(rubric):
    one = version(record(rubric, full(rubric)))
    told = screened([one], rubric, {one.sha256: ("name_in_file_name", "name_in_properties")})
    (merged,) = merge(told, {rubric.hash: rubric})
    assert codes(merged.questions) == {("name_in_file_name", None), ("name_in_properties", None)}


def test_the_keys_question_takes_the_place_of_ours(rubric):
    problem = Problem("near_name", "coach", "", "C-012")
    one = version(record(rubric, full(rubric) | {"coach": "Ana"}, problems=(problem,)))
    (merged,) = merge(screened([one], rubric), {rubric.hash: rubric})
    (question,) = merged.questions
    assert (question.code, question.field_id, question.raw) == ("near_name", "coach", "C-012")
    offered = choices("near_name", merged, field_index(rubric)["coach"], "nl")
    assert [choice.text for choice in offered] == ["C-012", "geen antwoord"]


def test_names_that_people_typed_are_left_out_too(rubric):
    known = {rubric.hash: rubric}
    (merged,) = merge([version(record(rubric, full(rubric)))], known)
    refused = ask("correction_refused", "f01_score", [Reading(ANNA, "")])
    values = {**merged.values, "coach": "Piet", "doel": f"{ANNA} leren kennen"}
    typed = type(merged)(merged.key, merged.versions, values, (refused,))
    (told,) = screen_decided([typed], known, KEYED)
    assert told.values["coach"] is None
    assert told.values["doel"] == "[naam] leren kennen"
    assert [question.raw for question in told.questions] == ["[naam]", "", "[naam] leren kennen"]
    assert leaks_in(told, KEYED) == ()


def test_a_code_with_a_name_in_it_is_none(rubric):
    sieve = sieve_of(names_of(b"s", ["Jan"]), "nl")
    one = version(record(rubric, full(rubric) | {"coach": "JAN-7"}))
    (told,) = screen([one], {rubric.hash: rubric}, sieve, {})
    assert told.record.values["coach"] is None


def test_where_names_are_allowed_nothing_changes(rubric):
    one = version(record(rubric, full(rubric) | {"coach": ANNA}))
    known = {rubric.hash: rubric}
    assert screen([one], known, OPEN, {one.sha256: ("name_in_file_name",)}) == [one]
    records = merge([one], known)
    assert screen_decided(records, known, OPEN) == records
    assert leaks_in(one, OPEN) == ()


@pytest.mark.parametrize("text", ["3ada55f0a1b2c3d4", "3ada55f0a1b2:0", "ADA22222-2", "ADA2-2222"])
def test_digests_and_keys_of_ours_are_no_words(text):
    sieve = sieve_of(names_of(b"s", ["Ada"]), "nl")
    assert without_names([text], sieve) == [text] or text == "ADA2-2222"
    assert without_names({"a": ("Ada", 3)}, sieve) == {"a": ("[naam]", 3)}
