""".ods → Book, from its guarded XML alone.

calamine reads .ods too, but loses tabs in texts and shows a failed formula as an empty cell; and
names and repeats, which it doesn't show, ask for a walk through the same XML anyway.
"""

import datetime as dt
import re
from collections.abc import Iterator

from lxml import etree

from s2c_forms.errors import RefusedError
from s2c_forms.media.excel.book import Book, Cell, DefinedName, Sheet, text_of
from s2c_forms.media.excel.sheet import column_number
from s2c_forms.media.package import Package, authors_of

_ADDRESS = re.compile(r"\$?(?:'((?:[^']|'')+)'|([^'.]+))\.\$?([A-Z]{1,3})\$?(\d{1,7})(?::.*)?")
_MOST_REPEATS = 1000  # of a cell that isn't empty: more than any form has rows
_MOST_TEXTS = 500_000  # in a sheet
_MOST_BLANKS = 100  # in a row: a text of a thousand such runs still fits in memory


def load_ods(package: Package) -> Book:
    """Return the workbook in an .ods.

    Raises:
        RefusedError: it is damaged, has a password, or repeats a cell more than any form does.
    """
    if b"encryption-data" in (package.read("META-INF/manifest.xml") or b""):
        raise RefusedError("encrypted")
    content = package.xml("content.xml")
    if content is None:
        raise RefusedError("damaged", reason="content.xml")
    tables = content.iterfind(".//{*}spreadsheet/{*}table")
    try:
        sheets = tuple(_sheet(table) for table in tables)
    except ValueError as error:  # an attribute that should be a number
        raise RefusedError("damaged", reason=f"content.xml: {error}") from error
    return Book(sheets, _names(content), *_described(package.xml("meta.xml")), authors_of(package))


def _names(content: etree._Element) -> tuple[DefinedName, ...]:
    """Return the names in a workbook, workbook-wide ones first."""
    everywhere = content.iterfind(".//{*}spreadsheet/{*}named-expressions/*")
    local = content.iterfind(".//{*}spreadsheet/{*}table/{*}named-expressions/*")
    return tuple(_name(item) for item in (*everywhere, *local))


def _name(item: etree._Element) -> DefinedName:
    name = _get(item, "name").casefold()
    found = _ADDRESS.fullmatch(_get(item, "cell-range-address"))
    if not found:
        return DefinedName(name, None)
    sheet = found[1].replace("''", "'") if found[1] else found[2]
    return DefinedName(name, sheet, (int(found[4]) - 1, column_number(found[3])))


def _described(meta: etree._Element | None) -> tuple[dict[str, str], str]:
    """Return the custom properties, and the program that saved the file."""
    if meta is None:
        return {}, ""
    defined = meta.iter("{*}user-defined")
    generator = meta.findtext(".//{*}generator") or ""
    return {_get(item, "name"): item.text or "" for item in defined}, generator.split("$")[0]


def _sheet(table: etree._Element) -> Sheet:
    cells: dict[Cell, str] = {}
    unfinished: dict[Cell, str] = {}
    formulas: set[Cell] = set()
    shapes = table.find("{*}shapes")
    notes: dict[Cell, str] = {} if shapes is None else {(0, 0): _noted(shapes)}
    for rows, element in _repeated(table.iter("{*}table-row")):
        for columns, cell in _repeated(element.iterfind("./*")):
            if len(cells) + len(rows) * len(columns) > _MOST_TEXTS:
                raise RefusedError("far_cell", where=_get(table, "name"))
            places = [(row, column) for row in rows for column in columns]
            if note := _noted(cell):
                notes[places[0]] = note
            if _get(cell, "formula"):
                formulas.add(places[0])
            if text := _text(cell):
                cells.update(dict.fromkeys(places, text))
            elif _get(cell, "formula") and not _get(cell, "value-type"):
                unfinished[places[0]] = _get(cell, "formula").removeprefix("of:")
    return Sheet(_get(table, "name"), cells, unfinished, frozenset(formulas), notes)


def _repeated(elements: Iterator[etree._Element]) -> Iterator[tuple[range, etree._Element]]:
    """Give each row or cell that isn't empty, with the numbers at which it stands."""
    number = 0
    for element in elements:
        times = int(_get(element, "number-rows-repeated", "number-columns-repeated") or 1)
        if _is_used(element):
            if not 0 < times <= _MOST_REPEATS:
                raise RefusedError("far_cell", where=str(times))
            yield range(number, number + times), element
        number += times


def _is_used(element: etree._Element) -> bool:
    if _get(element, "formula"):
        return True
    return any(_get(item, "formula") or item.tag.endswith("}p") for item in element.iter())


def _text(cell: etree._Element) -> str:
    kind = _get(cell, "value-type")
    if "error" in (kind, _get(cell, "value-type", own=True)):
        return _written(cell)
    if kind == "boolean":
        return _get(cell, "boolean-value").upper()
    if kind in ("float", "percentage", "currency"):
        return text_of(float(_get(cell, "value")))
    if kind == "date":
        return _date(_get(cell, "date-value"))
    return _written(cell)


def _date(text: str) -> str:
    try:
        return text_of(dt.datetime.fromisoformat(text))
    except ValueError:  # a date that Python doesn't know, in the year 0 or 12026
        return text


def _written(cell: etree._Element) -> str:
    """Return a cell's text, its paragraphs as lines; a note on the cell isn't part of it."""
    return "\n".join("".join(_pieces(item)) for item in cell.iterfind("./{*}p"))


def _noted(element: etree._Element) -> str:
    """Return the paragraphs that lie over cells, in notes and in boxes of text."""
    children = (child for child in element if not child.tag.endswith("}p"))
    texts = ("".join(_pieces(item)) for child in children for item in child.iter("{*}p"))
    return "\n".join(text for text in texts if text.strip())


def _pieces(element: etree._Element) -> Iterator[str]:
    """Give the text in an element, with the blanks that are written as elements."""
    yield element.text or ""
    for child in element:
        name = etree.QName(child).localname
        if name == "s":
            yield " " * min(int(_get(child, "c") or 1), _MOST_BLANKS)
        elif name in _BLANKS:
            yield _BLANKS[name]
        elif name != "annotation":
            yield from _pieces(child)
        yield child.tail or ""


_BLANKS = {"tab": "\t", "line-break": "\n"}


def _get(element: etree._Element, *names: str, own: bool = False) -> str:
    """Return an attribute by its local name; LibreOffice's own (calcext) only if asked for."""
    for key, value in element.attrib.items():
        name = etree.QName(key)
        if name.localname in names and own == ("calcext" in (name.namespace or "")):
            return str(value)
    return ""
