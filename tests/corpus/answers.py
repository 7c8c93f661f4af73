"""What is filled in on the forms of the table."""

import datetime as dt
from collections.abc import Mapping

from s2c_forms.form.fields import fields_of
from s2c_forms.form.kinds import Value
from s2c_forms.form.rubric import Rubric
from tests.strategies import as_recorded

Answers = Mapping[str, Value]
HEAD: Answers = {"supervisor": "Şükrü"}
"""What stands on every form when it is handed out."""
ANSWERS: Answers = {
    "coach": "Łukasz ’t Hooft",
    "jongere": "J-007",
    "doel": "€ 5 & <drie> wensen",
    "gesprek_nr": 12,
    "datum": dt.date(2026, 4, 3),
    "beoordelaar": "supervisor",
    "video": "ja",
    "f01_score": 1,
    "f01_i01": True,
    "f01_i05": True,
    "f08_score": 3,
    "f14_i03": True,
    "reflectie": "Eerste regel\nTweede regel: Ωmega",
}
"""What is filled in, if a case doesn't say otherwise."""
CLEAR: Answers = {**ANSWERS, "coach": "C-012", "f14_score": 2}
"""The same without what a merge asks about: a name for a code, and ticks without a score."""
OTHERS: Answers = {"coach": "C-013", "f01_score": 3, "f02_score": 2, "f02_i01": True}
"""What is filled in on a second form."""


def recorded(rubric: Rubric, answers: Answers) -> dict[str, Value | None]:
    """Return what the record of a form with these answers must say, field by field."""
    filled: dict[str, Value | None] = {field.id: None for field in fields_of(rubric)}
    filled |= {indicator.id: False for indicator in rubric.indicators}
    return as_recorded(rubric, {**filled, **HEAD, **answers})
