"""Records that may be of one conversation, though their heads have gaps: a person has to say.

A head that is whole tells conversations apart. Where it has gaps, two forms may be the same one
typed over, or one that was sent in two media. That is asked where their answers are equal, or
where all of their heads but one field is.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from s2c_forms.form.fields import field_index
from s2c_forms.form.rubric import Rubric
from s2c_forms.records.identity import Identity, identity_of
from s2c_forms.records.record import Record


@dataclass(frozen=True)
class Told:
    """What one record says: whose it is, on which forms, and what was answered."""

    key: str
    identity: Identity
    form_ids: frozenset[str]
    body: tuple[tuple[str, Hashable], ...]


def told(key: str, record: Record, form_ids: Iterable[str], rubric: Rubric) -> Told:
    """Return what a record says, for comparing it with others."""
    fields = field_index(rubric)
    body = tuple(
        (id_, value)
        for id_, value in record.values.items()
        if value is not None and id_ in fields and fields[id_].place != "head"
    )
    return Told(key, identity_of(record, rubric), frozenset(form_ids), body)


def alike(records: Sequence[Told]) -> Mapping[str, frozenset[str]]:
    """Return by key the form ids of other records that may be of the same conversation."""
    found: dict[str, set[str]] = defaultdict(set)
    for bucket in _buckets(records):
        for one, other in combinations(bucket, 2):
            if _may_be_same(one, other):
                found[one.key] |= other.form_ids
                found[other.key] |= one.form_ids
    return {key: frozenset(form_ids) for key, form_ids in found.items()}


def _buckets(records: Sequence[Told]) -> Iterator[list[Told]]:
    """Yield records in groups worth comparing: equal answers, or heads equal but for a field."""
    buckets: dict[Hashable, list[Told]] = defaultdict(list)
    for record in records:
        if not record.identity.answers:
            continue  # a rubric without identity tells forms apart by their ids alone
        if record.body:
            buckets[record.body].append(record)
        answers = record.identity.answers
        for place in range(len(answers)):
            rest = (*answers[:place], *answers[place + 1 :])
            if rest and all(text is not None for _, text in rest):
                buckets[place, rest].append(record)
    yield from buckets.values()


def _may_be_same(one: Told, other: Told) -> bool:
    certain = one.identity.whole and other.identity.whole
    apart = not one.form_ids & other.form_ids  # copies of one form are remarked on already
    return apart and not certain and one.identity.fits(other.identity)
