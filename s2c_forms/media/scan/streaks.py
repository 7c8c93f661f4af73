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
_SLOPES = np.linspace(-0.04, 0.04, 17)  # how much askew: 2.3 degrees each way
_COARSE = 4  # pixels that are looked at as one at first
_REACH = 2  # pixels, at half size, that are taken away on each side of it
_FREE = 0.5  # share of a strip that must be bare, or it says nothing


def streaks_on(
    ink: Ink, printed: NDArray[np.uint8], *, across: bool = False
) -> NDArray[np.uint8] | None:
    """Return where streaks run on the flat page (255), None where there are none.

    Args:
        ink: darkness of the flat page.
        printed: 255 where something is printed.
        across: whether the page lay on its side, so that they run from left to right.
    """
    shape = (ink.shape[1] // 2, ink.shape[0] // 2)
    small = cv2.resize(ink, shape, interpolation=cv2.INTER_AREA)
    bare = np.asarray(cv2.resize(printed, shape, interpolation=cv2.INTER_NEAREST) == 0)
    dark = (small >= _SHADE) & bare
    found = np.zeros(bare.shape, dtype=np.uint8)
    length = shape[0] if across else shape[1]
    for begin, slope in _lines(dark, bare, 1 if across else 0):
        start, end = (round(begin), 0), (round(begin + slope * length), length - 1)
        points = (start[::-1], end[::-1]) if across else (start, end)
        cv2.line(found, *points, 255, 2 * _REACH + 1)
    if not found.any():
        return None
    whole = cv2.resize(found, ink.shape[::-1], interpolation=cv2.INTER_NEAREST)
    return np.asarray(whole, dtype=np.uint8)


def _lines(
    dark: NDArray[np.bool_], bare: NDArray[np.bool_], axis: int
) -> Iterator[tuple[float, float]]:
    """Yield the place at the top (or left), and the slope, of each line that is in most strips.

    Looked for coarsely first, and finely only where there may be one.

    Args:
        dark: where something dark is that wasn't printed.
        bare: where nothing was printed.
        axis: 0 for lines from top to bottom, 1 for lines from left to right.
    """
    length = dark.shape[axis]
    strips = max(length * 2 // _PART, 1)
    inks, free = (_in_strips(part, axis, strips) for part in (dark, bare))
    telling = free >= _FREE
    hits = (inks >= _FULL * free) & telling
    coarse_hits, coarse_telling = _coarser(hits), _coarser(telling)
    middles = (np.arange(strips) + 0.5) * length / strips
    for slope in _SLOPES:
        places = np.flatnonzero(
            _is_line(coarse_hits, coarse_telling, np.round(slope * middles / _COARSE))
        )
        for place in places:
            yield from _finely(hits, telling, (middles, float(slope), int(place)))


def _coarser(part: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the same with one place for every few, set where any of them is."""
    wide = part.shape[1] // _COARSE * _COARSE
    return np.asarray(part[:, :wide].reshape(len(part), -1, _COARSE).any(axis=2))


def _is_line(
    hits: NDArray[np.bool_], telling: NDArray[np.bool_], shifts: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Return for each place at the top whether a line from there is in most strips that tell."""
    across = hits.shape[1]
    at = (np.arange(across)[None, :] + shifts[:, None].astype(int)) % across
    rows = np.arange(len(hits))[:, None]
    inked, open_ = hits[rows, at].sum(axis=0), telling[rows, at].sum(axis=0)
    return np.asarray((inked >= _LONG * open_) & (open_ >= len(hits) / 3))


def _finely(
    hits: NDArray[np.bool_],
    telling: NDArray[np.bool_],
    line: tuple[NDArray[np.float64], float, int],
) -> Iterator[tuple[float, float]]:
    """Yield lines near one that was found coarsely."""
    middles, slope, place = line
    near = hits | np.roll(hits, 1, axis=1) | np.roll(hits, -1, axis=1)
    here = slice(max((place - 1) * _COARSE, 0), (place + 2) * _COARSE)
    for finer in np.linspace(slope - 0.003, slope + 0.003, 5):
        found = _is_line(near, telling, np.round(finer * middles))[here]
        for column in np.flatnonzero(found):
            yield float(column + here.start), float(finer)


def _in_strips(part: NDArray[np.bool_], axis: int, strips: int) -> NDArray[np.float32]:
    """Return the share of each strip that is set: strips × places across the lines."""
    across = part.shape[1 - axis]
    shape = (across, strips) if axis == 0 else (strips, across)
    share = cv2.resize(part.astype(np.uint8) * 255, shape, interpolation=cv2.INTER_AREA)
    whole = share if axis == 0 else share.T
    return np.asarray(whole / 255, dtype=np.float32)
