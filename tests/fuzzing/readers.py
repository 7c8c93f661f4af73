"""Every reader of a file that comes back, as a function of its bytes that nothing may leave."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from s2c_forms.errors import RefusedError
from s2c_forms.form.filled import FileRead
from s2c_forms.form.shelf import Shelf
from s2c_forms.media import medium, scan
from s2c_forms.records.record import record_of
from tests.fuzzing.seeds import shelf

Read = Callable[[bytes, Shelf], FileRead]
_MOST_PAGES = 3


def _scanned(data: bytes, known: Shelf) -> FileRead:
    """Read paper as a merge does: count the pages, look at each, put them together."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page"
        path.write_bytes(data)
        pages = min(scan.page_count(path), _MOST_PAGES)
        seen = [scan.read_page(path, number, known) for number in range(1, pages + 1)]
        return scan.assemble(seen, known)


# suffix of a file → what reads it
READERS: dict[str, Read] = {
    ".xlsx": medium("excel").read,
    ".ods": medium("excel").read,
    ".xls": medium("excel").read,
    ".docx": medium("word").read,
    ".odt": medium("word").read,
    ".pdf": medium("pdf").read,
    ".png": _scanned,
    ".jpg": _scanned,
    ".tif": _scanned,
    ".scan.pdf": _scanned,
}


def read_or_refuse(suffix: str, data: bytes) -> str:
    """Read a file and judge its forms; return `read`, or the code of the refusal.

    Any other exception leaves it: that is what is looked for.
    """
    try:
        read = READERS[suffix](data, shelf())
        for form in read.forms:
            record_of(form, shelf().rubric_of(form.stamp))
    except RefusedError as refusal:
        refusal.text("nl")
        return refusal.code
    return "read"
