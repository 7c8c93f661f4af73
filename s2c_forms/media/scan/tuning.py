"""From when on a mark counts: the limits in `templates/scan.yaml`, which a school may change."""

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from functools import cache
from typing import Any

import yaml

from s2c_forms import resources
from s2c_forms.errors import RubricError
from s2c_forms.words import mark

READER = 1
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


@cache
def load_tuning() -> Tuning:
    """Return the limits in force.

    Raises:
        RubricError: the file lacks one, or has one that is no number above 0.
    """
    path = resources.template("scan.yaml")
    data: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
    found = data if isinstance(data, dict) else {}
    return Tuning(**{field.name: _limit(found, field.name, str(path)) for field in fields(Tuning)})


def _limit(found: dict[str, Any], name: str, path: str) -> float:
    value = found.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 100:
        raise RubricError(
            mark("In {path} the limit `{name}` is missing, or not a number above 0."),
            mark("Write it as in the file that was shipped, such as 0.30."),
            path=path,
            name=name,
        )
    return float(value)
