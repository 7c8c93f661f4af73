"""What is printed can be found again: marks, codes and boxes, on the page as it's rendered."""

import re

import cv2
import numpy as np
import pikepdf
import pypdfium2
import pytest
import zxingcpp

from s2c_forms.form.fields import fields_of
from s2c_forms.form.form import Form
from s2c_forms.form.layout import MM, Entry, Layout, Picture, Text
from s2c_forms.form.layout.model import layout_from_json
from s2c_forms.form.stamp import new_form_id, parse_page_code
from s2c_forms.media.pdf import layout_of, write, write_bundle

DPI = 200
PIXEL = DPI / 72


def rendered(path) -> list[np.ndarray]:
    """Return pages as grey pictures, 0 black to 255 white."""
    with pypdfium2.PdfDocument(path) as document:
        return [
            np.asarray(page.render(scale=PIXEL, grayscale=True).to_numpy()).squeeze().copy()
            for page in document
        ]


@pytest.fixture(scope="module", params=["standard", "roomy"])
def printed(request, rubric, tmp_path_factory):
    form = Form(rubric, new_form_id(), roomy=request.param == "roomy")
    path = tmp_path_factory.mktemp("paper") / "form.pdf"
    write(form, path)
    return form, layout_of(form), rendered(path)


def test_every_page_has_four_marks_that_tell_page_and_corner(printed):
    _, layout, pages = printed
    family = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_APRILTAG_36h11)
    detector = cv2.aruco.ArucoDetector(family)
    for page, picture in zip(layout.pages, pages, strict=True):
        corners, ids, _ = detector.detectMarkers(picture)
        found = dict(zip(ids.ravel().tolist(), corners, strict=True))
        assert set(found) == {4 * page.number + corner for corner in range(4)}
        for mark in page.marks:
            top_left = found[mark.id][0][0] / PIXEL
            assert np.allclose(top_left, (mark.x, mark.y), atol=0.5 * MM)


def test_marks_measure_6_to_8_mm_and_stand_10_to_12_mm_from_the_edge(printed):
    _, layout, _ = printed
    for page in layout.pages:
        for mark in page.marks:
            far = (layout.width - mark.x - mark.size, layout.height - mark.y - mark.size)
            near_x, near_y = min(mark.x, far[0]) / MM, min(mark.y, far[1]) / MM
            assert 6 <= mark.size / MM <= 8
            assert 10 <= round(near_x, 6) <= 12
            assert 10 <= round(near_y, 6) <= 12


def test_both_codes_of_every_page_are_read_and_say_which_page_it_is(printed):
    form, layout, pages = printed
    for page, picture in zip(layout.pages, pages, strict=True):
        codes = [code for code in zxingcpp.read_barcodes(picture) if "QR" in str(code.format)]
        assert len(codes) == 2
        for code in codes:
            said = parse_page_code(code.text)
            assert said is not None
            assert (said.form_id, said.layout_hash) == (form.form_id, layout.hash)
            assert (said.page, said.pages) == (page.number, len(pages))
            assert set(code.text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
            assert str(code.ec_level) == "Q"


def test_every_box_is_an_empty_square_with_a_black_outline(printed):
    _, layout, pages = printed
    for page, picture in zip(layout.pages, pages, strict=True):
        for box in page.boxes:
            left, top, side = box.x * PIXEL, box.y * PIXEL, box.size * PIXEL
            inside = picture[
                round(top + 3) : round(top + side - 3), round(left + 3) : round(left + side - 3)
            ]
            assert inside.min() == 255, box
            for edge in (0, side):
                middle = round(side / 2)
                beside, over = round(left + edge), round(top + edge)
                across = picture[round(top) + middle, beside - 2 : beside + 3]
                down = picture[over - 2 : over + 3, round(left) + middle]
                assert across.min() < 110, box
                assert down.min() < 110, box


def test_each_field_stands_on_paper_once_with_a_box_for_each_answer(printed):
    form, layout, _ = printed
    states = {
        field.id: {str(option.value) for option in field.options} or {"on"}
        for field in fields_of(form.rubric)
        if field.options or field.kind == "tick"
    }
    found = [(box.field_id, box.state) for page in layout.pages for box in page.boxes]
    wanted = [(field_id, state) for field_id, several in states.items() for state in several]
    assert sorted(found) == sorted(wanted)
    entries = [entry.field_id for page in layout.pages for entry in page.entries]
    assert sorted(entries) == sorted(
        field.id for field in fields_of(form.rubric) if field.id not in states
    )


def test_boxes_keep_the_distances_that_reading_needs(printed):
    form, layout, _ = printed
    score_gap, tick_gap = 3.0, 3.0 if form.roomy else 1.4
    for page in layout.pages:
        for index, box in enumerate(page.boxes):
            least = 5.0 if form.roomy or box.state.isdigit() else 4.0
            assert box.size / MM >= least - 1e-6
            for other in page.boxes[index + 1 :]:
                across = max(other.x - box.x - box.size, box.x - other.x - other.size)
                down = max(other.y - box.y - box.size, box.y - other.y - other.size)
                same = box.field_id == other.field_id and box.state.isdigit()
                gap = max(across, down) / MM
                assert gap >= (score_gap if same else tick_gap) - 1e-6, (box, other)


def test_nothing_of_use_stands_where_printers_blank_or_holes_are_punched(printed):
    _, layout, _ = printed
    middle = layout.height / MM / 2
    for page in layout.pages:
        for thing in (*page.boxes, *page.marks, *page.codes, *page.entries):
            width, height = sides(thing)
            x, y = thing.x / MM, thing.y / MM
            assert min(x, y, 210 - x - width, 297 - y - height) >= 8
            in_holes = x < 16 and y + height > middle - 40 and y < middle + 40
            assert not in_holes


def sides(thing) -> tuple[float, float]:
    """Return width and height in millimetres."""
    if isinstance(thing, Entry):
        return thing.width / MM, thing.height / MM
    return thing.size / MM, thing.size / MM


def test_ink_keeps_off_the_edges_and_the_punch_holes(printed):
    _, _, pages = printed
    mm = DPI / 25.4
    for picture in pages:
        middle = picture.shape[0] / 2
        edge = round(8 * mm)
        assert picture[:edge].min() == 255
        assert picture[-edge:].min() == 255
        assert picture[:, :edge].min() == 255
        assert picture[:, -edge:].min() == 255
        holes = picture[round(middle - 40 * mm) : round(middle + 40 * mm), : round(16 * mm)]
        assert holes.min() == 255


def test_outlines_are_of_the_weight_that_scanners_see(rubric, tmp_path):
    path = tmp_path / "form.pdf"
    write(Form(rubric, new_form_id()), path)
    with pikepdf.Pdf.open(path) as pdf:
        pdf.pages[0].contents_coalesce()
        content = pdf.pages[0].Contents.read_bytes().decode("latin-1")
    weights = set(re.findall(r"([\d.]+) w\n?[^w]*? re S", content))
    assert {float(weight) for weight in weights} == {0.6}


def test_the_scale_and_how_to_mark_stand_on_every_page(printed):
    _, layout, _ = printed
    for page in layout.pages:
        lines = {line for item in page.items if isinstance(item, Text) for line in item.lines}
        assert any("1 = Verdient aandacht" in line and "3 = Goed" in line for line in lines)
        assert sum(isinstance(item, Picture) for item in page.items) == 4


def test_codes_keep_their_quiet_zone(printed):
    _, layout, _ = printed
    for page in layout.pages:
        for code in page.codes:
            assert 18 <= code.size / MM <= 20
            quiet = 4 * code.size / 25
            for thing in (*page.boxes, *page.marks):
                across = max(thing.x - code.x - code.size, code.x - thing.x - thing.size)
                down = max(thing.y - code.y - code.size, code.y - thing.y - thing.size)
                assert max(across, down) >= quiet - 1e-6


def test_the_standard_form_is_one_sheet_and_a_page_of_remarks(rubric):
    assert len(layout_of(Form(rubric, "")).pages) == 3
    without = layout_of(Form(rubric, "", remarks=False))
    assert len(without.pages) == 2
    first = {box.field_id[:3] for box in without.pages[0].boxes if box.field_id.startswith("f")}
    assert first == {f"f{number:02}" for number in range(1, 8)}


def test_a_layout_comes_back_from_the_store_with_the_same_hash(printed):
    _, layout, _ = printed
    back: Layout = layout_from_json(layout.to_json())
    assert back.hash == layout.hash
    assert [page.boxes for page in back.pages] == [
        page.boxes for page in layout_from_json(back.to_json()).pages
    ]


def test_the_layout_hash_tells_sizes_and_rubrics_apart(rubric):
    forms = [Form(rubric, ""), Form(rubric, "", roomy=True), Form(rubric, "", remarks=False)]
    assert len({layout_of(form).hash for form in forms}) == 3
    assert layout_of(Form(rubric, "", guide=True)).hash == layout_of(forms[0]).hash


def test_a_bundle_has_all_copies_and_begins_each_on_a_front(rubric, tmp_path):
    forms = [Form(rubric, new_form_id()) for _ in range(2)]
    path = tmp_path / "bundle.pdf"
    write_bundle(forms, path)
    pages = rendered(path)
    assert len(pages) == 8
    assert pages[3].min() == 255
    said = [parse_page_code(zxingcpp.read_barcodes(pages[page])[0].text) for page in (0, 4)]
    assert [code.form_id for code in said if code] == [form.form_id for form in forms]
