"""Content controls: what Word asks an answer with, and the prompts that stand in empty ones.

A control stands inside a paragraph, carries the field's id as tag, and has a bookmark of the same
name around it: LibreOffice 7.4 drops the tag and keeps the bookmark.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from lxml import etree

from s2c_forms.form.fields import Field
from s2c_forms.form.kinds import Value, clean, show, show_date
from s2c_forms.form.rubric import Rubric
from s2c_forms.media.word.prompts import TICKED, UNTICKED, locale_of, prompt_of
from s2c_forms.words import say

_GLYPH_FONT = "MS Gothic"  # on every machine with Word; it is what Word itself uses here
_TITLE_LENGTH = 64  # Word calls a file damaged whose control has a longer title
_PROMPT_STYLE = "PlaceholderText"


def title_of(field: Field, rubric: Rubric) -> str:
    """Return a control's title: what Word and screen readers say of it."""
    text = " ".join(field.label.split())
    if field.kind == "score":
        number = next(factor.number for factor in rubric.factors if factor.id == field.factor)
        score = say("Score", rubric.language)
        text = f"{score} {number}: {text}"
    return text if len(text) <= _TITLE_LENGTH else text[: _TITLE_LENGTH - 1] + "…"


@dataclass(frozen=True)
class Control:
    """A control to be written: its field, its number in the document, and a value or None."""

    field: Field
    number: int
    rubric: Rubric
    value: Value | None = None


def control(asked: Control) -> list[etree._Element]:
    """Return a control with its bookmark: what is put into a paragraph, in this order."""
    number = {"w:id": str(asked.number)}
    start = element("w:bookmarkStart", {**number, "w:name": asked.field.id})
    sdt = element("w:sdt", {}, [_properties(asked), element("w:sdtContent", {}, _content(asked))])
    return [start, sdt, element("w:bookmarkEnd", number)]


def _properties(asked: Control) -> etree._Element:
    """Return what Word is told of a control, in the order that its schema wants."""
    parts = [
        element("w:alias", {"w:val": title_of(asked.field, asked.rubric)}),
        element("w:tag", {"w:val": asked.field.id}),
        element("w:id", {"w:val": str(1000 + asked.number)}),
        # Its content is free; the control itself can't be deleted by a slip of the hand.
        element("w:lock", {"w:val": "sdtLocked"}),
    ]
    if asked.value is None and asked.field.kind != "tick":
        parts.append(element("w:showingPlcHdr"))
    return element("w:sdtPr", {}, [*parts, _kind(asked)])


def _kind(asked: Control) -> etree._Element:
    if asked.field.kind == "tick":
        return _check_box(bool(asked.value))
    if asked.field.kind == "date":
        return _date(asked.value, locale_of(asked.rubric.language))
    if asked.field.kind in ("score", "choice"):
        return _drop_down(asked.field, prompt_of(asked.field, asked.rubric.language))
    return element("w:text", {"w:multiLine": "1"})


def _check_box(ticked: bool) -> etree._Element:
    def glyph(name: str, char: str) -> etree._Element:
        return element(name, {"w14:val": f"{ord(char):04X}", "w14:font": _GLYPH_FONT})

    parts = [
        element("w14:checked", {"w14:val": "1" if ticked else "0"}),
        glyph("w14:checkedState", TICKED),
        glyph("w14:uncheckedState", UNTICKED),
    ]
    return element("w14:checkbox", {}, parts)


def _date(value: Value | None, locale: str) -> etree._Element:
    day = {"w:fullDate": f"{value.isoformat()}T00:00:00Z"} if isinstance(value, dt.date) else {}
    parts = [
        element("w:dateFormat", {"w:val": "dd-MM-yyyy"}),
        element("w:lid", {"w:val": locale}),
        element("w:storeMappedDataAs", {"w:val": "dateTime"}),
        element("w:calendar", {"w:val": "gregorian"}),
    ]
    return element("w:date", day, parts)


def _drop_down(field: Field, prompt: str) -> etree._Element:
    """Return a list that starts with the prompt: choosing it takes an answer back."""
    items = [element("w:listItem", {"w:value": prompt})]
    for option in field.options:
        shown = str(option.value) if field.kind == "score" else option.label
        items.append(element("w:listItem", {"w:displayText": shown, "w:value": str(option.value)}))
    return element("w:dropDownList", {}, items)


def _content(asked: Control) -> list[etree._Element]:
    field, language = asked.field, asked.rubric.language
    if field.kind == "tick":
        return [_run(TICKED if asked.value else UNTICKED, [_glyph_font()])]
    if asked.value is None:
        style = element("w:rStyle", {"w:val": _PROMPT_STYLE})
        return [_run(prompt_of(field, language), [style])]
    if isinstance(asked.value, dt.date):
        return [_run(show_date(asked.value), [])]
    return [_run(clean(show(field, asked.value, language)), [])]


def _glyph_font() -> etree._Element:
    scripts = {f"w:{script}": _GLYPH_FONT for script in ("ascii", "eastAsia", "hAnsi")}
    return element("w:rFonts", {**scripts, "w:hint": "eastAsia"})


def _run(text: str, properties: list[etree._Element]) -> etree._Element:
    """Return a run, its lines parted as Word parts them within one control."""
    parts: list[etree._Element] = [element("w:rPr", {}, properties)] if properties else []
    for number, line in enumerate(text.split("\n")):
        if number:
            parts.append(element("w:br"))
        parts.append(text_element(line))
    return element("w:r", {}, parts)


def text_element(text: str) -> etree._Element:
    """Return a `w:t` that keeps its blanks."""
    made = element("w:t", {"xml:space": "preserve"})
    made.text = text
    return made


def element(
    tag: str, attributes: Mapping[str, str] = {}, children: Iterable[etree._Element] = ()
) -> etree._Element:
    """Return an element; tags and attributes have their usual prefixes."""
    made: etree._Element = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(name), value)
    made.extend(children)
    return made
