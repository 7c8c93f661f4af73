"""What was printed in a head, and struck out, written over or whited out by hand.

It doesn't hold any more, or isn't sure: to read it as printed would be a silent error.
"""

from dataclasses import replace

import numpy as np
import pytest

from tests.media.scan.drawn import Drawn, codes, pages_of
from tests.media.scan.test_entries import form, read, shelf, shown

__all__ = ["form", "shelf"]


def bounds(page: Drawn, bare: Drawn, field_id: str) -> tuple[float, float, float]:
    """Where a value was printed: left, right and the middle of its height, in points."""
    entry = page.entry(field_id)
    (left, top), (right, bottom) = (
        page.at(entry.x, entry.y),
        page.at(entry.x + entry.width, entry.y + entry.height),
    )
    printed = bare.image[top:bottom, left:right].astype(int) - page.image[top:bottom, left:right]
    rows, columns = np.nonzero(printed > 90)
    scale = 72 / page.dpi
    middle = entry.y + (rows.min() + rows.max()) / 2 * scale
    return entry.x + columns.min() * scale, entry.x + columns.max() * scale, middle


@pytest.mark.parametrize("beyond", [3.0, 8.0])
def test_a_value_that_is_struck_out_is_a_question(form, shelf, beyond, tmp_path):
    """With one line, just through it or somewhat longer."""
    page, bare = pages_of(form)[0], pages_of(replace(form, prefilled={}))[0]
    struck = [entry.field_id for entry in page.page.entries if entry.field_id in form.prefilled]
    lines = []
    for field_id in struck:
        left, right, middle = bounds(page, bare, field_id)
        lines.append([(left - beyond, middle), (right + beyond, middle)])
    for line in lines:
        page.line(line)
    record, seen = read(page, shelf, tmp_path)
    told = codes(record)
    assert {id_: told.get(id_) for id_ in struck} == dict.fromkeys(struck, "written_beside")
    assert all(record.values[id_] is None for id_ in struck)
    assert set(struck) <= {cutout.field_id for cutout in seen.cutouts}


def test_writing_over_a_printed_value_is_a_question(form, shelf, tmp_path):
    page, bare = pages_of(form)[0], pages_of(replace(form, prefilled={}))[0]
    fields = [entry for entry in page.page.entries if entry.field_id in form.prefilled]
    for entry in fields:
        left, _, middle = bounds(page, bare, entry.field_id)
        page.line([(left + x, middle + 3 * (-1) ** x) for x in range(-3, 24, 3)])
    record, _ = read(page, shelf, tmp_path)
    told = {one.field_id: (one.code, one.raw) for one in record.problems if one.field_id}
    assert told == {
        entry.field_id: ("written_beside", shown(form, entry.field_id)) for entry in fields
    }


def test_a_value_that_is_missing_on_the_paper_is_not_made_up(form, shelf, tmp_path):
    """The form was printed again without its head: what isn't there wasn't answered."""
    page = pages_of(replace(form, prefilled={}))[0]
    record, _ = read(page, shelf, tmp_path)
    for entry in page.page.entries:
        assert record.values[entry.field_id] is None
