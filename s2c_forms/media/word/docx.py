"""The XML of a .docx → events. Walked by names without namespace: Strict Open XML has others."""

from collections.abc import Callable, Iterable, Iterator

from lxml import etree

from s2c_forms.media.word.document import Event, Seen
from s2c_forms.media.word.stamping import all_text, local_attribute

# What was deleted or moved away while changes were tracked, and what isn't text.
_DELETED = ("del", "moveFrom", "delText", "instrText", "delInstrText")
_PROPERTIES = ("sdtPr", "sdtEndPr", "rPr", "pPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr")
_SKIPPED = frozenset((*_DELETED, *_PROPERTIES))
# Word's boxes in the font Wingdings, that people paste in place of a check box.
_SYMBOLS = {"F06F": "☐", "F0A8": "☐", "F0FC": "✓", "F0FB": "✗", "F0FD": "☒", "F0FE": "☑"}
# Text boxes, pictures, ink, shapes, and files that were put into the document.
_BOXES = ("txbxContent", "drawing", "pict", "object", "altChunk")
_CHARACTERS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-"}
_NOTED = {**_CHARACTERS, "p": "\n", **dict.fromkeys(_DELETED, "")}
# What people dress a text with by hand: under which name it is told.
_SWITCHES = {"strike": "struck", "dstrike": "struck", "b": "bold", "i": "italic"}
_DRESSES = {"highlight": "highlight", "bdr": "highlight", "u": "underlined", "color": "colour"}
_PLAIN = frozenset({"", "none", "nil", "auto"})
_OFF = frozenset({"0", "false", "off"})


def events_of_docx(root: etree._Element) -> list[Event]:
    """Return what stands in a Word document, in order."""
    found: list[Event] = []
    _walk(root, found)
    return found


def _walk(node: etree._Element, found: list[Event]) -> None:
    """Add what stands in a node: to a list, since every event would pass all levels of a yield."""
    name = _local(node)
    if name in _SKIPPED or _is_deleted(node, name):
        return
    if name in _SINGLE:
        found.append(_SINGLE[name](node))
        return
    opened = _OPENED[name](node) if name in _OPENED else None
    if opened:
        found.append(opened)
    for child in _children(node, name):
        _walk(child, found)
    if opened:
        found.append(Event(opened.kind, closes=True))


def restore_line_ends(root: etree._Element) -> None:
    """Put back the ends of lines that LibreOffice 7.4 drops from a plain-text control.

    It writes one `w:t` a line, side by side in one run, and nothing between them.
    """
    for text in list(root.iter("{*}t")):
        after = text.getnext()
        if after is not None and after.tag == text.tag:
            text.addnext(text.makeelement(f"{{{etree.QName(text).namespace}}}br"))


def notes_of_docx(root: etree._Element) -> Iterator[Event]:
    """Yield the texts of word/comments.xml, word/footnotes.xml or word/endnotes.xml."""
    for note in root:
        texts = (_NOTED.get(_local(node), node.text or "") for node in note.iter())
        yield Event("note", "".join(texts))


def _local(node: etree._Element) -> str:
    """Return a node's name without namespace; comments and the like have none."""
    tag: object = node.tag  # lxml's types know only those of elements
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _children(node: etree._Element, name: str) -> list[etree._Element]:
    """Return a node's children: of the same thing told in two ways, the first."""
    children = list(node)
    return children[:1] if name == "AlternateContent" else children


def _is_deleted(node: etree._Element, name: str) -> bool:
    """Return whether a row or cell was deleted while changes were tracked."""
    mark = {"tr": "del", "tc": "cellDel"}.get(name)
    properties = node.find(f"{{*}}{name}Pr") if mark else None
    return properties is not None and properties.find(f"{{*}}{mark}") is not None


def _text(node: etree._Element) -> Event:
    return Event("text", node.text or "")


def _character(node: etree._Element) -> Event:
    # In a paragraph's properties a `tab` is a tab stop, but those are skipped.
    return Event("text", _CHARACTERS[_local(node)])


def _symbol(node: etree._Element) -> Event:
    return Event("text", _SYMBOLS.get(local_attribute(node, "char").upper(), "?"))


def _mark_start(node: etree._Element) -> Event:
    return Event("mark", local_attribute(node, "name"), local_attribute(node, "id"))


def _mark_end(node: etree._Element) -> Event:
    return Event("mark", key=local_attribute(node, "id"), closes=True)


def _run(node: etree._Element) -> Event:
    """Return what a run is dressed with by hand; styles are the organisation's."""
    properties = node.find("{*}rPr")
    dress: Iterable[etree._Element] = () if properties is None else properties
    return Event("look", look=frozenset(filter(None, map(_look, dress))))


def _look(dress: etree._Element) -> str:
    name = _local(dress)
    if name in _SWITCHES:
        return _SWITCHES[name] if _is_on(dress) else ""
    if name == "shd":
        fill = local_attribute(dress, "fill").lower()
        return "highlight" if fill not in ("", "auto", "ffffff") else ""
    value = local_attribute(dress, "val").lower()
    if name not in _DRESSES or value in _PLAIN:
        return ""
    return f"colour {value}" if name == "color" else _DRESSES[name]


def _sdt(node: etree._Element) -> Event:
    properties = node.find("{*}sdtPr")
    if properties is None:
        return Event("control")
    date = properties.find("{*}date")
    seen = Seen(
        tag=_value(properties, "tag"),
        checked=_checked(properties),
        is_prompt=_is_on(properties.find("{*}showingPlcHdr")),
        day="" if date is None else local_attribute(date, "fullDate")[:10],
    )
    return Event("control", seen=seen)


def _checked(properties: etree._Element) -> bool | None:
    box = properties.find("{*}checkbox")
    return None if box is None else _is_on(box.find("{*}checked"))


def _is_on(switch: etree._Element | None) -> bool:
    """Return whether a switch is on: it is where it stands without a value."""
    return switch is not None and local_attribute(switch, "val", "1").lower() not in _OFF


def _value(properties: etree._Element, name: str) -> str:
    found = properties.find(f"{{*}}{name}")
    return "" if found is None else local_attribute(found, "val")


_SINGLE: dict[str, Callable[[etree._Element], Event]] = {
    "t": _text,
    "sym": _symbol,
    "bookmarkStart": _mark_start,
    "bookmarkEnd": _mark_end,
    **dict.fromkeys(_CHARACTERS, _character),
}
_OPENED: dict[str, Callable[[etree._Element], Event]] = {
    "p": lambda _: Event("paragraph"),
    "tr": lambda _: Event("row"),
    "tc": lambda _: Event("cell"),
    "r": _run,
    **dict.fromkeys(_BOXES, lambda _: Event("box")),
    "sdt": _sdt,
}


def program_of_docx(about: etree._Element | None) -> str:
    """Return the program that saved the file, with its version, from docProps/app.xml."""
    if about is None:
        return ""
    texts = [about.find(f"{{*}}{name}") for name in ("Application", "AppVersion")]
    name, version = ("" if found is None else all_text(found) for found in texts)
    return name if "/" in name else f"{name} {version}".strip()
