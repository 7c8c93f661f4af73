"""A raster → the flat page with all its boxes looked at: the pixels' part of reading."""

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from s2c_forms.form.layout import Entry, Layout, Page
from s2c_forms.form.rubric import Rubric
from s2c_forms.media.scan.bend import bend_of, off_at, unbent
from s2c_forms.media.scan.blank import Blank, Neighbours, blank_of
from s2c_forms.media.scan.coarse import parts_off
from s2c_forms.media.scan.codes import Seen
from s2c_forms.media.scan.geometry import POINT, PX, Points, corners, flat_size, flattened
from s2c_forms.media.scan.judge import judge, spills
from s2c_forms.media.scan.marks import Measured, Sheet, measure
from s2c_forms.media.scan.outlines import Known, Outline, find_outlines
from s2c_forms.media.scan.paper import Ink, ink_of
from s2c_forms.media.scan.place import Placed, place
from s2c_forms.media.scan.raster import Grey, Raster
from s2c_forms.media.scan.seen import Look
from s2c_forms.media.scan.strays import beside, strays_on
from s2c_forms.media.scan.streaks import streaks_on
from s2c_forms.media.scan.tuning import Tuning

_DOT = 0.45 * PX  # pixels at 200 dpi: dots of a screen are nearer to each other than twice this
_SCREEN = (0.3 * 255, 0.07)  # dots are as dark as this, and take more than this share of the paper
_PENCIL = 1.3  # times as dark as what may be pencil in a box, it is pencil anywhere
_FLAT = 0.45  # millimetres: what lies farther off its place than this is on bent paper


@dataclass(frozen=True)
class FlatPage:
    """A page seen from straight above.

    Attributes:
        grey: how light it is beside its paper: rows × columns, 0 black to 255 white, 8 pixels a
            millimetre.
        sheet: its ink, and what it is measured against.
        looks: its boxes, in the order of the layout.
        placed: where it lies on the raster.
        residual: how far boxes lie off what their neighbours say, in millimetres, the median.
        found: share of the boxes' outlines that were found.
    """

    grey: Grey
    sheet: Sheet
    looks: tuple[Look, ...]
    placed: Placed
    residual: float
    found: float

    def moved(self, entry: Entry) -> Entry:
        """Return a place to write where it lies on the bent paper, by the word of what is near."""
        homes = [(o.x - o.moved[0], o.y - o.moved[1], *o.moved) for o in self.outlines]
        homes += [(*at, *off) for at, off in zip(self.placed.flat, self.placed.off, strict=True)]
        told = np.array(homes, dtype=np.float64)
        middle = np.array([entry.x + entry.width / 2, entry.y + entry.height / 2]) * POINT
        near = np.argsort(np.hypot(*(told[:, :2] - middle).T))[:4]
        across, down = told[near, 2:].mean(axis=0) / POINT
        return replace(entry, x=entry.x + across, y=entry.y + down)

    @property
    def outlines(self) -> tuple[Outline, ...]:
        """Return where its boxes were found."""
        return tuple(look.outline for look in self.looks if look.outline.is_seen)


def flatten(
    raster: Raster, seen: list[Seen], printed: tuple[Layout, Page, Rubric], tuning: Tuning
) -> FlatPage:
    """Return the flat page of a raster with all boxes measured and judged.

    Args:
        raster: the page as it lies in the file.
        seen: its codes.
        printed: the layout, the page of it, and the rubric that it asks.
        tuning: the limits.
    """
    layout, page, rubric = printed
    blank = blank_of(layout, page, rubric)
    placed = place(raster.grey, page, seen, layout)
    size = flat_size(layout)
    grey, there = flattened(raster.grey, placed.matrix, size)
    squares = [corners(mark) for mark in page.marks] + [corners(code) for code in page.codes]
    ink = ink_of(grey, squares)
    shown = raster.grey
    if raster.one_bit and _is_screened(ink, blank):
        shown = np.asarray(cv2.GaussianBlur(shown, (0, 0), _DOT), dtype=np.uint8)
        ink = ink_of(flattened(shown, placed.matrix, size)[0], squares)
    outlines = find_outlines(ink, page.boxes, _known(placed), POINT)
    if _is_bent(outlines, placed):
        ink, outlines, placed = _made_flat(shown, ink, placed, (page, blank, squares))
    light = np.asarray(255 - ink, dtype=np.uint8)
    streaked = streaks_on(ink, blank.print, across=_lies_on_its_side(placed))
    if streaked is not None:
        ink = np.where(streaked > 0, np.uint8(0), ink)
    soft = np.asarray(cv2.blur(ink, (3, 3)), dtype=np.uint8)
    sheet = Sheet(ink, soft, blank.print, streaked)
    looks = _looks(page, outlines, sheet, (tuning, raster.one_bit, there, blank.near))
    off = [outline.off for outline in outlines if outline.is_seen]
    found = len(off) / len(outlines) if outlines else 1.0
    residual = float(np.median(off)) / PX if off else 0.0
    return FlatPage(light, sheet, looks, placed, residual, found)


def _known(placed: Placed) -> Known:
    return Known(placed.flat.astype(np.float64), placed.off.astype(np.float64))


def _is_bent(outlines: list[Outline], placed: Placed) -> bool:
    off = [float(np.hypot(*outline.moved)) for outline in outlines if outline.is_seen]
    off += np.hypot(*placed.off.T).tolist()
    return max(off, default=0.0) > _FLAT * PX


def _is_screened(ink: Ink, blank: Blank) -> bool:
    """Return whether a scan shows grey paper as dots: then these are no ink, but their mean is."""
    bare = blank.print == 0
    return bool((ink[bare] >= _SCREEN[0]).mean() > _SCREEN[1])


def _lies_on_its_side(placed: Placed) -> bool:
    return bool(abs(placed.matrix[1, 0]) > abs(placed.matrix[0, 0]))


def _made_flat(
    raster: Grey, ink: Ink, placed: Placed, printed: tuple[Page, Blank, list[Points]]
) -> tuple[Ink, list[Outline], Placed]:
    """Return bent paper made flat: its ink, its boxes, and where its marks lie then.

    First by what is printed all over the page, which can't be taken for something else; then by
    the outlines of the boxes, which say it exactly.
    """
    page, blank, squares = printed
    size = (ink.shape[0], ink.shape[1])
    known = _known(placed).with_(parts_off(ink, blank.print))
    outlines: list[Outline] = []
    used = field = bend_of(known.places, known.off, size)
    for _ in range(2):
        ink = ink_of(unbent(raster, placed.matrix, field, size), squares)
        left = Known(known.places, known.off - off_at(field, known.places, size))
        near = left if outlines else left.first(len(placed.flat))
        outlines = find_outlines(ink, page.boxes, near, POINT)
        boxes = _boxes(outlines)
        total = Known(boxes.places, boxes.off + off_at(field, boxes.places, size))
        known = _known(placed).with_(total)
        field, used = bend_of(known.places, known.off, size), field
    lies = placed.off - off_at(used, placed.flat.astype(np.float64), size).astype(np.float32)
    return ink, outlines, replace(placed, off=lies)


def _boxes(outlines: list[Outline]) -> Known:
    """Return how far off the boxes that were found lie."""
    seen = [outline for outline in outlines if outline.is_seen]
    moved = np.array([outline.moved for outline in seen]).reshape(-1, 2)
    places = np.array([(outline.x, outline.y) for outline in seen]).reshape(-1, 2)
    return Known(places - moved, moved)


def _looks(
    page: Page,
    outlines: list[Outline],
    sheet: Sheet,
    how: tuple[Tuning, bool, Grey, Neighbours],
) -> tuple[Look, ...]:
    tuning, one_bit, there, near = how
    measured = [
        measure(sheet, outline, tuning.ink, tuning.faint_ink, is_there=_is_there(outline, there))
        for outline in outlines
    ]
    verdicts = [judge(one, tuning, one_bit=one_bit) for one in measured]
    verdicts = spills(measured, verdicts, near)
    strays = strays_on(_drawn(sheet, measured, tuning), sheet.printed, page)
    inked = [number for number, verdict in enumerate(verdicts) if verdict != "empty"]
    for number in beside(strays, outlines, inked):
        verdicts[number] = "circled" if verdicts[number] == "empty" else verdicts[number]
    return tuple(
        Look(box.field_id, box.state, outline, one, verdict)
        for box, outline, one, verdict in zip(page.boxes, outlines, measured, verdicts, strict=True)
    )


def _drawn(sheet: Sheet, boxes: list[Measured], tuning: Tuning) -> NDArray[np.bool_]:
    """Return where something was drawn; on paper that is quiet all over, in pencil too."""
    grain = [box.grain for box in boxes]
    if grain and float(np.percentile(grain, 90)) <= tuning.quiet:
        return np.asarray(sheet.soft >= _PENCIL * tuning.faint_ink * 255)
    return np.asarray(sheet.ink >= tuning.ink * 255)


def _is_there(outline: Outline, there: Grey) -> bool:
    """Return whether the raster has all of a box; a photo may have been cut off."""
    left, top = int(outline.x) // PX, int(outline.y) // PX
    size = int(outline.side) // PX + 1
    inside = there[max(top, 0) : top + size, max(left, 0) : left + size]
    return bool(inside.size) and bool(inside.all())
