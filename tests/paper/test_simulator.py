"""The simulator itself: the same again, complete, and written as people's programs write it."""

import pikepdf
import pytest
from PIL import Image

from s2c_forms.media.pdf import layout_of
from tests.paper.corpus import SEVERITIES, make_case, stack_of
from tests.paper.files import upright, write_pages, write_pdf, write_tiff


@pytest.fixture(scope="module", params=SEVERITIES)
def case(request):
    return make_case(3, request.param)


def test_a_case_is_the_same_to_the_last_byte():
    one, other = make_case(4, "poor"), make_case(4, "poor")
    assert [page.data for page in one.pages] == [page.data for page in other.pages]
    assert [page.fields for page in one.pages] == [page.fields for page in other.pages]


def test_every_field_on_paper_has_its_truth_and_every_box_its_place(case):
    for page, printed in zip(case.pages, layout_of(case.form).pages, strict=True):
        boxes = [(field.field_id, box.state) for field in page.fields for box in field.boxes]
        assert boxes == [(box.field_id, box.state) for box in printed.boxes]
        entries = [field.field_id for field in page.fields if not field.boxes]
        assert entries == [entry.field_id for entry in printed.entries]
        assert page.places.shape == (len(boxes), 4, 2)


def test_what_is_clear_has_one_answer(case):
    for page in case.pages:
        for field in page.fields:
            if field.cls == "clear":
                assert field.allowed == (field.expected,)
                assert sum(box.marked for box in field.boxes) == bool(field.expected)


def test_boxes_lie_in_the_picture_as_a_viewer_shows_it():
    case = make_case(3, "clean")
    page = case.pages[0]
    picture = upright(page.data)
    for place in page.places:
        left, top = place.min(axis=0).round().astype(int) - 2
        right, bottom = place.max(axis=0).round().astype(int) + 3
        box = picture[top:bottom, left:right].mean(axis=2)
        assert box[:5].min(axis=0).mean() < 170
        assert box[:, :5].min(axis=1).mean() < 170


def test_pages_are_written_one_by_one_or_together(case, tmp_path):
    pages = stack_of([case])
    assert [path.read_bytes() for path in write_pages(pages, tmp_path, "scan")] == [
        data for data, _ in pages
    ]
    write_pdf(pages, tmp_path / "scan.pdf")
    write_tiff(pages, tmp_path / "scan.tif")
    with pikepdf.open(tmp_path / "scan.pdf") as pdf:
        assert len(pdf.pages) == len(pages)
    with Image.open(tmp_path / "scan.tif") as image:
        assert getattr(image, "n_frames", 1) == len(pages)
