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
_STROKE = 1.5 * PX  # flat pixels; specks are shorter
_ROUND = 2 * round(0.9 * PX) + 1  # pixels: what a printed value may lie off
_RESTLESS = 0.2  # share of a field that is faint ink: more is a stain or a shadow, no pencil
_MORE_INK = 2.2  # times as much ink on a printed value as was printed is a pen's


def written_in(
    entry: Entry, sheet: Sheet, value: NDArray[np.uint8] | None, tuning: Tuning
) -> Written:
    """Return whether somebody wrote in a field.

    Args:
        entry: the place.
        sheet: the flat page.
        value: the page with just the head's printed values, 255 where they are; None without any.
        tuning: the limits.
    """
    area = area_of(entry)
    bare = sheet.printed[area] == 0
    ink = (sheet.ink[area] >= tuning.ink * 255) & bare
    faint = (sheet.soft[area] >= tuning.faint_ink * 255) & bare
    printed = value[area] > 0 if value is not None else np.zeros_like(ink)
    if not printed.any():
        is_written = _is_written(ink, tuning) or _is_faint(faint, tuning)
        return "handwritten" if is_written else "empty"
    near = cv2.dilate(printed.astype(np.uint8), np.ones((_ROUND, _ROUND), np.uint8)) > 0
    struck = (ink & near).sum() > _MORE_INK * printed.sum()
    return "beside" if struck or _is_written(ink & ~near, tuning) else "as_printed"


def area_of(entry: Entry) -> tuple[slice, slice]:
    """Return the rows and columns of the flat page in which something may be written."""
    left, top = round(entry.x * POINT) + _INSET, round(entry.y * POINT) + _INSET
    right = round((entry.x + entry.width) * POINT) - _INSET
    bottom = round((entry.y + entry.height) * POINT) - _INSET
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
