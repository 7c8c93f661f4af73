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
from s2c_forms.media.scan.geometry import PX
from s2c_forms.media.scan.paper import Ink
from s2c_forms.media.scan.place import Placed

_NEAR, _FAR = round(1.4 * PX), round(2.4 * PX)
"""How far a box is looked for about its place; rows are 5.4 mm apart, so never as far as those."""
_LONE = 30 * PX  # farther than this from anything found, a box is looked for in the wider room
_TALKING = 4  # neighbours that say where a box should lie
_OUT_OF_LINE = 0.5 * PX  # more than this beside what the neighbours say is no find
_SIDE = 0.22  # darkness of a side, as a share of black, that counts as seen …
_CAP = 0.5  # … and above which it counts no more: what is darker is ink of a pen
_SIDES = 3  # of the four sides must be seen


@dataclass(frozen=True)
class Outline:
    """Where a box lies on the flat page.

    Attributes:
        x: of its left side, in flat pixels.
        y: of its top side.
        side: its side.
        is_seen: whether its own outline was found there, or its place is its neighbours' word.
        off: how far its outline was found beside what its neighbours say, in flat pixels.
        moved: how far it lies from where it was printed: to the right, and down.
    """

    x: float
    y: float
    side: float
    is_seen: bool
    off: float = 0.0
    moved: tuple[float, float] = (0.0, 0.0)


def find_outlines(ink: Ink, boxes: Sequence[Box], placed: Placed, point: float) -> list[Outline]:
    """Return where each box lies, in the order of `boxes`.

    Args:
        ink: darkness of the flat page.
        boxes: of the page's layout.
        placed: where its marks and codes were found.
        point: flat pixels in a point.
    """
    homes = np.array([(box.x, box.y) for box in boxes], dtype=np.float64) * point
    sides = np.array([box.size for box in boxes]) * point
    told = _Told(placed.flat.astype(np.float64), placed.off.astype(np.float64))
    seen: dict[int, NDArray[np.float64]] = {}
    left = set(range(len(boxes)))
    while left:
        far = {index: told.distance(homes[index]) for index in left}
        index = min(left, key=far.__getitem__)
        left.remove(index)
        room = _FAR if far[index] > _LONE else _NEAR
        guess = homes[index] + told.at(homes[index])
        found = _find(ink, guess, float(sides[index]), room)
        if found is not None:
            seen[index] = found - homes[index]
            told = told.and_(homes[index], seen[index])
    return _in_line(homes, sides, seen, told)


@dataclass(frozen=True)
class _Told:
    """How far off things lie, each at its place: both n × 2, in flat pixels."""

    places: NDArray[np.float64]
    off: NDArray[np.float64]

    def and_(self, place: NDArray[np.float64], off: NDArray[np.float64]) -> "_Told":
        """Return what is told with one thing more."""
        return _Told(np.vstack([self.places, place]), np.vstack([self.off, off]))

    def distance(self, place: NDArray[np.float64]) -> float:
        """Return how far the nearest thing is from a place."""
        return float(np.hypot(*(self.places - place).T).min())

    def at(self, place: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return how far off a place lies by the word of those nearest to it."""
        far = np.hypot(*(self.places - place).T)
        near = np.argsort(far)[:_TALKING]
        weight = 1 / (far[near] + PX) ** 2
        return np.asarray((self.off[near] * weight[:, None]).sum(axis=0) / weight.sum())


def _find(
    ink: Ink, guess: NDArray[np.float64], side: float, room: int
) -> NDArray[np.float64] | None:
    """Return the top left corner of a box near a guess, None where no outline is seen."""
    edge = room + 8
    left, top = int(round(guess[0])) - edge, int(round(guess[1])) - edge
    wide = int(round(side)) + 2 * edge
    rows, columns = ink.shape
    if left < 0 or top < 0 or left + wide > columns or top + wide > rows:
        return None
    window = ink[top : top + wide, left : left + wide]
    sides = _sides(cv2.integral(window), int(round(side)), edge, room)
    seen = np.sort(np.clip(sides, 0, _CAP), axis=0)
    steps = np.arange(-room, room + 1)
    away = np.hypot(steps[None, :], steps[:, None]) / room
    score = seen[0] + seen[1:].sum(axis=0) - 0.06 * away
    row, column = np.unravel_index(int(np.argmax(score)), score.shape)
    if (seen[4 - _SIDES, row, column]) < _SIDE:
        return None
    return np.array([left + edge + steps[column], top + edge + steps[row]], dtype=np.float64)


def _sides(total: NDArray[np.int32], side: int, edge: int, room: int) -> NDArray[np.float64]:
    """Return how much darker each side of a square is than the white beside it, 4 × n × n.

    Args:
        total: integral of the window.
        side: of the square.
        edge: where in the window the square lies when it isn't moved.
        room: how far it is moved each way: n is 2 × room + 1.
    """
    short = slice(4, side - 4)  # corners are rounded by blur

    def mean(top: int, bottom: int, left: int, right: int) -> NDArray[np.float64]:
        count = 2 * room + 1

        def at(row: int, column: int) -> NDArray[np.int32]:
            up, along = edge - room + row, edge - room + column
            return total[up : up + count, along : along + count]

        area = (bottom - top) * (right - left) * 255
        return (at(bottom, right) - at(top, right) - at(bottom, left) + at(top, left)) / area

    def level(line: int, beside: int) -> NDArray[np.float64]:
        return mean(line - 1, line + 1, short.start, short.stop) - mean(
            beside, beside + 2, short.start, short.stop
        )

    def upright(line: int, beside: int) -> NDArray[np.float64]:
        return mean(short.start, short.stop, line - 1, line + 1) - mean(
            short.start, short.stop, beside, beside + 2
        )

    return np.stack([level(0, -5), level(side, side + 3), upright(0, -5), upright(side, side + 3)])


def _in_line(
    homes: NDArray[np.float64],
    sides: NDArray[np.float64],
    seen: dict[int, NDArray[np.float64]],
    told: _Told,
) -> list[Outline]:
    """Return every box where it was found, or where its neighbours say that it lies."""
    outlines = []
    for index, home in enumerate(homes):
        others = _Told(*_without(home, told))
        said = others.at(home)
        off = seen.get(index)
        beside = float(np.hypot(*(off - said))) if off is not None else 0.0
        is_seen = off is not None and beside <= _OUT_OF_LINE
        moved = off if off is not None and is_seen else said
        x, y = map(float, home + moved)
        by = (float(moved[0]), float(moved[1]))
        outlines.append(Outline(x, y, float(sides[index]), is_seen, beside, by))
    return outlines


def _without(
    home: NDArray[np.float64], told: _Told
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    keep = np.hypot(*(told.places - home).T) > 1e-6
    return told.places[keep], told.off[keep]
