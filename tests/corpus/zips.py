"""What can be wrong with a zipped office file, whatever stands in it."""

import io
import struct
import warnings
import zipfile
from collections.abc import Callable, Iterable, Mapping

INSIDE = "s2c-geheim-dat-nergens-mag-staan"
"""Stands in a file that entities point to."""
Change = Callable[[bytes], bytes]
Parts = Mapping[str, Change]
Added = Iterable[tuple[str, bytes]]


def rezipped(data: bytes, changes: Parts | None = None, added: Added = ()) -> bytes:
    """Return a zip with parts changed, and parts added, that may be there already."""
    source, stream = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    assert set(source.namelist()) >= set(changes or {})
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            change = (changes or {}).get(info.filename, bytes)
            target.writestr(info, change(source.read(info)), info.compress_type)
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Duplicate name")
            for name, part in added:
                target.writestr(name, part)
    return stream.getvalue()


def typed(declarations: str, entity: str = "") -> Change:
    """Return what puts a document type before a part's XML, and an entity into its first text."""

    def change(xml: bytes) -> bytes:
        text = xml.decode()
        start = text.index("?>") + 2 if text.startswith("<?xml") else 0
        body = text[start:]
        first = body.index("</")
        with_entity = f"{body[:first]}{entity}{body[first:]}"
        return f"{text[:start]}<!DOCTYPE x [{declarations}]>{with_entity}".encode()

    return change


def external(path: str) -> Change:
    """Return what lets an entity stand for what another file holds."""
    return typed(f'<!ENTITY x SYSTEM "file://{path}">', "&x;")


def laughs() -> Change:
    """Return what lets an entity of a few letters stand for ten milliard."""
    steps = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return typed(f'<!ENTITY l0 "hahahahaha">{steps}', "&l9;")


def in_utf_16(change: Change) -> Change:
    """Return what writes a changed part in UTF-16, where nobody looks for a document type."""

    def recoded(xml: bytes) -> bytes:
        text = change(xml).decode()
        start = text.index("?>") + 2 if text.startswith("<?xml") else 0
        return ('<?xml version="1.0" encoding="UTF-16"?>' + text[start:]).encode("utf-16")

    return recoded


def swollen(xml: bytes) -> bytes:
    """Return a part that unpacks to far more than any form does, and packs to next to nothing."""
    return xml + b" " * 60_000_000


def lying(data: bytes, part: str) -> bytes:
    """Return a zip in which a part is larger than its entries say."""
    whole = rezipped(data, {part: swollen})
    size = zipfile.ZipFile(io.BytesIO(whole)).getinfo(part).file_size
    return whole.replace(struct.pack("<L", size), struct.pack("<L", 1000))


def locked(data: bytes) -> bytes:
    """Return a zip whose parts have a password, as their flags say."""
    stream = bytearray(data)
    for info in zipfile.ZipFile(io.BytesIO(data)).infolist():
        stream[info.header_offset + 6] |= 1
    place = stream.find(b"PK\x01\x02")
    while place >= 0:
        stream[place + 8] |= 1
        place = stream.find(b"PK\x01\x02", place + 4)
    return bytes(stream)


PATHS: tuple[tuple[str, bytes], ...] = (
    ("../../../s2c-outside.txt", b"x"),
    ("/s2c-outside.txt", b"x"),
    ("C:\\s2c-outside.txt", b"x"),
    ("xl/../../s2c-outside.txt", b"x"),
)
"""Parts whose names lead out of the folder in which somebody unpacks them."""


def has_part(data: bytes, name: str) -> bool:
    """Return whether a zip has a part of this name."""
    return name in zipfile.ZipFile(io.BytesIO(data)).namelist()


def part(data: bytes, name: str) -> bytes:
    """Return one part of a zip."""
    return zipfile.ZipFile(io.BytesIO(data)).read(name)


def nested() -> bytes:
    """Return a zip that holds zips that hold megabytes of nothing."""
    inner = rezipped(_EMPTY, None, [("x.bin", bytes(10_000_000))])
    return rezipped(_EMPTY, None, [(f"{number}.zip", inner) for number in range(20)])


_EMPTY = b"PK\x05\x06" + bytes(18)


def with_password(data: bytes) -> bytes:
    """Return an Office file as Office locks it."""
    from msoffcrypto.format.ooxml import OOXMLFile

    stream = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt("geheim", stream)
    return stream.getvalue()
