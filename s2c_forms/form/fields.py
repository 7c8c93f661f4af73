"""Rubric → the ordered list of its fields, each with id, kind and allowed values."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from s2c_forms.form.rubric import Factor, Kind, Part, Question, Rubric

Place = Literal["head", "body", "remarks"]


@dataclass(frozen=True)
class Option:
    """One allowed value of a score or choice: `value` in data, `label` on forms."""

    value: int | str
    label: str


@dataclass(frozen=True)
class Field:
    """One thing that is asked.

    Attributes:
        id: its name in every medium, record, workbook and export.
        kind: what sort of answer it takes.
        label: what stands on the form.
        place: in the head, among the factors, or on the page of remarks.
        options: allowed values of a score or choice; empty for other kinds.
        part: id of its part, for scores and indicators.
        factor: id of its factor, for scores and indicators.
        minimum: least whole number allowed, for numbers.
        lines: room to write, in lines; 0 is a single line.
        pattern: what a code looks like, for pseudonyms; empty for the usual one (`form.codes`).
    """

    id: str
    kind: Kind
    label: str
    place: Place
    options: tuple[Option, ...] = ()
    part: str = ""
    factor: str = ""
    minimum: int | None = None
    lines: int = 0
    pattern: str = ""


@lru_cache(maxsize=64)
def fields_of(rubric: Rubric) -> tuple[Field, ...]:
    """Return the rubric's fields in the order of the form: head, factors, remarks."""
    asked = [_asked(question) for question in (*rubric.header, *rubric.added)]
    scale = tuple(Option(point.value, point.label) for point in rubric.scale)
    body = [
        field
        for part in rubric.parts
        for factor in part.factors
        for field in _of_factor(part, factor, scale)
    ]
    head = [field for field in asked if field.place == "head"]
    remarks = [field for field in asked if field.place == "remarks"]
    return (*head, *body, *remarks)


@lru_cache(maxsize=64)
def field_index(rubric: Rubric) -> dict[str, Field]:
    """Return the rubric's fields by id."""
    return {field.id: field for field in fields_of(rubric)}


def head_of(rubric: Rubric) -> tuple[Field, ...]:
    """Return the fields of the head, those that were added among them."""
    return tuple(field for field in fields_of(rubric) if field.place == "head")


def remarks_of(rubric: Rubric) -> tuple[Field, ...]:
    """Return the fields with room to write."""
    return tuple(field for field in fields_of(rubric) if field.place == "remarks")


def _asked(question: Question) -> Field:
    return Field(
        question.id,
        question.kind,
        question.label,
        "remarks" if question.lines else "head",
        tuple(Option(choice.value, choice.label) for choice in question.choices),
        minimum=question.minimum,
        lines=question.lines,
        pattern=question.pattern,
    )


def _of_factor(part: Part, factor: Factor, scale: tuple[Option, ...]) -> list[Field]:
    score = Field(factor.score, "score", factor.text, "body", scale, part.id, factor.id)
    ticks = [
        Field(indicator.id, "tick", indicator.text, "body", (), part.id, factor.id)
        for indicator in factor.indicators
    ]
    return [score, *ticks]
