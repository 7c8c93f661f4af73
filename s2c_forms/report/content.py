"""What a report says: what was scored, what goes well, and what there is to talk about. Pure.

It tells nothing but scores, ticks and codes, and of one person only: no text that somebody wrote,
nobody else's scores, no mean of a group. A factor goes well where the mean of its last three
scores is in the top quarter of the scale; there is room to grow where it is not above the middle.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from s2c_forms.form.fields import field_index
from s2c_forms.form.kinds import show
from s2c_forms.form.roles import roles_of
from s2c_forms.form.rubric import Factor, Rubric
from s2c_forms.records import figures
from s2c_forms.records.figures import Pair, Scored
from s2c_forms.records.merge import Merged

RECENT = 3  # scores of a factor that say how it goes now


@dataclass(frozen=True)
class Form:
    """One form, as the head of a column: when, which conversation, and who scored."""

    when: str
    which: str
    rater: str
    scores: Mapping[str, int]
    undecided: frozenset[str]


@dataclass(frozen=True)
class Point:
    """A factor that stands out.

    Attributes:
        factor: which.
        scores: its last ones, the last one last.
        seen: the indicator that was seen most; empty where none was.
    """

    factor: Factor
    scores: tuple[int, ...]
    seen: str


@dataclass(frozen=True)
class Difference:
    """A factor that two raters see differently."""

    factor: Factor
    first: int
    other: int


@dataclass(frozen=True)
class Compared:
    """The last conversation that two raters scored.

    Attributes:
        conversation: in words.
        first: one rater's label.
        other: the other's.
        differences: the largest first; empty where both see all alike.
    """

    conversation: str
    first: str
    other: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class Content:
    """All that a report may say; a page takes as much of it as it has room for.

    Attributes:
        rubric: the newest version.
        subject: whose report it is.
        forms: with any score, in order of time.
        strengths: what goes well, the best first.
        growing: where there is room to grow, the most first.
        compared: None where no conversation was scored by two raters.
        unseen: indicators that were never seen though their factor was looked at, those of the
            factors with most room to grow first; each with its factor.
        unseen_lately: those that were not seen in the last conversation, likewise.
        has_raters: whether the rubric asks who scores.
        form_id: of one of the forms, for where the subject is no code.
    """

    rubric: Rubric
    subject: str
    forms: tuple[Form, ...]
    strengths: tuple[Point, ...]
    growing: tuple[Point, ...]
    compared: Compared | None
    unseen: tuple[tuple[Factor, str], ...]
    unseen_lately: tuple[tuple[Factor, str], ...]
    has_raters: bool
    form_id: str

    @property
    def language(self) -> str:
        """Return the language that the report speaks."""
        return self.rubric.language


def subjects_of(records: Iterable[Merged], rubric: Rubric) -> tuple[str, ...]:
    """Return everybody that a report can be made of, in order of their codes."""
    forms = figures.scored_forms(records, rubric)
    return tuple(dict.fromkeys(form.subject for form in forms if form.subject))


def content_of(records: Iterable[Merged], rubric: Rubric, subject: str) -> Content:
    """Return what there is to say to one person.

    Args:
        records: everybody's.
        rubric: the newest version.
        subject: one of `subjects_of`.
    """
    everyones = figures.scored_forms(records, rubric)
    mine = [form for form in everyones if form.subject == subject and form.scores]
    now = {factor.id: _scores(mine, factor)[-RECENT:] for factor in rubric.factors}
    points = [_point(mine, factor, now[factor.id]) for factor in rubric.factors if now[factor.id]]
    low, high = _bounds(rubric)
    by_room = sorted(points, key=lambda point: fmean(point.scores))
    strengths = [point for point in points if fmean(point.scores) >= high]
    growing = [point for point in by_room if fmean(point.scores) <= low]
    return Content(
        rubric,
        subject,
        tuple(_form(form, rubric) for form in mine),
        tuple(sorted(strengths, key=lambda point: -fmean(point.scores))),
        tuple(growing),
        _compared(mine, rubric),
        tuple(_unseen(mine, by_room)),
        tuple(_unseen([form for form in mine if form.talk == mine[-1].talk], by_room)),
        bool(roles_of(rubric).rater),
        min(id_ for form in everyones if form.subject == subject for id_ in form.record.form_ids),
    )


def _bounds(rubric: Rubric) -> tuple[float, float]:
    """Return up to where there is room to grow, and from where it goes well."""
    points = [point.value for point in rubric.scale]
    least, most = min(points), max(points)
    return (least + most) / 2, most - (most - least) / 4


def _scores(forms: Sequence[Scored], factor: Factor) -> tuple[int, ...]:
    return tuple(form.scores[factor.id] for form in forms if factor.id in form.scores)


def _point(forms: Sequence[Scored], factor: Factor, scores: tuple[int, ...]) -> Point:
    texts = {indicator.id: indicator.text for indicator in factor.indicators}
    seen = Counter(id_ for form in forms for id_ in texts if form.ticks.get(id_))
    return Point(factor, scores, texts[seen.most_common(1)[0][0]] if seen else "")


def _unseen(forms: Sequence[Scored], points: Sequence[Point]) -> list[tuple[Factor, str]]:
    """Return, factor by factor, what was looked for and never seen."""
    seen = {id_ for form in forms for id_, tick in form.ticks.items() if tick}
    looked = {id_ for form in forms for id_ in form.ticks}
    return [
        (point.factor, indicator.text)
        for point in points
        for indicator in point.factor.indicators
        if indicator.id in looked - seen
    ]


def _compared(forms: Sequence[Scored], rubric: Rubric) -> Compared | None:
    """Return the last conversation that the first rater scored together with another."""
    first, *others = figures.raters(forms, rubric) or ("",)
    found = [(other, figures.pairs(forms, first, other)) for other in others]
    talks = [form.conversation for form in forms]
    last = max(
        (talks.index(pair.conversation) for _, pairs in found for pair in pairs), default=None
    )
    if last is None:
        return None
    other, pairs = next(
        (other, mine)
        for other, pairs in reversed(found)
        if (mine := [pair for pair in pairs if pair.conversation == talks[last]])
    )
    rater = field_index(rubric)[roles_of(rubric).rater]
    return Compared(
        " · ".join(filter(None, _told(forms[last], rubric))),
        show(rater, first, rubric.language),
        show(rater, other, rubric.language),
        tuple(_differences(pairs, rubric)),
    )


def _differences(pairs: Sequence[Pair], rubric: Rubric) -> list[Difference]:
    factors = {factor.id: factor for factor in rubric.factors}
    different = [pair for pair in pairs if pair.first != pair.other]
    return [
        Difference(factors[pair.factor], pair.first, pair.other)
        for pair in sorted(different, key=lambda pair: -abs(pair.first - pair.other))
    ]


def _form(form: Scored, rubric: Rubric) -> Form:
    when, which = _told(form, rubric)
    rater = field_index(rubric).get(roles_of(rubric).rater)
    undecided = form.record.undecided
    return Form(
        when,
        which,
        show(rater, form.rater or None, rubric.language) if rater else "",
        form.scores,
        frozenset(factor.id for factor in rubric.factors if factor.score in undecided),
    )


def _told(form: Scored, rubric: Rubric) -> tuple[str, str]:
    """Return when a form was, and which conversation, in words."""
    roles, index = roles_of(rubric), field_index(rubric)
    first, *others = roles.moment or ("",)
    told = [id_ for id_ in (*roles.conversation, *others) if id_ not in (roles.subject, first)]
    values = form.record.values

    def text(id_: str) -> str:
        return show(index[id_], values.get(id_), rubric.language) if id_ in index else ""

    return text(first), " · ".join(filter(None, map(text, dict.fromkeys(told))))
