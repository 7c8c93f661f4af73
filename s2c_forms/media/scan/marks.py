"""What a pen left in and round a box, measured: nothing is judged here (see `judge`)."""

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from s2c_forms.media.scan.geometry import PX
from s2c_forms.media.scan.outlines import Outline
from s2c_forms.media.scan.paper import Ink

INSET = round(0.5 * PX)
"""The outline's half, its bleeding, and what it may be off."""
_CORE = round(0.9 * PX)
"""Inside this, even what bleeds from the outline of a photocopy isn't taken for faint pencil."""
_MOAT = round(0.35 * PX)
_BESIDE, _ABOVE = round(2.2 * PX), round(1.4 * PX)
"""How far round a box is looked: sideways, and up and down, where the next row is near."""
_LINE = 1.0 * PX  # flat pixels: a line from edge to edge that is wider than this was drawn
_FAINTER = 0.5  # of what may be pencil: too little to trust, enough to ask
SECTORS = 16
_IN_SECTOR = 5  # pixels of ink that count


@dataclass(frozen=True)
class Sheet:
    """A flat page with all that marks are measured against; each rows × columns.

    Attributes:
        ink: its darkness, 0 to 255.
        soft: the same, averaged over 3 × 3 pixels: faint pencil stands out of the grain.
        printed: 255 where something is printed.
        streaked: 255 where a streak runs; None where there is none.
    """

    ink: Ink
    soft: Ink
    printed: NDArray[np.uint8]
    streaked: NDArray[np.uint8] | None


@dataclass(frozen=True)
class Measured:
    """A box in numbers. Shares are of the box's inside; lengths are in millimetres.

    Attributes:
        share: what has hard ink.
        middle: what has hard ink of the box's middle, where no stain beside it reaches.
        soft_share: what has soft ink.
        longest: how long the longest stroke of hard ink is.
        soft_longest: how long the longest stroke of soft ink is.
        is_line: whether the longest stroke of hard ink runs straight from edge to edge, as a streak
            or a fold does.
        is_pale_line: whether that of soft ink does.
        is_through: whether faint ink leaves the box on both of two opposite sides.
        whisper: how long the longest stroke of still fainter ink is, where the paper round the box
            has none of it.
        white: width of the widest spot without ink.
        soft_white: width of the widest spot without faint ink.
        grain: share of the bare paper round the box that is as dark as faint pencil.
        ring: share of the directions round the box in which there is ink, print not counted.
        touches: sides of the inside that ink reaches, of `tblr`.
        leaks: sides that have ink just outside them.
        streak: whether a streak runs through it.
        is_seen: whether its outline was found.
        is_there: whether the raster has all of it.
    """

    share: float
    middle: float
    soft_share: float
    longest: float
    soft_longest: float
    is_line: bool
    is_pale_line: bool
    is_through: bool
    whisper: float
    white: float
    soft_white: float
    grain: float
    ring: float
    touches: str
    leaks: str
    streak: bool
    is_seen: bool
    is_there: bool = True


def measure(
    sheet: Sheet, outline: Outline, hard: float, soft: float, *, is_there: bool = True
) -> Measured:
    """Return a box in numbers.

    Args:
        sheet: the page.
        outline: where the box lies.
        hard: darkness, 0 to 1, from which a pixel is ink.
        soft: darkness from which a pixel of the averaged page may be faint pencil.
        is_there: whether the raster has all of it.
    """
    inside, core = inner(outline, INSET), inner(outline, _CORE)
    ink, pale = sheet.ink[inside], sheet.soft[core]
    dark = ink >= hard * 255
    faint = pale >= soft * 255
    around = _around(sheet, outline, hard, soft)
    longest, is_line = _longest(dark)
    soft_longest, is_pale_line = _longest(faint)
    return Measured(
        share=float(dark.mean()) if dark.size else 0.0,
        middle=float((sheet.ink[core] >= hard * 255).mean()) if pale.size else 0.0,
        soft_share=float(faint.mean()) if faint.size else 0.0,
        longest=longest,
        soft_longest=soft_longest,
        is_line=is_line,
        is_pale_line=is_pale_line,
        is_through=bool(faint.any()) and _is_through(sheet, outline, soft * 255),
        whisper=_whisper(sheet.ink, outline, soft * _FAINTER * 255),
        white=_widest_white(dark),
        soft_white=_widest_white(faint),
        grain=around.grain,
        ring=around.ring,
        touches=_touched(dark),
        leaks=around.leaks,
        streak=sheet.streaked is not None and bool(sheet.streaked[inside].any()),
        is_seen=outline.is_seen,
        is_there=is_there,
    )


def inner(outline: Outline, inset: int) -> tuple[slice, slice]:
    """Return the rows and columns of a box's inside, so many flat pixels within its outline."""
    left, top, side = round(outline.x), round(outline.y), round(outline.side)
    return slice(top + inset, top + side - inset), slice(left + inset, left + side - inset)


@dataclass(frozen=True)
class _Around:
    """What lies round a box; see `Measured`. Where that isn't on the page, nothing is sure."""

    grain: float = 1.0
    ring: float = 0.0
    leaks: str = ""


def _longest(ink: NDArray[np.bool_]) -> tuple[float, bool]:
    """Return the length of the longest stroke, and whether it is a line from edge to edge.

    The length is the diagonal of what hangs together.
    """
    if not ink.any():
        return 0.0, False
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    wide = stats[1:, cv2.CC_STAT_WIDTH].astype(float)
    high = stats[1:, cv2.CC_STAT_HEIGHT].astype(float)
    long = np.hypot(wide, high)
    first = int(np.argmax(long))
    through = max(wide[first], high[first]) >= 0.85 * len(ink)
    return float(long[first]) / PX, bool(through and min(wide[first], high[first]) < _LINE)


def _is_through(sheet: Sheet, outline: Outline, soft: float) -> bool:
    """Return whether faint ink leaves a box on both of two opposite sides: a fold, or a stain."""
    left, top, side = round(outline.x), round(outline.y), round(outline.side)
    across, down = round(outline.moved[0]), round(outline.moved[1])
    window = _window(left, top, side)
    pale, printed = sheet.soft[window], sheet.printed[_window(left - across, top - down, side)]
    if pale.shape != (side + 2 * _ABOVE, side + 2 * _BESIDE) or printed.shape != pale.shape:
        return True
    leaks = _leaks((pale >= soft) & (printed == 0), side)
    return {*"tb"} <= {*leaks} or {*"lr"} <= {*leaks}


def _whisper(ink: Ink, outline: Outline, limit: float) -> float:
    """Return the length of the longest very faint stroke; 0 where the paper is as dark as that."""
    left, top, side = round(outline.x), round(outline.y), round(outline.side)
    rim = _ABOVE
    window = ink[max(top - rim, 0) : top + side + rim, max(left - rim, 0) : left + side + rim]
    if window.shape != (side + 2 * rim, side + 2 * rim):
        return 0.0
    pale = cv2.blur(window, (5, 5)) >= limit
    near = rim - _CORE
    moat = (pale[2:near, rim:-rim], pale[-near:-2, rim:-rim])
    if sum(strip.sum() for strip in moat) > _IN_SECTOR:
        return 0.0
    inner = rim + _CORE
    return _longest(pale[inner:-inner, inner:-inner])[0]


def _widest_white(ink: NDArray[np.bool_]) -> float:
    """Return the width of the widest spot without ink, beyond the edge of the inside too."""
    if not ink.size:
        return 0.0
    white = np.pad((~ink).astype(np.uint8), 1)
    return 2 * float(cv2.distanceTransform(white, cv2.DIST_L2, 3).max()) / PX


def _touched(ink: NDArray[np.bool_]) -> str:
    edges = {"t": ink[:1], "b": ink[-1:], "l": ink[:, :1], "r": ink[:, -1:]}
    return "".join(name for name, edge in edges.items() if edge.any())


def _around(sheet: Sheet, outline: Outline, hard: float, soft: float) -> _Around:
    left, top, side = round(outline.x), round(outline.y), round(outline.side)
    across, down = round(outline.moved[0]), round(outline.moved[1])
    window = _window(left, top, side)
    ink, printed = sheet.ink[window], sheet.printed[_window(left - across, top - down, side)]
    sectors = _sectors(side)
    if ink.shape != sectors.shape or printed.shape != sectors.shape:
        return _Around()
    bare = (sectors >= 0) & (printed == 0)
    dark = bare & (ink >= hard * 255)
    paper = sheet.soft[window][bare & ~dark]
    room = np.bincount(sectors[bare], minlength=SECTORS)
    inked = np.bincount(sectors[dark], minlength=SECTORS)
    open_ = room >= 3 * _IN_SECTOR
    ring = float((inked[open_] >= _IN_SECTOR).mean()) if open_.sum() >= SECTORS // 2 else 0.0
    grain = float((paper >= soft * 255).mean()) if paper.size else 1.0
    return _Around(grain, ring, _leaks(dark, side))


def _leaks(dark: NDArray[np.bool_], side: int) -> str:
    """Return the sides just outside which there is ink, of what lies round a box."""
    top, left, far = _ABOVE, _BESIDE, _MOAT + 4
    along, down = slice(left, left + side), slice(top, top + side)
    strips = {
        "t": dark[top - far : top - _MOAT, along],
        "b": dark[top + side + _MOAT : top + side + far, along],
        "l": dark[down, left - far : left - _MOAT],
        "r": dark[down, left + side + _MOAT : left + side + far],
    }
    return "".join(name for name, strip in strips.items() if strip.sum() >= 3)


def _window(left: int, top: int, side: int) -> tuple[slice, slice]:
    rows = slice(max(top - _ABOVE, 0), top + side + _ABOVE)
    return rows, slice(max(left - _BESIDE, 0), left + side + _BESIDE)


@lru_cache(maxsize=16)
def _sectors(side: int) -> NDArray[np.int64]:
    """Return for each pixel round a box in which direction it lies, -1 in the box itself."""
    high, wide = side + 2 * _ABOVE, side + 2 * _BESIDE
    y, x = np.mgrid[0:high, 0:wide]
    angle = np.arctan2(y - (high - 1) / 2, x - (wide - 1) / 2)
    sectors = np.floor((angle + np.pi) / (2 * np.pi) * SECTORS).astype(np.int64)
    sectors = np.asarray(sectors % SECTORS, dtype=np.int64)
    inner = (
        slice(_ABOVE - _MOAT, high - _ABOVE + _MOAT),
        slice(_BESIDE - _MOAT, wide - _BESIDE + _MOAT),
    )
    sectors[inner] = -1
    return sectors
