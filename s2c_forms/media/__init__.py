"""WHERE IT IS ASKED AND ANSWERED: the only place that knows file formats.

A medium is a module with what `Medium` names. A new one is a module here and a line in `_MODULES`;
`tests/media/test_round_trip.py` then asks for a program that fills it in.
"""

import importlib
from pathlib import Path
from typing import Protocol, cast

from s2c_forms.form.filled import FileRead, MediumName
from s2c_forms.form.form import Form
from s2c_forms.form.shelf import Shelf


class Medium(Protocol):
    """What writes a form to a file and reads the file back."""

    SUFFIX: str

    def write(self, form: Form, path: Path) -> None:
        """Write the form to `path`, which is overwritten."""

    def read(self, data: bytes, shelf: Shelf) -> FileRead:
        """Return what a file of this medium holds.

        Raises:
            RefusedError: nothing of ours can be read from it; says why, and what to do.
        """


# In the order in which `generate all` writes them.
_MODULES: dict[MediumName, str] = {
    "pdf": "s2c_forms.media.pdf",
    "excel": "s2c_forms.media.excel",
    "word": "s2c_forms.media.word",
}
MEDIA: tuple[MediumName, ...] = tuple(_MODULES)


def medium(name: MediumName) -> Medium:
    """Return a medium by name; its libraries are imported only now."""
    return cast(Medium, importlib.import_module(_MODULES[name]))
