"""Why an answer is missing: nothing there, not sure, or not decided."""

import pytest

from s2c_forms.records.merge import Merged
from s2c_forms.records.missing import missing_code
from s2c_forms.records.question import Reading, ask


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ((), -99),
        (("score_missing",), -99),
        (("correction_refused",), -99),
        (("not_on_scale",), -96),
        (("two_marked", "correction_refused"), -96),
        (("conflict",), -95),
        (("conflict", "not_on_scale"), -95),
    ],
)
def test_the_questions_on_a_field_tell_why_it_is_missing(codes, expected):
    questions = tuple(ask(code, "f01_score", [Reading("4", "a.xlsx")]) for code in codes)
    assert missing_code(Merged("k", (), {"f01_score": None}, questions), "f01_score") == expected


def test_an_answer_and_what_was_never_asked_have_no_code():
    asked = ask("not_on_scale", "f02_score", [Reading("4", "a.xlsx")])
    record = Merged("k", (), {"f01_score": 0, "f02_score": None, "f01_i01": False}, (asked,))
    assert missing_code(record, "f01_score") is None
    assert missing_code(record, "f01_i01") is None
    assert missing_code(record, "dropped") is None


def test_a_question_on_the_whole_form_says_nothing_of_a_field():
    asked = ask("copied_form", None, [Reading("4", "a.xlsx")])
    assert missing_code(Merged("k", (), {"f01_score": None}, (asked,)), "f01_score") == -99
