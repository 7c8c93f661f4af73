"""Streaks of dirty glass and folds: straight lines over most of the page, that nobody drew.

They are told on the flat page with all print taken away. A line may lie a little askew: a form
that was photocopied brings the streaks of that machine along.
"""

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from s2c_forms.media.scan.geometry import PX
from s2c_forms.media.scan.paper import Ink

_SHADE = 0.16 * 255  # darkness from which something may be a streak
_PART = round(2.5 * PX)  # the page is cut into strips as high as this …
_FULL = 0.5  # … and a line is in one where this share of its bare paper is dark
_LONG = 0.8  # share of the strips that a streak is in: rows of scores break every column of marks
_SLOPES = np.linspace(-0.06, 0.06, 25)  # how much askew: 3.4 degrees each way
_REACH = 2  # pixels, at half size, that are taken away on each side of it
_FREE = 0.5  # share of a strip that must be bare, or it says nothing


def streaks_on(ink: Ink, printed: NDArray[np.uint8]) -> NDArray[np.uint8] | None:
    """Return where streaks run on the flat page (255), None where there are none.

    Args:
        ink: darkness of the flat page.
        printed: 255 where something is printed.
    """
    shape = (ink.shape[1] // 2, ink.shape[0] // 2)
    small = cv2.resize(ink, shape, interpolation=cv2.INTER_AREA)
    bare = np.asarray(cv2.resize(printed, shape, interpolation=cv2.INTER_NEAREST) == 0)
    dark = (small >= _SHADE) & bare
    found = np.zeros(bare.shape, dtype=np.uint8)
    for top, slope in _lines(dark, bare, 0):
        end = (round(top + slope * shape[1]), shape[1] - 1)
        cv2.line(found, (round(top), 0), end, 255, 2 * _REACH + 1)
    for left, slope in _lines(dark, bare, 1):
        end = (shape[0] - 1, round(left + slope * shape[0]))
        cv2.line(found, (0, round(left)), end, 255, 2 * _REACH + 1)
    if not found.any():
        return None
    whole = cv2.resize(found, ink.shape[::-1], interpolation=cv2.INTER_NEAREST)
    return np.asarray(whole, dtype=np.uint8)


def _lines(
    dark: NDArray[np.bool_], bare: NDArray[np.bool_], axis: int
) -> Iterator[tuple[float, float]]:
    """Yield the place at the top (or left), and the slope, of each line that is in most strips.

    Args:
        dark: where something dark is that wasn't printed.
        bare: where nothing was printed.
        axis: 0 for lines from top to bottom, 1 for lines from left to right.
    """
    length = dark.shape[axis]
    strips = max(length * 2 // _PART, 1)
    inks, free = (_in_strips(part, axis, strips) for part in (dark, bare))
    hits = (inks >= _FULL * free) & (free >= _FREE)
    near = hits | np.roll(hits, 1, axis=1) | np.roll(hits, -1, axis=1)
    telling = free >= _FREE
    middles = (np.arange(strips) + 0.5) * length / strips
    for slope in _SLOPES:
        shifts = [-round(slope * y) for y in middles]
        inked = sum(np.roll(row, by).astype(int) for row, by in zip(near, shifts, strict=True))
        open_ = sum(np.roll(row, by).astype(int) for row, by in zip(telling, shifts, strict=True))
        for column in np.flatnonzero((inked >= _LONG * open_) & (open_ >= strips / 3)):
            yield float(column), float(slope)


def _in_strips(part: NDArray[np.bool_], axis: int, strips: int) -> NDArray[np.float32]:
    """Return the share of each strip that is set: strips × places across the lines."""
    across = part.shape[1 - axis]
    shape = (across, strips) if axis == 0 else (strips, across)
    share = cv2.resize(part.astype(np.float32), shape, interpolation=cv2.INTER_AREA)
    return np.asarray(share if axis == 0 else share.T, dtype=np.float32)
