"""Form fields of a PDF, made by hand with pikepdf from the layout.

reportlab's own are left aside: it makes them required, cuts text at 100 characters, gives a radio
group one tooltip, and more (shared/design.md, "PDF form fields", measured on 26 programs).
"""

from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from s2c_forms.form.fields import Field, field_index
from s2c_forms.form.form import Form
from s2c_forms.form.layout import Box, Clear, Entry, Layout
from s2c_forms.media.pdf.appearance import clear_picture, marked_picture, nothing, text_pictures
from s2c_forms.media.pdf.draw import value_text
from s2c_forms.media.pdf.names import CLEAR_PREFIX, STAMP_FIELD, TICKED
from s2c_forms.words import say

READ_ONLY, MULTILINE, NO_TOGGLE_OFF, RADIO, PUSH = 1, 1 << 12, 1 << 14, 1 << 15, 1 << 16
HIDDEN, PRINT = 2, 4


@dataclass
class Fields:
    """Form fields as they are made: the document's list, and radio groups by field id."""

    pdf: Pdf
    form: Form
    layout: Layout
    roots: list[pikepdf.Object] = field(default_factory=list)
    groups: dict[str, pikepdf.Object] = field(default_factory=dict)
    texts: dict[str, pikepdf.Object] = field(default_factory=dict)

    def question(self, field_id: str) -> Field:
        """Return what is asked."""
        return field_index(self.form.rubric)[field_id]

    def say(self, msgid: str, **values: object) -> str:
        """Return a text in the language of the form."""
        return say(msgid, self.form.rubric.language, **values)


def fields_for(pdf: Pdf, form: Form, layout: Layout) -> Fields:
    """Return an empty set of fields, with the pictures of all prefilled texts made."""
    entries = {
        entry.field_id: entry
        for page in layout.pages
        for entry in page.entries
        if value_text(form, entry.field_id)
    }
    pictures = text_pictures(pdf, form, entries) if entries else {}
    return Fields(pdf, form, layout, texts=pictures)


def widget(fields: Fields, page: pikepdf.Page, thing: Box | Clear | Entry) -> pikepdf.Object:
    """Add the widget of a box, button or entry to a page and to the fields, and return it."""
    if isinstance(thing, Clear):
        made = _clear_button(fields, page, thing)
    elif isinstance(thing, Entry):
        made = _text_field(fields, page, thing)
    elif fields.question(thing.field_id).options:
        made = _radio_button(fields, page, thing)
    else:
        made = _check_box(fields, page, thing)
    if "/Annots" not in page.obj:
        page.obj.Annots = Array([])
    page.obj.Annots.append(made)
    return made


def _base(
    fields: Fields, page: pikepdf.Page, thing: Box | Clear | Entry, tooltip: str
) -> dict[str, Any]:
    width, height = (
        (thing.width, thing.height) if isinstance(thing, Entry) else (thing.size, thing.size)
    )
    bottom = fields.layout.height - thing.y - height
    rect = [thing.x, bottom, thing.x + width, bottom + height]
    return {
        "Type": Name.Annot,
        "Subtype": Name.Widget,
        "Rect": Array([round(place, 3) for place in rect]),
        "P": page.obj,
        "F": PRINT,
        "TU": String(tooltip),
        "Border": Array([0, 0, 0]),
    }


def _make(fields: Fields, entries: dict[str, Any]) -> pikepdf.Object:
    data = Dictionary({f"/{name}": value for name, value in entries.items()})
    return fields.pdf.make_indirect(data)


def _button(fields: Fields, base: dict[str, Any], state: str, *, on: bool, size: float) -> None:
    """Give a button its two appearances; `state` is the name of the one that is on."""
    states = {
        f"/{state}": marked_picture(fields.pdf, size),
        "/Off": nothing(fields.pdf, size),
    }
    base["AP"] = Dictionary(N=Dictionary(states))
    base["AS"] = Name("/" + (state if on else "Off"))
    base["MK"] = Dictionary(CA=String("8"))  # a cross, where a program draws marks of its own


def _check_box(fields: Fields, page: pikepdf.Page, box: Box) -> pikepdf.Object:
    question = fields.question(box.field_id)
    base = _base(fields, page, box, question.label)
    _button(fields, base, TICKED, on=False, size=box.size)
    base |= {"FT": Name.Btn, "T": String(box.field_id)}  # no /V: some programs only set /AS
    made = _make(fields, base)
    fields.roots.append(made)
    return made


def _radio_button(fields: Fields, page: pikepdf.Page, box: Box) -> pikepdf.Object:
    question = fields.question(box.field_id)
    option = next(option for option in question.options if str(option.value) == box.state)
    said = option.label if question.kind == "choice" else f"{option.value} = {option.label}"
    between = " " if question.label.endswith("?") else ": "
    base = _base(fields, page, box, question.label + between + said)
    chosen = fields.form.prefilled.get(box.field_id)
    _button(fields, base, box.state, on=str(chosen) == box.state, size=box.size)
    group = _group(fields, question)
    base["Parent"] = group
    made = _make(fields, base)
    group.Kids.append(made)
    return made


def _group(fields: Fields, question: Field) -> pikepdf.Object:
    if question.id not in fields.groups:
        entries: dict[str, Any] = {
            "FT": Name.Btn,
            "Ff": NO_TOGGLE_OFF | RADIO,
            "T": String(question.id),
            "TU": String(question.label),
            "Kids": Array([]),
        }
        if (chosen := fields.form.prefilled.get(question.id)) is not None:
            entries["V"] = Name(f"/{chosen}")
        group = _make(fields, entries)
        fields.groups[question.id] = group
        fields.roots.append(group)
    return fields.groups[question.id]


def _clear_button(fields: Fields, page: pikepdf.Page, clear: Clear) -> pikepdf.Object:
    label = fields.question(clear.field_id).label
    base = _base(fields, page, clear, fields.say("Clear the score: {label}", label=label))
    reset = Dictionary(S=Name.ResetForm, Fields=Array([String(clear.field_id)]), Flags=0)
    base |= {
        "FT": Name.Btn,
        "Ff": PUSH,
        "T": String(CLEAR_PREFIX + clear.field_id),
        "F": 0,  # on screen only: paper needs no button
        "A": reset,
        "AP": Dictionary(N=clear_picture(fields.pdf, clear.size)),
    }
    made = _make(fields, base)
    fields.roots.append(made)
    return made


def _text_field(fields: Fields, page: pikepdf.Page, entry: Entry) -> pikepdf.Object:
    question = fields.question(entry.field_id)
    tooltip = question.label
    if question.kind == "date":
        tooltip = fields.say("{label}, as dd-mm-yyyy", label=question.label)
    base = _base(fields, page, entry, tooltip)
    base |= {
        "FT": Name.Tx,
        "T": String(entry.field_id),
        "DA": String("/Helv 10 Tf 0 g"),
        "Ff": MULTILINE if entry.lines else 0,
    }
    if text := value_text(fields.form, entry.field_id):
        base["V"] = String(text)
        base["AP"] = Dictionary(N=fields.texts[entry.field_id])
    made = _make(fields, base)
    fields.roots.append(made)
    return made


def add_stamp(fields: Fields, page: pikepdf.Page) -> None:
    """Add the hidden, read-only field that holds the stamp where document properties are lost."""
    import json

    entries = fields.form.stamp.entries()
    base = {
        "Type": Name.Annot,
        "Subtype": Name.Widget,
        "FT": Name.Tx,
        "T": String(STAMP_FIELD),
        "V": String(json.dumps(entries, ensure_ascii=False)),
        "DA": String("/Helv 0 Tf 0 g"),
        "Ff": READ_ONLY,
        "F": HIDDEN,
        "Rect": Array([0, 0, 0, 0]),
        "P": page.obj,
    }
    made = _make(fields, base)
    page.obj.Annots.append(made)
    fields.roots.append(made)


def add_acroform(fields: Fields) -> None:
    """Hang all fields under the document; Helvetica is what people's own typing is drawn in."""
    helvetica = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type1,
        BaseFont=Name.Helvetica,
        Encoding=Name.WinAnsiEncoding,
    )
    font = fields.pdf.make_indirect(helvetica)
    fields.pdf.Root.AcroForm = fields.pdf.make_indirect(
        Dictionary(
            Fields=Array(fields.roots),
            DR=Dictionary(Font=Dictionary(Helv=font)),
            DA=String("/Helv 10 Tf 0 g"),
        )
    )
