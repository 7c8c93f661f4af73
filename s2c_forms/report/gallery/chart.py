"""All boxes as one picture: how many have how much ink, and where the limits cut."""

import math

from s2c_forms.form.layout import Text
from s2c_forms.media.pdf.fonts import measure
from s2c_forms.media.scan.specimens import BINS, Gallery
from s2c_forms.media.scan.tints import ASK, BLACK, SURE, Colour, Standing, pale
from s2c_forms.media.scan.tuning import Tuning
from s2c_forms.report.column import Column
from s2c_forms.report.gallery.flow import Flow
from s2c_forms.report.gallery.shapes import Ground, Line, Sheet
from s2c_forms.report.gallery.zones import percent

HEIGHT = 118.0
_FOOT, _HEAD = 14.0, 30.0
_STACK: tuple[tuple[Standing, Colour], ...] = (
    ("empty", pale(SURE, 0.35)),
    ("marked", SURE),
    ("ask", ASK),
    ("black", BLACK),
)
_LIMITS = ("empty_share", "marked_share", "blob_share", "scribble_share", "black_share")
_QUIET: Colour = (0x9A, 0xA5, 0xA9)
_WHITE: Colour = (255, 255, 255)
_TYPE = 6.6


def draw_chart(flow: Flow, gallery: Gallery, tuning: Tuning) -> None:
    """Set the chart under what stands on a page; places across go with the root of the ink."""
    sheet, column, language = flow.sheet, flow.column, flow.language
    top = column.y + _HEAD
    foot = column.y + HEIGHT - _FOOT
    most = max((_at(gallery, place) for place in range(BINS)), default=0)
    step = column.width / BINS
    for place in range(BINS):
        total = _at(gallery, place)
        high = (foot - top) * math.log1p(total) / math.log1p(most) if most else 0
        y = foot
        for standing, colour in _STACK:
            part = high * gallery.counts[place, standing] / total if total else 0
            y -= part
            if part:
                sheet.shapes.append(
                    Ground(column.x + place * step + 0.5, y, step - 1, part, colour)
                )
    sheet.shapes.append(Line((column.x, foot), (column.x + column.width, foot), _QUIET, 0.6))
    _draw_limits(sheet, column, tuning, foot)
    for share in (0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 1.0):
        told = percent(share, language)
        x = column.x + column.width * math.sqrt(share)
        x -= measure(told, "text", _TYPE) / (1 if share == 1 else 2)
        sheet.items.append(Text(x, foot + 9, (told,), _TYPE, "text", "quiet"))
    column.y += HEIGHT


def _at(gallery: Gallery, place: int) -> int:
    return sum(gallery.counts[place, standing] for standing, _ in _STACK)


def _draw_limits(sheet: Sheet, column: Column, tuning: Tuning, foot: float) -> None:
    """Draw each limit as a line with its name, on two levels where names would meet."""
    ends = [-1e9, -1e9, -1e9]
    names: list[Ground] = []  # over the lines of other limits
    for name in _LIMITS:
        x = column.x + column.width * math.sqrt(getattr(tuning, name))
        width = measure(name, "bold", _TYPE)
        is_last = x + width + 4 > column.x + column.width
        begin = x - width - 3 if is_last else x + 3
        level = next((n for n, end in enumerate(ends) if begin > end + 4), 2)
        ends[level] = begin + width
        y = column.y + 7 + 9 * level
        sheet.shapes.append(Line((x, column.y + 1 + 9 * level), (x, foot), BLACK, 0.7, dashed=True))
        names.append(Ground(begin - 1, y - 6, width + 2, 8, _WHITE))
        sheet.items.append(Text(begin, y, (name,), _TYPE, "bold", "ink"))
    sheet.shapes += names
