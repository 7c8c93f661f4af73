"""Boxes cut out of scans, to be looked at side by side: those near a limit, and some of the rest.

A thousand pages have fifty thousand boxes, most of them plainly empty or plainly marked. Of those
a sample is kept, drawn by lot, so that memory and paper stay small; all are counted.
"""

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np

from s2c_forms.errors import RefusedError
from s2c_forms.form.filled import PageState
from s2c_forms.form.shelf import Shelf
from s2c_forms.media.scan.geometry import PX
from s2c_forms.media.scan.page import look_at
from s2c_forms.media.scan.raster import Grey, raster
from s2c_forms.media.scan.seen import Look
from s2c_forms.media.scan.tints import Standing, standing_of
from s2c_forms.media.scan.tuning import Tuning

SIDE = 8 * PX
"""Pixels of a cut-out's sides: 8 millimetres."""
_PAPER = 268.0  # how light paper is shown: its grain, too, becomes white
_LEVELS = 17  # sixteen greys: the grain of paper takes most of a file
BINS = 64
"""Of ink, for counting; their width grows with the share, as the eye asks."""
SAMPLE: dict[Standing, int] = {"empty": 64, "marked": 192}
"""How many of the plain ones are kept."""

_ORDER: dict[Standing, int] = {"empty": 0, "ask": 1, "marked": 2, "black": 3}  # of equal ink


@dataclass(frozen=True)
class Specimen:
    """One box, and what was measured in it.

    Attributes:
        picture: 64 × 64 pixels, row by row, 0 black to 255 white.
        share: what has hard ink, of its inside.
        soft_share: what has soft ink.
        standing: what is told of it.
    """

    picture: bytes
    share: float
    soft_share: float
    standing: Standing


@dataclass(frozen=True)
class PageOfBoxes:
    """A page, and its boxes where it was read; and the hash of what it asks, if that is known."""

    state: PageState
    boxes: tuple[Specimen, ...] = ()
    rubric_hash: str = ""


@dataclass(frozen=True)
class Gallery:
    """What is shown of many boxes.

    Attributes:
        hard: cut-outs by the share of hard ink.
        faint: cut-outs without hard ink, by the share of soft ink.
        counts: how many boxes there are of each bin of ink, and standing; all of them.
        pages: how many pages there are of each state.
    """

    hard: tuple[Specimen, ...] = ()
    faint: tuple[Specimen, ...] = ()
    counts: Counter[tuple[int, Standing]] = field(default_factory=Counter)
    pages: Counter[PageState] = field(default_factory=Counter)

    @property
    def boxes(self) -> int:
        """Return how many boxes were looked at."""
        return self.counts.total()

    def number(self, standing: Standing) -> int:
        """Return how many boxes stand so."""
        return sum(number for (_, which), number in self.counts.items() if which == standing)


def boxes_on(path: Path, number: int, shelf: Shelf) -> PageOfBoxes:
    """Return the boxes of a page, counted from 1. A page that can't be read raises nothing."""
    try:
        looked = look_at(raster(path, number), number, shelf)
    except RefusedError:
        return PageOfBoxes("unreadable")
    if looked.flat is None or looked.seen.state != "read":
        return PageOfBoxes(looked.seen.state)
    grey = looked.flat.grey
    boxes = tuple(_specimen(grey, look) for look in looked.flat.looks)
    return PageOfBoxes("read", boxes, looked.seen.rubric_hash)


def _specimen(grey: Grey, look: Look) -> Specimen:
    one = look.measured
    return Specimen(_cut_out(grey, look), one.share, one.soft_share, standing_of(look))


def _cut_out(grey: Grey, look: Look) -> bytes:
    """Return the picture of a box, as light as if it lay in daylight."""
    half = look.outline.side / 2
    middle = (look.outline.x + half, look.outline.y + half)
    part = cv2.getRectSubPix(grey, (SIDE, SIDE), middle)
    light = max(float(np.percentile(part, 85)), 64.0)
    bright = np.minimum(part.astype(np.float32) * (_PAPER / light), 255)
    return bytes(bright.astype(np.uint8) // _LEVELS * _LEVELS)


def bin_of(share: float) -> int:
    """Return in which bin a share of ink lies; see `BINS`."""
    return min(int(share**0.5 * BINS), BINS - 1)


class Collector:
    """Takes boxes as they come, and keeps what is worth being looked at."""

    def __init__(self, tuning: Tuning):
        self._tuning = tuning
        self._lot = random.Random(0)  # noqa: S311  the same scans make the same gallery
        self._counts: Counter[tuple[int, Standing]] = Counter()
        self._pages: Counter[PageState] = Counter()
        self._near: list[Specimen] = []
        self._plain: dict[Standing, list[Specimen]] = {standing: [] for standing in SAMPLE}
        self._met: Counter[Standing] = Counter()

    def add(self, page: PageOfBoxes) -> None:
        """Take a page with its boxes."""
        self._pages[page.state] += 1
        for box in page.boxes:
            self._counts[bin_of(box.share), box.standing] += 1
            if is_plain(box, self._tuning):
                self._add_plain(box)
            else:
                self._near.append(box)

    def _add_plain(self, box: Specimen) -> None:
        """Keep a plain box by lot, each with the same chance, however many there are."""
        kept = self._plain[box.standing]
        self._met[box.standing] += 1
        if len(kept) < SAMPLE[box.standing]:
            kept.append(box)
            return
        place = self._lot.randrange(self._met[box.standing])
        if place < len(kept):
            kept[place] = box

    def gallery(self) -> Gallery:
        """Return what was kept, by ink."""
        kept = [*self._near, *(box for boxes in self._plain.values() for box in boxes)]
        faint = [box for box in kept if box.share <= self._tuning.empty_share and box.soft_share]
        return Gallery(
            tuple(
                sorted(
                    kept,
                    key=lambda box: (round(box.share, 3), _ORDER[box.standing], box.soft_share),
                )
            ),
            tuple(sorted(faint, key=lambda box: (box.soft_share, box.share))),
            self._counts.copy(),
            self._pages.copy(),
        )


def is_plain(box: Specimen, tuning: Tuning) -> bool:
    """Return whether a box is far from every limit, so that some of its kind stand for all."""
    if box.standing == "empty":
        return box.share <= tuning.empty_share / 2 and box.soft_share <= tuning.faint_share / 2
    clear = 2 * tuning.blob_share <= box.share <= (tuning.blob_share + tuning.scribble_share) / 2
    return box.standing == "marked" and clear


def gallery_of(pages: Iterable[PageOfBoxes], tuning: Tuning) -> Gallery:
    """Return what is shown of the boxes of pages."""
    collector = Collector(tuning)
    for page in pages:
        collector.add(page)
    return collector.gallery()
