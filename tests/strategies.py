"""Records at random: what a person could have answered on a form."""

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from s2c_forms.form.fields import Field, fields_of
from s2c_forms.form.kinds import Value, clean
from s2c_forms.form.rubric import Rubric

# Letters of the world that people have in names and remarks; no control characters.
_LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn"))
_SAMPLES = st.sampled_from(
    ["Łukasz", "’s-Gravenhage", "€ 5,–", "Zoë & Jürgen", "İçğş", "Ωmega", "李"]
)


def texts(field: Field) -> st.SearchStrategy[str]:
    """Return texts as they read back: no blanks around, on one line where that's all there is."""
    letters = st.text(_LETTERS, min_size=1, max_size=40)
    lines = st.lists(letters, min_size=1, max_size=3).map("\n".join) if field.lines else letters
    tidy = clean if field.lines else lambda text: " ".join(clean(text).split())
    return (lines | _SAMPLES).map(tidy).filter(bool)


def values(field: Field) -> st.SearchStrategy[Any]:
    """Return values that `field` can have."""
    if field.options:
        return st.sampled_from([option.value for option in field.options])
    if field.kind == "tick":
        return st.booleans()
    if field.kind == "number":
        return st.integers(field.minimum or 0, 9999)
    if field.kind == "date":
        return st.dates(dt.date(2000, 1, 1), dt.date(2100, 12, 31))
    return texts(field)


@st.composite
def answers(draw: st.DrawFn, rubric: Rubric) -> dict[str, Value | None]:
    """Return what somebody filled in: here and there nothing, but always something."""
    found: dict[str, Value | None] = {}
    for field in fields_of(rubric):
        found[field.id] = draw(values(field) if field.kind == "tick" else st.none() | values(field))
    first = rubric.factors[0].score
    found[first] = draw(st.sampled_from([point.value for point in rubric.scale]))
    return found


def as_recorded(rubric: Rubric, filled: dict[str, Value | None]) -> dict[str, Value | None]:
    """Return answers as a record has them: indicators of an untouched factor are missing."""
    record = dict(filled)
    for factor in rubric.factors:
        ids = [indicator.id for indicator in factor.indicators]
        if filled[factor.score] is None and not any(filled[id_] for id_ in ids):
            record |= dict.fromkeys(ids)
    return record
