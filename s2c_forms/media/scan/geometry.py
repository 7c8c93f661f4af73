"""From points of the form's paper to pixels, and the flat page that all boxes are looked at on."""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from s2c_forms.form.layout import MM, Code, Layout, Mark
from s2c_forms.media.scan.raster import Grey

PX = 8
"""Pixels a millimetre of the flat page: 203 dpi. A small box of 4 mm has a side of 32."""
POINT = PX / MM
"""Pixels of the flat page in a point."""

Points = NDArray[np.float32]
"""Places: n × 2, x to the right and y down."""
Matrix = NDArray[np.float64]
"""A homography, 3 × 3: from pixels of the flat page to pixels of the raster."""


def corners(thing: Mark | Code) -> Points:
    """Return the corners of a square of the layout, clockwise from its top left, in flat pixels."""
    x, y, side = thing.x, thing.y, thing.size
    square = [(x, y), (x + side, y), (x + side, y + side), (x, y + side)]
    return np.array(square, dtype=np.float32) * np.float32(POINT)


def seen_at(matrix: NDArray[Any], places: NDArray[Any]) -> Points:
    """Return where places of the flat page are seen on the raster."""
    seen = cv2.perspectiveTransform(places.reshape(-1, 1, 2).astype(np.float64), matrix)
    return np.asarray(seen, dtype=np.float32).reshape(-1, 2)


def flat_size(layout: Layout) -> tuple[int, int]:
    """Return rows and columns of the flat page."""
    return round(layout.height * POINT), round(layout.width * POINT)


def flattened(grey: Grey, matrix: Matrix, size: tuple[int, int]) -> tuple[Grey, Grey]:
    """Return the page seen from straight above, and where the raster has it at all (255) or not."""
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    shape = (size[1], size[0])
    flat = cv2.warpPerspective(
        grey, matrix, shape, flags=flags, borderMode=cv2.BORDER_CONSTANT, borderValue=(255.0,)
    )
    rows, columns = grey.shape
    quarter = np.full((max(rows // 8, 1), max(columns // 8, 1)), 255, dtype=np.uint8)
    shrink = np.diag([columns / quarter.shape[1], rows / quarter.shape[0], 1.0])
    there = cv2.warpPerspective(
        quarter,
        np.linalg.inv(shrink) @ matrix @ np.diag([8.0, 8.0, 1.0]),
        (shape[0] // 8, shape[1] // 8),
        flags=cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP,
    )
    return np.asarray(flat, dtype=np.uint8), np.asarray(there, dtype=np.uint8)
