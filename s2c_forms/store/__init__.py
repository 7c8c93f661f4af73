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
from s2c_forms.store.records import (
    StoredFile,
    display_names,
    files_of,
    name_and_folder,
    note_file,
    note_version,
    own_by,
    own_rubric,
    versions_of,
    was_read,
)

__all__ = [
    "Copy",
    "Store",
    "StoredFile",
    "copy_of",
    "display_names",
    "files_of",
    "layout_of",
    "name_and_folder",
    "note_copies",
    "note_file",
    "note_layout",
    "note_rubric",
    "note_version",
    "open_store",
    "own_by",
    "own_rubric",
    "rubrics_of",
    "versions_of",
    "was_read",
]
