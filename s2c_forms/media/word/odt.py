"""The XML of an .odt, as LibreOffice writes it → events."""

import re
from collections.abc import Callable, Iterator

from lxml import etree

from s2c_forms.media.word.document import Event, Seen
from s2c_forms.media.word.stamping import all_text, local_attribute

# What was deleted while changes were tracked stands apart in `tracked-changes`.
_SKIPPED = frozenset(
    ("tracked-changes", "automatic-styles", "sequence-decls", "forms", "list-item", "title", "desc")
)
_DRAWN = "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
# Where the looks of an automatic style are left for the walk.
_LOOK = "s2c-look"
_PLAIN = frozenset({"", "none", "transparent", "normal", "auto"})
_DRESSES = {
    "background-color": "highlight",
    "border": "highlight",
    "text-line-through-style": "struck",
    "text-line-through-type": "struck",
    "text-underline-style": "underlined",
    "font-weight": "bold",
    "font-style": "italic",
}
_CHARACTERS = {"line-break": "\n", "tab": "\t"}


def events_of_odt(node: etree._Element) -> Iterator[Event]:
    """Yield what stands in a node of an OpenDocument text, in order; not the text after it."""
    name = etree.QName(node).localname
    if name in _SINGLE:
        yield from _SINGLE[name](node)
        return
    opened = list(_opened(node, name))
    yield from opened
    yield from _inside(node, name)
    for event in reversed(opened):
        yield Event(event.kind, closes=True)


def dress(root: etree._Element) -> None:
    """Leave on every stretch of text what its automatic style says: what was done by hand."""
    styles = root.iterfind("{*}automatic-styles/{*}style")
    looks = {local_attribute(style, "name"): " ".join(_looks(style)) for style in styles}
    for node in root.iter("{*}span", "{*}p", "{*}h"):
        node.set(_LOOK, looks.get(local_attribute(node, "style-name"), ""))


def _looks(style: etree._Element) -> Iterator[str]:
    for properties in style.iterfind("{*}text-properties"):
        for key, value in properties.attrib.items():
            name = etree.QName(key).localname
            if name in _DRESSES and str(value) not in _PLAIN:
                yield _DRESSES[name]
            elif name == "color":
                yield f"colour-{value!s}"


def _opened(node: etree._Element, name: str) -> Iterator[Event]:
    if name in _OPENED:
        yield _OPENED[name](node)
    elif etree.QName(node).namespace == _DRAWN:
        yield Event("box")
    if look := node.get(_LOOK):
        yield Event("look", look=frozenset(look.split()))


def _inside(node: etree._Element, name: str) -> Iterator[Event]:
    """Yield a node's text and children. An item of a control's list is no text of it."""
    if name == "text-input":  # its line ends stand as they are
        yield Event("text", all_text(node))
        return
    yield from _text(node.text)
    for child in node:
        if not _is_skipped(child, name):
            yield from events_of_odt(child)
        yield from _text(child.tail)


def _is_skipped(child: etree._Element, parent: str) -> bool:
    tag: object = child.tag  # lxml's types know only those of elements
    if not isinstance(tag, str):
        return True
    name = etree.QName(child).localname
    # A `list-item` is a choice of a control, or an item of a list in the text.
    return name in _SKIPPED and (name != "list-item" or parent == "content-control")


def _text(text: str | None) -> Iterator[Event]:
    """Yield text as OpenDocument means it: white space is one blank."""
    if text:
        yield Event("text", re.sub(r"[ \t\r\n]+", " ", text))


def _character(node: etree._Element) -> Iterator[Event]:
    yield Event("text", _CHARACTERS[etree.QName(node).localname])


def _blanks(node: etree._Element) -> Iterator[Event]:
    count = local_attribute(node, "c", "1")
    yield Event("text", " " * min(int(count), 1000) if count.isdecimal() else " ")


def _mark_start(node: etree._Element) -> Iterator[Event]:
    name = local_attribute(node, "name")
    yield Event("mark", name, name)


def _mark_end(node: etree._Element) -> Iterator[Event]:
    yield Event("mark", key=local_attribute(node, "name"), closes=True)


def _mark_point(node: etree._Element) -> Iterator[Event]:
    yield from _mark_start(node)
    yield from _mark_end(node)


def _control(node: etree._Element) -> Event:
    is_box = local_attribute(node, "checkbox") == "true"
    seen = Seen(
        tag=local_attribute(node, "tag"),
        checked=local_attribute(node, "checked") == "true" if is_box else None,
        is_prompt=local_attribute(node, "showing-place-holder") == "true",
        day=local_attribute(node, "current-date")[:10],
    )
    return Event("control", seen=seen)


def _note(node: etree._Element) -> Iterator[Event]:
    """Yield a comment or footnote: its paragraphs, not its author, day or number."""
    lines = node.iter("{*}p")
    yield Event("note", "\n".join(map(all_text, lines)))


_SINGLE: dict[str, Callable[[etree._Element], Iterator[Event]]] = {
    "s": _blanks,
    "annotation": _note,
    "note": _note,
    "bookmark": _mark_point,
    "bookmark-start": _mark_start,
    "bookmark-end": _mark_end,
    **dict.fromkeys(_CHARACTERS, _character),
}
_OPENED: dict[str, Callable[[etree._Element], Event]] = {
    "p": lambda _: Event("paragraph"),
    "h": lambda _: Event("paragraph"),
    "table-row": lambda _: Event("row"),
    "table-cell": lambda _: Event("cell"),
    "content-control": _control,
    "text-input": lambda _: Event("control"),  # what Word's plain-text control becomes
}


def program_of_odt(about: etree._Element | None) -> str:
    """Return the program that saved the file, from meta.xml."""
    found = None if about is None else next(about.iter("{*}generator"), None)
    return "" if found is None else all_text(found)
