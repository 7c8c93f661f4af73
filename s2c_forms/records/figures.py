"""What the scores come to: means, changes, distributions, and raters beside each other. Pure.

A mean of a part is a mean of forms: of each form the mean of what it scores in the part, and of
those the mean, with their number. So a form counts once, whatever it left out.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from statistics import fmean
from typing import Any

from s2c_forms.form.kinds import Value, natural
from s2c_forms.form.roles import roles_of
from s2c_forms.form.rubric import Factor, Part, Rubric
from s2c_forms.records.merge import Merged


@dataclass(frozen=True)
class Scored:
    """One form, as figures need it.

    Attributes:
        record: what it was made of.
        subject: whose it is, as it was written first; empty where that is missing.
        conversation: what tells one conversation of the subject from another; None where any of
            it is missing: then nobody knows whether another form is about the same one.
        moment: when it was; None where missing.
        rater: the value of the rater's choice; empty where missing.
        scores: by id of the factor, those that are sure.
        ticks: by id of the indicator, those that are sure.
    """

    record: Merged
    subject: str
    conversation: tuple[str, ...] | None
    moment: tuple[Value | None, ...]
    rater: str
    scores: Mapping[str, int]
    ticks: Mapping[str, bool]

    @property
    def talk(self) -> tuple[str, ...]:
        """Return the conversation; where nobody knows which, one of this form's own."""
        return self.conversation or (self.record.key,)

    def mean(self, part: Part) -> float | None:
        """Return the mean of what is scored in a part; None where nothing is."""
        return _mean(self.scores.get(factor.id) for factor in part.factors)


@dataclass(frozen=True)
class Mean:
    """A mean, and how many forms it is of."""

    value: float
    n: int


@dataclass(frozen=True)
class PartFigures:
    """How a subject does in a part.

    Attributes:
        mean: over all forms that score anything in it.
        latest: of the last of those forms.
        change: how much more that is than before: than the same rater's last form of another
            conversation, or, where there is none, than another's; None at the first one.
        other_rater: whether the change is between two raters, and may be theirs.
    """

    mean: Mean
    latest: float
    change: float | None = None
    other_rater: bool = False


@dataclass(frozen=True)
class SubjectFigures:
    """A subject's forms in order of time, and by id of the part how they do."""

    subject: str
    forms: tuple[Scored, ...]
    parts: Mapping[str, PartFigures]


@dataclass(frozen=True)
class Pair:
    """One factor of one conversation, scored by two."""

    conversation: tuple[str, ...]
    factor: str
    first: int
    other: int


@dataclass(frozen=True)
class Beside:
    """What two raters give a factor, over the conversations in which both scored it."""

    factor: Factor
    first: float
    other: float
    n: int


def scored_forms(records: Iterable[Merged], rubric: Rubric) -> tuple[Scored, ...]:
    """Return every form by subject, a subject's by conversation in order of time, then by rater.

    Args:
        records: of any version of the rubric.
        rubric: the newest version: its factors are looked at.
    """
    forms = [_scored(record, rubric) for record in records]
    names: dict[str, str] = {}
    began: dict[tuple[str, ...], list[str]] = {}
    for form in forms:
        names.setdefault(_folded(form.subject), form.subject)
        began[form.talk] = min(_in_time(form), began.get(form.talk, _in_time(form)))
    ranks = _ranks(rubric)

    def place(form: Scored) -> tuple[Any, ...]:
        whose = (not form.subject, natural(form.subject))
        when = (began[form.talk], form.talk)
        return *whose, *when, ranks.get(form.rater, len(ranks)), _in_time(form), form.record.key

    return tuple(sorted((_named(form, names) for form in forms), key=place))


def by_subject(forms: Sequence[Scored], rubric: Rubric) -> tuple[SubjectFigures, ...]:
    """Return the figures of each subject, in the order of `scored_forms`."""
    return tuple(
        SubjectFigures(subject, mine, dict(_parts(mine, rubric)))
        for subject, found in groupby(forms, lambda form: form.subject)
        for mine in [tuple(found)]
    )


def rater_changes(forms: Sequence[Scored]) -> frozenset[str]:
    """Return the keys of one subject's forms whose rater didn't score the conversation before."""
    changed = set()
    before: set[str] = set()
    for _, found in groupby(forms, lambda form: form.talk):
        now = list(found)
        changed |= {form.record.key for form in now if before and form.rater not in before}
        before = {form.rater for form in now}
    return frozenset(changed)


def talks(forms: Iterable[Scored]) -> int:
    """Return of how many conversations something was scored."""
    return len({form.talk for form in forms if form.scores})


def distribution(forms: Iterable[Scored], rubric: Rubric) -> dict[str, dict[int, int]]:
    """Return by factor how often each point of the scale was given."""
    counts = {f.id: {point.value: 0 for point in rubric.scale} for f in rubric.factors}
    for form in forms:
        for factor, score in form.scores.items():
            if score in counts[factor]:  # an older version's scale may have gone further
                counts[factor][score] += 1
    return counts


def raters(forms: Iterable[Scored], rubric: Rubric) -> tuple[str, ...]:
    """Return the raters that scored anything, in the order of the rubric's choices."""
    found = {form.rater for form in forms if form.scores and form.rater}
    return tuple(rater for rater in _ranks(rubric) if rater in found)


def pairs(forms: Iterable[Scored], first: str, other: str) -> tuple[Pair, ...]:
    """Return every factor that two raters both scored in the same conversation.

    Where one of them scored a conversation twice, the last form counts.
    """
    scores: dict[tuple[str, ...], dict[str, Mapping[str, int]]] = {}
    for form in forms:
        if form.conversation and form.scores:
            scores.setdefault(form.conversation, {})[form.rater] = form.scores
    return tuple(
        Pair(conversation, factor, score, by[other][factor])
        for conversation, by in scores.items()
        for factor, score in by.get(first, {}).items()
        if factor in by.get(other, {})
    )


def beside(found: Iterable[Pair], rubric: Rubric) -> tuple[Beside, ...]:
    """Return what two raters give each factor that both scored anywhere."""
    found = list(found)
    return tuple(
        Beside(
            factor,
            fmean(pair.first for pair in mine),
            fmean(pair.other for pair in mine),
            len(mine),
        )
        for factor in rubric.factors
        if (mine := [pair for pair in found if pair.factor == factor.id])
    )


def _parts(forms: Sequence[Scored], rubric: Rubric) -> Iterator[tuple[str, PartFigures]]:
    for part in rubric.parts:
        means = [(form, mean) for form in forms if (mean := form.mean(part)) is not None]
        if means:
            yield part.id, _part(means)


def _part(means: Sequence[tuple[Scored, float]]) -> PartFigures:
    form, latest = means[-1]
    mean = Mean(fmean(value for _, value in means), len(means))
    earlier = [(one, value) for one, value in means if one.talk != form.talk]
    by_same = [(one, value) for one, value in earlier if one.rater == form.rater]
    if not earlier:
        return PartFigures(mean, latest)
    _, before = (by_same or earlier)[-1]
    return PartFigures(mean, latest, latest - before, other_rater=not by_same)


def _scored(record: Merged, rubric: Rubric) -> Scored:
    roles = roles_of(rubric)
    told = record.values
    conversation = [told.get(id_) for id_ in roles.conversation]
    known = bool(conversation) and None not in conversation
    scores = {f.id: told.get(f.score) for f in rubric.factors}
    ticks = {indicator.id: told.get(indicator.id) for indicator in rubric.indicators}
    return Scored(
        record,
        _text(told.get(roles.subject)),
        tuple(_folded(_text(value)) for value in conversation) if known else None,
        tuple(told.get(id_) for id_ in roles.moment),
        _text(told.get(roles.rater)),
        {id_: score for id_, score in scores.items() if isinstance(score, int)},
        {id_: tick for id_, tick in ticks.items() if isinstance(tick, bool)},
    )


def _named(form: Scored, names: Mapping[str, str]) -> Scored:
    """Return the form with its subject written as it was first."""
    return replace(form, subject=names[_folded(form.subject)])


def _ranks(rubric: Rubric) -> dict[str, int]:
    """Return the raters that the rubric knows, each with its place."""
    asked = (*rubric.header, *rubric.added)
    rater = roles_of(rubric).rater
    choices = [choice.value for q in asked if q.id == rater for choice in q.choices]
    return {value: rank for rank, value in enumerate(choices)}


def _in_time(form: Scored) -> list[str]:
    """Return a key that sorts moments; what is missing comes last."""
    return ["~" if v is None else f"{v:020}" if isinstance(v, int) else str(v) for v in form.moment]


def _text(value: Value | None) -> str:
    return "" if value is None else str(value)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _mean(values: Iterable[int | None]) -> float | None:
    known = [value for value in values if value is not None]
    return fmean(known) if known else None
