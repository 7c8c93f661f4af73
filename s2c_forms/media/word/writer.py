"""Form → Word document, on the base document `templates/form.docx`."""

import datetime as dt
import io
import math
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
from docx.document import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.shared import Length, Pt, Twips
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph
from lxml import etree

from s2c_forms import resources
from s2c_forms.form.fields import head_of, remarks_of
from s2c_forms.form.form import Form
from s2c_forms.form.rubric import Factor
from s2c_forms.form.rubric import Part as RubricPart
from s2c_forms.media.word import tables
from s2c_forms.media.word.controls import element
from s2c_forms.media.word.prompts import locale_of
from s2c_forms.media.word.stamping import add_stamp
from s2c_forms.media.word.tables import MM, Made, paragraph, text_run
from s2c_forms.media.word.texts import guide_texts, instruction, title_of_part
from s2c_forms.words import say

_ROOMY = 1.2
# Estimates in millimetres: what Word will need, with slack for a wider font than ours.
_TITLE, _BAND, _FACTOR, _INDICATOR, _LINE = 20.0, 13.5, 7.2, 4.7, 4.0
_CHARACTERS = 105  # that an indicator's line has room for
_WRITING_LINE = 8.5
_REMARK_HEADING = 9.0
_EPOCH = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_document(form: Form, path: Path) -> None:
    """Write the form to `path`; the same form gives the same bytes."""
    document = docx.Document(str(resources.template("form.docx")))
    scale = _ROOMY if form.roomy else 1.0
    if form.roomy:
        _enlarge(document, scale)
    _fill_edges(document, form)
    made = Made(form, scale, _text_width(document))
    _replace_body(document, _body(made, _text_height(document)))
    _describe(document, form)
    add_stamp(document, form.stamp)
    path.write_bytes(_saved(document))


def _text_width(document: Document) -> int:
    """Return the width between the margins, in twentieths of a point."""
    section = document.sections[0]
    lengths = (section.page_width, section.left_margin, section.right_margin)
    page, left, right = (round((length or 0) / Twips(1)) for length in lengths)
    return page - left - right


def _text_height(document: Document) -> float:
    """Return the height between the margins, in millimetres."""
    section = document.sections[0]
    lengths = (section.page_height, section.top_margin, section.bottom_margin)
    page, top, bottom = ((length or 0) / Twips(1) / MM for length in lengths)
    return page - top - bottom


def _enlarge(document: Document, scale: float) -> None:
    """Make every style's letters and lines larger."""
    for style in document.styles:
        if isinstance(style, ParagraphStyle):
            line, size = style.paragraph_format.line_spacing, style.font.size
            if size:
                style.font.size = Pt(round(size.pt * scale * 2) / 2)
            if isinstance(line, Length):
                style.paragraph_format.line_spacing = Pt(line.pt * scale)


def _fill_edges(document: Document, form: Form) -> None:
    """Fill in the last paragraph of header and footer: what else stands there is the template's."""
    rubric, section = form.rubric, document.sections[0]
    section.header.paragraphs[-1].add_run(rubric.running_head or rubric.title)
    footer = section.footer.paragraphs[-1]
    footer.add_run(form.stamp.line() + "\t")
    page = say("page {number} of {pages}", rubric.language, number="\0PAGE\0", pages="\0NUMPAGES\0")
    for place, text in enumerate(page.split("\0")):
        if place % 2:
            _add_field(footer, text)
        else:
            footer.add_run(text)


def _add_field(line: Paragraph, code: str) -> None:
    """Add a field that Word counts itself."""
    line._p.append(element("w:fldSimple", {"w:instr": code}, [text_run("1")]))  # noqa: SLF001  python-docx has no API for it


def _replace_body(document: Document, blocks: Iterator[etree._Element]) -> None:
    """Put the form in the place of the template's samples; the page's set-up comes last."""
    body = document.element.body
    for sample in list(body)[:-1]:
        body.remove(sample)
    for place, block in enumerate(blocks):
        body.insert(place, block)


def _body(made: Made, height: float) -> Iterator[etree._Element]:
    form = made.form
    yield from _opening(made)
    room = height - _opening_height(form) * made.scale
    for number, part in enumerate(form.rubric.parts):
        needed = _part_height(part, made.scale)
        is_new_page = number > 0 and needed > room
        yield from _part(made, part, is_new_page)
        room = (height if is_new_page else room) - needed
    if form.remarks:
        yield from _remarks(made, height)
    if form.guide:
        yield from _guide(form)
    yield paragraph("FormEnd", [])  # Word wants one after the last table


def _opening(made: Made) -> Iterator[etree._Element]:
    rubric = made.form.rubric
    yield paragraph("Title", [text_run(rubric.title)])
    yield tables.head_table(made)
    if rubric.header_note:
        yield paragraph("FormNote", [text_run(rubric.header_note)])
    yield paragraph("FormNote", [text_run(instruction(rubric))])


def _part(made: Made, part: RubricPart, is_new_page: bool) -> Iterator[etree._Element]:
    title = text_run(title_of_part(part))
    yield paragraph("Heading1", [title], *_page_break(is_new_page))
    yield tables.part_table(made, part)


def _page_break(wanted: bool) -> list[etree._Element]:
    return [element("w:pageBreakBefore")] if wanted else []


def _remarks(made: Made, height: float) -> Iterator[etree._Element]:
    """Yield the boxes to write in, on a page of their own and no higher than fits on it."""
    fields = remarks_of(made.form.rubric)
    lines = sum(field.lines for field in fields)
    room = height - len(fields) * _REMARK_HEADING * made.scale - 2 * _REMARK_HEADING
    line = min(_WRITING_LINE, room / max(lines, 1))
    for place, field in enumerate(fields):
        yield paragraph("Heading1", [text_run(field.label)], *_page_break(place == 0))
        yield tables.box_table(made, field, round(field.lines * line * MM))


def _guide(form: Form) -> Iterator[etree._Element]:
    for place, (style, text) in enumerate(guide_texts(form.rubric)):
        yield paragraph(style, [text_run(text)], *_page_break(place == 0))


def _opening_height(form: Form) -> float:
    return _TITLE + math.ceil(len(head_of(form.rubric)) / 2) * 9.0


def _part_height(part: RubricPart, scale: float) -> float:
    return scale * (_BAND + sum(_factor_height(factor, scale) for factor in part.factors))


def _factor_height(factor: Factor, scale: float) -> float:
    characters = int(_CHARACTERS / scale)
    wrapped = sum(len(indicator.text) // characters for indicator in factor.indicators)
    return _FACTOR + len(factor.indicators) * _INDICATOR + wrapped * _LINE


def _describe(document: Document, form: Form) -> None:
    """Say what the document is, and in which language, where programs look for it."""
    rubric, locale = form.rubric, locale_of(form.rubric.language)
    about = document.core_properties
    about.title, about.author, about.language = rubric.title, rubric.organisation, locale
    about.last_modified_by, about.revision = rubric.organisation, 1
    about.created = about.modified = _EPOCH
    for place in (document.styles.element, document.settings.element):
        for language in place.iter("{*}lang", "{*}themeFontLang"):
            language.attrib.update({key: locale for key in language.attrib if "bidi" not in key})
    _add_program(document)


def _add_program(document: Document) -> None:
    """Name the program that made the file: readers tell by it whether another has saved it."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006"
    name = "<Application>s2c-forms</Application>"
    blob = f'<Properties xmlns="{kind}/extended-properties">{name}</Properties>'
    content_type = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
    package = document.part.package
    program = Part(PackURI("/docProps/app.xml"), content_type, blob.encode(), package)
    package.relate_to(program, f"{kind}/relationships/extended-properties")


def _saved(document: Document) -> bytes:
    """Return the file, without the time of day that zip files carry."""
    stream, target = io.BytesIO(), io.BytesIO()
    document.save(stream)
    with zipfile.ZipFile(stream) as source, zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, _ZIP_EPOCH)
            archive.writestr(info, source.read(name), zipfile.ZIP_DEFLATED)
    return target.getvalue()
