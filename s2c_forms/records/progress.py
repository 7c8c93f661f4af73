"""What was expected beside what came: forms that are due, matched with records. Pure.

A record is what was expected where its head says all that the roster gives (case and blanks
tell nothing apart), else where it is the very form that was made for that row. Each record is
taken for one row at most, and goes to the row that gives most of its head.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from s2c_forms.form.codes import is_code
from s2c_forms.form.fields import Field, field_index
from s2c_forms.form.kinds import Value, same_words
from s2c_forms.form.rubric import Rubric
from s2c_forms.records.merge import Merged
from s2c_forms.records.screening import Sieve

State = Literal["in", "missing", "unexpected"]


@dataclass(frozen=True)
class Due:
    """A form that is expected: what the roster gives of its head, and the forms made for it."""

    head: Mapping[str, Value]
    form_ids: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Step:
    """One row of the progress: what was due (None: nothing), and what came of it.

    A form that came back with nothing filled in is among `records`, and still missing.
    """

    due: Due | None
    records: tuple[Merged, ...] = ()

    @property
    def state(self) -> State:
        """Return how it stands."""
        if self.due is None:
            return "unexpected"
        return "in" if any(not is_blank(record) for record in self.records) else "missing"


def is_blank(record: Merged) -> bool:
    """Return whether nothing was filled in on any form of a record."""
    return all(version.is_blank for version in record.versions)


def progress(dues: Sequence[Due], records: Iterable[Merged]) -> tuple[Step, ...]:
    """Return a step for each form that is due, in their order, then one for each other record."""
    fullest_first = sorted(range(len(dues)), key=lambda row: -len(dues[row].head))
    taken: dict[int, list[Merged]] = defaultdict(list)
    left = []
    for record in sorted(records, key=is_blank):  # one that says nothing takes no other's row
        rows = [row for row in fullest_first if _says(record, dues[row])]
        if rows:
            taken[next((row for row in rows if not taken[row]), rows[0])].append(record)
        else:
            left.append(record)
    unexpected = []
    for record in left:
        rows = [row for row in fullest_first if _was_made_for(record, dues[row])]
        free = [row for row in rows if not taken[row]]
        if free:
            taken[free[0]].append(record)
        else:
            unexpected.append(Step(None, (record,)))
    return *(Step(due, tuple(taken[row])) for row, due in enumerate(dues)), *unexpected


def only_codes(due: Due, rubric: Rubric, sieve: Sieve) -> Due:
    """Return what is due with nothing in it but codes, and texts without names."""
    if sieve.is_open:
        return due
    index = field_index(rubric)
    return replace(
        due, head={id_: _shown(index[id_], value, sieve) for id_, value in due.head.items()}
    )


def _shown(field: Field, value: Value, sieve: Sieve) -> Value:
    if not isinstance(value, str):
        return value
    if field.kind == "pseudonym" and not is_code(field, value):
        return sieve.word
    return sieve.text(value)


def _says(record: Merged, due: Due) -> bool:
    """Return whether a record's head says all that a row gives."""
    told = record.values
    return bool(due.head) and all(
        told.get(id_) is not None and same_words(str(told[id_]), str(value))
        for id_, value in due.head.items()
    )


def _was_made_for(record: Merged, due: Due) -> bool:
    return not due.form_ids.isdisjoint(record.form_ids)
