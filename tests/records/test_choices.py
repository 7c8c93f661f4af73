"""How a question may be answered: chosen or typed, and checked like any answer."""

import datetime as dt

import pytest

from s2c_forms.form.fields import field_index
from s2c_forms.records.choices import Answer, answer, choices
from s2c_forms.records.merge import Merged, merge
from s2c_forms.records.problems import Problem
from tests.records.made import full, record, scan, version


@pytest.fixture
def found(rubric) -> Merged:
    """A record whose two versions give other goals, one of them a long one."""
    texts = ("Kort doel", "Een lang doel. " * 20)
    versions = [
        version(record(rubric, full(rubric) | {"doel": text}), f"{place}.xlsx")
        for place, text in enumerate(texts)
    ]
    (merged,) = merge(versions, {rubric.hash: rubric})
    return merged


def offered(found, rubric, field_id, code="conflict"):
    return choices(code, found, field_index(rubric).get(field_id), "nl")


@pytest.mark.parametrize(
    ("field_id", "texts"),
    [
        ("f02_score", ["1 = Verdient aandacht", "2 = Acceptabel", "3 = Goed", "niet gescoord"]),
        ("f01_i01", ["ja", "nee"]),
        ("video", ["Ja", "Nee", "geen antwoord"]),
        ("datum", ["22-11-2026", "geen antwoord"]),
        ("gesprek_nr", ["2", "geen antwoord"]),
        ("doel", ["Kort doel", "zoals in 1.xlsx", "geen antwoord"]),
        (None, ["akkoord", "laat weg"]),
    ],
)
def test_each_kind_has_its_choices(found, rubric, field_id, texts):
    assert [choice.text for choice in offered(found, rubric, field_id)] == texts


def test_every_choice_is_an_answer(found, each_rubric):
    (merged,) = merge(
        [version(record(each_rubric, full(each_rubric)))], {each_rubric.hash: each_rubric}
    )
    for field in field_index(each_rubric).values():
        for choice in choices("conflict", merged, field, each_rubric.language):
            told = answer(choice.text, [], field)
            assert told.problem == "" or choice.value is None or "in" in choice.text
            again = answer(choice.text, [choice], field)
            assert again == Answer(choice.verdict, choice.value)


@pytest.mark.parametrize(
    ("field_id", "typed", "told"),
    [
        ("f02_score", "3", Answer("value", 3)),
        ("f02_score", "goed", Answer("value", 3)),
        ("f02_score", "7", Answer("value", None, "not_on_scale")),
        ("f02_score", "Niet gescoord", Answer("value", None)),
        ("f01_i01", "x", Answer("value", value=True)),
        ("datum", "3 maart 2026", Answer("value", dt.date(2026, 3, 3))),
        ("datum", "3/4/2026", Answer("value", None, "ambiguous_date")),
        ("doel", "Iets anders", Answer("value", "Iets anders")),
        ("doel", "zoals in 1.xlsx", Answer("value", "Een lang doel. " * 20)),
        (None, "Akkoord", Answer("agreed")),
        (None, "LAAT WEG", Answer("left_out")),
        (None, "misschien", Answer(problem="not_a_choice")),
    ],
)
def test_what_is_typed_is_checked(found, rubric, field_id, typed, told):
    field = field_index(rubric).get(field_id)
    assert answer(typed, offered(found, rubric, field_id), field) == told


def test_a_deleted_row_may_be_put_back(found, rubric):
    texts = [choice.text for choice in offered(found, rubric, None, "row_deleted")]
    assert texts == ["zet terug", "laat weg"]


def test_what_only_informs_can_be_agreed_to(found, rubric):
    assert offered(found, rubric, "doel", "too_long_for_cell")[0].verdict == "agreed"


def by_hand(rubric, code, field_id, raw="", expected=("C-2", "C-12", "Anna")):
    """What is offered for something that is written by hand."""
    problem = Problem(code, field_id, "pagina 1", raw)
    (found,) = merge(
        [scan(rubric, full(rubric) | {field_id: None}, problems=(problem,))], _of(rubric)
    )
    return choices(code, found, field_index(rubric)[field_id], "nl", expected)


def _of(rubric):
    return {rubric.hash: rubric}


@pytest.mark.parametrize(
    ("code", "field_id", "raw", "texts"),
    [
        ("handwritten", "coach", "", ["C-2", "C-12", "geen antwoord"]),
        ("handwritten", "doel", "", ["geen antwoord"]),
        ("written_beside", "coach", "“C-7”", ["C-7", "C-2", "C-12", "geen antwoord"]),
        ("written_beside", "coach", "“[naam]”", ["C-2", "C-12", "geen antwoord"]),
        ("written_beside", "datum", "22-11-2026", ["22-11-2026", "geen antwoord"]),
        ("written_beside", "doel", "Kennismaken", ["Kennismaken", "geen antwoord"]),
        ("unsure_mark", "coach", "", ["geen antwoord"]),
    ],
)
def test_what_is_written_by_hand_may_be_a_code_of_the_roster(rubric, code, field_id, raw, texts):
    assert [choice.text for choice in by_hand(rubric, code, field_id, raw)] == texts


@pytest.mark.parametrize("code", ["unsure_mark", "circled", "blackened"])
@pytest.mark.parametrize(
    ("field_id", "texts"),
    [
        ("f02_score", ["1 = Verdient aandacht", "2 = Acceptabel", "3 = Goed", "niet gescoord"]),
        ("f01_i01", ["ja", "nee"]),
        ("video", ["Ja", "Nee", "geen antwoord"]),
    ],
)
def test_a_mark_that_is_not_clear_is_what_can_be_marked(rubric, code, field_id, texts):
    assert [choice.text for choice in by_hand(rubric, code, field_id)] == texts


@pytest.mark.parametrize("code", ["photocopied", "page_missing", "page_unreadable"])
def test_pages_are_agreed_to_or_left_out(found, rubric, code):
    assert [c.text for c in offered(found, rubric, None, code)] == ["akkoord", "laat weg"]
