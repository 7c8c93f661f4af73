"""Made-up conversations: three coaches, a pupil each, who get better as time goes on."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from s2c_forms.form.fields import Field, fields_of
from s2c_forms.form.kinds import Value
from s2c_forms.form.roles import roles_of
from s2c_forms.form.rubric import Factor, Rubric
from s2c_forms.words import mark, say

FIRST_DAY = dt.date(2026, 9, 7)
COACHES = 3
TALKS = 3
GOALS = (
    mark("getting to know each other"),
    mark("being on time in the morning"),
    mark("choosing an apprenticeship"),
)
REMARK = mark("Made up, for the demonstration: {label}.")


@dataclass(frozen=True)
class Talk:
    """One conversation as one person scored it: what the roster knew, and what they answered."""

    head: dict[str, Value]
    answers: dict[str, Value | None]


def talks(rubric: Rubric) -> Iterator[Talk]:
    """Yield conversations, each scored by one person and some by a second; always the same."""
    chance = Random(7)  # noqa: S311  made-up answers, the same in every demonstration
    for talk in range(TALKS):
        for coach in range(COACHES):
            raters = 2 if talk == 0 else 1
            for rater in range(raters):
                head = dict(_head(rubric, (coach, talk, rater)))
                yield Talk(head, dict(_answers(rubric, talk, chance)))


def expected(rubric: Rubric) -> list[dict[str, Value]]:
    """Return which forms a coordinator expects: of all conversations, and of each coach's next."""
    roles = roles_of(rubric)
    asked = dict.fromkeys(filter(None, (roles.subject, *roles.conversation, roles.rater)))
    heads = [talk.head for talk in talks(rubric)]
    heads += [dict(_head(rubric, (coach, TALKS, 0))) for coach in range(COACHES)]
    return [{id_: head[id_] for id_ in asked} for head in heads]


def _head(rubric: Rubric, place: tuple[int, int, int]) -> Iterator[tuple[str, Value]]:
    for field in fields_of(rubric):
        if field.place == "head":
            yield field.id, _head_value(rubric, field, place)


def _head_value(rubric: Rubric, field: Field, place: tuple[int, int, int]) -> Value:
    coach, talk, rater = place
    if field.options:
        return field.options[-rater % len(field.options)].value  # the first, then the last
    if field.kind == "number":
        return max(field.minimum or 0, talk + 1)
    if field.kind == "date":
        return FIRST_DAY + dt.timedelta(days=28 * talk + coach)
    if field.kind == "pseudonym":
        return f"{field.id[0].upper()}-{101 + coach}"
    if field.id == "supervisor":
        return "S-01"
    return say(GOALS[talk % len(GOALS)], rubric.language)


def _answers(rubric: Rubric, talk: int, chance: Random) -> Iterator[tuple[str, Value | None]]:
    for factor in rubric.factors:
        yield from _factor(rubric, factor, talk, chance)
    for field in fields_of(rubric):
        if field.place == "remarks":
            yield field.id, say(REMARK, rubric.language, label=field.label.lower())


def _factor(
    rubric: Rubric, factor: Factor, talk: int, chance: Random
) -> Iterator[tuple[str, Value | None]]:
    """Yield a score that grows from talk to talk, and ticks that go with it; now and then none."""
    if chance.random() < 0.06:
        return
    points = [point.value for point in rubric.scale]
    skill = (chance.gauss(0.35, 0.22) + 0.18 * talk) * len(points)
    rank = min(len(points) - 1, max(0, int(skill)))
    yield factor.score, points[rank]
    for indicator in factor.indicators:
        yield indicator.id, chance.random() < 0.25 + 0.3 * rank
