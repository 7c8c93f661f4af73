"""Pictures in cells: each inside its own, so that it goes where its row goes."""

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from s2c_forms.master.cells import Picture

WIDTH = 34  # of a column of pictures, in letters
HIGHEST = 60.0  # points of height of a row, for a picture in it
_LETTER, _PIXEL = 7, 0.75  # pixels of a letter of width; points of a pixel
_EDGE = 4  # pixels left free on all sides: what touches another cell doesn't move with its own
_LARGEST = 1.0  # times its size
_DPI = 96.0  # that a picture is taken to have where it doesn't say
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_METRE = 0.0254  # inches to the metre, upside down


@dataclass(frozen=True)
class _Placed:
    """A picture in its cell: how far from the left and how large, in pixels, and its scale."""

    png: bytes
    left: float
    size: tuple[float, float]
    scale: tuple[float, float]


def height_of(picture: Picture) -> float:
    """Return how high a row has to be for a picture, in points."""
    highest = max(placed.size[1] for placed in _placed(picture))
    return (highest + 2 * _EDGE) * _PIXEL


def draw_picture(page: Any, place: tuple[int, int], picture: Picture) -> None:
    """Draw pictures into a cell, beside each other; they move and hide with it."""
    for placed in _placed(picture):
        options = {
            "image_data": io.BytesIO(placed.png),
            "x_offset": placed.left,
            "y_offset": _EDGE,
            "x_scale": placed.scale[0],
            "y_scale": placed.scale[1],
            "object_position": 1,
            "description": picture.told,
        }
        page.insert_image(*place, "picture.png", options)


def _placed(picture: Picture) -> Iterator[_Placed]:
    room = (WIDTH * _LETTER - _EDGE) / len(picture.pngs) - _EDGE
    for number, png in enumerate(picture.pngs):
        width, height, dpi = _properties(png)
        scale = min(_LARGEST, room / width, (HIGHEST / _PIXEL - 2 * _EDGE) / height)
        size = (width * scale, height * scale)
        own = (scale * dpi[0] / _DPI, scale * dpi[1] / _DPI)  # the writer sizes it by its density
        yield _Placed(png, _EDGE + number * (room + _EDGE), size, own)


def _properties(png: bytes) -> tuple[int, int, tuple[float, float]]:
    """Return width and height of a picture in pixels, and its density in pixels an inch."""
    width, height = struct.unpack(">II", png[16:24])
    start = len(_SIGNATURE)
    while (chunk := png[start : start + 8])[4:] not in (b"IDAT", b""):
        (length,) = struct.unpack(">I", chunk[:4])
        if chunk[4:] == b"pHYs":
            across, down, unit = struct.unpack(">IIB", png[start + 8 : start + 17])
            if unit == 1 and across and down:
                return width, height, (across * _METRE, down * _METRE)
        start += length + 12
    return width, height, (_DPI, _DPI)
