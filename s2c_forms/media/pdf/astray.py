"""What is filled in in fields that no form in a PDF has.

Somebody added a field, or a program that put two files into one renamed the fields of the second
(PDFBox calls them `dummyFieldName12`), or took their names away (PDFium and poppler, of buttons).
"""

from collections.abc import Iterable, Iterator, Mapping

from s2c_forms.form.fields import fields_of
from s2c_forms.form.rubric import Rubric
from s2c_forms.media.pdf import stamps
from s2c_forms.media.pdf.names import CLEAR_PREFIX, STAMP_FIELD
from s2c_forms.media.pdf.walk import Place


def unknown(group: Mapping[str, list[Place]], rubric: Rubric) -> Iterator[Place]:
    """Yield the widgets of fields that a form of this rubric doesn't have."""
    known = {STAMP_FIELD, *(field.id for field in fields_of(rubric))}
    for name, places in group.items():
        if name.removeprefix(CLEAR_PREFIX) not in known:
            yield from places


def told(places: Iterable[Place]) -> str:
    """Return what is filled in in these widgets, each field once; empty where nothing is."""
    said = [(place.name, text) for place in places if (text := _said(place))]
    named = dict.fromkeys(f"{name}: {text}" for name, text in said if name)
    return ", ".join([*named, *(text for name, text in said if not name)])


def _said(place: Place) -> str:
    text = place.state if place.value is None else place.value
    if text in (None, "Off"):
        return ""
    stamped = stamps.in_fields({STAMP_FIELD: [place]})
    return stamped[0].line() if stamped else text or ""
