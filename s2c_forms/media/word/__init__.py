"""Word forms: content controls in a document that an organisation restyles in Word itself."""

from pathlib import Path

from s2c_forms.form.filled import FileRead
from s2c_forms.form.form import Form
from s2c_forms.form.shelf import Shelf

SUFFIX = ".docx"


def write(form: Form, path: Path) -> None:
    """Write the form to `path`, which is overwritten; the same form gives the same bytes."""
    from s2c_forms.media.word.writer import write_document

    write_document(form, path)


def read(data: bytes, shelf: Shelf) -> FileRead:
    """Return the form in a Word or OpenDocument text.

    Raises:
        RefusedError: it is damaged, unsafe, not a form of ours, or of a rubric not known here.
    """
    from s2c_forms.media.word.reader import read_document

    return read_document(data, shelf)
