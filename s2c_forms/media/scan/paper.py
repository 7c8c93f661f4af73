"""A flat page → how dark it is beside the paper around it: shadows and toner don't count."""

from collections.abc import Iterable

import cv2
import numpy as np
from numpy.typing import NDArray

from s2c_forms.media.scan.geometry import PX, Points
from s2c_forms.media.scan.raster import Grey

Ink = NDArray[np.uint8]
"""Darkness of a page, rows × columns: 0 as its paper, 255 as the black that was printed on it."""

_CLOSING = 11  # millimetres: what is wider than this, such as a shadow, belongs to the paper
_LEAST_BLACK = 0.25  # share of the light that black must take away, or the page is too faint


def ink_of(flat: Grey, squares: Iterable[Points]) -> Ink:
    """Return the darkness of a flat page.

    Args:
        flat: the page seen from straight above.
        squares: corners of its marks and codes, of which about half is printed black.
    """
    light = np.asarray(cv2.divide(flat, _paper(flat), scale=255), dtype=np.uint8)
    black = min(_black(light, squares), 255 * (1 - _LEAST_BLACK))
    ink = np.clip((255 - np.arange(256)) * (255 / (255 - black)), 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(light, ink), dtype=np.uint8)


def _paper(flat: Grey) -> Grey:
    """Return how light the paper is everywhere: what is left when everything small is taken away.

    One pixel a millimetre is enough for that, so it costs nothing.
    """
    rows, columns = flat.shape
    small = cv2.resize(flat, (columns // PX, rows // PX), interpolation=cv2.INTER_AREA)
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (_CLOSING, _CLOSING))
    bare = cv2.morphologyEx(small, cv2.MORPH_CLOSE, disc)
    smooth = cv2.GaussianBlur(cv2.medianBlur(bare, 5), (0, 0), 2.0)
    paper = cv2.resize(smooth, (columns, rows), interpolation=cv2.INTER_LINEAR)
    return np.asarray(np.maximum(paper, 1), dtype=np.uint8)


def _black(light: Grey, squares: Iterable[Points]) -> float:
    """Return the light that printed black leaves: half of a mark or a code is black."""
    found = []
    for square in squares:
        left, top = np.floor(square.min(axis=0)).astype(int)
        right, bottom = np.ceil(square.max(axis=0)).astype(int)
        inside = light[max(top, 0) : bottom, max(left, 0) : right]
        if inside.size:
            found.append(float(np.percentile(inside, 15)))
    return float(np.median(found)) if found else 0.0
