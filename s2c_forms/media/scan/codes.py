"""The QR codes of a page: which form it is of, and where it lies.

A page that shows no code at once is looked at again, ever harder. What helps was measured on poor
pages: see issue 4 and `bench/scan.py`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import cv2
import numpy as np
import zxingcpp

from s2c_forms.form.stamp import PageCode, parse_page_code
from s2c_forms.media.scan.geometry import Points
from s2c_forms.media.scan.raster import Grey

_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
_CORNER = 0.42  # share of the page's sides that a corner with a code takes, with room to spare


@dataclass(frozen=True)
class Seen:
    """A code that was read, and the corners of its square on the raster, in its own order."""

    code: PageCode
    corners: Points


def codes_on(grey: Grey) -> list[Seen]:
    """Return the codes of ours that are read at once; those that don't check are passed over."""
    return _read(grey)


def codes_hard_to_read(grey: Grey) -> list[Seen]:
    """Return the codes of ours on a page of which none is read at once."""
    for variant, scale in _harder(grey):
        if found := [_moved(one, 1 / scale, (0, 0)) for one in _read(variant)]:
            return found
    return _in_corners(grey)


def _read(grey: Grey) -> list[Seen]:
    read = zxingcpp.read_barcodes(grey, formats=_QR, try_invert=False)
    return [
        Seen(code, _corners(one.position))
        for one in read
        if one.valid and (code := parse_page_code(one.text))
    ]


def _corners(position: zxingcpp.Position) -> Points:
    at = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    return np.array([(point.x, point.y) for point in at], dtype=np.float32)


def _moved(seen: Seen, scale: float, by: tuple[int, int]) -> Seen:
    corners = seen.corners * np.float32(scale) + np.array(by, dtype=np.float32)
    return replace(seen, corners=corners.astype(np.float32))


def _harder(grey: Grey) -> Iterator[tuple[Grey, float]]:
    """Yield the picture made easier in one way after the other, with how much larger it is."""
    for make in (_blurred, _twice, _median, _opened, _closed, _clahe, _sharpened):
        easier = make(grey)
        yield easier, easier.shape[0] / grey.shape[0]


def _in_corners(grey: Grey) -> list[Seen]:
    """Look hard at each corner: the codes stand in two of them, whichever way up the page lies."""
    rows, columns = grey.shape
    high, wide = int(rows * _CORNER), int(columns * _CORNER)
    for top in (0, rows - high):
        for left in (0, columns - wide):
            corner = np.ascontiguousarray(grey[top : top + high, left : left + wide])
            for make in (_twice, *_HARDEST):
                easier = make(corner)
                if found := _read(easier):
                    scale = corner.shape[0] / easier.shape[0]
                    return [_moved(one, scale, (left, top)) for one in found]
    return []


def _grey(made: object) -> Grey:
    return np.asarray(made, dtype=np.uint8)


def _blurred(grey: Grey) -> Grey:
    return _grey(cv2.GaussianBlur(grey, (0, 0), 1.2))


def _twice(grey: Grey) -> Grey:
    return _grey(cv2.resize(grey, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC))


def _median(grey: Grey) -> Grey:
    return _grey(cv2.medianBlur(grey, 3))


def _opened(grey: Grey) -> Grey:
    return _grey(cv2.morphologyEx(grey, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)))


def _closed(grey: Grey) -> Grey:
    return _grey(cv2.morphologyEx(grey, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8)))


def _clahe(grey: Grey) -> Grey:
    return _grey(cv2.createCLAHE(clipLimit=4.0, tileGridSize=(8, 8)).apply(grey))


def _sharpened(grey: Grey) -> Grey:
    return _grey(cv2.addWeighted(grey, 2.5, cv2.GaussianBlur(grey, (0, 0), 3), -1.5, 0))


def _of(*steps: Callable[[Grey], Grey]) -> Callable[[Grey], Grey]:
    def all_of(grey: Grey) -> Grey:
        for step in steps:
            grey = step(grey)
        return grey

    return all_of


_HARDEST = (
    _of(_twice, _median),
    _of(_twice, _sharpened),
    _of(_clahe, _twice),
    _of(_median, _twice, _blurred),
    _of(_closed, _twice),
    _of(_opened, _twice, _blurred),
)
