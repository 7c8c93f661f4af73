"""What is a code, and what a name."""

import pytest

from s2c_forms.form.codes import is_code
from s2c_forms.form.fields import Field, field_index

PLAIN = Field("coach", "pseudonym", "Coach", "head")
CODES = ["C-012", "J007", "S2C-14", "12", "c-012", "J-7"]
NAMES = ["Anna", "Anna de Vries", "A. de Vries", "", "Łukasz", "C-012 Anna", "C 012", "١٢"]


@pytest.mark.parametrize("code", [*CODES, "2B-14", "s2c_c_7"])
def test_usual_codes(code):
    assert is_code(PLAIN, code)


@pytest.mark.parametrize("code", CODES)
def test_codes_of_the_instrument(code, rubric):
    assert is_code(field_index(rubric)["coach"], code)
    assert is_code(field_index(rubric)["jongere"], code)


@pytest.mark.parametrize("name", [*NAMES, "Annemarie-2b-2014"])
def test_names_are_no_codes(name, rubric):
    assert not is_code(PLAIN, name)
    assert not is_code(field_index(rubric)["coach"], name)


def test_a_rubric_says_what_its_codes_are():
    field = Field("coach", "pseudonym", "Coach", "head", pattern="K[0-9]{3}")
    assert is_code(field, "K012")
    assert not is_code(field, "C-012")


def test_a_pattern_that_is_none_stops_nothing():
    field = Field("coach", "pseudonym", "Coach", "head", pattern="[A-Z")
    assert is_code(field, "C-012")
    assert not is_code(field, "Anna")
