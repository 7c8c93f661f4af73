"""Each box found on its own printed outline: paper bends, and a homography doesn't.

Boxes are looked for from the marks and codes outwards, each near where its neighbours were found.
Where a box lies follows from the four sides of its outline and the white around it, never from
where there is most ink. A box whose outline is torn or smudged goes with its neighbours.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from s2c_forms.form.layout import Box
from s2c_forms.media.scan.bend import bend_of, off_at
from s2c_forms.media.scan.geometry import PX
from s2c_forms.media.scan.paper import Ink

_NEAR, _FAR = round(1.4 * PX), round(2.4 * PX)
"""How far a box is looked for about its place; rows are 5.4 mm apart, so never as far as those."""
_LONE = 30 * PX  # farther than this from anything found, a box is looked for in the wider room
_TALKING = 4  # neighbours that say where a box should lie
_OUT_OF_LINE = 0.6 * PX  # more than this beside what all others say is no find
_ENOUGH = 24  # things found, from which on a smooth field is fitted to them
_PAGE = (2400, 1700)  # flat pixels, about: only for numbers of a handy size
_SIDES = 3  # of the four sides must be seen


@dataclass(frozen=True)
class Outline:
    """Where a box lies on the flat page.

    Attributes:
        x: of its left side, in flat pixels.
        y: of its top side.
        side: its side.
        is_seen: whether its own outline was found there, or its place is the others' word.
        off: how far its outline was found beside what all others say, in flat pixels.
        moved: how far it lies from where it was printed: to the right, and down.
    """

    x: float
    y: float
    side: float
    is_seen: bool
    off: float = 0.0
    moved: tuple[float, float] = (0.0, 0.0)


def find_outlines(ink: Ink, boxes: Sequence[Box], near: "Known", point: float) -> list[Outline]:
    """Return where each box lies, in the order of `boxes`.

    Args:
        ink: darkness of the flat page.
        boxes: of the page's layout.
        near: what was found on the page before, and how far off.
        point: flat pixels in a point.
    """
    if not boxes:
        return []
    homes = np.array([(box.x, box.y) for box in boxes], dtype=np.float64) * point
    sides = np.array([box.size for box in boxes]) * point
    told = near
    seen: dict[int, NDArray[np.float64]] = {}
    left = np.ones(len(homes), dtype=bool)
    far = np.hypot(*(homes[:, None, :] - told.places[None, :, :]).transpose(2, 0, 1)).min(axis=1)
    while left.any():
        index = int(np.argmin(np.where(left, far, np.inf)))
        left[index] = False
        room = _FAR if far[index] > _LONE else _NEAR
        guess = homes[index] + told.at(homes[index])
        found = _find(ink, guess, float(sides[index]), room)
        if found is not None:
            seen[index] = found - homes[index]
            told = told.and_(homes[index], seen[index])
            far = np.minimum(far, np.hypot(*(homes - homes[index]).T))
    return _in_line(homes, sides, seen, told)


@dataclass(frozen=True)
class Known:
    """How far off things lie, each at the place where it was printed: both n × 2, flat pixels."""

    places: NDArray[np.float64]
    off: NDArray[np.float64]

    def with_(self, other: "Known") -> "Known":
        """Return all that is known of both."""
        return Known(np.vstack([self.places, other.places]), np.vstack([self.off, other.off]))

    def first(self, number: int) -> "Known":
        """Return no more than the first that were found."""
        return Known(self.places[:number], self.off[:number])

    def and_(self, place: NDArray[np.float64], off: NDArray[np.float64]) -> "Known":
        """Return what is told with one thing more."""
        return Known(np.vstack([self.places, place]), np.vstack([self.off, off]))

    def at(self, place: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return how far off a place lies by the word of those nearest to it."""
        far = np.hypot(*(self.places - place).T)
        near = np.argsort(far)[:_TALKING]
        weight = 1 / (far[near] + PX) ** 2
        return np.asarray((self.off[near] * weight[:, None]).sum(axis=0) / weight.sum())


def _find(
    ink: Ink, guess: NDArray[np.float64], side: float, room: int
) -> NDArray[np.float64] | None:
    """Return the top left corner of a box near a guess, None where no outline is seen.

    A sharp outline is a thin line; one that isn't found is looked for once more as a blurred one.
    """
    edge = room + 12
    left, top = round(float(guess[0])) - edge, round(float(guess[1])) - edge
    wide = round(side) + 2 * edge
    rows, columns = ink.shape
    if left < 0 or top < 0 or left + wide > columns or top + wide > rows:
        return None
    window = ink[top : top + wide, left : left + wide]
    total = np.asarray(cv2.integral(window), dtype=np.int32)
    for band in _BANDS:
        at = _best(_sides(total, (round(side), edge, room), band), band, room)
        if at is not None:
            return np.array([left + edge + at[0], top + edge + at[1]], dtype=np.float64)
    return None


def _best(sides: NDArray[np.float64], band: "_Band", room: int) -> tuple[int, int] | None:
    """Return how far a box is moved, to the right and down; None where too few sides are seen."""
    seen = np.sort(np.clip(sides, 0, band.cap), axis=0)
    steps = np.arange(-room, room + 1)
    away = np.hypot(steps[None, :], steps[:, None]) / room
    score = seen[0] + seen[1:].sum(axis=0) - _PULL * band.cap * away
    row, column = np.unravel_index(int(np.argmax(score)), score.shape)
    if seen[4 - _SIDES, row, column] < band.seen:
        return None
    return int(steps[column]), int(steps[row])


@dataclass(frozen=True)
class _Band:
    """What an outline looks like.

    Attributes:
        half: half the width of its line, in flat pixels.
        white: where the white beside it begins.
        seen: darkness of a side, as a share of black, that counts as seen.
        cap: above this it counts no more: what is darker is ink of a pen.
    """

    half: int
    white: int
    seen: float
    cap: float


_BANDS = (_Band(1, 3, 0.22, 0.5), _Band(2, 6, 0.07, 0.3))
_PULL = 0.12  # what a far place must be better than a near one, as a share of a whole side


def _sides(
    total: NDArray[np.int32], square: tuple[int, int, int], band: _Band
) -> NDArray[np.float64]:
    """Return how much darker each side of a square is than the white beside it, 4 × n × n.

    Args:
        total: integral of the window.
        square: its side; where in the window it lies when it isn't moved; how far it is moved
            each way: n is twice that and one.
        band: what its outline looks like.
    """
    side, edge, room = square
    begin, end = 4, side - 4  # corners are rounded by blur
    count = 2 * room + 1

    def at(row: int, column: int) -> NDArray[np.int32]:
        up, along = edge - room + row, edge - room + column
        return total[up : up + count, along : along + count]

    def mean(top: int, bottom: int, left: int, right: int) -> NDArray[np.float64]:
        area = (bottom - top) * (right - left) * 255
        return np.asarray(
            (at(bottom, right) - at(top, right) - at(bottom, left) + at(top, left)) / area
        )

    half, white = band.half, band.white
    lines = [(0, -white - 2), (side, side + white)]
    level = [
        mean(line - half, line + half, begin, end) - mean(beside, beside + 2, begin, end)
        for line, beside in lines
    ]
    upright = [
        mean(begin, end, line - half, line + half) - mean(begin, end, beside, beside + 2)
        for line, beside in lines
    ]
    return np.stack([*level, *upright])


def _in_line(
    homes: NDArray[np.float64],
    sides: NDArray[np.float64],
    seen: dict[int, NDArray[np.float64]],
    told: Known,
) -> list[Outline]:
    """Return every box where it was found, or where all others together say that it lies."""
    said = _smooth(homes, told)
    outlines = []
    for index, home in enumerate(homes):
        off = seen.get(index)
        beside = float(np.hypot(*(off - said[index]))) if off is not None else 0.0
        is_seen = off is not None and beside <= _OUT_OF_LINE
        moved = off if off is not None and is_seen else said[index]
        x, y = map(float, home + moved)
        by = (float(moved[0]), float(moved[1]))
        outlines.append(Outline(x, y, float(sides[index]), is_seen, beside, by))
    return outlines


def _smooth(homes: NDArray[np.float64], told: Known) -> NDArray[np.float64]:
    """Return how far off boxes lie by the word of everything found: a field without jumps."""
    if len(told.places) < _ENOUGH:
        return np.array([told.at(home) for home in homes]).reshape(-1, 2)
    return off_at(bend_of(told.places, told.off, _PAGE), homes, _PAGE)
