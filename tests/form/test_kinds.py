"""What people write, and what it says."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s2c_forms.form.fields import Field, Option, fields_of
from s2c_forms.form.kinds import Parsed, clean, parse, same_words, show
from tests.strategies import values

SCALE = (Option(1, "Verdient aandacht"), Option(2, "Acceptabel"), Option(3, "Goed"))
SCORE = Field("f01_score", "score", "Factor", "body", SCALE)
TICK = Field("f01_i01", "tick", "Indicator", "body")
DATE = Field("datum", "date", "Datum", "head")
NUMBER = Field("gesprek_nr", "number", "Hoeveelste", "head", minimum=1)
CHOICE = Field(
    "video", "choice", "Video", "head", (Option("ja", "Ja, van video"), Option("nee", "Nee"))
)
CODE = Field("coach", "pseudonym", "Coach", "head")
TEXT = Field("doel", "text", "Doel", "head")
REMARKS = Field("reflectie", "text", "Reflectie", "remarks", lines=9)


@pytest.mark.parametrize(
    "text", ["2", "2.0", "2,0", " 2 ", "2 - Acceptabel", "2 – acceptabel", "2: Acceptabel",
             "2 = Acceptabel", "2. ACCEPTABEL", "2) Acceptabel", "Acceptabel", "\t2\r\n", "+2"]
)  # fmt: skip
def test_scores_as_people_write_them(text):
    assert parse(SCORE, text) == Parsed(2)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("4", "not_on_scale"),
        ("0", "not_on_scale"),
        ("-1", "not_on_scale"),
        ("2.5", "not_a_score"),
        ("2/3", "not_a_score"),
        ("2-3", "not_a_score"),
        ("1 2", "not_a_score"),
        ("2 - Goed", "not_a_score"),
        ("goed zo", "not_a_score"),
        ("x", "not_a_score"),
        ("٢", "not_a_score"),
        ("#REF!", "formula_error"),
        ("#VERW!", "formula_error"),
    ],
)
def test_what_is_no_score_is_told(text, problem):
    assert parse(SCORE, text) == Parsed(problem=problem)


TICKED = "x X v V ✓ ✔ ☑ ☒ ja Ja JA j WAAR waar TRUE true True 1 1.0 =TRUE() =WAAR() yes y"
UNTICKED = "☐ nee Nee n ONWAAR FALSE False 0 0.0 =FALSE() =ONWAAR() - – no off"


@pytest.mark.parametrize("text", TICKED.split())
def test_ticks_as_people_write_them(text):
    assert parse(TICK, f" {text}\n") == Parsed(True)


@pytest.mark.parametrize("text", ["", "  ", *UNTICKED.split()])
def test_no_ticks_as_people_write_them(text):
    assert parse(TICK, f" {text}\n") == Parsed(False)


@pytest.mark.parametrize("text", ["2", "-1", "misschien", "?", "xx", "ja/nee", "☑☐"])
def test_what_is_neither_is_a_question(text):
    assert parse(TICK, text) == Parsed(problem="not_a_tick")


@pytest.mark.parametrize(
    "text",
    ["22-11-2026", "22/11/2026", "22.11.2026", "22 11 2026", "2026-11-22", "2026-11-22T00:00:00",
     "2026-11-22 00:00:00", "22 nov 2026", "22 nov. 2026", "22 november 2026", "22-nov-2026",
     "zo 22 november 2026", "zondag 22 november 2026", "Sunday, 22 November 2026",
     "22. November 2026"],
)  # fmt: skip
def test_dates_as_people_write_them(text):
    assert parse(DATE, text) == Parsed(dt.date(2026, 11, 22))


MONTHS = "januari februari maart april mei juni juli augustus september oktober november december"


@pytest.mark.parametrize(("number", "name"), list(enumerate(MONTHS.split(), start=1)))
def test_every_month_by_its_name_whole_and_short(number, name):
    for written in (name, name[:3], name.upper(), f"{name[:3]}."):
        assert parse(DATE, f"1 {written} 2026") == Parsed(dt.date(2026, number, 1))


def test_day_before_month_is_what_the_form_says_but_slashes_are_a_question():
    assert parse(DATE, "3-4-2026") == Parsed(dt.date(2026, 4, 3))
    assert parse(DATE, "3/4/2026") == Parsed(problem="ambiguous_date")
    assert parse(DATE, "4/4/2026") == Parsed(dt.date(2026, 4, 4))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("31-02-2026", "impossible_date"),
        ("2026-13-01", "impossible_date"),
        ("11/22/2026", "impossible_date"),
        ("0-1-2026", "impossible_date"),
        ("3-4-26", "ambiguous_date"),
        ("gisteren", "not_a_date"),
        ("22 xyz 2026", "not_a_date"),
        ("46348", "not_a_date"),
        ("22 november", "not_a_date"),
        ("2026-11-22 13:45", "not_a_date"),
        ("#####", "formula_error"),
    ],
)
def test_what_is_no_date_is_told(text, problem):
    assert parse(DATE, text) == Parsed(problem=problem)


@pytest.mark.parametrize("text", ["3", "3.0", " 3 ", "3,00", "+3"])
def test_numbers_as_people_write_them(text):
    assert parse(NUMBER, text) == Parsed(3)


@pytest.mark.parametrize(
    ("text", "problem"),
    [("0", "below_minimum"), ("-2", "below_minimum"), ("3e", "not_a_number"),
     ("drie", "not_a_number"), ("3.5", "not_a_number"), ("1.000", "not_a_number"),
     ("#N/B", "formula_error")],
)  # fmt: skip
def test_what_is_no_number_is_told(text, problem):
    assert parse(NUMBER, text) == Parsed(problem=problem)


@pytest.mark.parametrize("text", ["ja", " JA ", "Ja, van video", "ja,  VAN video"])
def test_choices_by_value_and_by_label(text):
    assert parse(CHOICE, text) == Parsed("ja")
    assert parse(CHOICE, "misschien") == Parsed(problem="not_a_choice")


@pytest.mark.parametrize("field", [SCORE, DATE, NUMBER, CHOICE, CODE, TEXT, REMARKS])
def test_nothing_is_missing(field):
    for text in ("", "  ", "\r\n", "\x00", "\t"):
        assert parse(field, text) == Parsed()


FAILED = "#REF! #VERW! #N/A #N/B #NAME? #NAAM? #VALUE! #DIV/0! #DEEL/0! #SPILL! #CALC! #ERROR!"
FAILED += " #GETTING_DATA #FIELD! #BLOCKED! #UNKNOWN! Err:502 Err:510 ##### ###"


@pytest.mark.parametrize("error", FAILED.split())
@pytest.mark.parametrize("field", [SCORE, TICK, DATE, NUMBER, CHOICE, CODE, TEXT, REMARKS])
def test_a_failed_formula_is_no_answer_of_any_kind(field, error):
    assert parse(field, error) == Parsed(problem="formula_error")


def test_text_keeps_lines_only_where_there_is_room_for_them():
    assert parse(REMARKS, "a\r\nb\rc  d ") == Parsed("a\nb\nc  d")
    assert parse(TEXT, "a\r\nb") == Parsed("a b")
    assert parse(CODE, " C\n012 ") == Parsed("C 012")


@pytest.mark.parametrize("text", ["Łukasz", "’s-Gravenhage", "€ 5", "Ωmega", "İçğş", "李", "👍🏽"])
def test_any_letters_of_the_world(text):
    assert parse(CODE, text) == Parsed(text)


def test_clean_composes_letters_and_drops_what_no_database_takes():
    assert clean("Zoe\u0308\x07\ud800\r") == "Zoë"
    assert same_words("Aan  de\nslag", "aan de SLAG")


@given(st.data())
def test_what_is_shown_says_the_same_again(each_rubric, data):
    for field in fields_of(each_rubric):
        value = data.draw(values(field))
        for language in ("nl", "en"):
            assert parse(field, show(field, value, language)).value == value
    assert show(TEXT, None, "nl") == ""


@given(st.text(max_size=30))
def test_no_text_makes_any_kind_stumble(text):
    for field in (SCORE, TICK, DATE, NUMBER, CHOICE, CODE, TEXT, REMARKS):
        found = parse(field, text)
        assert found.value is None or found.problem is None
