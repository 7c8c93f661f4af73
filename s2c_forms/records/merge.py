"""What happens when a record meets those already there: new, same, revised or copied.

A *version* is what one form in one file said. All versions together make the records, whatever
order they came in: nothing of what was merged before is needed but the versions themselves.

- Versions with the same whole identity (coach, jongere, … all filled in) are one record.
- Versions with the same form id are one record, unless their identities tell them apart: then the
  form was copied and filled in again for another conversation.
- Where versions of a record say different things, the field is undecided, and a question names
  what each file says. Where one of them says nothing, the other's answer holds, and one question
  for the record says so.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from s2c_forms.form.fields import Field, field_index
from s2c_forms.form.kinds import Value, show
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.stamp import spaced
from s2c_forms.records.alike import Told, alike, told
from s2c_forms.records.decision import Decision
from s2c_forms.records.identity import Identity, identity_of
from s2c_forms.records.question import Question, Reading, ask
from s2c_forms.records.record import Record

Rubrics = Mapping[str, Rubric]
_DIGITS = 16  # of a file's SHA-256: enough to tell files apart, short enough for people to compare
# Problems of an answer that is given all the same.
_BESIDE_ANSWERS = frozenset({"name_in_text"})


@dataclass(frozen=True)
class Version:
    """What one form in one file said.

    Attributes:
        record: its answers and problems.
        file: the file's name, as people know it.
        sha256: of the file's content.
        place: which of the forms in the file, from 0.
        number: in which order it came, from 1; it decides nothing but what history tells.
        whose: by field, digests of names that stood where a code belongs: what tells its people
            from others, though their names are kept out.
    """

    record: Record
    file: str
    sha256: str
    place: int = 0
    number: int = 0
    whose: tuple[tuple[str, str], ...] = ()

    @property
    def form_id(self) -> str:
        """Return which copy of the form it is."""
        return self.record.stamp.form_id

    @property
    def ref(self) -> str:
        """Return its name, which never changes: the content it was read from, and its place."""
        return f"{self.sha256[:_DIGITS]}:{self.place}"

    @property
    def is_blank(self) -> bool:
        """Return whether nothing was filled in on it."""
        return any(problem.code == "nothing_filled_in" for problem in self.record.problems)


@dataclass(frozen=True)
class Merged:
    """One record, made of every version of it.

    Attributes:
        key: its name: of its identity, or the form id of a form whose identity has gaps.
        versions: what it was made of, in order of file name.
        values: every field id of its rubrics; None where missing or undecided.
        questions: what there is to decide.
        decisions: what people decided about it, in order; see `records.decide`.
    """

    key: str
    versions: tuple[Version, ...]
    values: Mapping[str, Value | None]
    questions: tuple[Question, ...]
    decisions: tuple[Decision, ...] = ()

    @property
    def form_ids(self) -> tuple[str, ...]:
        """Return the ids of its forms: usually one."""
        return tuple(sorted({version.form_id for version in self.versions}))

    @property
    def refs(self) -> frozenset[str]:
        """Return the names of its versions."""
        return frozenset(version.ref for version in self.versions)

    @property
    def media(self) -> tuple[str, ...]:
        """Return the media it came back in."""
        return tuple(sorted({version.record.medium for version in self.versions}))

    @property
    def undecided(self) -> frozenset[str]:
        """Return the fields that wait for a decision. A score that isn't there is just missing."""
        return frozenset(
            question.field_id
            for question in self.questions
            if question.field_id and question.code != "score_missing"
        )


def merge(versions: Iterable[Version], rubrics: Rubrics) -> tuple[Merged, ...]:
    """Return the records that `versions` make, in order of their keys.

    Args:
        versions: everything that every form said.
        rubrics: by hash, the rubric of every version.
    """
    groups = _groups(sorted(versions, key=_name), rubrics)
    records = [_settle(key, group, rubrics) for key, group in sorted(groups.items())]
    records_of = defaultdict(list)
    for record in records:
        for form_id in record.form_ids:
            records_of[form_id].append(record.key)
    copied = {form_id for form_id, keys in records_of.items() if len(keys) > 1}
    near = alike([_told(record, rubrics) for record in records])
    return tuple(_remark_alike(_remark_copies(record, copied), near) for record in records)


def _told(record: "Merged", rubrics: Rubrics) -> Told:
    """Return what a record says, for comparing it with others; a blank one says nothing."""
    first = next((v for v in record.versions if not v.is_blank), record.versions[0])
    rubric = rubrics[first.record.stamp.hash]
    return told(record.key, replace(first.record, values=record.values), record.form_ids, rubric)


def _remark_alike(record: "Merged", near: Mapping[str, frozenset[str]]) -> "Merged":
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


def _name(version: Version) -> tuple[str, str, int]:
    return version.file, version.sha256, version.place


def _groups(versions: Sequence[Version], rubrics: Rubrics) -> dict[str, list[Version]]:
    """Return the versions by the record that they are of."""
    identities = {
        _name(version): identity_of(
            version.record, rubrics[version.record.stamp.hash], dict(version.whose)
        )
        for version in versions
    }
    siblings: dict[str, list[Version]] = defaultdict(list)
    for version in versions:
        siblings[version.form_id].append(version)
    groups: dict[str, list[Version]] = defaultdict(list)
    for form_id, of_form in siblings.items():
        for key, version in _assign(form_id, of_form, identities):
            groups[key].append(version)
    return groups


def _assign(
    form_id: str,
    versions: Sequence[Version],
    identities: Mapping[tuple[str, str, int], Identity],
) -> Iterator[tuple[str, Version]]:
    """Yield each version of one form with the key of its record.

    A version whose identity has gaps belongs to the only whole identity that it fits. Where it
    fits several it is kept apart; a blank one, which says nothing, goes with any of them.
    """
    wholes = {i.digest: i for version in versions if (i := identities[_name(version)]).whole}
    apart: list[Version] = []
    for version in versions:
        mine = identities[_name(version)]
        fitting = [mine.digest] if mine.whole else [k for k, i in wholes.items() if mine.fits(i)]
        if len(fitting) == 1 or (fitting and version.is_blank):
            yield min(fitting), version
        else:
            apart.append(version)
    clusters = _clusters([(version, identities[_name(version)]) for version in apart])
    for number, cluster in enumerate(clusters, start=1):
        key = form_id if number == 1 else f"{form_id}-{number}"
        yield from ((key, version) for version in cluster)


def _clusters(versions: Sequence[tuple[Version, Identity]]) -> list[list[Version]]:
    """Return versions that fit each other, in order of their identities.

    Two that contradict each other are never of one record, though a third one, with less in its
    head, fits both. A blank one says nothing, so it may go with any that it fits.
    """
    speaking = [found for found in versions if not found[0].is_blank]
    clusters = [cluster for near in _near(speaking) for cluster in _without_contradiction(near)]
    clusters.sort(key=_first_identity)
    for found in versions:
        if found[0].is_blank:
            fitting = (c for c in clusters if all(found[1].fits(other) for _, other in c))
            home = next(fitting, None)
            if home is None:
                clusters.append([found])
            else:
                home.append(found)
    return [[version for version, _ in cluster] for cluster in clusters]


_Told = list[tuple[Version, Identity]]


def _first_identity(cluster: _Told) -> str:
    return min(str(identity.answers) for _, identity in cluster)


def _near(versions: _Told) -> list[_Told]:
    """Return versions in groups that hang together, one fitting the next."""
    groups: list[_Told] = []
    for version in versions:
        near = [group for group in groups if any(version[1].fits(other[1]) for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append([version, *(member for group in near for member in group)])
    return groups


def _without_contradiction(group: _Told) -> list[_Told]:
    """Return a group whole where all of it fits; else those of equal identity together."""
    if all(one.fits(other) for (_, one), (_, other) in combinations(group, 2)):
        return [group]
    equal: dict[object, _Told] = defaultdict(list)
    for version, identity in group:
        equal[identity.answers].append((version, identity))
    return list(equal.values())


def _settle(key: str, group: Sequence[Version], rubrics: Rubrics) -> Merged:
    """Return the record that versions of one form or conversation make."""
    speaking = [version for version in group if not version.is_blank] or list(group)
    fields: dict[str, Field] = {}
    for hash_ in sorted({version.record.stamp.hash for version in speaking}):
        fields |= field_index(rubrics[hash_])
    language = rubrics[speaking[0].record.stamp.hash].language
    values: dict[str, Value | None] = {}
    questions = _problems(None, speaking)
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
    return Merged(key, tuple(sorted(group, key=_name)), values, tuple(questions))


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
    readings: dict[str, list[Reading]] = defaultdict(list)
    for version in versions:
        for problem in version.record.problems:
            if problem.field_id == field_id:
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
            id_ for id_, value in given.items() if version.record.values.get(id_, value) is None
        ]
        if lacking:
            readings.append(Reading(", ".join(lacking), version.file))
    return [ask("fuller_version", None, readings)] if readings else []


def _remark_copies(record: Merged, copied: set[str]) -> Merged:
    """Return the record with a question for each of its forms that other records are of too."""
    remarks = [
        ask("copied_form", None, [Reading(spaced(form_id), v.file) for v in record.versions])
        for form_id in record.form_ids
        if form_id in copied
    ]
    return replace(record, questions=(*remarks, *record.questions))
