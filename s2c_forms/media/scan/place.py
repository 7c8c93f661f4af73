"""Where a page lies on its raster: a homography from the corner marks and the codes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import permutations
from typing import Any

import cv2
import numpy as np

from s2c_forms.form.layout import Layout, Mark, Page
from s2c_forms.media.scan.codes import Seen
from s2c_forms.media.scan.geometry import PX, Matrix, Points, corners, flat_size, seen_at
from s2c_forms.media.scan.raster import Grey

_ROOM = 5 * PX
"""How far beside its place a mark is looked for, in flat pixels, right beside a code …"""
_DRIFT = 0.08
"""… and how much farther for each pixel of distance: a code of 19 mm doesn't say it exactly."""
_RANSAC = 3.0 * PX
_SURE = 4  # codes and marks from which on perspective is told surely
_BENT = 1.0  # millimetres that fewer of them may be off before perspective is blamed
_TAG_PIXELS = 64  # a mark's side when it is looked at, so that its modules have 8 pixels each

Pair = tuple[Points, Points]
"""Corners on the flat page as printed, and where the raster has them."""


@dataclass(frozen=True)
class Placed:
    """Where a page lies.

    Attributes:
        matrix: from the flat page to the raster.
        flat: corners of marks and codes that were found, on the flat page as printed, n × 2.
        off: how far off each of them was found, in flat pixels, n × 2.
        marks: how many of the corner marks were found.
    """

    matrix: Matrix
    flat: Points
    off: Points
    marks: int


def place(grey: Grey, page: Page, seen: Sequence[Seen], layout: Layout) -> Placed:
    """Return where a page lies, from all of its codes and marks that can be found.

    Both codes of a page say the same. Which of them was read is told by what is found then.

    Args:
        grey: the raster.
        page: what was printed.
        seen: the codes that were read, one at the least.
        layout: that the page is of.
    """
    read = list(seen)[: len(page.codes)]
    ways = [
        [(corners(code), one.corners) for code, one in zip(order, read, strict=True)]
        for order in permutations(page.codes, len(read))
    ]
    ways.sort(key=lambda way: _off_centre(grey, way, layout))
    best: Placed | None = None
    for way in ways:
        placed = _placed(grey, page, way)
        if best is None or placed.marks > best.marks:
            best = placed
        if placed.marks:
            return placed
    if best is None:
        raise ValueError("a page is placed by its codes, and none was given")
    return best


def _off_centre(grey: Grey, way: Sequence[Pair], layout: Layout) -> float:
    """Return how far the middle of the page would lie from the middle of the raster."""
    rows, columns = flat_size(layout)
    middle = np.array([[columns / 2, rows / 2]], dtype=np.float32)
    seen = seen_at(_fit(way), middle)[0]
    return float(np.hypot(seen[0] - grey.shape[1] / 2, seen[1] - grey.shape[0] / 2))


def _placed(grey: Grey, page: Page, codes: Sequence[Pair]) -> Placed:
    """Return where a page lies if its codes are these.

    Codes alone say how far and which way, but little of the perspective: so marks are looked for
    where a page seen from straight above would have them, and where a tilted one would.
    """
    tries = [_marked(grey, page, codes, fit) for fit in (_level, _tilted)]
    known = max(tries, key=len)
    matrix = _fit(known)
    printed, where = _stacked(known)
    off = seen_at(np.linalg.inv(matrix), where) - printed
    return Placed(matrix, printed, off.astype(np.float32), len(known) - len(codes))


def _marked(
    grey: Grey, page: Page, codes: Sequence[Pair], fit: Callable[[Sequence[Pair]], Matrix]
) -> list[Pair]:
    """Return the codes with the marks that are found about them, the nearest one first."""
    known = list(codes)
    left = list(page.marks)
    for _ in range(2):  # the first marks say better where the others are
        for mark in list(left):
            matrix = fit(known) if len(known) < _SURE else _fit(known)
            at = _mark_at(grey, mark, matrix, known)
            if at is not None:
                left.remove(mark)
                known.append((corners(mark), at))
        if not left or len(known) == len(codes):
            break
    return known


def _stacked(pairs: Sequence[Pair]) -> Pair:
    return np.vstack([pair[0] for pair in pairs]), np.vstack([pair[1] for pair in pairs])


def _fit(pairs: Sequence[Pair]) -> Matrix:
    """Return the homography that fits the corners; of few it is one without perspective.

    A mark that was taken for another one, or lies on a corner that is folded, doesn't count.
    """
    if len(pairs) < _SURE:
        level = _level(pairs)
        return level if _worst(level, pairs) < _BENT * PX else _tilted(pairs)
    printed, where = _stacked(pairs)
    scale = _pixels(pairs[0])
    return _homography(printed, where, cv2.RANSAC, _RANSAC * scale)


def _worst(matrix: Matrix, pairs: Sequence[Pair]) -> float:
    """Return how far, in flat pixels, the worst corner lies off."""
    printed, where = _stacked(pairs)
    return float(np.hypot(*(seen_at(np.linalg.inv(matrix), where) - printed).T).max())


def _level(pairs: Sequence[Pair]) -> Matrix:
    """Return the fit of a page seen from straight above: moved, turned and enlarged."""
    printed, where = _stacked(pairs)
    affine: Any
    if len(pairs) < 3:
        affine, _ = cv2.estimateAffinePartial2D(printed, where, method=cv2.LMEDS)
    else:
        affine, _ = cv2.estimateAffine2D(printed, where, method=cv2.LMEDS)
    if affine is None or not np.isfinite(affine).all():
        return _tilted(pairs)
    return np.vstack([affine, [0.0, 0.0, 1.0]])


def _tilted(pairs: Sequence[Pair]) -> Matrix:
    """Return the fit with perspective, of all corners alike."""
    printed, where = _stacked(pairs)
    return _homography(printed, where, 0, 0.0)


def _homography(printed: Points, where: Points, method: int, threshold: float) -> Matrix:
    """Return a homography; where corners lie on one line, that of the first code alone."""
    found: Any = cv2.findHomography(printed, where, method, threshold)[0]
    if found is None:
        found = cv2.getPerspectiveTransform(printed[:4], where[:4])
    return np.asarray(found, dtype=np.float64)


def _pixels(pair: Pair) -> float:
    """Return how many pixels of the raster a flat pixel has."""
    printed, where = pair
    return float(np.sqrt(cv2.contourArea(where) / max(cv2.contourArea(printed), 1.0)))


def _mark_at(grey: Grey, mark: Mark, matrix: Matrix, known: Sequence[Pair]) -> Points | None:
    """Return the corners of a mark on the raster, None where it isn't seen about its place."""
    square = corners(mark)
    middle = square.mean(axis=0)
    far = min(float(np.linalg.norm(pair[0].mean(axis=0) - middle)) for pair in known)
    few = _DRIFT if len(known) < 3 else _DRIFT / 3
    room = _ROOM + few * far
    side = float(square[1][0] - square[0][0])
    wide = side + 2 * room
    zoom = _TAG_PIXELS / side
    left, top = square[0] - room
    window = np.array([[1 / zoom, 0, left], [0, 1 / zoom, top], [0, 0, 1]])
    pixels = round(wide * zoom)
    shown = cv2.warpPerspective(
        grey,
        matrix @ window,
        (pixels, pixels),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    seen: Any
    ids: Any
    seen, ids, _ = _detector().detectMarkers(shown)
    if ids is None or mark.id not in ids.ravel():
        return None
    at = np.asarray(seen[ids.ravel().tolist().index(mark.id)], dtype=np.float32).reshape(4, 2)
    return seen_at(matrix @ window, at)


@cache
def _detector() -> cv2.aruco.ArucoDetector:
    options = cv2.aruco.DetectorParameters()
    options.cornerRefinementMethod = cv2.aruco.CORNER_REFINE_SUBPIX
    options.cornerRefinementWinSize = 4
    options.adaptiveThreshWinSizeMin = 13
    options.adaptiveThreshWinSizeMax = 53
    options.adaptiveThreshWinSizeStep = 20
    family = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_APRILTAG_36h11)
    return cv2.aruco.ArucoDetector(family, options)
