"""A page as it was printed, before anybody wrote on it: what stands there is no ink of a pen."""

from dataclasses import dataclass

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray

from s2c_forms.form.layout import MM, Box, Layout, Page
from s2c_forms.form.rubric import Rubric
from s2c_forms.media.pdf import draw_layout
from s2c_forms.media.scan.geometry import POINT, PX

_NEXT = 3.5  # millimetres between two boxes that ink may run over
_SPREAD = 0.35  # millimetres that print may be off, or bleed


Neighbours = tuple[tuple[tuple[int, str], ...], ...]
"""For each box of a page the numbers of those near it, and at which of its sides, of `tblr`."""


@dataclass(frozen=True)
class Blank:
    """What a page has printed on it, on the flat page: rows × columns.

    Attributes:
        print: 255 where something is printed, or bleeds to.
        near: for each box, those that ink may run on from.
    """

    print: NDArray[np.uint8]
    near: Neighbours


_MOST = 64
_drawn: dict[tuple[str, int], Blank] = {}


def blank_of(layout: Layout, page: Page, rubric: Rubric) -> Blank:
    """Return a page of a layout as it was printed; drawn once for all its copies."""
    key = layout.hash, page.number
    if key not in _drawn:
        if len(_drawn) >= _MOST:
            _drawn.clear()
        _drawn[key] = Blank(_draw(layout, page.number, rubric), _near(page.boxes))
    return _drawn[key]


def _draw(layout: Layout, number: int, rubric: Rubric) -> NDArray[np.uint8]:
    drawn = draw_layout(layout, rubric)
    index = [page.number for page in layout.pages].index(number)
    with pypdfium2.PdfDocument(drawn) as document:
        page = document[index]
        shown = page.render(scale=PX * 25.4 / 72, grayscale=True).to_numpy().squeeze()
    rows, columns = round(layout.height * POINT), round(layout.width * POINT)
    printed = np.zeros((rows, columns), dtype=np.uint8)
    seen = (shown[:rows, :columns] < 215).astype(np.uint8) * 255
    printed[: seen.shape[0], : seen.shape[1]] = seen
    side = 2 * round(_SPREAD * PX) + 1
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    return np.asarray(cv2.dilate(printed, disc), dtype=np.uint8)


def _near(boxes: tuple[Box, ...]) -> Neighbours:
    """Return for each box the numbers of those that ink may run on from, and at which side."""
    return tuple(
        tuple(
            (index, side)
            for index, other in enumerate(boxes)
            if other is not box and (side := _side(box, other))
        )
        for box in boxes
    )


def _side(box: Box, other: Box) -> str:
    """Return at which side of a box another one is near: `t`, `b`, `l`, `r`, or none."""
    across, down = other.x - box.x, other.y - box.y
    gap = max(abs(across), abs(down)) - box.size
    if gap > _NEXT * MM or min(abs(across), abs(down)) > box.size / 2:
        return ""
    if abs(across) > abs(down):
        return "r" if across > 0 else "l"
    return "b" if down > 0 else "t"
