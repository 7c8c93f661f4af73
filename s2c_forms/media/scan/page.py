"""One page of a file → what is seen on it. Pages may be looked at in any order."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np

from s2c_forms.errors import RefusedError
from s2c_forms.form.filled import Doubt, RawAnswer
from s2c_forms.form.kinds import Value
from s2c_forms.form.layout import Layout, Page
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.shelf import Shelf
from s2c_forms.media.scan import answers, cutouts
from s2c_forms.media.scan.codes import Seen, codes_hard_to_read, codes_on
from s2c_forms.media.scan.empty import is_blank
from s2c_forms.media.scan.flat import FlatPage, flatten
from s2c_forms.media.scan.geometry import PX
from s2c_forms.media.scan.known import layout_of
from s2c_forms.media.scan.marks import INSET, inner
from s2c_forms.media.scan.paper import Ink
from s2c_forms.media.scan.raster import Raster, raster
from s2c_forms.media.scan.seen import PageSeen
from s2c_forms.media.scan.tuning import Tuning, load_tuning
from s2c_forms.media.scan.values import printed_values
from s2c_forms.media.scan.writing import Written, area_of, written_in
from s2c_forms.words import Message, mark

Printed = tuple[Layout, Page, Rubric]
_SMALLEST = 300  # pixels of the short side: a page of 40 dpi, on which nothing can be read
_WORD = 5 * PX  # flat pixels: a letter or two, of those that people write


@dataclass(frozen=True)
class Looked:
    """A page with all that was seen on it on the way, for drawing.

    Attributes:
        seen: what is seen.
        raster: the page as it lies in the file.
        flat: the page from straight above; None where it wasn't placed.
    """

    seen: PageSeen
    raster: Raster
    flat: FlatPage | None = None


def read_page(path: Path, number: int, shelf: Shelf) -> PageSeen:
    """Return what is seen on a page, counted from 1. A page that can't be read raises nothing."""
    try:
        return look_at(raster(path, number), number, shelf).seen
    except RefusedError as refusal:
        return PageSeen(number, "unreadable", reason=refusal.what, refusal=refusal)


def look_at(shown: Raster, number: int, shelf: Shelf) -> Looked:
    """Return a page with what is seen on it.

    Args:
        shown: the page as it lies in the file.
        number: its number there.
        shelf: what forms are known.
    """
    if min(shown.grey.shape) < _SMALLEST:
        reason = Message(mark("it is too small for a page"))
        return Looked(PageSeen(number, "no_code", reason=reason), shown)
    codes = codes_on(shown.grey)
    if not codes and is_blank(shown.grey):
        return Looked(PageSeen(number, "blank"), shown)
    codes = codes or codes_hard_to_read(shown.grey)
    if not codes:
        reason = Message(mark("no code of ours is read on it"))
        return Looked(PageSeen(number, "no_code", reason=reason), shown)
    code = codes[0].code
    try:
        printed = layout_of(code, shelf)
    except RefusedError as refusal:
        other = PageSeen(number, "other_rubric", code, reason=refusal.what, refusal=refusal)
        return Looked(other, shown)
    known = PageSeen(number, "read", code, printed[0].hash, printed[2].hash)
    if len({seen.code for seen in codes}) > 1:
        reason = Message(mark("pages of two forms lie on it: scan them one by one"))
        return Looked(replace(known, state="unreadable", reason=reason), shown)
    return _read(shown, codes, known, (printed, shelf.copies.get(code.form_id, {})))


def _read(
    shown: Raster,
    codes: list[Seen],
    known: PageSeen,
    form: tuple[Printed, Mapping[str, Value]],
) -> Looked:
    """Return a page of which it is known what is printed on it."""
    printed, prefilled = form
    tuning = load_tuning()
    flat = flatten(shown, codes, printed, tuning)
    if reason := _too_bad(flat, tuning):
        return Looked(replace(known, state="unreadable", reason=reason), shown, flat)
    page, rubric = printed[1], printed[2]
    written = _written(printed, flat, prefilled, tuning)
    found = [
        *answers.of_entries(written, rubric, known.page, prefilled),
        *answers.of_boxes(flat.looks, rubric, known.page, tuning),
    ]
    doubts = tuple(one for one in found if isinstance(one, Doubt))
    entries = [entry for entry in page.entries if written[entry.field_id] != "empty"]
    seen = replace(
        known,
        answers=tuple(one for one in found if isinstance(one, RawAnswer)),
        doubts=doubts,
        cutouts=(
            *(cutouts.of_entry(flat.grey, flat.sheet, flat.moved(entry)) for entry in entries),
            *cutouts.of_boxes(flat.grey, flat.looks),
        ),
        verdicts=tuple(look.verdict for look in flat.looks),
        ink=_fingerprint(flat, page).tobytes(),
    )
    return Looked(seen, shown, flat)


def _too_bad(flat: FlatPage, tuning: Tuning) -> Message | None:
    """Return why a page is refused to a person rather than read; None where it isn't."""
    if flat.found < tuning.outlines:
        return Message(mark("too few of its boxes are found"))
    if flat.residual > tuning.residual:
        return Message(mark("its boxes lie too far off their places"))
    return None


def _written(
    printed: Printed, flat: FlatPage, prefilled: Mapping[str, Value], tuning: Tuning
) -> dict[str, Written]:
    layout, page, rubric = printed
    told = {entry.field_id for entry in page.entries} & set(prefilled)
    value = printed_values(layout, page, rubric, prefilled) if told else None
    return {
        entry.field_id: written_in(
            entry,
            flat.moved(entry),
            flat.sheet,
            value if entry.field_id in told else None,
            tuning,
        )
        for entry in page.entries
    }


def _fingerprint(flat: FlatPage, page: Page) -> Ink:
    """Return how dark each box is in 3 × 3 parts, and each place to write in parts of a letter."""
    parts = [_coarse(flat.sheet.ink[inner(look.outline, INSET)], (3, 3)) for look in flat.looks]
    for entry in page.entries:
        ink = flat.sheet.ink[area_of(flat.moved(entry))]
        parts.append(_coarse(ink, (ink.shape[1] // _WORD + 1, ink.shape[0] // _WORD + 1)))
    return np.concatenate([np.zeros(0, np.uint8), *parts])


def _coarse(ink: Ink, size: tuple[int, int]) -> Ink:
    if not ink.size:
        return np.zeros(size[0] * size[1], dtype=np.uint8)
    small = cv2.resize(ink, size, interpolation=cv2.INTER_AREA)
    return np.asarray(small, dtype=np.uint8).ravel()
