"""What can happen to a file: bytes lost, parts of a zip rewritten, objects of a PDF exchanged.

All of it by a `random.Random`, so that hypothesis and atheris may both say what is drawn.
"""

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

import pikepdf
from lxml import etree

Mutation = Callable[[bytes, Random], bytes]

# Numbers at the edges of what formats count with.
_NUMBERS = (
    "0",
    "-1",
    "1",
    "255",
    "65536",
    "1048577",
    "2147483648",
    "99999999999999999999",
    "1e999",
)
# Texts where a number, a place or a yes was: also digits that aren't 0 to 9, and halves of letters.
_TEXTS = (
    *_NUMBERS,
    "",
    " ",
    "NaN",
    "-0.0",
    "½",
    "٣",
    "²",
    "x",
    "true",
    "A0",
    "XFE1048577",
    "$A$1",
    "'",
    "''!A1",
    "{}",
    "{0}",
    "%s",
    "0000-00-00",
    "9999-12-31T25:61:61",
    "\u202e\u0600",
    "🙂" * 40,
    "a" * 70_000,
)
_EDGES = (b"\x00", b"\xff", b"\x7f", b"\x80", b"\xff\xff\xff\xff", b"\x00\x00\x00\x80", b"\xfe\xff")


def bytes_changed(data: bytes, random: Random) -> bytes:
    """Return a file with bytes flipped, overwritten, lost, doubled, or cut off."""
    changed = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 4, 16))):
        if not changed:
            break
        random.choice(_BYTES)(changed, random)
    return bytes(changed)


def _place(data: bytearray, random: Random) -> tuple[int, int]:
    start = random.randrange(len(data))
    return start, min(len(data), start + random.choice((1, 2, 4, 16, 256, 4096)))


def _flip(data: bytearray, random: Random) -> None:
    data[random.randrange(len(data))] ^= 1 << random.randrange(8)


def _overwrite(data: bytearray, random: Random) -> None:
    edge = random.choice(_EDGES)
    start, _ = _place(data, random)
    data[start : start + len(edge)] = edge


def _lose(data: bytearray, random: Random) -> None:
    start, end = _place(data, random)
    del data[start:end]


def _double(data: bytearray, random: Random) -> None:
    start, end = _place(data, random)
    there = random.randrange(len(data))
    data[there:there] = data[start:end]


def _exchange(data: bytearray, random: Random) -> None:
    start, end = _place(data, random)
    there = random.randrange(len(data))
    data[there : there + end - start] = data[start:end]


def _cut_off(data: bytearray, random: Random) -> None:
    del data[random.randrange(len(data)) :]


_BYTES = (_flip, _flip, _overwrite, _lose, _double, _exchange, _cut_off)


def part_changed(data: bytes, random: Random) -> bytes:
    """Return a zip with one part changed, and packed again so that the zip itself is fine."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        parts = [(info.filename, source.read(info)) for info in source.infolist()]
    number = random.randrange(len(parts))
    name, content = parts[number]
    roll = random.random()
    if roll < 0.05:
        del parts[number]
    elif roll < 0.1:
        parts[number] = (name, random.choice(parts)[1])
    elif roll < 0.13:
        parts.append((name.upper(), content))
    elif roll < 0.25:
        parts[number] = (name, bytes_changed(content, random))
    elif roll < 0.4:
        parts[number] = (name, _number_changed(content, random))
    else:
        parts[number] = (name, xml_changed(content, random))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        for name, content in parts:
            target.writestr(name, content)
    return stream.getvalue()


def _number_changed(content: bytes, random: Random) -> bytes:
    """Return a part in which one number is another."""
    found = list(re.finditer(rb"\d+", content))
    if not found:
        return bytes_changed(content, random)
    one = random.choice(found)
    return content[: one.start()] + random.choice(_NUMBERS).encode() + content[one.end() :]


def xml_changed(content: bytes, random: Random) -> bytes:
    """Return XML that is still well-formed, but other than any program writes it."""
    try:
        root = etree.fromstring(content)
    except etree.XMLSyntaxError:  # a picture, or no XML any more
        return bytes_changed(content, random)
    for _ in range(random.choice((1, 1, 2, 5, 20))):
        elements = list(root.iter("*"))  # no comments
        random.choice(_XML)(random.choice(elements), elements, random)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _text_of_it(item: Any, _others: Sequence[Any], random: Random) -> None:
    item.text = random.choice(_TEXTS)


def _attribute(item: Any, others: Sequence[Any], random: Random) -> None:
    names = list(item.attrib) or list(random.choice(others).attrib) or ["r"]
    item.set(random.choice(names), random.choice(_TEXTS))


def _lost_attribute(item: Any, _others: Sequence[Any], random: Random) -> None:
    if item.attrib:
        del item.attrib[random.choice(list(item.attrib))]


def _lost_element(item: Any, _others: Sequence[Any], _random: Random) -> None:
    if item.getparent() is not None:
        item.getparent().remove(item)


def _moved(item: Any, others: Sequence[Any], random: Random) -> None:
    target = random.choice(others)
    if item.getparent() is not None and item not in (target, *target.iterancestors()):
        target.insert(random.randrange(len(target) + 1), item)


def _doubled(item: Any, others: Sequence[Any], random: Random) -> None:
    copy = etree.fromstring(etree.tostring(item, with_tail=False))
    random.choice(others).append(copy)


def _renamed(item: Any, others: Sequence[Any], random: Random) -> None:
    item.tag = random.choice(others).tag


def _nested(item: Any, _others: Sequence[Any], random: Random) -> None:
    for _ in range(random.choice((3, 100))):
        item = etree.SubElement(item, item.tag)


_XML = (
    _text_of_it,
    _text_of_it,
    _attribute,
    _attribute,
    _lost_attribute,
    _lost_element,
    _moved,
    _doubled,
    _renamed,
    _nested,
)


def objects_changed(data: bytes, random: Random) -> bytes:
    """Return a PDF whose objects are others than any program makes; the file itself is whole."""
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        objects = [thing for thing in pdf.objects if _has_parts(thing)]
        for _ in range(random.choice((1, 1, 2, 5, 20))):
            _change(pdf, random.choice(objects), random)
        modes = pikepdf.ObjectStreamMode
        mode = random.choice((modes.preserve, modes.generate, modes.disable))
        try:
            pdf.save(stream, object_stream_mode=mode)
        except (
            RuntimeError,
            ValueError,
            TypeError,
            pikepdf.PdfError,
        ):  # it can't be written at all
            return bytes_changed(data, random)
    return stream.getvalue()


def _has_parts(thing: Any) -> bool:
    if isinstance(thing, pikepdf.Array):
        return len(thing) > 0
    return isinstance(thing, pikepdf.Dictionary | pikepdf.Stream) and len(thing.keys()) > 0


def _change(pdf: pikepdf.Pdf, thing: Any, random: Random) -> None:
    """Give one place in an object another content, a few levels down at the most."""
    for _ in range(4):
        keys = list(range(len(thing))) if isinstance(thing, pikepdf.Array) else list(thing.keys())
        key = random.choice(keys)
        inner = thing[key]
        if _has_parts(inner) and random.random() < 0.6:
            thing = inner
            continue
        if not isinstance(thing, pikepdf.Array) and random.random() < 0.2:
            if not (isinstance(thing, pikepdf.Stream) and key == "/Length"):
                del thing[key]
        elif key != "/Length":
            thing[key] = _anything(pdf, random)
        return


def _anything(pdf: pikepdf.Pdf, random: Random) -> Any:
    kinds: tuple[Callable[[], Any], ...] = (
        lambda: random.choice((0, -1, 2**31, 3.5, True, False)),
        lambda: pikepdf.Name(random.choice(("/Off", "/1", "/#41", "/Widget", "/Tx"))),
        lambda: pikepdf.String(random.choice(_TEXTS)),
        lambda: pikepdf.String(random.choice((b"\xfe\xff\xd8", b"\xef\xbb\xbf\xff", b"\x9f\x00"))),
        lambda: pikepdf.Array([1, pikepdf.Name("/A"), pikepdf.Array()]),
        lambda: pikepdf.Dictionary(T=pikepdf.String("coach"), Kids=pikepdf.Array()),
        lambda: pdf.make_stream(random.choice((b"", b"\xff" * 9, b"BT (x) Tj"))),
        lambda: random.choice([thing for thing in pdf.objects if _has_parts(thing)]),
        lambda: pdf.Root,
    )
    return random.choice(kinds)()


_ZIPPED = (".xlsx", ".ods", ".docx", ".odt")


def mutations_of(suffix: str) -> tuple[Mutation, ...]:
    """Return the ways in which a file with this suffix is changed."""
    if suffix in _ZIPPED:
        return (part_changed, part_changed, part_changed, bytes_changed)
    if suffix == ".pdf":
        return (objects_changed, objects_changed, bytes_changed)
    return (bytes_changed,)
