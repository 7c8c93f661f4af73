"""Records made by hand, for tests of what happens after reading."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace

from s2c_forms.form.fields import Field, fields_of
from s2c_forms.form.filled import Absent, Sheet
from s2c_forms.form.kinds import Value
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.stamp import Stamp
from s2c_forms.records.merge import Version
from s2c_forms.records.problems import Problem
from s2c_forms.records.record import Record

HEAD: dict[str, Value] = {
    "coach": "C-012",
    "jongere": "J-7",
    "gesprek_nr": 2,
    "beoordelaar": "zelf",
    "datum": dt.date(2026, 11, 22),
}
FORM = "AAAA1111"
OTHER_FORM = "BBBB2222"


def record(
    rubric: Rubric,
    values: Mapping[str, Value | None],
    form_id: str = FORM,
    medium: str = "excel",
    problems: tuple[Problem, ...] = (),
) -> Record:
    """A record in which everything but `values` is missing."""
    stamp = Stamp(rubric.id, rubric.version, rubric.hash, form_id)
    everything: dict[str, Value | None] = {field.id: None for field in fields_of(rubric)}
    return Record(stamp, medium, everything | dict(values), problems)


def full(rubric: Rubric, score: int = 2) -> dict[str, Value]:
    """Answers to everything: the head, scores, ticks on and off, and remarks."""
    known = dict(HEAD) | {"doel": "Kennismaken", "video": "ja"}
    return {field.id: known.get(field.id, _answer(field, score)) for field in fields_of(rubric)}


def _answer(field: Field, score: int) -> Value:
    answers: dict[str, Value] = {
        "score": score,
        "tick": field.id.endswith("1"),
        "number": 2,
        "date": dt.date(2026, 11, 22),
        "choice": field.options[0].value if field.options else "",
        "pseudonym": "T-12",
    }
    return answers.get(field.kind, f"Iets over {field.id}")


def version(record: Record, file: str = "a.xlsx", number: int = 1) -> Version:
    """A version whose file holds what its name and its answers are."""
    content = f"{file} {record}".encode()
    return Version(record, file, hashlib.sha256(content).hexdigest(), 0, number)


def page_of(rubric: Rubric) -> dict[str, int]:
    """On which of two pages each field stands: half of the factors on each, the head first."""
    factors = [factor.id for factor in rubric.factors]
    second = set(factors[len(factors) // 2 :])
    return {
        field.id: 2 if field.place == "remarks" or field.factor in second else 1
        for field in fields_of(rubric)
    }


def scan(
    rubric: Rubric,
    values: Mapping[str, Value | None],
    pages: Iterable[int] = (1, 2),
    file: str = "scan.pdf",
    place: int = 0,
    *,
    problems: tuple[Problem, ...] = (),
    number: int = 1,
    form_id: str = FORM,
) -> Version:
    """A version read from those pages of paper; the other page of two lacks.

    Files of one name are one file, in which each form has two pages.
    """
    pages, stands = tuple(pages), page_of(rubric)
    absent = tuple(
        Absent(page, tuple(id_ for id_ in stands if stands[id_] == page))
        for page in (1, 2)
        if page not in pages
    )
    lacks = tuple(Problem("page_missing", None, "", str(page.number)) for page in absent)
    said = {id_: value for id_, value in values.items() if stands[id_] in pages}
    made = record(rubric, said, form_id, "scan", (*problems, *lacks))
    sheets = tuple(Sheet(page, 2 * place + page) for page in pages)
    made = replace(made, sheets=sheets, absent=absent)
    return Version(made, file, hashlib.sha256(file.encode()).hexdigest(), place, number)
