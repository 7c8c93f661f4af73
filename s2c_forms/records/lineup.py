"""Versions of a rubric, lined up: what was renamed goes by the id that the newest gives it.

A kept id lines up by itself. A renamed one is told by `renamed` in the newer rubric's file. What
an older version lacks, or a newer one dropped, was never asked there: it is missing by design.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from s2c_forms.form.rubric import Factor, Part, Question, Roles, Rubric
from s2c_forms.records.decide import Desk
from s2c_forms.records.decision import Target
from s2c_forms.records.merge import Version

Names = Mapping[str, str]


@dataclass(frozen=True)
class Lineup:
    """Rubrics with ids as the newest has them.

    Attributes:
        rubrics: oldest first, each with the newest's ids; the newest is as it was.
        lined: by the hash that is stamped into forms, that rubric.
        names: by the same hash, the ids that were renamed since: old → new.
        decided: for ids in what people decided, since when is not known: old → new.
    """

    rubrics: tuple[Rubric, ...]
    lined: Mapping[str, Rubric]
    names: Mapping[str, Names]
    decided: Names

    def versions(self, versions: Iterable[Version]) -> list[Version]:
        """Return versions that answer by the newest ids."""
        return [self._version(version) for version in versions]

    def desk(self, desk: Desk) -> Desk:
        """Return decisions and notes about the newest ids."""
        return Desk(
            tuple(replace(one, target=self._target(one.target)) for one in desk.decisions),
            tuple(replace(one, target=self._target(one.target)) for one in desk.notes),
        )

    def _version(self, version: Version) -> Version:
        record = version.record
        names = self.names.get(record.stamp.hash)
        if not names:
            return version
        stamp = replace(record.stamp, hash=self.lined[record.stamp.hash].hash)
        values = {names.get(id_, id_): value for id_, value in record.values.items()}
        problems = tuple(
            replace(problem, field_id=names.get(problem.field_id or "", problem.field_id))
            for problem in record.problems
        )
        absent = tuple(
            replace(page, fields=tuple(names.get(id_, id_) for id_ in page.fields))
            for page in record.absent
        )
        told = replace(record, stamp=stamp, values=values, problems=problems, absent=absent)
        return replace(version, record=told)

    def _target(self, target: Target) -> Target:
        new = self.decided.get(target.field_id or "")
        return replace(target, field_id=new) if new else target


def line_up(rubrics: Sequence[Rubric]) -> Lineup:
    """Return versions of one rubric, oldest first, lined up with the newest."""
    names = {
        rubric.hash: _fitting(_names_since(rubrics[number + 1 :]), rubric)
        for number, rubric in enumerate(rubrics)
    }
    lined = {rubric.hash: rename(rubric, names[rubric.hash]) for rubric in rubrics}
    everything = _names_since(rubrics)
    kept = _ids(rubrics[-1])
    decided = {was: now for was, now in everything.items() if was not in kept and now in kept}
    return Lineup(tuple(lined[rubric.hash] for rubric in rubrics), lined, names, decided)


def _names_since(newer: Iterable[Rubric]) -> dict[str, str]:
    """Return what became of ids in rubrics that followed each other: old → newest."""
    names: dict[str, str] = {}
    for rubric in newer:
        steps = {pair.was: pair.now for pair in rubric.renamed}
        names = {was: _end(now, steps) for was, now in names.items()} | {
            was: _end(was, steps) for was in steps
        }
    return names


def _end(id_: str, steps: Names) -> str:
    """Return where a chain of renamings within one rubric ends."""
    for _ in steps:
        id_ = steps.get(id_, id_)
    return id_


def _fitting(names: Names, rubric: Rubric) -> dict[str, str]:
    """Return the renamings of ids that a rubric has, without those that would make two one."""
    ids = _ids(rubric)
    mine = {was: now for was, now in names.items() if was in ids}
    told = list(mine.values())
    return {
        was: now
        for was, now in mine.items()
        if told.count(now) == 1 and (now not in ids or now in mine)
    }


def _ids(rubric: Rubric) -> set[str]:
    questions = {question.id for question in (*rubric.header, *rubric.added)}
    groups = {part.id for part in rubric.parts} | {factor.id for factor in rubric.factors}
    scores = {factor.score for factor in rubric.factors}
    return questions | groups | scores | {indicator.id for indicator in rubric.indicators}


def rename(rubric: Rubric, names: Names) -> Rubric:
    """Return the same rubric with other ids; without any it is the rubric itself."""
    if not names:
        return rubric
    return replace(
        rubric,
        header=tuple(_question(question, names) for question in rubric.header),
        added=tuple(_question(question, names) for question in rubric.added),
        identity=_all(rubric.identity, names),
        parts=tuple(_part(part, names) for part in rubric.parts),
        roles=_roles(rubric.roles, names) if rubric.roles else None,
    )


def _question(question: Question, names: Names) -> Question:
    return replace(question, id=names.get(question.id, question.id))


def _part(part: Part, names: Names) -> Part:
    factors = tuple(_factor(factor, names) for factor in part.factors)
    return replace(part, id=names.get(part.id, part.id), factors=factors)


def _factor(factor: Factor, names: Names) -> Factor:
    return replace(
        factor,
        id=names.get(factor.id, factor.id),
        score=names.get(factor.score, factor.score),
        indicators=tuple(replace(i, id=names.get(i.id, i.id)) for i in factor.indicators),
    )


def _roles(roles: Roles, names: Names) -> Roles:
    return Roles(
        names.get(roles.subject, roles.subject),
        _all(roles.moment, names),
        names.get(roles.rater, roles.rater),
        _all(roles.conversation, names),
    )


def _all(ids: Iterable[str], names: Names) -> tuple[str, ...]:
    return tuple(names.get(id_, id_) for id_ in ids)
