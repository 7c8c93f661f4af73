"""Marks where print or another box is near: what was printed is no ink, nor is a neighbour's."""

import pytest

from s2c_forms.form.form import Form
from s2c_forms.form.rubric import Rubric
from tests.media.scan import drawn
from tests.media.scan.drawn import (
    IDS,
    Drawn,
    answers,
    corners,
    fill_in,
    pages_of,
    record_on,
)
from tests.strategies import as_recorded


@pytest.fixture(params=["standard", "roomy"])
def form(request: pytest.FixtureRequest, each_rubric: Rubric) -> Form:
    return Form(each_rubric, IDS[0], remarks=False, roomy=request.param == "roomy")


def far_tick(page: Drawn, box) -> None:
    """A tick as most people draw it: its end leaves the box at the corner, up and to the right."""
    page.line(corners(box, (0.15, 0.45), (0.4, 0.8), (1.25, -0.45)))


@pytest.mark.parametrize("style", [drawn.pencil, far_tick])
@pytest.mark.parametrize("turn", [0, 1])
def test_marks_near_print_and_other_boxes_read_right(form, style, turn, tmp_path):
    filled = answers(form.rubric, turn)
    pages = pages_of(form)
    fill_in(pages, filled, style)
    record = record_on(pages, form, tmp_path / "scan.tif")
    assert {(one.field_id, one.code) for one in record.problems} == set()
    assert dict(record.values) == as_recorded(form.rubric, filled)
