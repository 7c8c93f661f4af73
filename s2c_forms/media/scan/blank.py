"""A page as it was printed, before anybody wrote on it: what stands there is no ink of a pen."""

from dataclasses import dataclass

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray

from s2c_forms.form.layout import Layout
from s2c_forms.form.rubric import Rubric
from s2c_forms.media.pdf import draw_layout
from s2c_forms.media.scan.geometry import POINT, PX

_SPREAD = 0.35  # millimetres that print may be off, or bleed


@dataclass(frozen=True)
class Blank:
    """What a page has printed on it, on the flat page: rows × columns.

    Attributes:
        print: 255 where something is printed, or bleeds to.
    """

    print: NDArray[np.uint8]


_MOST = 64
_drawn: dict[tuple[str, int], Blank] = {}


def blank_of(layout: Layout, number: int, rubric: Rubric) -> Blank:
    """Return page `number` of a layout as it was printed; drawn once for all its copies."""
    key = layout.hash, number
    if key not in _drawn:
        if len(_drawn) >= _MOST:
            _drawn.clear()
        _drawn[key] = _draw(layout, number, rubric)
    return _drawn[key]


def _draw(layout: Layout, number: int, rubric: Rubric) -> Blank:
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
    return Blank(np.asarray(cv2.dilate(printed, disc), dtype=np.uint8))
