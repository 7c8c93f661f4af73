"""A gallery → a PDF that a screen reader can read, too."""

import io
from pathlib import Path

from pikepdf import Dictionary, Pdf, PdfError, String
from reportlab.pdfgen.canvas import Canvas

from s2c_forms.form.form import Form
from s2c_forms.form.layout import Layout, Page
from s2c_forms.form.rubric import Rubric
from s2c_forms.media.pdf import draw, structure, writer
from s2c_forms.media.scan.specimens import Gallery
from s2c_forms.media.scan.tuning import Tuning
from s2c_forms.report.gallery.shapes import draw_shapes
from s2c_forms.report.gallery.sheets import lay_out
from s2c_forms.report.layout import HEIGHT, WIDTH
from s2c_forms.words import say

_SUBJECT = "s2c-forms calibrate"
"""Says in a PDF that it is a gallery, which may be written over."""


def is_gallery(path: Path) -> bool:
    """Return whether a file is a gallery of ours."""
    try:
        with Pdf.open(path) as pdf:
            return str(pdf.docinfo.get("/Subject", "")) == _SUBJECT
    except (PdfError, OSError):
        return False


def write_gallery(gallery: Gallery, tuning: Tuning, rubric: Rubric, path: Path) -> None:
    """Write a gallery; the same boxes make the same bytes.

    Args:
        gallery: the boxes.
        tuning: the limits in force.
        rubric: whose language is spoken.
        path: the file.

    Raises:
        OSError: it can't be written.
    """
    sheets = lay_out(gallery, tuning, rubric.language)
    pages = [Page(0, tuple(sheet.items)) for sheet in sheets]
    layout = Layout(rubric.hash, WIDTH, HEIGHT, tuple(pages))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, (WIDTH, HEIGHT), invariant=1, pageCompression=1)
    told = []
    for sheet, page in zip(sheets, pages, strict=True):
        draw_shapes(canvas, sheet.shapes)
        told.append(draw.draw_page(canvas, layout, Form(rubric, ""), page, flat=True))
        canvas.showPage()
    canvas.save()
    title = say("How your marks are seen", rubric.language)
    with Pdf.open(buffer) as pdf:
        tree = structure.Tree(pdf, title)
        for shown, read in zip(pdf.pages, told, strict=True):
            tree.add_page(shown, read, None)
        tree.finish()
        pdf.Root.Lang = String(writer.country_language(rubric.language))
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
            metadata["dc:title"] = title
        pdf.docinfo["/Title"] = title
        pdf.docinfo["/Subject"] = _SUBJECT
        pdf.docinfo["/Author"] = pdf.docinfo["/Creator"] = "s2c-forms"
        pdf.save(path, deterministic_id=True)
