"""Where parts of a bent page lie, about: by what is printed on them, text and all.

Rows of boxes look alike, and one row may be taken for the next; no two lines of text are alike.
So on bent paper parts of the page are looked for as they were printed, before any box is.
"""

from itertools import product

import cv2
import numpy as np
from numpy.typing import NDArray

from s2c_forms.media.scan.outlines import Known
from s2c_forms.media.scan.paper import Ink

_SHRINK = 4  # 2 pixels a millimetre are enough to know a text by
_PART = (56, 48)  # width and height of a part, in those pixels: 28 × 24 mm
_ROOM = 18  # how far a part is looked for each way, in those pixels: 9 mm
_FULL = 0.03  # share of a part that must be printed, or there is nothing to know it by
_SURE = 0.45  # likeness from which on a part counts as found


def parts_off(ink: Ink, printed: NDArray[np.uint8]) -> Known:
    """Return how far off parts of the page lie, each at its middle, in flat pixels.

    Args:
        ink: darkness of the flat page.
        printed: 255 where something is printed.
    """
    seen, blank = _small(ink), _small(printed)
    wide, high = _PART
    rows, columns = seen.shape
    padded = cv2.copyMakeBorder(seen, _ROOM, _ROOM, _ROOM, _ROOM, cv2.BORDER_CONSTANT, value=(0,))
    places, off = [], []
    for top, left in product(
        range(0, rows - high + 1, high // 2), range(0, columns - wide + 1, wide // 2)
    ):
        part = blank[top : top + high, left : left + wide]
        if part.mean() < _FULL * 255:
            continue
        window = padded[top : top + high + 2 * _ROOM, left : left + wide + 2 * _ROOM]
        _, likeness, _, (x, y) = cv2.minMaxLoc(
            cv2.matchTemplate(window, part, cv2.TM_CCOEFF_NORMED)
        )
        if likeness >= _SURE:
            places.append((left + wide / 2, top + high / 2))
            off.append((x - _ROOM, y - _ROOM))
    shape = (-1, 2)
    return Known(
        np.array(places, dtype=np.float64).reshape(shape) * _SHRINK,
        np.array(off, dtype=np.float64).reshape(shape) * _SHRINK,
    )


def _small(page: NDArray[np.uint8]) -> NDArray[np.uint8]:
    shape = (page.shape[1] // _SHRINK, page.shape[0] // _SHRINK)
    small = cv2.resize(page, shape, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.GaussianBlur(small, (0, 0), 0.8), dtype=np.uint8)
