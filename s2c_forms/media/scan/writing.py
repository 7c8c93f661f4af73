"""Places to write in: whether somebody wrote there by hand. What it says nobody guesses."""

from dataclasses import replace
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from s2c_forms.form.layout import Entry
from s2c_forms.media.scan.geometry import POINT, PX
from s2c_forms.media.scan.marks import Sheet
from s2c_forms.media.scan.tuning import Tuning

Written = Literal["empty", "handwritten", "as_printed", "beside"]
_INSET = round(0.4 * PX)
_STROKE = 1.2 * PX  # flat pixels; specks are shorter
_RULES = np.ones((7, 3), np.uint8)  # how much lines to write on may be thicker, or lie off
_ROOM = round(1.0 * PX)  # flat pixels that a printed value may lie beside its place
_LINE = round(3.5 * PX)  # flat pixels: no letter has a line as long as this
_ROUND = 2 * round(0.25 * PX) + 1  # pixels: its letters, and what they bleed
_RESTLESS = 0.2  # share of a field that is faint ink: more is a stain or a shadow, no pencil
_LITTLE = 0.5  # square millimetres of ink beside printed letters that were not printed
_GONE = 0.4  # as little of the ink that was printed: it was covered, or printed without it
_MORE_INK = 2.2  # times as much ink on a printed value as was printed is a pen's


def written_in(
    entry: Entry, moved: Entry, sheet: Sheet, value: NDArray[np.uint8] | None, tuning: Tuning
) -> Written:
    """Return whether somebody wrote in a field.

    Args:
        entry: the place, as printed.
        moved: where it lies on the bent paper.
        sheet: the flat page.
        value: the page with just the head's printed values, 255 where they are; None without any.
        tuning: the limits.
    """
    home, here = area_of(entry), area_of(moved)
    if sheet.ink[here].shape != sheet.printed[home].shape:
        return "handwritten"  # cut off by the edge of the picture: a person has to look
    bare = cv2.dilate(sheet.printed[home], _RULES) == 0
    ink = (sheet.ink[here] >= tuning.ink * 255) & bare
    faint = (sheet.soft[here] >= tuning.faint_ink * 255) & bare
    printed = value[home] > 0 if value is not None else np.zeros_like(ink)
    if not printed.any():
        is_written = _is_written(ink, tuning) or _is_faint(faint, tuning)
        return "handwritten" if is_written else "empty"
    return _over(ink, _placed(printed, ink), tuning)


def _placed(printed: NDArray[np.bool_], ink: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the printed value where it lies best under the ink: a little beside its place."""
    room = _ROOM
    wide = cv2.copyMakeBorder(ink.astype(np.uint8), room, room, room, room, cv2.BORDER_CONSTANT)
    fits = cv2.matchTemplate(wide, printed.astype(np.uint8), cv2.TM_CCORR)
    row, column = np.unravel_index(int(np.argmax(fits)), fits.shape)
    shift = np.array([[1, 0, int(column) - room], [0, 1, int(row) - room]], dtype=np.float32)
    moved = cv2.warpAffine(printed.astype(np.uint8), shift, printed.shape[::-1])
    return np.asarray(moved > 0)


def _over(ink: NDArray[np.bool_], printed: NDArray[np.bool_], tuning: Tuning) -> Written:
    """Return whether a printed value stands as it was printed, or something was done to it."""
    near = cv2.dilate(printed.astype(np.uint8), np.ones((_ROUND, _ROUND), np.uint8)) > 0
    there = (ink & near).sum() / max(int(printed.sum()), 1)
    if there < _GONE:
        return "beside"
    is_more = there > _MORE_INK or _is_written(ink & ~near, replace(tuning, writing=_LITTLE))
    return "beside" if is_more or _is_struck(ink, printed) else "as_printed"


def _is_struck(ink: NDArray[np.bool_], printed: NDArray[np.bool_]) -> bool:
    """Return whether a level line runs through, longer than any letter has."""
    line = np.ones((1, _LINE), np.uint8)
    thick = np.ones((3, 1), np.uint8)  # a line drawn by hand isn't quite level
    lines = [
        cv2.morphologyEx(cv2.dilate(part.astype(np.uint8), thick), cv2.MORPH_OPEN, line)
        for part in (ink, printed)
    ]
    return int(lines[0].sum()) > int(lines[1].sum()) + _LINE


def area_of(entry: Entry) -> tuple[slice, slice]:
    """Return the rows and columns of the flat page in which something may be written."""
    left, top = round(entry.x * POINT) + _INSET, round(entry.y * POINT) + _INSET
    right = left + round(entry.width * POINT) - 2 * _INSET
    bottom = top + round(entry.height * POINT) - 2 * _INSET
    return slice(top, bottom), slice(left, right)


def _is_written(ink: NDArray[np.bool_], tuning: Tuning) -> bool:
    """Return whether strokes of a pen are among the ink, and not specks only."""
    if ink.sum() < tuning.writing * PX**2:
        return False
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    long = np.hypot(stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]) >= _STROKE
    strokes = stats[1:, cv2.CC_STAT_AREA][long].sum()
    return bool(strokes >= tuning.writing * PX**2)


def _is_faint(faint: NDArray[np.bool_], tuning: Tuning) -> bool:
    """Return whether there may be faint pencil: several strokes, on paper that is clean."""
    return bool(faint.mean() < _RESTLESS) and _is_written(faint, replace(tuning, writing=2.5))
