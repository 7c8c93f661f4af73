"""Whether there is anything on a page at all: the backs of sheets come through a scanner too."""

import cv2
import numpy as np

from s2c_forms.media.scan.raster import Grey

_WIDE = 840  # pixels a page is looked at with: 4 a millimetre
_SHADE = 0.80  # as light as this beside its paper is not paper
_LEAST = 12.0  # square millimetres: a word written by hand has more ink
_SIDE, _END = 0.085, 0.02  # shares of the page at its edges: punch holes, and shadows of the lid


def is_blank(grey: Grey) -> bool:
    """Return whether a page has nothing on it that a person would call writing or print."""
    long_side = max(grey.shape)
    scale = min(1.0, 1.414 * _WIDE / long_side)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    small = np.asarray(cv2.medianBlur(small, 3), dtype=np.uint8)
    tiny = cv2.resize(cv2.dilate(small, np.ones((9, 9), np.uint8)), None, fx=0.25, fy=0.25)
    paper = cv2.resize(cv2.medianBlur(tiny, 9), small.shape[::-1])
    dark = small < np.asarray(paper, dtype=np.float32) * _SHADE
    rows, columns = dark.shape
    down, across = int(rows * _END), int(columns * _SIDE)
    if rows < columns:
        down, across = int(rows * _SIDE), int(columns * _END)
    inside = dark[down : rows - down, across : columns - across]
    pixel = (210 / min(rows, columns)) ** 2  # square millimetres
    return bool(inside.sum() * pixel < _LEAST)
