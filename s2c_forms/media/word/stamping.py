"""The stamp in a Word file, written and read: it stands in three places, and each may get lost."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lxml import etree

from s2c_forms.form.stamp import Stamp, find_stamp_line
from s2c_forms.media.package import Package

if TYPE_CHECKING:  # readers do without python-docx
    from docx.document import Document
    from docx.opc.part import Part

NAMESPACE = "urn:s2c-forms:stamp"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PROPERTIES = f"{_OFFICE}/custom-properties"
_TYPES = f"{_OFFICE}/docPropsVTypes"
_CUSTOM_XML = f"{_OFFICE}/customXml"
# What Word itself gives every custom property of its users.
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_ITEM_ID = "{5B2C4F0E-6A57-4C5B-9C0D-53324346524D}"
_CONTENT = "application/vnd.openxmlformats-officedocument"


def add_stamp(document: "Document", stamp: Stamp) -> None:
    """Put the stamp into custom properties and a custom XML part."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    package = document.part.package
    properties = _part(document, "/docProps/custom.xml", "custom-properties", _as_properties(stamp))
    package.relate_to(properties, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)
    item = _part(document, "/customXml/item1.xml", "", _as_item(stamp))
    about = _part(document, "/customXml/itemProps1.xml", "customXmlProperties", _about_item())
    item.relate_to(about, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)
    document.part.relate_to(item, RELATIONSHIP_TYPE.CUSTOM_XML)


def _part(document: "Document", name: str, kind: str, root: etree._Element) -> "Part":
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    content_type = f"{_CONTENT}.{kind}+xml" if kind else "application/xml"
    return Part(PackURI(name), content_type, blob, document.part.package)


def _as_properties(stamp: Stamp) -> etree._Element:
    root = etree.Element(f"{{{_PROPERTIES}}}Properties", nsmap={"p": _PROPERTIES, "vt": _TYPES})
    for number, (name, text) in enumerate(stamp.entries().items(), start=2):
        attributes = {"fmtid": _FORMAT_ID, "pid": str(number), "name": name}
        entry = etree.SubElement(root, f"{{{_PROPERTIES}}}property", attributes)
        etree.SubElement(entry, f"{{{_TYPES}}}lpwstr").text = text
    return root


def _as_item(stamp: Stamp) -> etree._Element:
    root = etree.Element(f"{{{NAMESPACE}}}form", nsmap={"s2c": NAMESPACE})
    for name, text in stamp.entries().items():
        etree.SubElement(root, f"{{{NAMESPACE}}}{name}").text = text
    return root


def _about_item() -> etree._Element:
    space = {"ds": _CUSTOM_XML}
    root = etree.Element(f"{{{_CUSTOM_XML}}}datastoreItem", nsmap=space)
    root.set(f"{{{_CUSTOM_XML}}}itemID", _ITEM_ID)
    schemas = etree.SubElement(root, f"{{{_CUSTOM_XML}}}schemaRefs")
    schema = etree.SubElement(schemas, f"{{{_CUSTOM_XML}}}schemaRef")
    schema.set(f"{{{_CUSTOM_XML}}}uri", NAMESPACE)
    return root


def stamps_of(package: Package) -> list[Stamp]:
    """Return every different stamp of a .docx or .odt: properties, custom XML, header, footer."""
    found = [
        Stamp.from_entries(_docx_properties(package)),
        Stamp.from_entries(_odt_properties(package)),
        *_from_items(package),
        *_from_lines(package),
    ]
    return list(dict.fromkeys(stamp for stamp in found if stamp))


def _docx_properties(package: Package) -> dict[str, str]:
    root = package.xml("docProps/custom.xml")
    return {} if root is None else {entry.get("name", ""): all_text(entry) for entry in root}


def _odt_properties(package: Package) -> dict[str, str]:
    root = package.xml("meta.xml")
    entries = [] if root is None else root.iter("{*}user-defined")
    return {local_attribute(entry, "name"): all_text(entry) for entry in entries}


def _from_items(package: Package) -> Iterator[Stamp | None]:
    for name in sorted(package.names):
        if re.fullmatch(r"customXml/item\d+\.xml", name):
            root = package.xml(name)
            if root is not None and etree.QName(root).namespace == NAMESPACE:
                yield Stamp.from_entries({etree.QName(e).localname: all_text(e) for e in root})


def _from_lines(package: Package) -> Iterator[Stamp | None]:
    for name in sorted(package.names):
        if re.fullmatch(r"word/(header|footer)\d*\.xml|styles\.xml", name):
            root = package.xml(name)
            for line in [] if root is None else root.iter("{*}p"):
                yield find_stamp_line(all_text(line))


def all_text(node: etree._Element) -> str:
    """Return all text within a node."""
    return "".join(str(text) for text in node.itertext())


def local_attribute(node: etree._Element, name: str, default: str = "") -> str:
    """Return an attribute by its name without namespace."""
    for key, value in node.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return default
