"""What a box says by its numbers alone: what might be something else than a mark is asked."""

from dataclasses import replace

import pytest

from s2c_forms.media.scan.judge import judge
from s2c_forms.media.scan.marks import Measured
from s2c_forms.media.scan.tuning import load_tuning

EMPTY = Measured(
    share=0.0,
    middle=0.0,
    soft_share=0.0,
    longest=0.0,
    soft_longest=0.0,
    is_line=False,
    is_pale_line=False,
    is_through=False,
    whisper=0.0,
    white=3.0,
    soft_white=3.0,
    grain=0.0,
    ring=0.0,
    touches="",
    leaks="",
    streak=False,
    is_seen=True,
)
CROSS = replace(EMPTY, share=0.3, middle=0.4, longest=3.5, soft_share=0.4, soft_longest=3.5)


def said(box: Measured, *, one_bit: bool = False) -> str:
    return judge(box, load_tuning(), one_bit=one_bit)


def test_nothing_is_empty_and_a_cross_is_a_mark():
    assert (said(EMPTY), said(CROSS)) == ("empty", "marked")


@pytest.mark.parametrize("box", [EMPTY, CROSS])
@pytest.mark.parametrize(
    "about", [{"is_seen": False}, {"is_there": False}, {"grain": 0.7}], ids=str
)
def test_a_box_that_cannot_be_seen_is_asked(box, about):
    assert said(replace(box, **about)) == "unsure"


def test_a_streak_through_an_empty_box_leaves_it_empty():
    assert said(replace(EMPTY, streak=True)) == "empty"


def test_what_a_streak_leaves_of_a_tick_is_asked():
    """The streak is taken away; the tick's two legs are too short then to be a mark's."""
    left = replace(EMPTY, streak=True, soft_share=0.04, soft_longest=0.7)
    assert said(left) == "unsure"
    assert said(replace(left, streak=False)) == "empty"


@pytest.mark.parametrize("share", [0.1, 0.2])
def test_ink_that_stays_out_of_the_middle_may_be_a_stain(share):
    """The edge of a cup's ring through a corner, or ink that ran in from beside."""
    stain = replace(EMPTY, share=share, longest=2.5, soft_share=share, soft_longest=2.0)
    assert said(stain) == "unsure"
    assert said(replace(stain, middle=0.1)) == "marked"
