"""Records kept: one SQLite file beside the master workbook, from which it can be made again."""

from s2c_forms.store.forms import (
    Copy,
    copy_of,
    layout_of,
    note_copies,
    note_layout,
    note_rubric,
    rubrics_of,
)
from s2c_forms.store.opening import Store, open_store

__all__ = [
    "Copy",
    "Store",
    "copy_of",
    "layout_of",
    "note_copies",
    "note_layout",
    "note_rubric",
    "open_store",
    "rubrics_of",
]
