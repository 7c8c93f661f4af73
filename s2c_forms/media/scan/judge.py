"""Measured boxes → what they say, or that a person has to look. Limits are absolute.

Indicators are independent of each other, so no box is judged by how others look; only where ink
of one box runs on into the next, the two are looked at together.
"""

from collections.abc import Sequence
from typing import Literal

from s2c_forms.media.scan.marks import Measured
from s2c_forms.media.scan.tuning import Tuning

Verdict = Literal["empty", "marked", "black", "unsure", "circled"]


def judge(box: Measured, tuning: Tuning, *, one_bit: bool) -> Verdict:
    """Return what one box says.

    Args:
        box: what was measured.
        tuning: the limits.
        one_bit: whether its scan knows black and white only: what was faint is gone from it.
    """
    if not box.is_there or not box.is_seen or box.grain >= _DARK:
        return "unsure"
    if box.share >= tuning.scribble_share:
        return _full(box, tuning)
    if _is_marked(box, tuning):
        may_be_other = box.streak or box.is_line or box.middle < _TOUCHED
        return "marked" if not may_be_other or _is_plain(box, tuning) else "unsure"
    return _little(box, tuning, one_bit=one_bit)


def _full(box: Measured, tuning: Tuning) -> Verdict:
    """Tell a box that is black all over from one that is scribbled in."""
    if box.share >= tuning.black_share and box.white <= tuning.black_gap:
        return "black"
    return "marked" if box.white >= tuning.scribble_gap else "unsure"


def _is_plain(box: Measured, tuning: Tuning) -> bool:
    """Return whether it is marked so heavily that nothing else can be meant."""
    heavy = 3 * tuning.marked_share <= box.share < tuning.scribble_share
    return heavy and box.middle >= _TOUCHED and box.longest >= 1.5 * tuning.marked_stroke


def _is_marked(box: Measured, tuning: Tuning) -> bool:
    stroke = box.share >= tuning.marked_share and box.longest >= tuning.marked_stroke
    blob = box.share >= tuning.blob_share and box.longest >= tuning.empty_stroke  # dust is neither
    return stroke or blob


def _little(box: Measured, tuning: Tuning, *, one_bit: bool) -> Verdict:
    """Judge a box with little ink in it, or none: it may be faint pencil, a speck, or nothing."""
    bare = box.share <= tuning.empty_share and box.longest <= tuning.empty_stroke
    if _is_faint(box, tuning):
        return "marked" if _is_trusted(box, tuning) else "unsure"
    if box.streak and box.soft_longest > tuning.empty_stroke / 2:
        return "unsure"  # what a streak left of a mark
    if not bare or (one_bit and box.share > tuning.empty_share / 2):
        return "unsure"
    if box.soft_longest >= tuning.marked_stroke and box.grain <= tuning.quiet:
        return "unsure"
    if box.whisper >= 1.2 * tuning.faint_stroke:
        return "unsure"
    return "circled" if box.ring >= tuning.ring else "empty"


def _is_faint(box: Measured, tuning: Tuning) -> bool:
    return box.soft_longest >= tuning.faint_stroke and box.soft_share >= tuning.faint_share


def _is_trusted(box: Measured, tuning: Tuning) -> bool:
    """Return whether faint ink is a pencil's: the paper is quiet, or it is a stroke that ends.

    A speck with a halo is as long as a stroke; a fold runs through; a stain fills the box.
    """
    is_stain = box.soft_share >= _STAIN and box.soft_white < _PLAIN
    if is_stain or box.soft_share >= _SMEAR or box.is_through or box.is_pale_line:
        return False
    if box.grain <= tuning.quiet:
        return box.share <= tuning.empty_share or box.soft_longest >= 1.5 * tuning.faint_stroke
    long = box.soft_longest >= 1.5 * tuning.faint_stroke
    return long and box.soft_share >= 2 * tuning.faint_share and box.grain <= 6 * tuning.quiet


def spills(
    boxes: Sequence[Measured],
    verdicts: Sequence[Verdict],
    near: Sequence[Sequence[tuple[int, str]]],
) -> list[Verdict]:
    """Return the verdicts, seen together with those of neighbours whose ink runs on into a box.

    Args:
        boxes: all of a page.
        verdicts: theirs, each by itself.
        near: for each box, the numbers of those beside it, and at which of its sides, of `tblr`.
    """
    told = list(verdicts)
    for number, box in enumerate(boxes):
        into = [
            other
            for other, side in near[number]
            if verdicts[other] == "circled"
            or (verdicts[other] in _INKED and _runs_on(box, boxes[other], side))
        ]
        if verdicts[number] == "marked" and into and box.touches and box.share < _TAIL:
            told[number] = "unsure"
    return told


_DARK = 0.6  # where so much of the paper round a box is dark, nothing in it is sure
_TOUCHED = 0.015  # share of its middle that a mark covers at least: what doesn't may be a stain
_STAIN, _PLAIN = 0.5, 0.45  # so much faint ink without so wide a white spot in it is a stain …
_SMEAR = 0.71  # … as is more than this
_INKED = ("marked", "black", "circled", "unsure")
_TAIL = 0.25  # share of a box that a neighbour's overshooting stroke may have
_OTHER = {"t": "b", "b": "t", "l": "r", "r": "l"}


def _runs_on(box: Measured, other: Measured, side: str) -> bool:
    """Return whether ink runs from one box into the next."""
    return side in box.leaks and _OTHER[side] in other.leaks
