"""What forms are read with: the rubric, the paper and the head that each was made with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from s2c_forms.errors import RefusedError
from s2c_forms.form.kinds import Value
from s2c_forms.form.layout.model import Layout
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.stamp import Stamp


@dataclass(frozen=True)
class Shelf:
    """What is known of forms before they come back.

    Attributes:
        rubrics: by hash; a form is read with exactly the rubric it was made from.
        layouts: by hash, where everything stands on paper that was printed here.
        copies: by form id, the head's answers that a form was made with.
    """

    rubrics: Mapping[str, Rubric]
    layouts: Mapping[str, Layout] = field(default_factory=dict)
    copies: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)

    def rubric_of(self, stamp: Stamp) -> Rubric:
        """Return the rubric that a form was made from.

        Raises:
            RefusedError: `unknown_rubric`, saying which one is needed.
        """
        if found := self.rubrics.get(stamp.hash):
            return found
        same = (
            known.hash
            for known in self.rubrics.values()
            if (known.id, known.version) == (stamp.rubric, stamp.version)
        )
        if other := next(same, None):
            raise RefusedError("other_edition", version=stamp.version, hash=stamp.hash, own=other)
        raise RefusedError(
            "unknown_rubric", rubric=stamp.rubric, version=stamp.version, hash=stamp.hash
        )


def shelf_of(rubrics: Iterable[Rubric]) -> Shelf:
    """Return a shelf of these rubrics; of equal ones it keeps the first."""
    found: dict[str, Rubric] = {}
    for rubric in rubrics:
        found.setdefault(rubric.hash, rubric)
    return Shelf(found)
