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
    if not box.is_there:
        return "unsure"
    if not box.is_seen:
        return "marked" if _is_plain(box, tuning) else "unsure"
    if box.share >= tuning.scribble_share:
        return _full(box, tuning)
    if box.streak:
        return "marked" if _is_plain(box, tuning) else "unsure"
    if _is_marked(box, tuning):
        return "marked"
    return _little(box, tuning, one_bit=one_bit)


def _full(box: Measured, tuning: Tuning) -> Verdict:
    """Tell a box that is black all over from one that is scribbled in."""
    if box.share >= tuning.black_share and box.white <= tuning.black_gap:
        return "black"
    return "marked" if box.white >= tuning.scribble_gap else "unsure"


def _is_plain(box: Measured, tuning: Tuning) -> bool:
    """Return whether it is marked so heavily that nothing else can be meant."""
    heavy = 3 * tuning.marked_share <= box.share < tuning.scribble_share
    return heavy and box.longest >= 1.5 * tuning.marked_stroke


def _is_marked(box: Measured, tuning: Tuning) -> bool:
    stroke = box.share >= tuning.marked_share and box.longest >= tuning.marked_stroke
    return stroke or box.share >= tuning.blob_share


def _little(box: Measured, tuning: Tuning, *, one_bit: bool) -> Verdict:
    """Judge a box with little ink in it, or none: it may be faint pencil, a speck, or nothing."""
    is_quiet = box.grain <= tuning.quiet
    is_stroke = box.soft_longest >= tuning.faint_stroke and box.soft_share >= tuning.faint_share
    if is_quiet and is_stroke:
        return "marked"
    bare = box.share <= tuning.empty_share and box.longest <= tuning.empty_stroke
    if not bare or is_stroke or (one_bit and box.share > tuning.empty_share / 2):
        return "unsure"
    if box.soft_longest >= tuning.marked_stroke and is_quiet:
        return "unsure"
    return "circled" if box.ring >= tuning.ring else "empty"


def spills(
    boxes: Sequence[Measured], verdicts: Sequence[Verdict], near: Sequence[tuple[int, ...]]
) -> list[Verdict]:
    """Return the verdicts, with a question where a neighbour's mark ran on into a box.

    Args:
        boxes: all of a page.
        verdicts: theirs.
        near: for each box, the numbers of those right above and below, or beside it.
    """
    told = list(verdicts)
    for number, box in enumerate(boxes):
        heavy = any(
            verdicts[other] in ("marked", "black") and boxes[other].share > 2 * box.share
            for other in near[number]
        )
        if verdicts[number] == "marked" and heavy and box.touches and box.share < 0.12:
            told[number] = "unsure"
    return told
