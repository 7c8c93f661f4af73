"""All widgets of a PDF, each with the name and value of the field that it shows."""

from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter

import pikepdf
from pikepdf import Pdf

from s2c_forms.media.pdf.streams import unpacked

_DEEPEST = 16  # fields nest by way of /Parent


@dataclass(frozen=True)
class Place:
    """A widget.

    Attributes:
        name: the full name of its field.
        page: where it stands, from 1.
        value: the field's value as text, a leading slash left off; None where it has none.
        state: which picture a button shows; None for other widgets.
        states: the pictures that a button has for on.
    """

    name: str
    page: int
    value: str | None
    state: str | None
    states: frozenset[str]


def walk(pdf: Pdf) -> list[Place]:
    """Return the widgets of all pages, in the order in which they stand."""
    return [
        _place(annotation, number)
        for number, page in enumerate(pdf.pages, start=1)
        for annotation in annotations(page)
        if annotation.get("/Subtype") == "/Widget"
    ]


def annotations(page: pikepdf.Page) -> Iterator[pikepdf.Object]:
    """Yield a page's annotations; what is none, in a damaged file, is passed over."""
    found = page.obj.get("/Annots")
    if isinstance(found, pikepdf.Array):
        yield from (thing for thing in found if isinstance(thing, pikepdf.Dictionary))


def _place(widget: pikepdf.Object, page: int) -> Place:
    chain = [(node.get("/T"), node.get("/V")) for node in _chain(widget)]
    names = [str(name) for name, _ in reversed(chain) if name is not None]
    # A field's value stands where its name stands; some programs leave another at the widget.
    values = sorted(
        ((name is None, value) for name, value in chain if value is not None), key=itemgetter(0)
    )
    value = values[0][1] if values else None
    if isinstance(value, pikepdf.Dictionary):  # a signature, which answers nothing
        value = None
    state = widget.get("/AS")
    return Place(
        ".".join(names),
        page,
        None if value is None else _text(value),
        None if state is None else str(state).lstrip("/"),
        frozenset(_states(widget)),
    )


def _chain(widget: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Yield a widget, its field, and the fields above it, each once: a file may let them loop."""
    node: pikepdf.Object | None = widget
    seen: set[tuple[int, int]] = set()
    for _ in range(_DEEPEST):
        if not isinstance(node, pikepdf.Dictionary) or node.objgen in seen:
            return
        yield node
        if node.is_indirect:
            seen.add(node.objgen)
        node = node.get("/Parent")


def _text(value: pikepdf.Object) -> str:
    """Return a value as text, whether it's a string, a name, or a stream (long texts)."""
    if isinstance(value, pikepdf.Stream):
        return str(pikepdf.String(unpacked(value)))
    text = str(value)
    return (
        text[1:] if text.startswith("/") and isinstance(value, pikepdf.Name) else _unslashed(text)
    )


def _unslashed(text: str) -> str:
    """Return a button's state that was written as a text with its slash: `/2` as `2`."""
    return text[1:] if text.startswith("/") and text[1:].isalnum() else text


def _states(widget: pikepdf.Object) -> Iterator[str]:
    pictures = widget.get("/AP")
    normal = pictures.get("/N") if isinstance(pictures, pikepdf.Dictionary) else None
    if isinstance(normal, pikepdf.Dictionary) and not isinstance(normal, pikepdf.Stream):
        yield from (str(key).lstrip("/") for key in normal if key != "/Off")
