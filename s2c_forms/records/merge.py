"""What happens when a record meets those already there: new, same, revised or copied.

A *version* is what one form in one file said. All versions together make the records, whatever
order they came in: nothing of what was merged before is needed but the versions themselves.

- Versions with the same whole identity (coach, jongere, … all filled in) are one record.
- Versions with the same form id are one record, unless their identities tell them apart: then the
  form was copied and filled in again for another conversation.
- Versions of different sheets of paper with one form id, which was photocopied, are each a record:
  see `records.photocopies`.
- Pages of one form that came by themselves are one record: see `records.lacking`.
- Where versions of a record say different things, the field is undecided, and a question names
  what each file says. Where one of them says nothing, the other's answer holds, and one question
  for the record says so.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, product
from operator import attrgetter

from s2c_forms.form.fields import Field, field_index
from s2c_forms.form.kinds import Value, show
from s2c_forms.form.stamp import spaced
from s2c_forms.records.alike import Told, alike, told
from s2c_forms.records.grouping import groups_of
from s2c_forms.records.lacking import PAGE_CODES, fields_lacking, page_problems
from s2c_forms.records.photocopies import is_apart
from s2c_forms.records.problems import Problem
from s2c_forms.records.question import Question, Reading, ask
from s2c_forms.records.version import Merged, Rubrics, Version

__all__ = ["Merged", "Rubrics", "Version", "merge", "questions_of"]

_BY_HAND = frozenset({"handwritten", "written_beside"})
# Problems of an answer that is given all the same.
_BESIDE_ANSWERS = frozenset({"name_in_text"})


def merge(versions: Iterable[Version], rubrics: Rubrics) -> tuple[Merged, ...]:
    """Return the records that `versions` make, in order of their keys.

    Args:
        versions: everything that every form said.
        rubrics: by hash, the rubric of every version.
    """
    groups = groups_of(sorted(versions, key=attrgetter("name")), rubrics)
    records = [_settle(key, group, rubrics) for key, group in sorted(groups.items())]
    copied = _copied(records, rubrics)
    near = alike([_told(record, rubrics) for record in records if not _waits(record, rubrics)])
    return tuple(_remark_alike(_remark_copies(record, copied), near) for record in records)


def _copied(records: Iterable[Merged], rubrics: Rubrics) -> dict[tuple[str, str], str]:
    """Return the code of the question on each form that several records are of, by record."""
    records_of: dict[str, list[Merged]] = defaultdict(list)
    for record in records:
        for form_id in record.form_ids:
            records_of[form_id].append(record)
    return {
        (form_id, record.key): "photocopied" if record.key in on_paper else "copied_form"
        for form_id, found in records_of.items()
        if len(found) > 1
        for on_paper in [_photocopied(form_id, found, rubrics)]
        for record in found
    }


def _photocopied(form_id: str, records: Sequence[Merged], rubrics: Rubrics) -> set[str]:
    """Return the keys of those records of a form that are of different sheets of paper."""
    found: set[str] = set()
    for one, other in combinations(records, 2):
        if {one.key, other.key} <= found:
            continue
        sides = ([v for v in side.versions if v.form_id == form_id] for side in (one, other))
        if any(is_apart(left, right, rubrics) for left, right in product(*sides)):
            found |= {one.key, other.key}
    return found


def _waits(record: Merged, rubrics: Rubrics) -> bool:
    """Return whether its head isn't known yet: on a page that lacks, or in handwriting."""
    unread = {q.field_id for q in record.questions if q.code in _BY_HAND}
    unread |= fields_lacking(record.versions)
    return any(unread & set(rubrics[v.record.stamp.hash].identity) for v in record.versions)


def _told(record: Merged, rubrics: Rubrics) -> Told:
    """Return what a record says, for comparing it with others; a blank one says nothing."""
    first = next((v for v in record.versions if not v.is_blank), record.versions[0])
    rubric = rubrics[first.record.stamp.hash]
    return told(record.key, replace(first.record, values=record.values), record.form_ids, rubric)


def _remark_alike(record: "Merged", near: Mapping[str, frozenset[str]]) -> Merged:
    """Return the record with a question for each form that may be of the same conversation."""
    file = record.versions[0].file
    remarks = [
        ask("maybe_same", None, [Reading(spaced(form_id), file)])
        for form_id in sorted(near.get(record.key, ()))
    ]
    return replace(record, questions=(*record.questions, *remarks)) if remarks else record


def questions_of(versions: Sequence[Version], rubrics: Rubrics) -> tuple[Question, ...]:
    """Return what there is to ask about a record that is made of just these versions."""
    return _settle("", versions, rubrics).questions if versions else ()


def _settle(key: str, group: Sequence[Version], rubrics: Rubrics) -> Merged:
    """Return the record that versions of one form or conversation make."""
    speaking = [version for version in group if not version.is_blank] or list(group)
    fields: dict[str, Field] = {}
    for hash_ in sorted({version.record.stamp.hash for version in speaking}):
        fields |= field_index(rubrics[hash_])
    language = rubrics[speaking[0].record.stamp.hash].language
    values: dict[str, Value | None] = {}
    questions = [*_asked(None, page_problems(group)), *_problems(None, speaking)]
    for field in fields.values():
        said = _said(field.id, speaking)
        values[field.id] = next(iter(said)) if len(said) == 1 else None
        if len(said) > 1:
            questions.append(_conflict(field, said, language))
        elif not said:
            questions += _problems(field.id, speaking)
        if said:
            questions += [q for q in _problems(field.id, speaking) if q.code in _BESIDE_ANSWERS]
    questions += _gaps(values, speaking)
    return Merged(key, tuple(sorted(group, key=attrgetter("name"))), values, tuple(questions))


def _said(field_id: str, versions: Sequence[Version]) -> dict[Value, list[Version]]:
    """Return every answer given to a field, with the versions that give it."""
    said: dict[Value, list[Version]] = defaultdict(list)
    for version in versions:
        value = version.record.values.get(field_id)
        if value is not None:
            said[value].append(version)
    return said


def _conflict(field: Field, said: Mapping[Value, list[Version]], language: str) -> Question:
    readings = [
        Reading(show(field, value, language), version.file)
        for value, versions in said.items()
        for version in versions
    ]
    return ask("conflict", field.id, readings)


def _problems(field_id: str | None, versions: Sequence[Version]) -> list[Question]:
    """Return the problems that versions have with a field, equal ones as one question."""
    found = [
        (version, problem)
        for version in versions
        for problem in version.record.problems
        if problem.field_id == field_id and problem.code not in PAGE_CODES
    ]
    return _asked(field_id, found)


def _asked(field_id: str | None, problems: Iterable[tuple[Version, Problem]]) -> list[Question]:
    readings: dict[str, list[Reading]] = defaultdict(list)
    for version, problem in problems:
        readings[problem.code].append(Reading(problem.raw, version.file, problem.where))
    return [ask(code, field_id, found) for code, found in sorted(readings.items())]


def _gaps(values: Mapping[str, Value | None], versions: Sequence[Version]) -> list[Question]:
    """Return the question that says which version lacks an answer that another one gives.

    An indicator that is not ticked is no answer to miss.
    """
    readings = []
    given = {
        id_: value for id_, value in values.items() if value is not None and value is not False
    }
    for version in versions:
        lacking = [
            id_
            for id_, value in given.items()
            if version.record.values.get(id_, value) is None and id_ not in version.off
        ]
        if lacking:
            readings.append(Reading(", ".join(lacking), version.file))
    return [ask("fuller_version", None, readings)] if readings else []


def _remark_copies(record: Merged, copied: Mapping[tuple[str, str], str]) -> Merged:
    """Return the record with a question for each of its forms that other records are of too."""
    asked = {question.code for question in record.questions}
    remarks = [
        ask(code, None, [Reading(spaced(form_id), v.file) for v in record.versions])
        for form_id in record.form_ids
        if (code := copied.get((form_id, record.key), "")) and not asked & {code, "photocopied"}
    ]
    return replace(record, questions=(*remarks, *record.questions))
