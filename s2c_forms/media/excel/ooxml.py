"""The parts of an .xlsx or .xlsm that calamine doesn't show, from their guarded XML."""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from s2c_forms.errors import RefusedError
from s2c_forms.media.excel.book import MOST_CELLS, Cell, DefinedName
from s2c_forms.media.excel.sheet import cell_name, cell_of, column_number
from s2c_forms.media.package import MEGABYTE, Package, parse_xml, refuse_typed

_REFERENCE = re.compile(r"(?:'((?:[^']|'')+)'|([^'!\[\]]+))!\$?([A-Z]{1,3})\$?(\d{1,7})(?::.*)?")
_SHEET_PART = re.compile(r"xl/(?:work)?sheets/[^/]+\.xml", re.IGNORECASE)
# A start tag, whatever stands in its attributes; the slash of a cell without content is in them.
_TAG = rb"<(?:\w+:)?%s\b((?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*)>"
_CELL, _ROW = re.compile(_TAG % b"c"), re.compile(_TAG % b"row")
_PLACE = re.compile(rb"(?<![\w:])r\s*=\s*[\"']([A-Za-z]{0,3})(\d{1,7})[\"']")
_SHARED = re.compile(rb"\bt\s*=\s*[\"']s[\"']")
_MOST_TEXT = 1000 * MEGABYTE  # if every cell with a shared text held the longest one


def defined_names(package: Package) -> tuple[DefinedName, ...]:
    """Return the names in a workbook, workbook-wide ones first."""
    root = package.xml("xl/workbook.xml")
    found = [] if root is None else list(root.iter("{*}definedName"))
    found.sort(key=lambda item: item.get("localSheetId") is not None)
    return tuple(reference(item.get("name", ""), item.text or "") for item in found)


def reference(name: str, text: str) -> DefinedName:
    """Return what a name points to: `'It''s'!$D$18` is cell D18 of the sheet It's."""
    found = _REFERENCE.fullmatch(text.strip().lstrip("="))
    if not found:  # `#REF!`, a constant, or a cell in another workbook
        return DefinedName(name.casefold(), None)
    sheet = found[1].replace("''", "'") if found[1] else found[2]
    return DefinedName(name.casefold(), sheet, (int(found[4]) - 1, column_number(found[3])))


def properties(package: Package) -> dict[str, str]:
    """Return the custom document properties."""
    root = package.xml("docProps/custom.xml")
    if root is None:
        return {}
    return {
        item.get("name", ""): "".join(map(str, item.itertext())).strip()
        for item in root.iter("{*}property")
    }


def program(package: Package) -> str:
    """Return the program that saved the file, as far as it tells."""
    root = package.xml("docProps/app.xml")
    if root is None:
        return ""
    told = (root.findtext("{*}Application"), root.findtext("{*}AppVersion"))
    return " ".join(text.strip() for text in told if text)


def sheet_parts(package: Package) -> dict[str, str]:
    """Return the part of each sheet, by the sheet's name."""
    root = package.xml("xl/workbook.xml")
    targets = _targets(package)
    if root is None:
        return {}
    return {
        item.get("name", ""): targets[part]
        for item in root.iter("{*}sheet")
        if (part := _relation(item)) in targets
    }


def _targets(package: Package) -> Mapping[str, str]:
    root = package.xml("xl/_rels/workbook.xml.rels")
    found = [] if root is None else list(root.iter("{*}Relationship"))
    return {
        item.get("Id", ""): posixpath.normpath(posixpath.join("/xl", item.get("Target", "")))[1:]
        for item in found
    }


def _relation(item: etree._Element) -> str:
    """Return the id of a sheet's part; its namespace differs in files of the strict kind."""
    named = (value for name, value in item.attrib.items() if str(name).endswith("}id"))
    return str(next(named, ""))


def guard(package: Package, parts: Mapping[str, str]) -> None:
    """See that the sheets fit in memory when calamine fills them up and copies texts into cells.

    Args:
        package: the workbook.
        parts: the part of each sheet, by the sheet's name.

    Raises:
        RefusedError: a cell stands far outside any form, a text is in far too many cells, or a part
            has a document type.
    """
    names = {name: name for name in package.names if _SHEET_PART.fullmatch(name)}
    names |= {part: name for name, part in parts.items()}
    uses = 0
    for part, name in names.items():
        data = package.read(part) or b""
        refuse_typed(data)
        _guard_sheet(data, name)
        uses += len(_SHARED.findall(data))
    texts = package.read("xl/sharedStrings.xml") or b""
    refuse_typed(texts)
    longest = max(map(len, re.split(rb"</(?:\w+:)?si>", texts)))
    if longest * uses > _MOST_TEXT:
        raise RefusedError("too_large", limit=_MOST_TEXT // MEGABYTE)


def _guard_sheet(data: bytes, name: str) -> None:
    tags = [tag for tag in _CELL.findall(data) if not tag.endswith(b"/")]
    found = [place.groups() for tag in tags if (place := _PLACE.search(tag))]
    last_row = max((int(row) for row in {row for _, row in found}), default=1)
    columns = {column for column, _ in found}
    last_column = max((column_number(column.decode()) for column in columns), default=0)
    if len(found) < len(tags):  # then a cell's row is its row's
        rows = [int(place[2]) for tag in _ROW.findall(data) if (place := _PLACE.search(tag))]
        last_row = max([last_row, *rows])
    if last_row * (last_column + 1) > MOST_CELLS:
        raise RefusedError("far_cell", where=f"{name}!{cell_name(last_row - 1, last_column)}")


@dataclass(frozen=True)
class Unseen:
    """What calamine doesn't show of a sheet.

    Attributes:
        errors: the names of the errors that formulas failed with.
        unfinished: the formulas that have no result.
        formulas: the cells that have a formula.
    """

    errors: Mapping[Cell, str]
    unfinished: Mapping[Cell, str]
    formulas: frozenset[Cell]


def unseen(package: Package, part: str) -> Unseen:
    """Return what stands in the cells of a sheet that calamine shows as empty."""
    data = package.read(part) or b""
    errors: dict[Cell, str] = {}
    unfinished: dict[Cell, str] = {}
    formulas: set[Cell] = set()
    for where, cell in _telling(parse_xml(data, part)) if _MAY_BE_UNSEEN.search(data) else ():
        value, formula = cell.findtext("{*}v"), cell.find("{*}f")
        if formula is not None:
            formulas.add(where)
        if cell.get("t") == "e":
            errors[where] = value or "#N/A"
        elif formula is not None and not value and cell.get("t") != "str":
            unfinished[where] = f"={formula.text or ''}"
    return Unseen(errors, unfinished, frozenset(formulas))


_MAY_BE_UNSEEN = re.compile(rb"\bt\s*=\s*[\"']e[\"']|<(?:\w+:)?f\b")


def _telling(root: etree._Element) -> Iterable[tuple[Cell, etree._Element]]:
    """Return the cells of a sheet that have a formula or an error, with their places."""
    cells: Any = _TELLING(root)
    if all(_A1.fullmatch(cell.get("r", "")) for cell in cells):
        return [(cell_of(cell.get("r", "")), cell) for cell in cells]
    wanted = set(cells)
    return [(place, cell) for place, cell in _cells(root) if cell in wanted]


_A1 = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}")
_TELLING = etree.XPath("//*[local-name()='c'][@t='e' or *[local-name()='f']]")


def _cells(root: etree._Element) -> Iterator[tuple[Cell, etree._Element]]:
    """Give the cells of a sheet with their places; one that doesn't say stands after the last."""
    row = -1
    for line in root.iter("{*}row"):
        number = line.get("r", "")
        row, column = int(number) - 1 if number.isdecimal() else row + 1, -1
        for cell in line.iterfind("{*}c"):
            place = re.fullmatch(r"([A-Za-z]{1,3})\d{1,7}", cell.get("r", ""))
            column = column_number(place[1]) if place else column + 1
            yield (row, column), cell


def without_errors(package: Package) -> bytes:
    """Return a workbook whose cells with errors are empty.

    calamine knows the oldest eight errors only, and reads nothing of a sheet that has another.
    """
    sheets = set(sheet_parts(package).values())
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        for name in sorted(package.names):
            data = package.read(name) or b""
            target.writestr(name, _emptied(data, name) if name in sheets else data)
    return stream.getvalue()


def _emptied(data: bytes, part: str) -> bytes:
    root = parse_xml(data, part)
    for cell in root.iter("{*}c"):
        if cell.get("t") == "e":
            del cell.attrib["t"]
            del cell[:]
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)
