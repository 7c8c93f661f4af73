"""What a person settled about an answer or a form, and what was known when they did."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from s2c_forms.form.kinds import Value

Verdict = Literal["value", "agreed", "left_out"]
Source = Literal["to_check", "forms"]
NoteKind = Literal["answer", "correction", "deleted"]


@dataclass(frozen=True)
class Target:
    """What a decision is about.

    A record may get another key, form or head; the versions that it was made of stay what they
    are. So a target is found again by them.

    Attributes:
        known: the names of all versions of the record that there were then.
        record: the record's key then.
        form_ids: its forms then.
        field_id: the field; None for the whole form.
        code: of the question; empty where nothing was asked.
    """

    known: frozenset[str]
    record: str
    form_ids: tuple[str, ...]
    field_id: str | None
    code: str = ""

    def is_of(self, refs: frozenset[str]) -> bool:
        """Return whether it is about the record that is made of these versions."""
        return not self.known.isdisjoint(refs)

    def is_like(self, other: "Target") -> bool:
        """Return whether two are about the same field of a record, or the same question on one."""
        same = self.field_id == other.field_id and self.is_of(other.known)
        return same and (self.field_id is not None or self.code == other.code)


@dataclass(frozen=True)
class Decision:
    """What a person settled. It holds until they settle it otherwise.

    Attributes:
        target: what it is about.
        verdict: the field has `value`; or the question is answered by "it is right as it is"; or
            the form is left out.
        value: what the field holds; None where it was decided that there is no answer.
        source: where it was typed: beside a question, or in the row of the form itself.
        made_at: when it was merged.
        remark: what else they wrote.
        book: which state of the workbook it was typed in.
    """

    target: Target
    verdict: Verdict
    value: Value | None
    source: Source
    made_at: dt.datetime
    remark: str = ""
    book: str = ""

    def says_as(self, other: "Decision") -> bool:
        """Return whether two settle the same thing in the same way."""
        told = (self.target.is_like(other.target), self.verdict == other.verdict)
        return all(told) and self.value == other.value


@dataclass(frozen=True)
class Note:
    """What a person typed or did that settles nothing yet.

    Attributes:
        target: what it is about.
        kind: an answer or only a remark beside a question; a correction; a row taken away.
        typed: the text that was typed.
        problem: why that isn't taken, as a key of PROBLEMS; empty where nothing is wrong.
        remark: what else they wrote.
    """

    target: Target
    kind: NoteKind
    typed: str = ""
    problem: str = ""
    remark: str = ""
