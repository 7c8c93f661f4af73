"""From when on a mark counts: the limits in `templates/scan.yaml`, which a school may change."""

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from functools import cache
from typing import Any

from s2c_forms import resources
from s2c_forms.errors import RubricError
from s2c_forms.words import mark

READER = 2
"""Raised whenever this reader would read the same page otherwise: then it is read anew."""


@dataclass(frozen=True)
class Tuning:
    """The limits; what each means stands in the file."""

    ink: float
    faint_ink: float
    empty_share: float
    empty_stroke: float
    marked_share: float
    marked_stroke: float
    blob_share: float
    black_share: float
    black_gap: float
    scribble_share: float
    scribble_gap: float
    faint_share: float
    faint_stroke: float
    quiet: float
    ring: float
    writing: float
    residual: float
    outlines: float

    @property
    def print(self) -> str:
        """Return a short text that differs where pages would be read otherwise."""
        told = json.dumps([READER, asdict(self)], sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()[:12]


# Limits that mustn't be above the one after them.
_ORDERED = (
    ("empty_share", "marked_share"),
    ("marked_share", "blob_share"),
    ("blob_share", "scribble_share"),
    ("scribble_share", "black_share"),
    ("empty_stroke", "marked_stroke"),
    ("faint_ink", "ink"),
    ("black_gap", "scribble_gap"),
)
_SHARES = frozenset({"ink", "faint_ink", "quiet", "ring", "outlines"})


@cache
def load_tuning() -> Tuning:
    """Return the limits in force.

    Raises:
        RubricError: the file can't be read, lacks a limit, or has one that can't be meant.
    """
    path, found = resources.settings("scan.yaml")
    limits = {field.name: _limit(found, field.name, str(path)) for field in fields(Tuning)}
    for low, high in _ORDERED:
        if limits[low] > limits[high]:
            raise RubricError(
                mark("In {path} the limit `{low}` is above `{high}`."),
                mark("Make the one lower, or the other higher."),
                path=path,
                low=low,
                high=high,
            )
    return Tuning(**limits)


def _limit(found: dict[str, Any], name: str, path: str) -> float:
    value = found.get(name)
    most = 1 if name in _SHARES or name.endswith("_share") else 100
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not 0 < float(value or 0) <= most:
        raise RubricError(
            mark("In {path} the limit `{name}` is no number above 0 and up to {most}."),
            mark("Write it with a point, as in the file that was shipped, such as 0.30."),
            path=path,
            name=name,
            most=most,
        )
    return float(value or 0)
