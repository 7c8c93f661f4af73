"""Fills in a Word form as Word itself does: straight in the XML of its content controls."""

import datetime as dt
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lxml import etree

from s2c_forms.demo.fill import Answers
from s2c_forms.form.kinds import Value

MAIN = "word/document.xml"
_NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
}
_GUARDED = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
Edit = Callable[[Any], object]
"""What changes a part's root element."""


def fill(source: Path, answers: Answers, target: Path) -> None:
    """Copy a form with answers typed, ticked and chosen in it."""

    def type_in(root: etree._Element) -> None:
        for field_id, value in answers.items():
            if value is not None:
                _answer(control_of(root, field_id), value)

    edit(source, type_in, target)


def edit(source: Path, change: Edit, target: Path, part: str = MAIN) -> None:
    """Copy a zipped office file with one part changed."""
    with zipfile.ZipFile(source) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    root = etree.fromstring(parts[part], _GUARDED)
    change(root)
    parts[part] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def control_of(root: etree._Element, field_id: str) -> etree._Element:
    """Return the one content control that carries a field's id as its tag."""
    found = find_all(root, f".//w:sdt[w:sdtPr/w:tag/@w:val='{field_id}']")
    (control,) = found
    return control


def find_all(node: etree._Element, path: str) -> list[etree._Element]:
    """Return the elements at an XPath with the prefixes w and w14."""
    found: Any = node.xpath(path, namespaces=_NAMES)
    return list(found)


def name(prefixed: str) -> str:
    """Return `w:t` with its namespace in full."""
    prefix, local = prefixed.split(":")
    return f"{{{_NAMES[prefix]}}}{local}"


def _answer(control: etree._Element, value: Value) -> None:
    for flag in find_all(control, "w:sdtPr/w:showingPlcHdr"):
        control[0].remove(flag)
    if isinstance(value, bool):
        _tick(control, value)
    elif isinstance(value, dt.date):
        date = find_all(control, "w:sdtPr/w:date")[0]
        date.set(name("w:fullDate"), f"{value.isoformat()}T00:00:00Z")
        put_text(control, f"{value.day:02}-{value.month:02}-{value.year:04}")
    else:
        put_text(control, _chosen(control, str(value)))


def _tick(control: etree._Element, ticked: bool) -> None:
    box = find_all(control, "w:sdtPr/w14:checkbox")[0]
    state = find_all(box, "w14:checkedState" if ticked else "w14:uncheckedState")[0]
    find_all(box, "w14:checked")[0].set(name("w14:val"), str(int(ticked)))
    put_text(control, chr(int(state.get(name("w14:val"), ""), 16)))


def _chosen(control: etree._Element, value: str) -> str:
    """Return what a drop-down shows for a value; a control without a list shows it as it is."""
    items = find_all(control, "w:sdtPr/w:dropDownList/w:listItem")
    shown = {item.get(name("w:value")): item.get(name("w:displayText")) for item in items}
    return shown.get(value) or value


def put_text(control: etree._Element, text: str) -> None:
    """Replace a control's content by one run, a break for every end of a line."""
    content = find_all(control, "w:sdtContent")[0]
    kept = [p for run in find_all(content, "w:r") for p in find_all(run, "w:rPr[not(w:rStyle)]")]
    for child in list(content):
        content.remove(child)
    run = etree.SubElement(content, name("w:r"))
    run.extend(kept[:1])
    for number, line in enumerate(text.split("\n")):
        if number:
            etree.SubElement(run, name("w:br"))
        made = etree.SubElement(run, name("w:t"))
        made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        made.text = line
