"""What people write about the cells of an .xlsx: comments, and boxes of text that lie over them."""

import posixpath
from collections import defaultdict
from collections.abc import Callable, Iterator

from lxml import etree

from s2c_forms.errors import RefusedError
from s2c_forms.media.excel.book import Cell
from s2c_forms.media.excel.sheet import cell_of
from s2c_forms.media.package import Package

_Notes = Iterator[tuple[Cell, str]]


def notes_of(package: Package, part: str) -> dict[Cell, str]:
    """Return the notes on a sheet, by the cell that each is about or starts at."""
    said: dict[Cell, list[str]] = defaultdict(list)
    threads: dict[Cell, list[str]] = defaultdict(list)
    for target in _related(package, part):
        kind, found = _read(package, target)
        for cell, text in found:
            (threads if kind == "ThreadedComments" else said)[cell].append(text.strip())
    # A thread has a comment beside it for programs that know no threads, in which it stands too.
    told = said | threads
    return {cell: "\n".join(texts) for cell, texts in told.items() if any(texts)}


def _related(package: Package, part: str) -> Iterator[str]:
    folder, name = posixpath.split(part)
    root = package.xml(f"{folder}/_rels/{name}.rels")
    for item in [] if root is None else root.iter("{*}Relationship"):
        target = posixpath.normpath(posixpath.join(f"/{folder}", item.get("Target", "")))[1:]
        if item.get("Type", "").rpartition("/")[2] in _KINDS and target in package.names:
            yield target


def _read(package: Package, part: str) -> tuple[str, list[tuple[Cell, str]]]:
    try:
        root = package.xml(part)
    except RefusedError:  # no answer is in this part: it's told, and the form is read
        return "", [((0, 0), part)]
    kind = "" if root is None else etree.QName(root).localname
    reader = _READERS.get(kind)
    return kind, list(reader(root)) if reader and root is not None else []


def _comments(root: etree._Element) -> _Notes:
    for item in root.iter("{*}comment"):
        yield cell_of(item.get("ref", "")), _joined(item.iterfind(".//{*}t"))


def _threads(root: etree._Element) -> _Notes:
    for item in root.iter("{*}threadedComment"):
        yield cell_of(item.get("ref", "")), _joined(item.iterfind("{*}text"))


def _drawn(root: etree._Element) -> _Notes:
    for anchor in root.iterfind("./*"):
        place = [anchor.findtext(f"{{*}}from/{{*}}{name}") or "0" for name in ("row", "col")]
        lines = (_joined(line.iter("{*}t")) for line in anchor.iterfind(".//{*}txBody/{*}p"))
        row, column = (int(number) if number.isdecimal() else 0 for number in place)
        yield (row, column), "\n".join(lines)


def _joined(elements: Iterator[etree._Element]) -> str:
    return "".join(element.text or "" for element in elements)


_KINDS = frozenset({"comments", "threadedComment", "drawing"})
_READERS: dict[str, Callable[[etree._Element], _Notes]] = {
    "comments": _comments,
    "ThreadedComments": _threads,
    "wsDr": _drawn,
}
