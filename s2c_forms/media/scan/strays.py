"""Ink beside boxes: a mark that missed its box, a circle round a digit, a word in the margin."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from s2c_forms.form.layout import Clear, Page
from s2c_forms.media.scan.geometry import POINT, PX
from s2c_forms.media.scan.outlines import Outline

_LEAST, _SHORTEST = 0.8, 1.2  # square millimetres and millimetres: what is less is a speck
_ASIDE, _ABOVE = 8.0, 4.2  # millimetres that a mark may be beside, or above, the box it is for
_TOUCH = 1.0  # millimetres: ink as near to a marked box as this ran over from it
_FLAT, _LONG = 1.6, 7.0  # millimetres: what is lower and longer underlines a text
_BLEED = 2 * round(0.3 * PX) + 1  # pixels that print may bleed farther than boxes tolerate
_WIDEST = 40.0  # millimetres: what is larger is a stain, a fold, or the edge of the paper


@dataclass(frozen=True)
class Stray:
    """A stroke beside boxes: its rectangle, in flat pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def gaps(self, box: Outline) -> tuple[float, float]:
        """Return how far it is from a box, across and down, in millimetres; 0 where they meet."""
        across = max(box.x - self.right, self.left - box.x - box.side, 0)
        down = max(box.y - self.bottom, self.top - box.y - box.side, 0)
        return across / PX, down / PX


def strays_on(ink: NDArray[np.bool_], printed: NDArray[np.uint8], page: Page) -> list[Stray]:
    """Return strokes that were drawn on a page outside its places to write.

    Args:
        ink: where the flat page has ink.
        printed: 255 where something is printed.
        page: what stands on it.
    """
    bled = cv2.dilate(printed, np.ones((_BLEED, _BLEED), np.uint8))
    drawn = (ink & (bled == 0)).astype(np.uint8)
    places = [(one.x, one.y, one.width, one.height) for one in page.entries]
    places += [(code.x, code.y, code.size, code.size) for code in page.codes]
    places += [(mark.x, mark.y, mark.size, mark.size) for mark in page.marks]
    buttons = [item for item in page.items if isinstance(item, Clear)]  # printed by some programs
    places += [(button.x, button.y, button.size, button.size) for button in buttons]
    for x, y, width, height in places:
        left, top = max(round((x - 2) * POINT), 0), max(round((y - 2) * POINT), 0)
        drawn[top : round((y + height + 2) * POINT), left : round((x + width + 2) * POINT)] = 0
    small = cv2.resize(drawn, (ink.shape[1] // 2, ink.shape[0] // 2), interpolation=cv2.INTER_AREA)
    _, _, stats, _ = cv2.connectedComponentsWithStats(small, connectivity=8)
    found = stats[1:].astype(float) * 2
    wide, high = found[:, cv2.CC_STAT_WIDTH] / PX, found[:, cv2.CC_STAT_HEIGHT] / PX
    area = found[:, cv2.CC_STAT_AREA] * 2 / PX**2
    long = np.hypot(wide, high)
    kept = (area >= _LEAST) & (long >= _SHORTEST) & (long < _WIDEST)
    kept &= (high >= _FLAT) | (wide < _LONG)
    return [
        Stray(left, top, left + width, top + height)
        for left, top, width, height in found[kept][:, :4]
    ]


def beside(strays: Sequence[Stray], boxes: Sequence[Outline], marked: Sequence[int]) -> set[int]:
    """Return the numbers of boxes that a stroke beside them may be meant for.

    Args:
        strays: the strokes.
        boxes: all of a page.
        marked: the numbers of those with a mark in them: strokes may run over from these.
    """
    meant = set()
    for stray in strays:
        near = {
            number: max(across / _ASIDE, down / _ABOVE)
            for number, box in enumerate(boxes)
            for across, down in [stray.gaps(box)]
            if across <= _ASIDE and down <= _ABOVE
        }
        nearest = min(near, key=near.__getitem__, default=None)
        over = any(max(stray.gaps(boxes[number])) <= _TOUCH for number in marked)
        if nearest is not None and nearest not in marked and not over:
            meant.add(nearest)
    return meant
