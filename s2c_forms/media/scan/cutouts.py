"""Pictures of single answers, cut out of the flat page: small, and sharp enough to decide by."""

from collections.abc import Iterable, Sequence

import cv2
import numpy as np

from s2c_forms.form.filled import Cutout
from s2c_forms.form.layout import Entry
from s2c_forms.media.scan.geometry import POINT, PX
from s2c_forms.media.scan.marks import Sheet
from s2c_forms.media.scan.raster import Grey
from s2c_forms.media.scan.seen import Look

_ROUND = 3 * PX  # what is shown round boxes
_ENTRY = round(1.5 * PX)
_WRITTEN, _FEW = 0.2 * 255, 3  # how dark, and how much in a row of pixels, writing is
_SHRINK = 0.5  # 100 dpi: pens draw wider lines than that shows
_LEVELS = 17  # sixteen greys
_WIDEST = 700  # pixels; a page of remarks is shown smaller


def of_boxes(grey: Grey, looks: Iterable[Look]) -> list[Cutout]:
    """Return a picture for each field that is marked with boxes."""
    fields: dict[str, list[Look]] = {}
    for look in looks:
        fields.setdefault(look.field_id, []).append(look)
    return [Cutout(field_id, _around(grey, boxes)) for field_id, boxes in fields.items()]


def _around(grey: Grey, looks: Sequence[Look]) -> bytes:
    left = min(look.outline.x for look in looks) - _ROUND
    top = min(look.outline.y for look in looks) - _ROUND
    right = max(look.outline.x + look.outline.side for look in looks) + _ROUND
    bottom = max(look.outline.y + look.outline.side for look in looks) + _ROUND
    return _png(grey, (left, top, right, bottom))


def of_entry(grey: Grey, sheet: Sheet, entry: Entry) -> Cutout:
    """Return the picture of what is written in a field; of a large one, the part with writing."""
    left, top = round(entry.x * POINT), round(entry.y * POINT)
    right = round((entry.x + entry.width) * POINT)
    bottom = round((entry.y + entry.height) * POINT)
    area = (slice(max(top, 0), bottom), slice(max(left, 0), right))
    written = (sheet.soft[area] >= _WRITTEN) & (sheet.printed[area] == 0)
    rows, columns = (np.flatnonzero(written.sum(axis=axis) >= _FEW) for axis in (1, 0))
    if entry.lines and rows.size and columns.size:
        left, right = left + int(columns[0]), left + int(columns[-1])
        top, bottom = top + int(rows[0]), top + int(rows[-1])
    box = (left - _ENTRY, top - _ENTRY, right + _ENTRY, bottom + _ENTRY)
    return Cutout(entry.field_id, _png(grey, box))


def _png(grey: Grey, box: tuple[float, float, float, float]) -> bytes:
    left, top, right, bottom = (round(edge) for edge in box)
    part = grey[max(top, 0) : bottom, max(left, 0) : right]
    scale = min(_SHRINK, _WIDEST / max(part.shape[1], 1))
    small = cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    few = (np.asarray(small, dtype=np.uint8) // _LEVELS) * _LEVELS
    _, png = cv2.imencode(".png", few, [cv2.IMWRITE_PNG_COMPRESSION, 4])
    return png.tobytes()
