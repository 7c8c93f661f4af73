"""What a cell can hold, and how much of it."""

import datetime as dt
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from s2c_forms.form.kinds import Value, clean

CELL_LIMIT = 32_767  # letters that Excel takes in a cell, as UTF-16 counts them
ROW_LIMIT = 1_048_576  # rows of a sheet
_CUT_MARK = " […]"


class Mark(Enum):
    """A cell that is empty for a reason that can be seen."""

    UNDECIDED = "undecided"


@dataclass(frozen=True)
class Picture:
    """What stands on paper, in a cell that has no text.

    Attributes:
        pngs: one picture, or a few that stand beside each other.
        told: what they show, for who can't see them.
    """

    pngs: tuple[bytes, ...]
    told: str


Cell = Value | float | dt.datetime | Mark | Picture | None


def fits_cell(value: Value | None) -> bool:
    """Return whether a cell can hold a value whole."""
    return not isinstance(value, str) or _length(value) <= CELL_LIMIT


@lru_cache(maxsize=10_000)  # most texts stand in many rows
def text_for_cell(text: str, limit: int = CELL_LIMIT) -> str:
    """Return as much of a text as a cell can hold, with a mark where it was cut."""
    text = clean(text)
    if _length(text) <= limit:
        return text
    units = text.encode("utf-16-le")[: 2 * (limit - len(_CUT_MARK))]
    return units.decode("utf-16-le", "ignore") + _CUT_MARK  # half a letter is dropped


def _length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
