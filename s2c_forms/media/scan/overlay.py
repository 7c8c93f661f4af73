"""A page with what was read on it drawn over: green is sure, orange is asked.

The picture is for people. Its codes are covered, so that nobody's scanner reads it as a form.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from s2c_forms.errors import RefusedError
from s2c_forms.form.filled import PageState
from s2c_forms.form.layout import Code, Entry, Page
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.shelf import Shelf
from s2c_forms.media.scan.geometry import POINT
from s2c_forms.media.scan.known import layout_of
from s2c_forms.media.scan.overlay_file import write_picture
from s2c_forms.media.scan.overlay_head import Told, with_head
from s2c_forms.media.scan.overlay_mark import Canvas, Rect, draw_badge, draw_frame, tint
from s2c_forms.media.scan.page import Looked, look_at
from s2c_forms.media.scan.raster import Grey, Raster, raster
from s2c_forms.media.scan.seen import Look, PageSeen
from s2c_forms.media.scan.tints import ASK, COLOURS, GUESSED, SURE, Colour, Standing, standing_of

_SCALE = 0.625
"""Of the flat page: 5 pixels a millimetre. School computers show it whole."""
_LONG_SIDE = 1485
_LEVELS = 17  # sixteen greys: the grain of paper would make the files four times as large
_PAPER = 268.0  # how light paper is shown: its grain, too, becomes white
_WRITTEN = frozenset({"handwritten", "written_beside"})
_NO_PAGE = np.full((400, 1050), 255, dtype=np.uint8)


def draw_page(path: Path, number: int, shelf: Shelf, folder: Path) -> PageSeen:
    """Return what is seen on a page, counted from 1, and write the picture of it into a folder.

    A page that can't be read raises nothing: its picture says why.

    Raises:
        WriteError: the picture can't be written.
    """
    try:
        looked = look_at(raster(path, number), number, shelf)
    except RefusedError as refusal:
        seen = PageSeen(number, "unreadable", reason=refusal.what)
        looked = Looked(seen, Raster(_NO_PAGE, one_bit=False))
    write_picture(draw(looked, path.name, shelf), folder, path, number)
    return looked.seen


def draw(looked: Looked, name: str, shelf: Shelf) -> bytes:
    """Return the picture of a page, as PNG.

    Args:
        looked: the page.
        name: of its file.
        shelf: what forms are known; the first rubric's language is spoken where a page tells none.
    """
    first = next(iter(shelf.rubrics.values()), None)
    language = first.language if first else None
    if looked.flat is None or looked.seen.code is None:
        long_side = max(looked.raster.grey.shape)
        canvas = _canvas(looked.raster.grey, min(1.0, _LONG_SIDE / long_side))
        return with_head(canvas, _told(looked, name), Counter(), language)
    _, page, rubric = layout_of(looked.seen.code, shelf)
    canvas = _canvas(looked.flat.grey, _SCALE)
    standings = _draw_page(canvas, looked, page, rubric)
    return with_head(canvas, _told(looked, name), standings, rubric.language)


def _told(looked: Looked, name: str) -> Told:
    seen = looked.seen
    is_asked = seen.state == "read" and (seen.doubts or _asked(seen))
    state: PageState = "to_check" if is_asked else seen.state
    form_id, number = (seen.code.form_id, seen.code.page) if seen.code else ("", 0)
    return Told(name, seen.page, state, form_id, number, seen.reason)


def _canvas(grey: Grey, scale: float) -> Canvas:
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    light = float(np.percentile(small, 80)) + 1  # of the paper: a photo by lamplight is dark
    bright = np.minimum(np.asarray(small, dtype=np.float32) * max(1.0, _PAPER / light), 255)
    few = bright.astype(np.uint8) // _LEVELS * _LEVELS
    return np.asarray(cv2.cvtColor(few, cv2.COLOR_GRAY2RGB), dtype=np.uint8)


def _draw_page(canvas: Canvas, looked: Looked, page: Page, rubric: Rubric) -> Counter[Standing]:
    """Draw boxes, places to write and codes; return how many boxes stand how."""
    assert looked.flat is not None  # noqa: S101  for mypy: asked before
    if looked.seen.state == "read":
        _draw_entries(canvas, [looked.flat.moved(entry) for entry in page.entries], looked.seen)
    standings = list(_standings(looked.flat.looks, _asked(looked.seen)))
    is_read = looked.seen.state == "read"
    for look, standing in zip(looked.flat.looks, standings, strict=True):
        _draw_box(canvas, look, standing if is_read else None)
    for code in page.codes:
        _cover(canvas, code)
    return Counter(standings if is_read else ())


def _asked(seen: PageSeen) -> frozenset[str]:
    """Return the fields that a person is asked about: with a doubt, or marked more than once."""
    marked = Counter(answer.field_id for answer in seen.answers)
    twice = [field_id for field_id, number in marked.items() if number > 1]
    return frozenset([*twice, *(doubt.field_id for doubt in seen.doubts if doubt.field_id)])


def _standings(looks: Iterable[Look], asked: frozenset[str]) -> Iterator[Standing]:
    """Yield how each box stands: in a row that is asked about, no mark is sure."""
    for look in looks:
        alone = standing_of(look)
        yield "ask" if look.field_id in asked and alone != "empty" else alone


def _draw_box(canvas: Canvas, look: Look, standing: Standing | None) -> None:
    """Draw a box; of one that wasn't judged, no more than where it was found."""
    outline = look.outline
    at = Rect(outline.x, outline.y, outline.side, outline.side).scaled(_SCALE)
    colour = COLOURS[standing] if standing else SURE
    if standing not in (None, "empty"):
        tint(canvas, at, colour)
        draw_frame(canvas, at.grown(2.5), colour, 2)
    draw_frame(canvas, at, colour if outline.is_seen else GUESSED, 1, dashed=not outline.is_seen)
    if standing and standing != "empty":
        draw_badge(canvas, (at.x + at.width + 2.5, at.y - 2.5), standing)


def _draw_entries(canvas: Canvas, entries: Iterable[Entry], seen: PageSeen) -> None:
    """Frame the places to write: orange where a person is asked, green where it is printed."""
    asked = {doubt.field_id for doubt in seen.doubts if doubt.code in _WRITTEN}
    printed = {answer.field_id for answer in seen.answers if answer.raw}
    for entry in entries:
        at = Rect(entry.x, entry.y, entry.width, entry.height).scaled(POINT * _SCALE)
        colour: Colour = ASK if entry.field_id in asked else SURE
        told = entry.field_id in asked or entry.field_id in printed
        if told:
            tint(canvas, at, colour)
        draw_frame(canvas, at, colour, 2 if told else 1)
        if told:
            standing: Standing = "ask" if entry.field_id in asked else "marked"
            draw_badge(canvas, (at.x + at.width, at.y), standing)


def _cover(canvas: Canvas, code: Code) -> None:
    """Cover a code that was read with a square that says so."""
    at = Rect(code.x, code.y, code.size, code.size).scaled(POINT * _SCALE).grown(2)
    left, top = round(at.x), round(at.y)
    right, bottom = round(at.x + at.width), round(at.y + at.height)
    part: NDArray[np.uint8] = canvas[max(top, 0) : bottom, max(left, 0) : right]
    part[:] = 245
    draw_frame(canvas, at, SURE, 2)
    draw_badge(canvas, (at.x + at.width / 2, at.y + at.height / 2), "marked", 16)
