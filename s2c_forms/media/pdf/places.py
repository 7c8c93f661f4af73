"""Places in a PDF, in words that a person finds them by, in the rubric's language."""

from functools import lru_cache

from s2c_forms.form.fields import Field, fields_of
from s2c_forms.form.rubric import Rubric
from s2c_forms.words import say


def page(rubric: Rubric, number: int) -> str:
    """Return the name of a page."""
    return say("page {page}", rubric.language, page=number)


def where(rubric: Rubric, field: Field, number: int) -> str:
    """Return where a field stands; `number` is its page, 0 where that isn't known."""
    place = _names(rubric)[field.id]
    return f"{page(rubric, number)}, {place}" if number else place


@lru_cache(maxsize=64)
def _names(rubric: Rubric) -> dict[str, str]:
    return {field.id: _name(rubric, field) for field in fields_of(rubric)}


def _name(rubric: Rubric, field: Field) -> str:
    factor = next((found for found in rubric.factors if found.id == field.factor), None)
    if factor is None:
        return field.label
    named = say("factor {number}", rubric.language, number=factor.number)
    return named if field.kind == "score" else f"{named}, “{field.label}”"
