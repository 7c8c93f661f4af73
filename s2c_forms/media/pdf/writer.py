"""Form → PDF: pages by reportlab, then one pass of pikepdf for fields, structure and stamp."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Name, Pdf, String
from reportlab.pdfgen.canvas import Canvas

from s2c_forms.form.form import Form
from s2c_forms.form.kinds import Value
from s2c_forms.form.layout import Layout, Overflow, lay_out
from s2c_forms.form.rubric import Rubric
from s2c_forms.media.pdf.appearance import Letters
from s2c_forms.media.pdf.copies import TEMPLATE_ID, Template, copied, cut_contents
from s2c_forms.media.pdf.draw import Told, draw_page
from s2c_forms.media.pdf.fonts import font_name, letters_of, measure, undrawable
from s2c_forms.media.pdf.names import NAMESPACE
from s2c_forms.media.pdf.structure import Tree
from s2c_forms.media.pdf.widgets import add_acroform, add_stamp, fields_for

NOBODY = "11111111"
NOTHING: Mapping[str, Value] = {}
# Latin as people in Western Europe write it; other letters bring a font of their own.
_LETTERS = "".join(map(chr, (*range(0x20, 0x7F), *range(0xA1, 0x100)))) + "‘’“”–—…€"
_COUNTRY = {"nl": "nl-NL", "en": "en-GB", "de": "de-DE", "fr": "fr-FR"}


def layout_of(form: Form) -> Layout:
    """Return where everything stands on paper; the same for all copies with the same options."""
    return _layout(form.rubric, form.remarks, form.guide, form.roomy)


@lru_cache(maxsize=16)
def _layout(rubric: Rubric, remarks: bool, guide: bool, roomy: bool) -> Layout:
    return lay_out(Form(rubric, "", remarks=remarks, guide=guide, roomy=roomy), measure)


def overflows(rubric: Rubric) -> list[Overflow]:
    """Return every text of a rubric that doesn't fit its place on paper, in either size."""
    found = [
        overflow
        for roomy in (False, True)
        for overflow in _layout(rubric, True, True, roomy).overflows
    ]
    return list(dict.fromkeys(found))


def lacking_letters(form: Form) -> str:
    """Return letters of prefilled values that no font of the theme can draw."""
    return undrawable("".join(str(value) for value in form.prefilled.values()))


def write(form: Form, path: Path) -> None:
    """Write a form that is printed, or filled in on screen."""
    template = _template(form.rubric, form.remarks, form.guide, form.roomy)
    with copied(template, form, layout_of(form)) as pdf:
        pdf.save(path, deterministic_id=True)


@lru_cache(maxsize=8)
def _template(rubric: Rubric, remarks: bool, guide: bool, roomy: bool) -> Template:
    return drawn(Form(rubric, TEMPLATE_ID, remarks=remarks, guide=guide, roomy=roomy))


def drawn(form: Form) -> Template:
    """Return a form that can be copied, all of it drawn anew."""
    layout = layout_of(form)
    pages, told = _draw([form], layout, flat=False)
    with Pdf.open(io.BytesIO(pages)) as pdf:
        letters = _taken_letters(pdf)
        cut_contents(pdf)
        fields = fields_for(pdf, form, layout)
        tree = Tree(pdf, form.rubric.title)
        for page, said in zip(pdf.pages, told, strict=True):
            tree.add_page(page, said, fields)
        tree.finish()
        add_stamp(fields, pdf.pages[0])
        add_acroform(fields)
        _describe(pdf, form)
        with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
            for name, text in form.stamp.entries().items():
                metadata[f"{{{NAMESPACE}}}{name}"] = text
        data = io.BytesIO()
        pdf.save(data, deterministic_id=True)
    return Template(data.getvalue(), letters)


def _draw_letters(canvas: Canvas) -> None:
    """Draw a page of the letters that a copy may need: so the fonts have them all."""
    line = canvas.beginText(0, 0)
    for letter in letters_of(_LETTERS):
        line.setFont(font_name("text"), 1)
        line.textOut(letter)
    canvas.drawText(line)
    canvas.showPage()


def _taken_letters(pdf: Pdf) -> Letters:
    """Take the page of letters out again; return how each of them is written."""
    page = pdf.pages[-1]
    found: list[tuple[str, int]] = []
    font = ""
    for instruction in pikepdf.parse_content_stream(page):
        if str(instruction.operator) == "Tf":
            font = str(instruction.operands[0])
        elif str(instruction.operator) == "Tj":
            found += ((font, byte) for byte in bytes(instruction.operands[0]))
    del pdf.pages[-1]
    return dict(zip(letters_of(_LETTERS), found, strict=True))


def write_bundle(forms: Sequence[Form], path: Path) -> None:
    """Write all copies as one PDF for the printer, without form fields.

    Every copy begins on a front side: where one ends on a front, a blank back follows it.
    """
    layout = layout_of(forms[0])
    drawn, told = _draw(forms, layout, flat=True)
    with Pdf.open(io.BytesIO(drawn)) as pdf:
        tree = Tree(pdf, forms[0].rubric.title)
        for page, said in zip(pdf.pages, told, strict=True):
            tree.add_page(page, said, None)
        tree.finish()
        _describe(pdf, forms[0])
        pdf.save(path, deterministic_id=True)


def draw_layout(layout: Layout, rubric: Rubric, prefilled: Mapping[str, Value] = NOTHING) -> bytes:
    """Return the sheets of a layout as a PDF, as they are printed, with the form id of nobody."""
    sheets = tuple(page for page in layout.pages if page.number)
    form = Form(rubric, NOBODY, prefilled)
    drawn, _ = _draw([form], replace(layout, pages=sheets), flat=True)
    return drawn


def _draw(forms: Sequence[Form], layout: Layout, *, flat: bool) -> tuple[bytes, list[list[Told]]]:
    """Draw all pages of all copies; return the PDF, and a page at a time what is read aloud."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, (layout.width, layout.height), invariant=1, pageCompression=1)
    told: list[list[Told]] = []
    for form in forms:
        for page in layout.pages:
            told.append(draw_page(canvas, layout, form, page, flat=flat))
            canvas.showPage()
        if flat and len(layout.pages) % 2:
            told.append([])
            canvas.showPage()
    if not flat:
        _draw_letters(canvas)
    canvas.save()
    return buffer.getvalue(), told


def country_language(language: str) -> str:
    """Return a language as PDF names it, with its country where we know one: `nl-NL`."""
    return _COUNTRY.get(language, language)


def _describe(pdf: Pdf, form: Form) -> None:
    """Set title, language and how viewers treat the document."""
    rubric = form.rubric
    language = country_language(rubric.language)
    pdf.Root.Lang = String(language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.Root.PageLayout = Name.OneColumn
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"] = rubric.title
        metadata["dc:language"] = {language}
        metadata["dc:creator"] = [rubric.organisation or rubric.title]
        metadata["xmp:CreatorTool"] = "s2c-forms"
    pdf.docinfo["/Title"] = rubric.title
    pdf.docinfo["/Author"] = rubric.organisation or rubric.title
    pdf.docinfo["/Creator"] = "s2c-forms"
    for name in ("/Subject", "/Keywords"):
        if name in pdf.docinfo:
            del pdf.docinfo[name]
