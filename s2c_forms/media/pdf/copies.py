"""A form drawn once and copied: of each copy only what tells it from the others is made anew.

Two copies differ in their codes and stamp, and in what is known of their heads beforehand. The
page's content is cut around the first two; the third are fields of their own already.
"""

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass

import pikepdf
from pikepdf import Dictionary, Name, Pdf, String

from s2c_forms.form.form import Form
from s2c_forms.form.layout import Entry, Layout
from s2c_forms.form.stamp import ID_LENGTH, spaced
from s2c_forms.media.pdf.appearance import Letters, text_pictures, typed_picture
from s2c_forms.media.pdf.draw import CUT, codes_content, fitted, value_text
from s2c_forms.media.pdf.names import STAMP_FIELD

TEMPLATE_ID = "Z" * ID_LENGTH
"""The form id in a template; no form has it, for its last character doesn't check it."""


@dataclass(frozen=True)
class Template:
    """A form that was drawn, to make copies of.

    Attributes:
        data: the PDF, with `TEMPLATE_ID` in the place of a form id.
        letters: by letter, in which of its fonts and as which byte it is written.
    """

    data: bytes
    letters: Letters


def cut_contents(pdf: Pdf) -> None:
    """Cut each page's content into streams: every second one differs between copies."""
    for page in pdf.pages:
        pieces = page.obj.Contents.read_bytes().split(CUT.encode())
        streams = [pdf.make_stream(piece.strip() + b"\n") for piece in pieces]
        page.obj.Contents = pikepdf.Array(streams)


def copied(template: Template, form: Form, layout: Layout) -> Pdf:
    """Return a copy of a template, which the caller closes."""
    pdf = Pdf.open(io.BytesIO(template.data))
    for page, laid in zip(pdf.pages, layout.pages, strict=True):
        for number, stream in enumerate(page.obj.Contents):
            if number % 2:
                data = stream.read_bytes()
                told = data.replace(spaced(TEMPLATE_ID).encode(), spaced(form.form_id).encode())
                is_stamp = told != data
                stream.write(told if is_stamp else codes_content(layout, form, laid).encode())
    fields = {str(field.T): field for field in pdf.Root.AcroForm.Fields}
    fields[STAMP_FIELD].V = String(json.dumps(form.stamp.entries(), ensure_ascii=False))
    _fill_head(pdf, (form, layout), fields, template.letters)
    told = pdf.Root.Metadata.read_bytes().replace(TEMPLATE_ID.encode(), form.form_id.encode())
    pdf.Root.Metadata = pdf.make_stream(told, Type=Name.Metadata, Subtype=Name.XML)
    return pdf


def _fill_head(
    pdf: Pdf, made: tuple[Form, Layout], fields: Mapping[str, pikepdf.Object], letters: Letters
) -> None:
    """Fill in what is known beforehand, as `widgets` would have done."""
    form, layout = made
    entries = {entry.field_id: entry for page in layout.pages for entry in page.entries}
    for field_id, value in form.prefilled.items():
        if field_id not in fields or value is None:
            continue
        if entry := entries.get(field_id):
            _write(pdf, form, (fields[field_id], entry), letters)
        else:
            _choose(fields[field_id], f"/{value}")


def _write(pdf: Pdf, form: Form, place: tuple[pikepdf.Object, Entry], letters: Letters) -> None:
    field, entry = place
    if not (text := value_text(form, entry.field_id)):
        return
    field.V = String(text)
    set_ = fitted(text, entry, 0, 0)
    if all(char in letters for line in set_.lines for char in line):
        fonts = pdf.pages[0].obj.Resources.Font
        field.AP = Dictionary(N=typed_picture(pdf, (fonts, letters), set_, entry))
    else:
        pictures = text_pictures(pdf, form, {entry.field_id: entry})
        field.AP = Dictionary(N=pictures[entry.field_id])


def _choose(group: pikepdf.Object, state: str) -> None:
    group.V = Name(state)
    for button in group.Kids:
        if state in button.AP.N:
            button.AS = Name(state)
