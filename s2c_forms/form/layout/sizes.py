"""Sizes on paper: those an organisation may change, and those that reading back depends on."""

from dataclasses import dataclass, fields
from functools import cache
from typing import Any

import yaml

from s2c_forms import resources
from s2c_forms.errors import RubricError
from s2c_forms.words import mark

MM = 72 / 25.4
"""Points in a millimetre."""


@dataclass(frozen=True)
class Sizes:
    """One set of sizes from `templates/sizes.yaml`: lengths in millimetres, type in points."""

    score_box: float
    score_gap: float
    tick_box: float
    tick_gap: float
    factor_gap: float
    factor_stretch: float
    band: float
    head_row: float
    remark_line: float
    title_type: float
    band_type: float
    factor_type: float
    tick_type: float
    label_type: float
    small_type: float
    guide_type: float


@cache
def load_sizes(name: str) -> Sizes:
    """Return the sizes called `name` (`standard` or `roomy`).

    Raises:
        RubricError: the file lacks a size, or has one that is no positive number.
    """
    path = resources.template("sizes.yaml")
    data: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506  plain texts
    found = data.get(name) or {}
    return Sizes(**{field.name: _size(found, field.name, str(path)) for field in fields(Sizes)})


def _size(found: dict[str, str], name: str, path: str) -> float:
    try:
        size = float(found[name])
    except (KeyError, ValueError):
        size = 0
    if not 0 < size < 100:
        raise RubricError(
            mark("In {path} the size `{name}` is missing, or not a number above 0."),
            mark("Write it in millimetres, or in points for type, as in the shipped file."),
            path=path,
            name=name,
        )
    return size


# What follows was measured on printers, scanners and phones: see shared/design.md and issue 4.
PAGE = (210.0, 297.0)
"""Width and height of A4."""
LEFT, RIGHT = 20.0, 190.0
"""What people read stays inside: holes sit 8 to 16 mm from the left edge, on a back the right."""
MARK_SIZE = 7.0
MARK_EDGE = 11.0
"""AprilTags: their side, and how far they stay from the edges."""
CODE_SIZE = 19.0
CODE_MODULES = 25
CODE_QUIET = 4 * CODE_SIZE / CODE_MODULES
"""QR codes of version 2: their side, modules a side, and the quiet zone round them."""
CODE_INSET = 21.5
"""How far the QR codes stay from the left or right edge, so that the marks stay outside."""
BODY_TOP = MARK_EDGE + CODE_SIZE + CODE_QUIET
BODY_BOTTOM = PAGE[1] - BODY_TOP
"""Between these lines the whole width is free; above and below it the codes stand beside text."""
