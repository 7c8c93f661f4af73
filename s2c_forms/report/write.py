"""A report → a PDF of one page, that a screen reader can read."""

import datetime as dt
import io
from pathlib import Path

from pikepdf import Dictionary, Pdf, String
from reportlab.pdfgen.canvas import Canvas

from s2c_forms.form.form import Form
from s2c_forms.form.layout import Layout, Page
from s2c_forms.form.theme import load_theme
from s2c_forms.media.pdf import draw, structure, writer
from s2c_forms.report.content import Content
from s2c_forms.report.grid import Cell
from s2c_forms.report.layout import HEIGHT, WIDTH, lay_out
from s2c_forms.words import say


def write_report(content: Content, changed: dt.datetime | None, path: Path) -> None:
    """Write the page of a report; the same content makes the same bytes.

    Args:
        content: what there is to say.
        changed: when something was last merged; it stands at the foot.
        path: the file.

    Raises:
        OSError: it can't be written.
    """
    sheet = lay_out(content, changed)
    page = Page(0, sheet.items)
    buffer = io.BytesIO()
    canvas = Canvas(buffer, (WIDTH, HEIGHT), invariant=1, pageCompression=1)
    _draw_cells(canvas, sheet.cells, len(content.rubric.scale))
    layout = Layout(content.rubric.hash, WIDTH, HEIGHT, (page,))
    told = draw.draw_page(canvas, layout, Form(content.rubric, ""), page, flat=True)
    canvas.showPage()
    canvas.save()
    title = say("For your next supervision: {subject}", content.language, subject=content.subject)
    with Pdf.open(buffer) as pdf:
        tree = structure.Tree(pdf, title)
        tree.add_page(pdf.pages[0], told, None)
        tree.finish()
        _describe(pdf, content, title)
        pdf.save(path, deterministic_id=True)


def _draw_cells(canvas: Canvas, cells: tuple[Cell, ...], points: int) -> None:
    """Draw the grounds of scores; what they say stands in the scores themselves."""
    theme = load_theme()
    canvas.addLiteral("/Artifact BMC")
    for cell in cells:
        canvas.setFillColor(f"#{theme.score_colour(cell.rank, points)}")
        y = HEIGHT - cell.y - cell.height
        canvas.rect(cell.x, y, cell.width, cell.height, stroke=0, fill=1)
    canvas.addLiteral("EMC")


def _describe(pdf: Pdf, content: Content, title: str) -> None:
    language = writer.country_language(content.language)
    pdf.Root.Lang = String(language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"] = title
        metadata["dc:language"] = {language}
        metadata["dc:creator"] = ["s2c-forms"]
    pdf.docinfo["/Title"] = title
    pdf.docinfo["/Author"] = pdf.docinfo["/Creator"] = "s2c-forms"
    for name in ("/Subject", "/Keywords"):
        if name in pdf.docinfo:
            del pdf.docinfo[name]
