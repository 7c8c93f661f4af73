"""PDF → answers."""

from s2c_forms.form.filled import FileRead
from s2c_forms.form.shelf import Shelf


def read(data: bytes, shelf: Shelf) -> FileRead:
    raise NotImplementedError
