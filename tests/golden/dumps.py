"""What stands in a form, as plain data: field, kind, choices, place, and the text around it."""

import io
from collections.abc import Callable
from typing import Any

import pikepdf
from lxml import etree
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from pypdf import PdfReader

from s2c_forms.form.layout import MM
from s2c_forms.media.package import open_package

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"


def pdf(data: bytes) -> dict[str, Any]:
    """Return widgets page by page in the order of the Tab key, and lines of text."""
    fields = []
    with pikepdf.Pdf.open(io.BytesIO(data)) as document:
        for number, page in enumerate(document.pages, start=1):
            fields += [_widget(widget, number) for widget in page.obj.Annots]
    pages = [page.extract_text().splitlines() for page in PdfReader(io.BytesIO(data)).pages]
    return {"fields": fields, "text": [[line.strip() for line in page] for page in pages]}


def _widget(widget: pikepdf.Object, page: int) -> str:
    field = widget if "/T" in widget else widget.Parent
    kind = str(field.FT).lstrip("/")
    states = [str(key) for key in widget.AP.N if key != "/Off"] if _is_button(widget) else []
    place = " ".join(f"{float(edge) / MM:.1f}" for edge in widget.Rect)
    told = str(widget.get("/TU", ""))
    return f"{page} {field.T} {kind} {' '.join(states)} [{place}] {told}"


def _is_button(widget: pikepdf.Object) -> bool:
    pictures = widget.get("/AP")
    return pictures is not None and not isinstance(pictures.N, pikepdf.Stream)


def excel(data: bytes) -> dict[str, Any]:
    """Return named cells with how they're answered, and every text on every sheet."""
    book = load_workbook(io.BytesIO(data))
    fields = []
    for name, defined in book.defined_names.items():
        for title, address in defined.destinations:
            fields.append(_named(book[title], name, address.replace("$", "")))
    text = {
        f"{sheet.title} ({sheet.sheet_state})": [
            f"{cell.coordinate} {cell.value}"
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        ]
        for sheet in book.worksheets
    }
    return {"fields": fields, "text": text}


def _named(sheet: Worksheet, name: str, address: str) -> str:
    if ":" in address:
        return f"{name} {sheet.title}!{address}"
    cell = sheet[address]
    rules = [
        f"{rule.type} {rule.formula1}"
        for rule in sheet.data_validations.dataValidation
        if address in rule.sqref
    ]
    locked = "locked" if cell.protection.locked else "open"
    return f"{name} {sheet.title}!{address} {locked} {cell.number_format} {' '.join(rules)}"


def word(data: bytes) -> dict[str, Any]:
    """Return content controls in reading order, and the text of every paragraph."""
    package = open_package(data)
    root = package.xml("word/document.xml")
    assert root is not None
    fields = [_control(control) for control in root.iter(f"{W}sdt")]
    paragraphs = ["".join(map(str, node.itertext(f"{W}t"))) for node in root.iter(f"{W}p")]
    return {"fields": fields, "text": [text for text in paragraphs if text.strip()]}


def _control(control: etree._Element) -> str:
    properties = control.find(f"{W}sdtPr")
    assert properties is not None
    kinds = ("dropDownList", "date", "text", "comboBox")
    kind = next((name for name in kinds if properties.find(f"{W}{name}") is not None), "checkbox")
    items = [item.get(f"{W}value", "") for item in properties.iter(f"{W}listItem")]
    names = [_value(properties, name) for name in ("tag", "alias")]
    return f"{names[0]} {kind} {'|'.join(items)} “{names[1]}”"


def _value(properties: etree._Element, name: str) -> str:
    found = properties.find(f"{W}{name}")
    return "" if found is None else found.get(f"{W}val", "")


DUMPS: dict[str, Callable[[bytes], dict[str, Any]]] = {"pdf": pdf, "excel": excel, "word": word}
