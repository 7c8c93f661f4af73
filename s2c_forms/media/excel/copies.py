"""A form drawn once and copied: of each copy only what tells it from the others is written anew.

Two copies differ in their form id and in what is known of their heads beforehand. A form is drawn
with marks in the places of these; its parts are cut there, and each copy fills the gaps.
"""

import datetime as dt
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from io import BytesIO

from s2c_forms.form.fields import Field, field_index, head_of
from s2c_forms.form.form import Boxes, Form
from s2c_forms.form.kinds import Value
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.stamp import ID_LENGTH, spaced
from s2c_forms.media.excel.plan import lines_known, lines_of, rows_by_field
from s2c_forms.media.excel.rows import held_of
from s2c_forms.media.excel.sheet import ANSWER, cell_name
from s2c_forms.media.excel.strings import text_element

Draw = Callable[[Form], bytes]
"""Draws a form as a whole workbook."""

# Characters that Unicode keeps out of every text.
_FORM_ID = "\ufdd0" * ID_LENGTH
_OPEN, _CLOSE = "\ufdd1", "\ufdd2"
_ID_SLOT, _SPACED_SLOT = "", " "  # no field has such an id
_SHEET = "xl/worksheets/sheet1.xml"
_SOME_DAY = dt.date(2000, 1, 1)


@dataclass(frozen=True)
class _Shape:
    """What copies have in common that are cut from one template.

    Attributes:
        rubric: what is asked.
        options: remarks and guide.
        boxes: how boxes are ticked.
        slots: the fields that each copy has another value of, whether that is a number, and how
            many lines it takes.
        fixed: the other fields that are known beforehand, with their values.
    """

    rubric: Rubric
    options: tuple[bool, bool]
    boxes: Boxes
    slots: tuple[tuple[str, bool, int], ...]
    fixed: tuple[tuple[str, Value], ...]


@dataclass(frozen=True)
class _Part:
    """A file in the workbook: its texts, and between each two of them the slot that is filled."""

    name: str
    texts: tuple[str, ...]
    slots: tuple[str, ...]


def copied(form: Form, draw: Draw) -> bytes:
    """Return a form as a workbook: what `draw` would draw of it, and nearly all of it drawn before.

    Args:
        form: which copy.
        draw: how a form is drawn; its first copy of each shape is.
    """
    told = {_ID_SLOT: form.form_id, _SPACED_SLOT: spaced(form.form_id)}
    index = field_index(form.rubric)
    shape = _shape(form)
    for field_id, _, _ in shape.slots:
        told[field_id] = _told(held_of(form, index[field_id]))
    return _zipped((part.name, _filled(part, told)) for part in _template(shape, draw))


def _told(held: int | str | None) -> str:
    """Return what fills a slot: a value of a cell, or an entry of the workbook's strings."""
    return f"<v>{held}</v>" if isinstance(held, int) else f"<si>{text_element(str(held))}</si>"


def _shape(form: Form) -> _Shape:
    slots, fixed = [], []
    for field in head_of(form.rubric):
        if (value := form.prefilled.get(field.id)) is None:
            continue
        is_number = isinstance(held_of(form, field), int)
        if is_number or (isinstance(value, str) and not field.options):
            slots.append((field.id, is_number, lines_known(form, field)))
        else:
            fixed.append((field.id, value))
    options = (form.remarks, form.guide)
    return _Shape(form.rubric, options, form.boxes, tuple(slots), tuple(fixed))


@lru_cache(maxsize=32)
def _template(shape: _Shape, draw: Draw) -> tuple[_Part, ...]:
    """Return the parts of a workbook, cut where its copies differ."""
    index = field_index(shape.rubric)
    marks: dict[str, Value] = {
        field_id: _mark(index[field_id], number, lines)
        for number, (field_id, _, lines) in enumerate(shape.slots)
    }
    remarks, guide = shape.options
    form = Form(shape.rubric, _FORM_ID, {**dict(shape.fixed), **marks}, remarks, guide)
    form = replace(form, boxes=shape.boxes)
    with zipfile.ZipFile(BytesIO(draw(form))) as archive:
        contents = {name: archive.read(name).decode() for name in archive.namelist()}
    return tuple(_cut(name, text, shape, form) for name, text in contents.items())


def _mark(field: Field, number: int, lines: int) -> Value:
    """Return what stands for a value in a template: as many lines, so that rows are as high."""
    if field.kind == "date":
        return _SOME_DAY
    if field.kind == "number":
        return field.minimum or 0
    return f"{_OPEN}{number}{_CLOSE}" + "\n" * (lines - 1)


def _cut(name: str, text: str, shape: _Shape, form: Form) -> _Part:
    found: dict[tuple[int, int], str] = {}
    for slot, mark in ((_ID_SLOT, _FORM_ID), (_SPACED_SLOT, spaced(_FORM_ID))):
        found |= {place.span(): slot for place in re.finditer(mark, text)}
    for place in re.finditer(f"<si><t[^>]*>{_OPEN}(\\d+){_CLOSE}\n*</t></si>", text):
        found[place.span()] = shape.slots[int(place[1])][0]
    if name == _SHEET:
        found |= {span: field_id for field_id, span in _numbers(text, shape, form)}
    spans = sorted(found)
    starts, ends = [0, *(end for _, end in spans)], [*(start for start, _ in spans), len(text)]
    texts = tuple(text[start:end] for start, end in zip(starts, ends, strict=True))
    return _Part(name, texts, tuple(found[span] for span in spans))


def _numbers(text: str, shape: _Shape, form: Form) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the place of every number and day that copies differ in."""
    rows = rows_by_field(lines_of(form))
    for field_id, is_number, _ in shape.slots:
        if is_number:
            cell = f'<c r="{cell_name(rows[field_id], ANSWER)}" '
            start = text.index("<v>", text.index(cell))
            yield field_id, (start, text.index("</v>", start) + len("</v>"))


def _filled(part: _Part, told: Mapping[str, str]) -> str:
    pieces = [part.texts[0]]
    for slot, text in zip(part.slots, part.texts[1:], strict=True):
        pieces += (told[slot], text)
    return "".join(pieces)


def _zipped(files: Iterable[tuple[str, str]]) -> bytes:
    """Return a zip file without a date: when a form was made is the store's to know."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in files:
            archive.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return stream.getvalue()
