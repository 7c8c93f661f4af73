"""Boxes cut out of scans: of the plain ones a sample, of those near a limit all."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from s2c_forms.form.form import Form
from s2c_forms.form.shelf import shelf_of
from s2c_forms.media.scan.specimens import (
    BINS,
    SAMPLE,
    SIDE,
    PageOfBoxes,
    Specimen,
    bin_of,
    boxes_on,
    gallery_of,
    is_plain,
)
from s2c_forms.media.scan.tuning import load_tuning
from tests.media.scan.drawn import IDS, blackened, circle, cross, pages_of, save

PICTURE = bytes(SIDE * SIDE)
EMPTY = Specimen(PICTURE, 0.0, 0.0, "empty")
MARKED = Specimen(PICTURE, 0.35, 0.4, "marked")


@pytest.fixture(scope="module")
def tuning():
    return load_tuning()


def test_the_boxes_of_a_page_are_cut_out_with_what_stands_in_them(rubric, tmp_path):
    first = pages_of(Form(rubric, IDS[0], remarks=False))[0]
    first.mark(cross, "f01_i01").mark(circle, "f02_i01").mark(blackened, "f03_score", "1")
    first.mark(cross, "f03_score", "3")
    path = save([first.image], tmp_path / "scan.png")
    page = boxes_on(path, 1, shelf_of([rubric]))
    assert (page.state, page.rubric_hash) == ("read", rubric.hash)
    assert len(page.boxes) == len(first.page.boxes)
    assert Counter(box.standing for box in page.boxes) == {
        "empty": len(page.boxes) - 4,
        "marked": 2,
        "ask": 1,
        "black": 1,
    }
    marked = next(box for box in page.boxes if box.standing == "marked")
    shown = np.frombuffer(marked.picture, np.uint8).reshape(SIDE, SIDE)
    assert shown[SIDE // 2, SIDE // 2] < 100  # where the lines cross
    assert shown[2, 2] > 200


def test_pages_that_are_not_read_have_no_boxes(rubric, tmp_path):
    blank = save([np.full((1754, 1240), 255, np.uint8)], tmp_path / "blank.png")
    (tmp_path / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\nrubbish")
    shelf = shelf_of([rubric])
    assert boxes_on(blank, 1, shelf) == PageOfBoxes("blank")
    assert boxes_on(tmp_path / "broken.png", 1, shelf) == PageOfBoxes("unreadable")


def test_of_fifty_thousand_boxes_some_plain_ones_are_kept_and_all_near_a_limit(tuning):
    near = [
        replace(EMPTY, share=tuning.empty_share * 0.9),
        replace(EMPTY, soft_share=tuning.faint_share * 0.9),
        replace(MARKED, share=tuning.marked_share * 1.1),
        replace(MARKED, share=tuning.scribble_share * 0.99),
        replace(EMPTY, standing="ask"),
        replace(MARKED, share=0.97, standing="black"),
    ]
    page = PageOfBoxes("read", (*[EMPTY] * 35, *[MARKED] * 15))
    pages = [page] * 1000
    pages[137] = replace(page, boxes=(*near, *page.boxes))
    gallery = gallery_of(pages, tuning)
    assert gallery.boxes == 50_000 + len(near)
    assert gallery.number("empty") == 35_002
    assert gallery.pages == {"read": 1000}
    assert set(near) <= set(gallery.hard)
    assert len(gallery.hard) == sum(SAMPLE.values()) + len(near)
    assert [box.share for box in gallery.hard] == sorted(box.share for box in gallery.hard)


def test_every_plain_box_has_the_same_chance(tuning):
    boxes = [replace(EMPTY, share=tuning.empty_share / 2 * place / 4000) for place in range(4000)]
    gallery = gallery_of([PageOfBoxes("read", tuple(boxes))], tuning)
    places = sorted(boxes.index(box) for box in gallery.hard)
    assert len(places) == SAMPLE["empty"]
    assert places[0] < 400
    assert places[-1] > 3600


def test_faint_ones_are_those_without_hard_ink(tuning):
    pencil = Specimen(PICTURE, 0.0, 0.3, "marked")
    gallery = gallery_of([PageOfBoxes("read", (EMPTY, MARKED, pencil))], tuning)
    assert gallery.faint == (pencil,)


@pytest.mark.parametrize("standing", ["ask", "black"])
def test_what_a_person_looks_at_is_never_plain(tuning, standing):
    assert not is_plain(replace(EMPTY, standing=standing), tuning)
    assert not is_plain(replace(MARKED, standing=standing), tuning)


def test_bins_hold_every_share():
    assert (bin_of(0.0), bin_of(1.0)) == (0, BINS - 1)
    assert bin_of(0.01) > bin_of(0.0)
