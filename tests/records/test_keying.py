"""A key makes codes of names; new codes are free, and tell nothing."""

from s2c_forms.form.fields import Field, field_index
from s2c_forms.form.kinds import Value
from s2c_forms.records.keying import Key, keyed, new_code, new_codes
from s2c_forms.records.problems import Problem
from tests.records.made import full, record, version

ANNA = "Anna de Vries"
KEY = Key({ANNA: "C-031", "Bram Bos": "J-5", "Carla": "onbekend"})
CODE = Field("coach", "pseudonym", "Coach", "head")


def told(rubric, values, problems=()):
    one = version(record(rubric, full(rubric) | values, problems=problems))
    return keyed(one, rubric, KEY).record


def test_names_become_codes_whatever_their_spelling(rubric):
    found = told(rubric, {"coach": "VRIES, Anna de", "jongere": "brám  bos", "supervisor": ANNA})
    assert found.values["coach"] == "C-031"
    assert found.values["jongere"] == "J-5"
    assert found.values["supervisor"] == "C-031"
    assert found.problems == ()


def test_a_near_match_is_a_question_and_no_answer(rubric):
    found = told(rubric, {"coach": "Anne de Vries", "jongere": "Zoë"})
    assert (found.values["coach"], found.values["jongere"]) == ("Anne de Vries", "Zoë")
    assert found.problems == (Problem("near_name", "coach", "", "C-031"),)


def test_a_question_goes_when_the_key_knows_the_name(rubric):
    found = told(rubric, {"coach": ANNA}, (Problem("near_name", "coach", "", "C-9"),))
    assert found.problems == ()


def test_what_is_no_code_by_the_rubric_is_not_used(rubric):
    assert told(rubric, {"coach": "Carla"}).values["coach"] == "Carla"


def test_codes_and_long_texts_stay_as_they_are(rubric):
    found = told(rubric, {"coach": "C-1", "reflectie": ANNA})
    assert (found.values["coach"], found.values["reflectie"]) == ("C-1", ANNA)


def test_names_that_the_key_lacks_get_codes_like_those_in_use(rubric):
    heads: list[dict[str, Value]] = [
        {"coach": "K-012", "jongere": "7001"},
        {"coach": "Daan Smit", "jongere": "daan smit"},
        {"coach": "Anne de Vries", "jongere": "zie boven"},
        {"coach": "?", "jongere": "=HYPERLINK(1)"},
    ]
    versions = [
        version(record(rubric, full(rubric) | head), f"{n}") for n, head in enumerate(heads)
    ]
    made, without = new_codes(versions, {rubric.hash: rubric}, KEY)
    assert without == []
    assert list(made) == ["Daan Smit"]
    assert made["Daan Smit"].startswith("K-")
    assert made["Daan Smit"] != "K-012"


def test_a_new_code_is_free_and_fits_its_pattern(rubric):
    taken = {f"c-{n:03}" for n in range(1, 400)}
    for _ in range(200):
        code = new_code(CODE, ["C-001"], taken)
        assert code is not None
        assert code.casefold() not in taken
        taken.add(code.casefold())
    assert len(taken) == 599
    own = Field("coach", "pseudonym", "Coach", "head", pattern="K[0-9]{3}")
    assert (new_code(own, [], set()) or "").startswith("K")
    odd = Field("coach", "pseudonym", "Coach", "head", pattern="school [a-z]+")
    assert new_code(odd, [], set()) is None
    assert field_index(rubric)["jongere"].pattern


def test_codes_are_drawn_by_lot():
    numbers = iter([4, 4, 8])
    assert new_code(CODE, [], {"c-005"}, lambda _: next(numbers)) == "C-009"
