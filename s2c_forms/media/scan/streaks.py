"""Streaks of dirty glass: lines along the way that paper goes through a scanner.

No form has anything upright that is longer than a column of boxes, so a longer line was never
printed, and no pen draws one that straight.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from s2c_forms.media.scan.geometry import PX, Matrix
from s2c_forms.media.scan.raster import Grey

_LONGEST_PRINTED = 42 * PX  # flat pixels; the boxes of a factor make a column of up to 36 mm
_SHADE = 10  # how much darker than the paper round it a streak is, of 255
_TILT = 0.12  # radians a page may lie askew; one that lies on its side has no streaks to look for


def streaks_on(grey: Grey, matrix: Matrix, size: tuple[int, int]) -> NDArray[np.uint8] | None:
    """Return where streaks run on the flat page (255), None where there are none.

    Args:
        grey: the raster.
        matrix: where the page lies on it.
        size: rows and columns of the flat page.
    """
    across = matrix[:2, :2] / matrix[2, 2]
    tilt = abs(float(np.arctan2(across[1, 0], across[0, 0])))
    if min(tilt, np.pi - tilt) > _TILT:
        return None
    length = max(3, round(_LONGEST_PRINTED * abs(float(across[1, 1]))))
    dark = cv2.adaptiveThreshold(
        grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, _SHADE
    )
    joined = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((5, 1), np.uint8))
    long = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
    if not cv2.countNonZero(long):
        return None
    wide = cv2.dilate(long, np.ones((9, 5), np.uint8))
    flags = cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP
    flat = cv2.warpPerspective(wide, matrix, (size[1], size[0]), flags=flags)
    return np.asarray(flat, dtype=np.uint8)
