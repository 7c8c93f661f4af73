"""Streams of a PDF, unpacked up to a limit: a few kilobytes of one may hold gigabytes."""

import zlib

import pikepdf

from s2c_forms.errors import RefusedError
from s2c_forms.words import Message, mark

MEGABYTE = 1024 * 1024
MOST = 8 * MEGABYTE
"""More than any text that somebody types, and any metadata."""


def unpacked(stream: pikepdf.Stream) -> bytes:
    """Return what a stream holds.

    Raises:
        RefusedError: it unpacks to more than MOST, or is packed as no program packs a text.
    """
    data = stream.read_raw_bytes()
    for name in _filters(stream):
        if name != "/FlateDecode":
            raise RefusedError("damaged", reason=Message(mark("its parts don't fit together")))
        data = _inflated(data)
    if len(data) > MOST:
        raise _too_large()
    return stream.read_bytes()


def _filters(stream: pikepdf.Stream) -> list[str]:
    found = stream.get("/Filter")
    if isinstance(found, pikepdf.Array):
        return [str(name) for name in found]
    return [] if found is None else [str(found)]


def _inflated(data: bytes) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        found = unpacker.decompress(data, MOST + 1)
    except zlib.error as error:
        raise RefusedError(
            "damaged", reason=Message(mark("its parts don't fit together"))
        ) from error
    if len(found) > MOST:
        raise _too_large()
    return found


def _too_large() -> RefusedError:
    return RefusedError("too_large", limit=MOST // MEGABYTE)
