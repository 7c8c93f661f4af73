"""The PDF form: printed on paper, or filled in on screen.

What writes imports reportlab, which what reads does without: so each is imported when it's asked.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from s2c_forms.form.filled import FileRead
from s2c_forms.form.form import Form
from s2c_forms.form.kinds import Value
from s2c_forms.form.layout import Layout, Overflow
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.shelf import Shelf

SUFFIX = ".pdf"
NOTHING: Mapping[str, Value] = {}


def write(form: Form, path: Path) -> None:
    """Write a form that is printed, or filled in on screen."""
    from s2c_forms.media.pdf.writer import write as write_pdf

    write_pdf(form, path)


def write_bundle(forms: Sequence[Form], path: Path) -> None:
    """Write all copies as one PDF for the printer, without form fields."""
    from s2c_forms.media.pdf.writer import write_bundle as write_pdf_bundle

    write_pdf_bundle(forms, path)


def layout_of(form: Form) -> Layout:
    """Return where everything stands on paper; the same for all copies with the same options."""
    from s2c_forms.media.pdf.writer import layout_of as layout_of_form

    return layout_of_form(form)


def draw_layout(layout: Layout, rubric: Rubric, prefilled: Mapping[str, Value] = NOTHING) -> bytes:
    """Return the sheets of a layout as a PDF, as they are printed, with the form id of nobody."""
    from s2c_forms.media.pdf.writer import draw_layout as draw_pdf_layout

    return draw_pdf_layout(layout, rubric, prefilled)


def overflows(rubric: Rubric) -> list[Overflow]:
    """Return every text of a rubric that doesn't fit its place on paper, in either size."""
    from s2c_forms.media.pdf.writer import overflows as overflows_of

    return overflows_of(rubric)


def lacking_letters(form: Form) -> str:
    """Return letters of prefilled values that no font of the theme can draw."""
    from s2c_forms.media.pdf.writer import lacking_letters as lacking_letters_of

    return lacking_letters_of(form)


def read(data: bytes, shelf: Shelf) -> FileRead:
    """Return what a PDF holds: one form, or several that were put into one file.

    Raises:
        RefusedError: damaged, with a password, without form fields, or not ours.
    """
    from s2c_forms.media.pdf.reader import read as read_pdf

    return read_pdf(data, shelf)
