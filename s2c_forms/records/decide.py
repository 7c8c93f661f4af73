"""Decisions meet records: what a person settled holds, whatever comes back later.

Three steps, all pure. `pin` puts decided answers that tell whose form it is into the versions,
before they are merged: then the records are those of the people meant. `decide` puts all other
decided answers into the records, and asks what people's typing raised. `settle` takes away the
questions that were answered by "it is right as it is"; it comes last, after whatever asks more.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from s2c_forms.form.fields import field_index
from s2c_forms.form.kinds import Value, show
from s2c_forms.form.rubric import Factor, Rubric
from s2c_forms.records.decision import Decision, Note
from s2c_forms.records.history import says_same
from s2c_forms.records.identity import identity_of
from s2c_forms.records.lacking import fields_lacking
from s2c_forms.records.merge import Merged, Rubrics, Version, questions_of
from s2c_forms.records.photocopies import sheets_of
from s2c_forms.records.question import Question, Reading, ask
from s2c_forms.records.unticked import Known, unticked

Evidence = tuple[str, Value | str | None]
_CAME_BACK, _IS_OUT = "left_out_differs", "is_left_out"
_UNTIL_UNDONE = frozenset({"row_deleted", _CAME_BACK, _IS_OUT})  # asked for as long as it is so


@dataclass(frozen=True)
class Desk:
    """What people decided, in order, and what they typed that settles nothing yet."""

    decisions: tuple[Decision, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Decided:
    """Records as decided, and those that were left out."""

    records: tuple[Merged, ...]
    left_out: tuple[Merged, ...]


def evidence(version: Version, field_id: str) -> Evidence:
    """Return what a version says of a field: a value, something that isn't sure, or nothing."""
    value = version.record.values.get(field_id)
    if value is not None:
        return "value", value
    for problem in version.record.problems:
        if problem.field_id == field_id:
            return problem.code, problem.raw
    return "missing", None


def pin(
    versions: Iterable[Version], decisions: Iterable[Decision], rubrics: Rubrics
) -> list[Version]:
    """Return the versions with decided answers to the fields that tell whose form it is.

    A version that came later is taken along where it says what was known when it was decided.
    """
    current = list(versions)
    for decision in decisions:
        if decision.verdict == "value" and decision.target.field_id:
            current = _pinned(current, decision, decision.target.field_id, rubrics)
    return current


def _pinned(
    versions: list[Version], decision: Decision, field_id: str, rubrics: Rubrics
) -> list[Version]:
    known = [v for v in versions if v.ref in decision.target.known]
    if not any(field_id in rubrics[v.record.stamp.hash].identity for v in known):
        return versions
    forms = {v.form_id for v in known}
    seen = {evidence(v, field_id) for v in known}
    whose = [identity_of(v.record, rubrics[v.record.stamp.hash]) for v in known]
    others = _other_sheets(versions, known, rubrics)

    def is_meant(version: Version) -> bool:
        if version.ref in decision.target.known:
            return True
        if version.form_id not in forms or evidence(version, field_id) not in seen:
            return False
        if version.ref in others:
            return False
        mine = identity_of(version.record, rubrics[version.record.stamp.hash])
        return any(mine.fits(other) for other in whose)

    return [_with(v, field_id, decision.value) if is_meant(v) else v for v in versions]


def _other_sheets(
    versions: Iterable[Version], known: Iterable[Version], rubrics: Rubrics
) -> frozenset[str]:
    """Return the names of versions of known forms that are of other sheets of paper."""
    refs = {version.ref for version in known}
    of_form: dict[str, list[Version]] = {version.form_id: [] for version in known}
    for version in versions:
        if version.form_id in of_form:
            of_form[version.form_id].append(version)
    sheets = [sheet for found in of_form.values() for sheet in sheets_of(found, rubrics)]
    others = [sheet for sheet in sheets if refs.isdisjoint(version.ref for version in sheet)]
    return frozenset(version.ref for sheet in others for version in sheet)


def _with(version: Version, field_id: str, value: Value | None) -> Version:
    """Return a version that says this of a field, and is sure of it."""
    record = version.record
    if field_id not in record.values:
        return version
    sure = tuple(problem for problem in record.problems if problem.field_id != field_id)
    values = {**record.values, field_id: value}
    return replace(version, record=replace(record, values=values, problems=sure))


def decide(records: Iterable[Merged], desk: Desk, rubrics: Rubrics) -> Decided:
    """Return the records with every decided answer, and the questions that are left.

    Args:
        records: as merged from the versions that `pin` returned.
        desk: what people decided and typed.
        rubrics: by hash, the rubric of every version.
    """
    decisions = _Drawer.of([decision.target.known for decision in desk.decisions])
    notes = _Drawer.of([note.target.known for note in desk.notes])
    kept: list[Merged] = []
    left_out: list[Merged] = []
    for record in records:
        refs = record.refs
        mine = [desk.decisions[number] for number in decisions.numbers(refs)]
        typed = [desk.notes[number] for number in notes.numbers(refs)]
        decided = _decided(record, mine, typed, rubrics)
        if _is_left_out(record, mine):
            files = [Reading("", version.file) for version in record.versions]
            left_out.append(replace(decided, questions=(ask(_IS_OUT, None, files),)))
        else:
            kept.append(decided)
    return Decided(tuple(kept), tuple(left_out))


@dataclass(frozen=True)
class _Drawer:
    """Where decisions on a version are found: by its name, their numbers."""

    found: Mapping[str, tuple[int, ...]]

    @classmethod
    def of(cls, known: Sequence[frozenset[str]]) -> "_Drawer":
        found: dict[str, list[int]] = defaultdict(list)
        for number, refs in enumerate(known):
            for ref in refs:
                found[ref].append(number)
        return cls({ref: tuple(numbers) for ref, numbers in found.items()})

    def numbers(self, refs: Iterable[str]) -> list[int]:
        return sorted({number for ref in refs for number in self.found.get(ref, ())})


def _decided(
    record: Merged, decisions: Sequence[Decision], notes: Sequence[Note], rubrics: Rubrics
) -> Merged:
    last = {d.target.field_id: d for d in decisions if d.verdict == "value" and d.target.field_id}
    values = dict(record.values)
    questions = [q for q in record.questions if q.field_id not in last]
    for field_id, decision in last.items():
        if field_id not in values:
            continue
        if not _tells_whose(record, field_id, rubrics):
            values[field_id] = decision.value
            questions += _otherwise(record, field_id, decision, rubrics)
    questions += _raised(notes)
    if news := _news(record, decisions):
        files = [Reading("", version.file) for version in news]
        questions.append(ask(_CAME_BACK, None, files))
    asked = {question.field_id for question in questions} | set(last)
    questions += _unscored(record, values, asked, rubrics)
    unsure = {question.field_id for question in questions} | fields_lacking(record.versions)
    known = Known(dict(values), set(last), unsure)
    for factor in _factors(record, rubrics):
        values |= unticked(factor, known)
    return replace(record, values=values, questions=tuple(questions), decisions=tuple(decisions))


def _tells_whose(record: Merged, field_id: str, rubrics: Rubrics) -> bool:
    """Return whether `pin` decided this field already."""
    return any(field_id in rubrics[v.record.stamp.hash].identity for v in record.versions)


def _otherwise(
    record: Merged, field_id: str, decision: Decision, rubrics: Rubrics
) -> list[Question]:
    """Return the question that answers raise which nobody knew of, and which differ."""
    known = [v for v in record.versions if v.ref in decision.target.known]
    seen = {evidence(version, field_id) for version in known}
    seen |= {("value", decision.value), ("missing", None)}
    readings = [
        Reading(_shown(version, field_id, rubrics), version.file)
        for version in record.versions
        if version not in known and not version.is_blank
        for code, value in [evidence(version, field_id)]
        if code == "value" and (code, value) not in seen
    ]
    return [ask("decided_otherwise", field_id, readings)] if readings else []


def _shown(version: Version, field_id: str, rubrics: Rubrics) -> str:
    rubric = rubrics[version.record.stamp.hash]
    return show(field_index(rubric)[field_id], version.record.values[field_id], rubric.language)


def _raised(notes: Iterable[Note]) -> list[Question]:
    """Return the questions that people's own doings raise."""
    codes = {"correction": "correction_refused", "deleted": "row_deleted"}
    return [
        ask(codes[note.kind], note.target.field_id, [Reading(note.typed, "")])
        for note in notes
        if note.kind in codes
    ]


def _unscored(
    record: Merged,
    values: Mapping[str, Value | None],
    asked: set[str | None],
    rubrics: Rubrics,
) -> list[Question]:
    """Return a question for each factor with ticks but without a score."""
    files = [Reading("", v.file) for v in record.versions if not v.is_blank]
    return [
        ask("score_missing", factor.score, files)
        for factor in _factors(record, rubrics)
        if values.get(factor.score) is None
        and factor.score not in asked
        and any(values.get(indicator.id) for indicator in factor.indicators)
    ]


def _factors(record: Merged, rubrics: Rubrics) -> list[Factor]:
    found: dict[str, Factor] = {}
    for version in record.versions:
        rubric: Rubric = rubrics[version.record.stamp.hash]
        found |= {factor.score: factor for factor in rubric.factors}
    return list(found.values())


def _is_left_out(record: Merged, decisions: Sequence[Decision]) -> bool:
    last = _last_on_leaving_out(decisions)
    return last is not None and last.verdict == "left_out" and not _news(record, decisions)


def _news(record: Merged, decisions: Sequence[Decision]) -> list[Version]:
    """Return the versions that say what nobody knew when it was decided to leave a form out."""
    last = _last_on_leaving_out(decisions)
    if last is None or last.verdict != "left_out":
        return []
    known = [v for v in record.versions if v.ref in last.target.known]
    return [
        version
        for version in record.versions
        if not version.is_blank and not any(says_same(version, other) for other in known)
    ]


def _last_on_leaving_out(decisions: Sequence[Decision]) -> Decision | None:
    about = [
        d for d in decisions if d.verdict == "left_out" or d.target.code in (_CAME_BACK, _IS_OUT)
    ]
    return about[-1] if about else None


def settle(records: Iterable[Merged], rubrics: Rubrics) -> tuple[Merged, ...]:
    """Return the records without the questions that were answered by leaving all as it is."""
    return tuple(
        replace(
            record,
            questions=tuple(q for q in record.questions if not _is_settled(q, record, rubrics)),
        )
        if any(decision.verdict == "agreed" for decision in record.decisions)
        else record
        for record in records
    )


def _is_settled(question: Question, record: Merged, rubrics: Rubrics) -> bool:
    if question.code in _UNTIL_UNDONE:
        return False
    agreed = [
        decision
        for decision in record.decisions
        if decision.verdict == "agreed"
        and (decision.target.code, decision.target.field_id) == (question.code, question.field_id)
    ]
    return bool(agreed) and not _says_more(question, record, agreed[-1], rubrics)


def _says_more(question: Question, record: Merged, agreed: Decision, rubrics: Rubrics) -> bool:
    """Return whether a question of the forms themselves tells more than when it was settled."""
    known = [v for v in record.versions if v.ref in agreed.target.known]
    then = {q for q in questions_of(known, rubrics) if q.code == question.code}
    read = {reading.raw for q in then for reading in q.readings if q.field_id == question.field_id}
    return bool(then) and not {reading.raw for reading in question.readings} <= read
