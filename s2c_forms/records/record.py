"""FilledForm + Rubric → Record: every answer judged, every doubt told."""

import dataclasses
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from s2c_forms.form.fields import Field, fields_of
from s2c_forms.form.filled import Absent, FilledForm, RawAnswer, Sheet
from s2c_forms.form.kinds import MISSING, Parsed, Value, parse
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.stamp import Stamp
from s2c_forms.records.problems import Problem
from s2c_forms.words import say


@dataclass(frozen=True)
class Record:
    """What one form answers.

    Attributes:
        stamp: which rubric and which copy.
        medium: what it came back as.
        values: every field id of the rubric; None where missing or not sure.
        problems: what is not sure, and why.
        evidence: what stood there word for word, and where; empty where that isn't known.
        sheets: on paper, the pages that were read, and where they are in the file.
        absent: on paper, the pages that lack; their fields are missing.
    """

    stamp: Stamp
    medium: str
    values: Mapping[str, Value | None]
    problems: tuple[Problem, ...]
    evidence: tuple[RawAnswer, ...] = dataclasses.field(default=(), compare=False, repr=False)
    sheets: tuple[Sheet, ...] = ()
    absent: tuple[Absent, ...] = ()

    @property
    def pages(self) -> tuple[int, ...]:
        """Return where in the file its sheets are, those that can't be read as well."""
        torn = [page.page for page in self.absent if page.page]
        return tuple(sorted([*(sheet.page for sheet in self.sheets), *torn]))


def record_of(form: FilledForm, rubric: Rubric) -> Record:
    """Return the record of a filled-in form. Pure: reads no file, and raises nothing."""
    evidence: dict[str, list[RawAnswer]] = defaultdict(list)
    for answer in form.answers:
        evidence[answer.field_id].append(answer)
    judged = {field.id: _judge(field, evidence[field.id]) for field in fields_of(rubric)}
    problems = [problem for _, problem in judged.values() if problem]
    problems += [Problem(d.code, d.field_id, d.where, d.raw) for d in form.doubts]
    doubted = {problem.field_id for problem in problems}
    values = {
        field_id: None if field_id in doubted else parsed.value
        for field_id, (parsed, _) in judged.items()
    }
    values |= _untouched(rubric, values, doubted)
    if not problems and _is_empty(rubric, values):
        problems.append(Problem("nothing_filled_in", None, ""))
    problems += [_lacking(page, rubric.language) for page in form.absent]
    came = (form.answers, form.sheets, form.absent)
    return Record(form.stamp, form.medium, values, tuple(problems), *came)


def _lacking(page: Absent, language: str) -> Problem:
    """Return the problem of a page that isn't there, or can't be read."""
    if not page.page:
        return Problem("page_missing", None, "", str(page.number))
    where = say("page {page}", language, page=page.page)
    return Problem("page_unreadable", None, where, str(page.number))


def _judge(field: Field, answers: list[RawAnswer]) -> tuple[Parsed, Problem | None]:
    """Return what all the evidence on one field says, and the problem where it can't be told."""
    readings = [(answer, parse(field, answer.raw)) for answer in answers]
    for answer, parsed in readings:
        if parsed.problem:
            return parsed, Problem(parsed.problem, field.id, answer.where, answer.raw)
    said = {parsed.value for _, parsed in readings}
    if len(said) <= 1:
        return (readings[0][1] if readings else MISSING), None
    code = "two_marked" if _all_marks(field, readings) else "places_differ"
    where = " / ".join(dict.fromkeys(answer.where for answer, _ in readings))
    raw = " / ".join(f"“{answer.raw}”" for answer, _ in readings)
    return MISSING, Problem(code, field.id, where, raw)


def _all_marks(field: Field, readings: list[tuple[RawAnswer, Parsed]]) -> bool:
    one_of = field.kind in ("score", "choice")
    return one_of and all(parsed.value is not None for _, parsed in readings)


def _untouched(
    rubric: Rubric, values: Mapping[str, Value | None], doubted: set[str | None]
) -> dict[str, None]:
    """Return the indicators of factors that nobody touched: no tick there is a "no"."""
    missing: dict[str, None] = {}
    for factor in rubric.factors:
        ids = [indicator.id for indicator in factor.indicators]
        touched = values[factor.score] is not None or any(values[id_] for id_ in ids)
        if not touched and not doubted & {factor.score, *ids}:
            missing |= dict.fromkeys(ids)
    return missing


def _is_empty(rubric: Rubric, values: Mapping[str, Value | None]) -> bool:
    """Return whether nothing but the head is filled in: a head may have been prefilled."""
    return all(values[field.id] is None for field in fields_of(rubric) if field.place != "head")
