"""Frames, tints and badges, drawn on a picture of a page."""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from s2c_forms.media.scan.tints import COLOURS, Colour, Standing, pale

Canvas = NDArray[np.uint8]
"""Rows × columns × red, green and blue."""
_BITS = 4  # of a pixel's fraction that lines are drawn with
_RADIUS = 6.0
_DASH = 3.0
_WHITE = (255, 255, 255)

# Strokes on a badge, in shares of its radius from its middle: start and end of each.
_STROKES: dict[Standing, tuple[tuple[float, float], ...]] = {
    "marked": ((-0.5, 0.05), (-0.12, 0.42), (-0.12, 0.42), (0.52, -0.4)),
    "black": ((-0.38, -0.38), (0.38, 0.38), (0.38, -0.38), (-0.38, 0.38)),
    "ask": (
        *((-0.36, -0.3), (-0.1, -0.58), (-0.1, -0.58), (0.3, -0.42), (0.3, -0.42), (0.3, -0.16)),
        *((0.3, -0.16), (0.0, 0.12), (0.0, 0.12), (0.0, 0.2), (0.0, 0.58), (0.0, 0.6)),
    ),
}


@dataclass(frozen=True)
class Rect:
    """A place in pixels, from its top left corner."""

    x: float
    y: float
    width: float
    height: float

    def scaled(self, by: float) -> "Rect":
        """Return the place on a picture that is `by` times as large."""
        return Rect(self.x * by, self.y * by, self.width * by, self.height * by)

    def grown(self, by: float) -> "Rect":
        """Return the place with `by` pixels more on every side."""
        return Rect(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)

    @property
    def corners(self) -> tuple[tuple[float, float], ...]:
        """Return its corners, clockwise from the top left."""
        right, bottom = self.x + self.width, self.y + self.height
        return (self.x, self.y), (right, self.y), (right, bottom), (self.x, bottom)


def tint(canvas: Canvas, at: Rect, colour: Colour) -> None:
    """Lay a thin colour over a place; ink stays as dark as it was."""
    rows = slice(max(round(at.y), 0), max(round(at.y + at.height), 0))
    columns = slice(max(round(at.x), 0), max(round(at.x + at.width), 0))
    part = canvas[rows, columns]
    thin = np.array(pale(colour, 0.25), dtype=np.uint16)
    canvas[rows, columns] = (part * thin // 255).astype(np.uint8)


def draw_frame(
    canvas: Canvas, at: Rect, colour: Colour, width: int, *, dashed: bool = False
) -> None:
    """Draw a frame round a place."""
    corners = at.corners
    for start, end in zip(corners, (*corners[1:], corners[0]), strict=True):
        for one, other in _dashes(start, end) if dashed else ((start, end),):
            _line(canvas, one, other, colour, width)


def _dashes(
    start: tuple[float, float], end: tuple[float, float]
) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    length = max(abs(end[0] - start[0]), abs(end[1] - start[1]), 1.0)
    step = np.array([end[0] - start[0], end[1] - start[1]]) / length
    for along in np.arange(0, length, 2 * _DASH):
        one = np.array(start) + step * along
        other = np.array(start) + step * min(along + _DASH - 1, length)
        yield (float(one[0]), float(one[1])), (float(other[0]), float(other[1]))


def draw_badge(
    canvas: Canvas, middle: tuple[float, float], standing: Standing, radius: float = _RADIUS
) -> None:
    """Draw a small disc that says by its sign, too, how a box stands."""
    x, y = middle
    cv2.circle(
        canvas, _fixed(middle), round((radius + 1) * 2**_BITS), _WHITE, -1, cv2.LINE_AA, _BITS
    )
    colour = COLOURS[standing]
    cv2.circle(canvas, _fixed(middle), round(radius * 2**_BITS), colour, -1, cv2.LINE_AA, _BITS)
    width = max(1, round(radius / 5))
    at = [(x + across * radius, y + down * radius) for across, down in _STROKES[standing]]
    for start, end in zip(at[::2], at[1::2], strict=True):
        _line(canvas, start, end, _WHITE, width)


def _line(
    canvas: Canvas,
    start: tuple[float, float],
    end: tuple[float, float],
    colour: Colour,
    width: int,
) -> None:
    cv2.line(canvas, _fixed(start), _fixed(end), colour, width, cv2.LINE_AA, _BITS)


def _fixed(place: tuple[float, float]) -> tuple[int, int]:
    return round(place[0] * 2**_BITS), round(place[1] * 2**_BITS)
