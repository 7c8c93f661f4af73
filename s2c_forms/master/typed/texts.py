"""A cell as a text: the same for what was written and for what a program saved of it."""

import datetime as dt
from functools import lru_cache

from s2c_forms.form.kinds import clean
from s2c_forms.master.cells import Mark, Picture, text_for_cell


def text_of(cell: object) -> str:
    """Return a cell as text: whole numbers without a point, days as ISO, ticks as 1 and 0."""
    if cell is None or isinstance(cell, Mark | Picture):
        return ""
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        is_day = cell.time() == dt.time()
        return cell.date().isoformat() if is_day else cell.isoformat(timespec="seconds")
    if isinstance(cell, float):
        return f"{cell:.10g}"
    if isinstance(cell, str):
        return _cleaned(cell)
    return str(cell)


@lru_cache(maxsize=50_000)  # most texts stand in many rows
def _cleaned(text: str) -> str:
    return clean(text_for_cell(text))
