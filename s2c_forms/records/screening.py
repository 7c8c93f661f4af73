"""Versions and records without names: what is left out becomes a question.

`screen` comes before versions are merged: a name where a code belongs is no answer, though it
still tells its people from others. `screen_decided` comes after people's decisions: what they
typed may hold a name as well.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import partial
from typing import Any, TypeVar

from s2c_forms.form.codes import is_code
from s2c_forms.form.fields import Field, field_index
from s2c_forms.form.kinds import Value
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.stamp import Stamp, parse_form_id
from s2c_forms.records.decide import Desk
from s2c_forms.records.merge import Merged, Rubrics, Version
from s2c_forms.records.names import NOBODY, Names, find, fingerprint, leaks, mask
from s2c_forms.records.problems import Problem
from s2c_forms.records.question import Question, Reading, ask
from s2c_forms.words import say

Thing = TypeVar("Thing")
Findings = Mapping[str, tuple[str, ...]]
# Digests and keys of ours: letters among their digits are no words.
_OURS = re.compile(r"[0-9a-f]{12,}(?:[:-]\d+)?|[0-9A-Z]{8}-\d+")
_QUOTED = re.compile("“(.*?)”", re.DOTALL)


@dataclass(frozen=True)
class Sieve:
    """What is kept out, and what stands in its place.

    Attributes:
        names: those to look for in every text.
        word: what stands where a name was left out.
        is_open: whether names are allowed: then nothing is left out.
    """

    names: Names = NOBODY
    word: str = ""
    is_open: bool = False

    def text(self, text: str) -> str:
        """Return a text without names."""
        return mask(text, self.names, self.word)


def sieve_of(names: Names, language: str) -> Sieve:
    """Return a sieve that says in `language` where a name was left out."""
    return Sieve(names, say("[name]", language))


OPEN = Sieve(is_open=True)


def names_met(versions: Iterable[Version], rubrics: Rubrics) -> set[str]:
    """Return what stood in fields of codes and is no code: names, as good as always."""
    return {
        text
        for version in versions
        for field in _code_fields(rubrics[version.record.stamp.hash])
        for text in _written(version, field)
        if text and not is_code(field, text)
    }


def names_typed(desk: Desk, fields: Iterable[Field]) -> set[str]:
    """Return what people typed into a workbook where a code belongs, and is none."""
    known = {field.id: field for field in fields if field.kind == "pseudonym"}
    typed = [(one.target.field_id, one.value) for one in desk.decisions]
    typed += [(one.target.field_id, one.typed) for one in desk.notes]
    return {
        text
        for field_id, text in typed
        if field_id in known and isinstance(text, str) and not is_code(known[field_id], text)
    }


def _code_fields(rubric: Rubric) -> Iterator[Field]:
    return (field for field in field_index(rubric).values() if field.kind == "pseudonym")


def _written(version: Version, field: Field) -> Iterator[str]:
    """Yield what stood in a field, where it isn't sure as well: `“Anna” / “C-012”`."""
    value = version.record.values.get(field.id)
    if isinstance(value, str):
        yield value
    for problem in version.record.problems:
        if problem.field_id == field.id:
            yield from _QUOTED.findall(problem.raw) or [problem.raw]


def screen(
    versions: Iterable[Version], rubrics: Rubrics, sieve: Sieve, findings: Findings
) -> list[Version]:
    """Return the versions without names.

    Args:
        versions: as read, called by what their files are called without names.
        rubrics: by hash, the rubric of every version.
        sieve: what is kept out.
        findings: by a file's content, codes of problems with its name and properties.
    """
    if sieve.is_open:
        return list(versions)
    return [
        _screened(v, rubrics[v.record.stamp.hash], sieve, findings.get(v.sha256, ()))
        for v in versions
    ]


def _screened(version: Version, rubric: Rubric, sieve: Sieve, found: Iterable[str]) -> Version:
    record = version.record
    values = dict(record.values)
    problems = [_without(problem, rubric, sieve) for problem in record.problems]
    whose: list[tuple[str, str]] = []
    for field_id, field in field_index(rubric).items():
        value = values.get(field_id)
        if not isinstance(value, str) or field.options:
            continue
        if field.kind == "pseudonym":
            if not is_code(field, value) or find(value, sieve.names):
                values[field_id] = None
                whose.append((field_id, fingerprint(value, sieve.names)))
                problems += _no_code(field_id, problems)
        elif (clean := sieve.text(value)) != value:
            values[field_id] = clean
            problems.append(Problem("name_in_text", field_id, "", clean))
    problems += [Problem(code, None, "") for code in found]
    record = replace(record, values=values, problems=tuple(problems))
    return replace(version, record=record, whose=tuple(whose))


def _no_code(field_id: str, problems: Iterable[Problem]) -> list[Problem]:
    """Return the problem of a name where a code belongs, if the key has raised none already."""
    raised = any(p.code == "near_name" and p.field_id == field_id for p in problems)
    return [] if raised else [Problem("name_for_code", field_id, "")]


def _without(problem: Problem, rubric: Rubric, sieve: Sieve) -> Problem:
    """Return a problem that shows no name: of a field of codes nothing but codes."""
    field = field_index(rubric).get(problem.field_id or "")
    raw = sieve.text(problem.raw)
    if raw and field and field.kind == "pseudonym" and problem.code != "near_name":
        quoted = _QUOTED.findall(raw)
        kept = [text if is_code(field, text) else sieve.word for text in quoted or [raw]]
        raw = " / ".join(f"“{text}”" for text in kept) if quoted else kept[0]
    return replace(problem, raw=raw, where=sieve.text(problem.where))


def screen_decided(records: Iterable[Merged], rubrics: Rubrics, sieve: Sieve) -> tuple[Merged, ...]:
    """Return the records without names in what people decided, typed and remarked."""
    if sieve.is_open:
        return tuple(records)
    return tuple(_decided(record, rubrics, sieve) for record in records)


def _decided(record: Merged, rubrics: Rubrics, sieve: Sieve) -> Merged:
    known: dict[str, Field] = {}
    for version in record.versions:
        known |= field_index(rubrics[version.record.stamp.hash])
    values: dict[str, Value | None] = dict(record.values)
    raised: list[Question] = []
    for field_id, value in record.values.items():
        field = known.get(field_id)
        if field is None or not isinstance(value, str) or field.options:
            continue
        if field.kind == "pseudonym" and (not is_code(field, value) or find(value, sieve.names)):
            values[field_id] = None
            raised.append(ask("name_for_code", field_id, _files(record, "")))
        elif (clean := sieve.text(value)) != value:
            values[field_id] = clean
            raised.append(ask("name_in_text", field_id, _files(record, clean)))
    asked = {(question.code, question.field_id) for question in record.questions}
    new = [question for question in raised if (question.code, question.field_id) not in asked]
    record = replace(record, values=values, questions=(*record.questions, *new))
    return without_names(record, sieve)


def _files(record: Merged, raw: str) -> list[Reading]:
    return [Reading(raw, version.file) for version in record.versions]


def without_names(thing: Thing, sieve: Sieve) -> Thing:
    """Return data of any shape with every name in any of its texts left out."""
    if sieve.is_open or not sieve.names.digests:
        return thing
    told: Thing = _rebuilt(thing, sieve)
    return told


def _rebuilt(thing: Any, sieve: Sieve) -> Any:
    again = partial(_rebuilt, sieve=sieve)
    if isinstance(thing, str):
        return thing if _is_ours(thing) else sieve.text(thing)
    if isinstance(thing, tuple | list | set | frozenset):
        told = [again(item) for item in thing]
        return thing if told == list(thing) else type(thing)(told)
    if isinstance(thing, Mapping):
        return {key: again(value) for key, value in thing.items()}
    if not is_dataclass(thing) or isinstance(thing, type | Stamp | Rubric | Field):
        return thing
    parts = {part.name: getattr(thing, part.name) for part in fields(thing) if part.init}
    changed = {name: new for name, old in parts.items() if (new := again(old)) != old}
    return replace(thing, **changed) if changed else thing


def texts_in(thing: Any) -> Iterator[str]:
    """Yield every text in data of any shape that a person wrote, or a program read."""
    if isinstance(thing, str):
        if not _is_ours(thing):
            yield thing
    elif isinstance(thing, Mapping):
        yield from texts_in(list(thing.values()))
    elif isinstance(thing, tuple | list | set | frozenset):
        for item in thing:
            yield from texts_in(item)
    elif is_dataclass(thing) and not isinstance(thing, type | Stamp | Rubric | Field):
        yield from texts_in([getattr(thing, part.name) for part in fields(thing)])


def leaks_in(thing: Any, sieve: Sieve) -> tuple[str, ...]:
    """Return the texts in data of any shape that hold a name after all."""
    return () if sieve.is_open else leaks(texts_in(thing), sieve.names)


def _is_ours(text: str) -> bool:
    return bool(_OURS.fullmatch(text)) or parse_form_id(text) is not None
