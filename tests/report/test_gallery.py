"""The gallery: limits between the right boxes, every limit explained, nothing outside the page."""

import io
from collections import Counter
from dataclasses import fields, replace

import pypdf
import pytest

from s2c_forms.form.layout import Text
from s2c_forms.media.pdf.fonts import measure
from s2c_forms.media.scan.specimens import SIDE, Gallery, PageOfBoxes, Specimen, gallery_of
from s2c_forms.media.scan.tuning import Tuning, load_tuning
from s2c_forms.report.gallery import is_gallery, write_gallery
from s2c_forms.report.gallery.flow import BOTTOM, LEFT, RIGHT
from s2c_forms.report.gallery.limits import GROUPS
from s2c_forms.report.gallery.shapes import Frame, Strip
from s2c_forms.report.gallery.sheets import lay_out
from s2c_forms.report.gallery.zones import faint_zones, hard_zones, in_zones, percent

SHADES = bytes(range(256)) * (SIDE * SIDE // 256)


def box(share: float, soft_share: float = 0.0, standing="marked") -> Specimen:
    return Specimen(SHADES, share, soft_share, standing)


@pytest.fixture(scope="module")
def tuning() -> Tuning:
    return load_tuning()


@pytest.fixture(scope="module")
def gallery(tuning) -> Gallery:
    boxes = [box(place / 400, 0.01, "ask" if place % 9 else "marked") for place in range(401)]
    boxes += [box(0.0, place / 100, "empty") for place in range(40)]
    return gallery_of([PageOfBoxes("read", tuple(boxes))], tuning)


def texts(sheets) -> list[Text]:
    return [item for sheet in sheets for item in sheet.items if isinstance(item, Text)]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_zones_part_boxes_at_the_limits(tuning, language):
    edge = [
        tuning.empty_share,
        tuning.marked_share,
        tuning.blob_share,
        0.5,
        tuning.black_share,
        1.0,
    ]
    boxes = [box(0.0), *map(box, edge)]
    zones = dict(in_zones(hard_zones(tuning, language), boxes, soft=False))
    shares = [[one.share for one in inside] for inside in zones.values()]
    assert shares == [
        [0.0, tuning.empty_share],
        [tuning.marked_share],
        [tuning.blob_share],
        [0.5],
        [tuning.black_share],
        [1.0],
    ]
    assert [zone.limit for zone in zones] == [
        "",
        "empty_share",
        "marked_share",
        "blob_share",
        "scribble_share",
        "black_share",
    ]


def test_faint_boxes_are_parted_by_faint_ink(tuning):
    boxes = [box(0, 0.01), box(0, 0.2)]
    inside = [found for _, found in in_zones(faint_zones(tuning, "en"), boxes, soft=True)]
    assert inside == [[boxes[0]], [boxes[1]]]


def test_every_box_is_shown_with_its_frame_and_share(gallery, tuning):
    sheets = lay_out(gallery, tuning, "nl")
    shapes = [shape for sheet in sheets for shape in sheet.shapes]
    shown = Counter(one for shape in shapes if isinstance(shape, Strip) for one in shape.boxes)
    assert shown == Counter([*gallery.hard, *gallery.faint])
    frames = [shape for shape in shapes if isinstance(shape, Frame)]
    legend = 4
    assert len(frames) == sum(shown.values()) + legend
    assert "4,5 %" in {text.lines[0] for text in texts(sheets)}


@pytest.mark.parametrize("language", ["en", "nl"])
def test_nothing_leaves_the_page(gallery, tuning, language):
    for text in texts(lay_out(gallery, tuning, language)):
        assert text.y < BOTTOM + 21
        for line in text.lines:
            width = measure(line, text.font, text.size)
            left = text.x - {"left": 0, "centre": width / 2, "right": width}[text.align]
            assert left >= LEFT - 1, line
            assert left + width <= RIGHT + 1, line


def test_every_limit_is_explained_with_its_value(gallery, tuning):
    names = [limit.name for _, limits in GROUPS for limit in limits]
    assert len(names) == len(set(names))
    assert set(names) == {field.name for field in fields(Tuning)}
    said = {line for text in texts(lay_out(gallery, tuning, "en")) for line in text.lines}
    assert {f"{getattr(tuning, name):g}" for name in names} <= said


def test_it_says_when_not_all_boxes_are_shown(gallery, tuning):
    def said(shown: Gallery) -> bool:
        told = texts(lay_out(shown, tuning, "en"))
        return any(line.startswith("Shown are") for text in told for line in text.lines)

    all_of_them = gallery_of([PageOfBoxes("read", gallery.hard[:50])], tuning)
    assert not said(all_of_them)
    more = replace(all_of_them, counts=all_of_them.counts + Counter({(0, "empty"): 1000}))
    assert said(more)


def test_the_file_is_a_pdf_that_is_known_again(gallery, tuning, rubric, tmp_path):
    path = tmp_path / "gallery.pdf"
    write_gallery(gallery, tuning, rubric, path)
    read = pypdf.PdfReader(io.BytesIO(path.read_bytes()))
    assert len(read.pages) == len(lay_out(gallery, tuning, "nl"))
    assert str(read.root_object["/Lang"]) == "nl-NL"
    assert is_gallery(path)
    write_gallery(gallery, tuning, rubric, tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == path.read_bytes()


def test_other_files_are_no_gallery(tmp_path):
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.4 broken")
    assert not is_gallery(tmp_path / "scan.pdf")
    assert not is_gallery(tmp_path / "gone.pdf")


def test_percentages_are_as_exact_as_their_size():
    assert [percent(share, "nl") for share in (0.0, 0.004, 0.0456, 0.456, 1.0)] == [
        "0 %",
        "0,4 %",
        "4,6 %",
        "46 %",
        "100 %",
    ]
