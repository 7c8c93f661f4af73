"""A raster → the flat page with all its boxes looked at: the pixels' part of reading."""

from dataclasses import dataclass, replace

import cv2
import numpy as np

from s2c_forms.form.layout import Box, Entry, Layout, Page
from s2c_forms.form.rubric import Rubric
from s2c_forms.media.scan.bend import bend_of, off_at, unbent
from s2c_forms.media.scan.blank import Neighbours, blank_of
from s2c_forms.media.scan.codes import Seen
from s2c_forms.media.scan.geometry import POINT, PX, Matrix, corners, flat_size, flattened
from s2c_forms.media.scan.judge import judge, spills
from s2c_forms.media.scan.marks import Sheet, measure
from s2c_forms.media.scan.outlines import Known, Outline, find_outlines
from s2c_forms.media.scan.paper import ink_of
from s2c_forms.media.scan.place import Placed, place
from s2c_forms.media.scan.raster import Grey, Raster
from s2c_forms.media.scan.seen import Look
from s2c_forms.media.scan.streaks import streaks_on
from s2c_forms.media.scan.tuning import Tuning

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

    @property
    def matrix(self) -> Matrix:
        """Return the homography from the flat page to the raster."""
        return self.placed.matrix

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
    size = flat_size(layout)
    squares = [corners(thing) for thing in (*page.marks, *page.codes)]
    placed = place(raster.grey, page, seen, layout)
    grey, there = flattened(raster.grey, placed.matrix, size)
    ink = ink_of(grey, squares)
    known = Known(placed.flat.astype(np.float64), placed.off.astype(np.float64))
    outlines = find_outlines(ink, page.boxes, known, POINT)
    if _is_bent(outlines, placed):
        known = _with_boxes(known, outlines)
        field = bend_of(known.places, known.off, size)
        grey = unbent(raster.grey, placed.matrix, field, size)
        placed = replace(placed, off=placed.off - off_at(field, placed.flat, size))
        ink = ink_of(grey, squares)
        left = Known(known.places, known.off - off_at(field, known.places, size))
        outlines = find_outlines(ink, page.boxes, left, POINT)
    light = np.asarray(255 - ink, dtype=np.uint8)
    blank = blank_of(layout, page, rubric)
    streaked = streaks_on(ink, blank.print)
    if streaked is not None:
        ink = np.where(streaked > 0, np.uint8(0), ink)
    soft = np.asarray(cv2.blur(ink, (3, 3)), dtype=np.uint8)
    sheet = Sheet(ink, soft, blank.print, streaked)
    looks = _looks(page.boxes, outlines, sheet, (tuning, raster.one_bit, there, blank.near))
    beside = [outline.off for outline in outlines if outline.is_seen]
    found = len(beside) / len(outlines) if outlines else 1.0
    residual = float(np.median(beside)) / PX if beside else 0.0
    return FlatPage(light, sheet, looks, placed, residual, found)


def _is_bent(outlines: list[Outline], placed: Placed) -> bool:
    off = [float(np.hypot(*outline.moved)) for outline in outlines if outline.is_seen]
    off += np.hypot(*placed.off.T).tolist()
    return max(off, default=0.0) > _FLAT * PX


def _with_boxes(known: Known, outlines: list[Outline]) -> Known:
    """Return what is known of how far off things lie, boxes that were found among them."""
    seen = [outline for outline in outlines if outline.is_seen]
    if not seen:
        return known
    moved = np.array([outline.moved for outline in seen])
    homes = np.array([(outline.x, outline.y) for outline in seen]) - moved
    return Known(np.vstack([known.places, homes]), np.vstack([known.off, moved]))


def _looks(
    boxes: tuple[Box, ...],
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
    verdicts = spills(measured, verdicts, near, tuning)
    return tuple(
        Look(box.field_id, box.state, outline, one, verdict)
        for box, outline, one, verdict in zip(boxes, outlines, measured, verdicts, strict=True)
    )


def _is_there(outline: Outline, there: Grey) -> bool:
    """Return whether the raster has all of a box; a photo may have been cut off."""
    left, top = int(outline.x) // PX, int(outline.y) // PX
    size = int(outline.side) // PX + 1
    inside = there[max(top, 0) : top + size, max(left, 0) : left + size]
    return bool(inside.size) and bool(inside.all())
