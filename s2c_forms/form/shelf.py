"""The rubrics at hand, by hash: a form is read with exactly the rubric it was made from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from s2c_forms.errors import RefusedError
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.stamp import Stamp


@dataclass(frozen=True)
class Shelf:
    """Rubrics by hash."""

    rubrics: Mapping[str, Rubric]

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
