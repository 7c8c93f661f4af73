"""What form fields look like: pictures of marks, and of texts that were filled in beforehand."""

import io
from collections.abc import Mapping
from itertools import groupby

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf
from reportlab.pdfgen.canvas import Canvas

from s2c_forms.form.form import Form
from s2c_forms.form.layout import Entry, Text
from s2c_forms.media.pdf.draw import fitted, value_text
from s2c_forms.media.pdf.fonts import runs


def _picture(pdf: Pdf, size: float, content: str) -> pikepdf.Object:
    box = {"BBox": Array([0, 0, size, size]), "Resources": Dictionary()}
    header = {"Type": Name.XObject, "Subtype": Name.Form, **box}
    entries = {f"/{name}": value for name, value in header.items()}
    return pikepdf.Stream(pdf, content.encode(), Dictionary(entries))


def nothing(pdf: Pdf, size: float) -> pikepdf.Object:
    """Return the picture of a box that isn't marked: the page has its outline already."""
    return _picture(pdf, size, "")


def marked_picture(pdf: Pdf, size: float) -> pikepdf.Object:
    """Return the picture of a cross that fills a box well."""
    near, far = 0.18 * size, 0.82 * size
    strokes = f"{near:.2f} {near:.2f} m {far:.2f} {far:.2f} l {near:.2f} {far:.2f} m "
    strokes += f"{far:.2f} {near:.2f} l S"
    return _picture(pdf, size, f"q 0 G 1 J {0.13 * size:.2f} w {strokes} Q")


def clear_picture(pdf: Pdf, size: float) -> pikepdf.Object:
    """Return the picture of the button that clears a score: a small grey cross."""
    near, far = 0.32 * size, 0.68 * size
    strokes = f"{near:.2f} {near:.2f} m {far:.2f} {far:.2f} l {near:.2f} {far:.2f} m "
    strokes += f"{far:.2f} {near:.2f} l S"
    return _picture(pdf, size, f"q 0.55 G 1 J 0.9 w {strokes} Q")


Letters = Mapping[str, tuple[str, int]]
"""By letter, the name of the font that has it, and its byte in that font."""


def typed_picture(
    pdf: Pdf, written: tuple[pikepdf.Object, Letters], set_: Text, entry: Entry
) -> pikepdf.Object:
    """Return the picture of a prefilled text in fonts that the document has already.

    Args:
        pdf: the document.
        written: its fonts by name, and how every letter of the text is written in them.
        set_: the text, in lines.
        entry: the place that it fills.
    """
    fonts, letters = written
    used: dict[str, pikepdf.Object] = {}
    content = []
    for row, line in enumerate(set_.lines):
        up = entry.height - set_.y - row * set_.leading
        content.append(f"BT 1 0 0 1 {set_.x:.4f} {up:.4f} Tm")
        for name, chars in groupby(line, lambda char: letters[char][0]):
            used[name] = fonts[name]
            told = bytes(letters[char][1] for char in chars)
            content.append(f"{name} {set_.size:g} Tf <{told.hex()}> Tj")
        content.append("ET")
    return pdf.make_stream(
        "\n".join(content).encode(),
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, entry.width, entry.height]),
        Resources=Dictionary(Font=Dictionary(used)),
    )


def text_pictures(pdf: Pdf, form: Form, entries: Mapping[str, Entry]) -> dict[str, pikepdf.Object]:
    """Return the pictures of prefilled texts, by field id, in embedded fonts.

    Each is set as a little page of its own, which then becomes the field's appearance: so it has
    every letter of the world that the theme's fonts have.
    """
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    for field_id, entry in entries.items():
        canvas.setPageSize((entry.width, entry.height))
        set_ = fitted(value_text(form, field_id), entry, 0, 0)
        for row, line in enumerate(set_.lines):
            drawn = canvas.beginText(set_.x, entry.height - set_.y - row * set_.leading)
            for name, run in runs(line, "text"):
                drawn.setFont(name, set_.size)
                drawn.textOut(run)
            canvas.drawText(drawn)
        canvas.showPage()
    canvas.save()
    with Pdf.open(buffer) as pages:
        return {
            field_id: pdf.copy_foreign(page.as_form_xobject())
            for field_id, page in zip(entries, pages.pages, strict=True)
        }
