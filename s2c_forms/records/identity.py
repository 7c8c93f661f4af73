"""Whose form it is: the answers that tell one conversation and rater from every other."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from s2c_forms.form.kinds import Value
from s2c_forms.form.rubric import Rubric
from s2c_forms.records.record import Record

_NOBODY: Mapping[str, str] = {}
_LENGTH = 12  # hexadecimal digits: among 100,000 records two are alike once in 50,000 times


@dataclass(frozen=True)
class Identity:
    """The identity fields of a record, each with its answer; None where it is missing.

    One that is `named` has a name where a code belongs: it tells its people from others, and
    isn't whole, since nobody knows whose code it is.
    """

    answers: tuple[tuple[str, str | None], ...]
    named: bool = False

    @property
    def whole(self) -> bool:
        """Return whether every answer is there. A rubric without identity fields has none."""
        all_there = all(text is not None for _, text in self.answers)
        return bool(self.answers) and all_there and not self.named

    @property
    def digest(self) -> str:
        """Return a short name for a whole identity; empty for one with gaps."""
        if not self.whole:
            return ""
        text = json.dumps(self.answers, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:_LENGTH]

    def fits(self, other: "Identity") -> bool:
        """Return whether nothing tells the two apart: equal wherever both have an answer."""
        theirs = dict(other.answers)
        return all(
            text is None or theirs.get(field_id) is None or text == theirs[field_id]
            for field_id, text in self.answers
        )


def identity_of(record: Record, rubric: Rubric, whose: Mapping[str, str] = _NOBODY) -> Identity:
    """Return whose form a record is. Case and blanks tell nobody apart.

    Args:
        record: what one form answers.
        rubric: that the form was made from.
        whose: by field, digests of names that stood where a code belongs.
    """
    answers = tuple(
        (id_, whose.get(id_) or _folded(record.values.get(id_))) for id_ in rubric.identity
    )
    return Identity(answers, any(id_ in whose for id_ in rubric.identity))


def _folded(value: Value | None) -> str | None:
    return None if value is None else " ".join(str(value).split()).casefold()
