"""Unticked indicators once people decided: a "no" where their factor was touched, else nothing."""

from collections.abc import Mapping, Set
from dataclasses import dataclass

from s2c_forms.form.kinds import Value
from s2c_forms.form.rubric import Factor


@dataclass(frozen=True)
class Known:
    """What is known of a record's fields.

    Attributes:
        values: their answers; None where missing or undecided.
        decided: those that people decided.
        unsure: those that can't be told: a question is open, or their page lacks.
    """

    values: Mapping[str, Value | None]
    decided: Set[str]
    unsure: Set[str | None]


def unticked(factor: Factor, known: Known) -> dict[str, bool | None]:
    """Return the indicators of a factor of which a decision changes what no tick means.

    `records.record` says it of a form as it came back; a score that people gave since makes its
    unticked indicators a "no", and one that they took away makes them nothing.
    """
    ids = [indicator.id for indicator in factor.indicators if indicator.id in known.values]
    asked = {factor.score, *ids}
    if known.decided.isdisjoint(asked):
        return {}
    touched = any(known.values.get(id_) for id_ in asked) or not known.unsure.isdisjoint(asked)
    sure = known.decided | known.unsure
    free = [id_ for id_ in ids if id_ not in sure and not known.values[id_]]
    return dict.fromkeys(free, False if touched else None)
