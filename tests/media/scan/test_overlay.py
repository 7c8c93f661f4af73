"""The picture of a page: what is sure is green, what is asked is orange, and nothing is lost."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from s2c_forms.errors import RefusedError, WriteError
from s2c_forms.form.form import Form
from s2c_forms.form.layout import MM
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.shelf import shelf_of
from s2c_forms.media import scan
from s2c_forms.media.scan import overlay_head
from s2c_forms.media.scan.overlay import draw
from s2c_forms.media.scan.overlay_file import write_picture
from s2c_forms.media.scan.page import look_at
from s2c_forms.media.scan.raster import Raster
from s2c_forms.media.scan.tints import ASK, BLACK, GUESSED, SURE
from s2c_forms.media.sniff import is_overlay, medium_of
from tests.media.scan.drawn import IDS, Drawn, blackened, circle, cross, pages_of, save, tick

PIXELS = 5.0 / MM  # of the picture, in a point of the layout


@pytest.fixture
def form(rubric: Rubric) -> Form:
    return Form(rubric, IDS[0], {"coach": "C-012"}, remarks=False)


@pytest.fixture
def first(form: Form) -> Drawn:
    return pages_of(form)[0]


def picture(image, form: Form) -> np.ndarray:
    """The picture of a page, its head cut off so that the page begins at the top."""
    known = shelf_of([form.rubric])
    shelf = type(known)(known.rubrics, copies={form.form_id: form.prefilled})
    looked = look_at(Raster(image, one_bit=False), 1, shelf)
    shown = np.array(Image.open(io.BytesIO(draw(looked, "scan.png", shelf))))
    return shown[len(shown) - 1485 :]


def has(shown: np.ndarray, at: tuple[float, float, float, float], colour, near: int = 24) -> int:
    """How many pixels of a place, in points, have a colour or nearly so."""
    left, top, right, bottom = (round(edge * PIXELS) for edge in at)
    part = shown[top:bottom, left:right].astype(int)
    return int((np.abs(part - np.array(colour)).max(axis=2) < near).sum())


def round_box(drawn: Drawn, field_id: str, state: str = "on", by: float = 1.7):
    box = drawn.box(field_id, state)
    return box.x - by, box.y - by, box.x + box.size + by, box.y + box.size + by


def test_marks_are_green_doubts_orange_and_corrections_dark(first, form):
    first.mark(tick, "f01_i01").mark(circle, "f02_i02")
    first.mark(blackened, "f03_score", "1").mark(cross, "f03_score", "2")
    shown = picture(first.image, form)
    marked, empty = (has(shown, round_box(first, id_), SURE) for id_ in ("f01_i01", "f01_i04"))
    assert marked > 2 * empty > 40
    assert has(shown, round_box(first, "f02_i02"), ASK) > 60
    assert has(shown, round_box(first, "f01_i01"), ASK) == 0
    assert has(shown, round_box(first, "f03_score", "2"), SURE) > 2 * empty
    assert has(shown, round_box(first, "f03_score", "1", by=2.5), BLACK) > 200
    assert has(shown, round_box(first, "f01_i04"), GUESSED) == 0


def test_two_marks_in_a_row_are_both_asked_about(first, form):
    first.mark(cross, "f01_score", "1").mark(cross, "f01_score", "3")
    shown = picture(first.image, form)
    for state in ("1", "3"):
        assert has(shown, round_box(first, "f01_score", state), ASK) > 60
    assert has(shown, round_box(first, "f01_score", "2"), SURE) > 20


def test_a_torn_outline_is_blue(first, form):
    box = first.box("f05_i02")
    left, top = first.at(box.x - 1, box.y - 1)
    right, bottom = first.at(box.x + box.size + 1, box.y + box.size + 1)
    first.image[top:bottom, left:right] = 255
    shown = picture(first.image, form)
    assert has(shown, round_box(first, "f05_i02"), GUESSED, near=70) > 10


def test_handwriting_is_orange_and_what_was_printed_green(form):
    first = pages_of(form)[0].write("jongere")
    shown = picture(first.image, form)

    def edge(field_id: str, colour) -> int:
        entry = first.entry(field_id)
        return has(shown, (entry.x, entry.y - 1, entry.x + entry.width, entry.y + 1), colour)

    assert edge("jongere", ASK) > 100
    assert edge("coach", SURE) > 100
    assert edge("coach", ASK) == 0


def test_the_codes_are_covered(first, form):
    code = first.page.codes[0]
    shown = picture(first.image, form)
    at = (code.x, code.y, code.x + code.size, code.y + code.size)
    assert has(shown, at, (0, 0, 0)) == 0
    assert has(shown, at, SURE) > 200


@pytest.mark.parametrize(
    ("make", "state"),
    [
        (lambda image: np.full_like(image, 255), "blank"),
        (lambda image: image[400:1800], "no_code"),
    ],
)
def test_pages_without_answers_have_a_picture_that_says_why(first, form, make, state, monkeypatch):
    told: list[overlay_head.Told] = []
    drawn = overlay_head._write

    def write(pen, said, *rest):
        told.append(said)
        drawn(pen, said, *rest)

    monkeypatch.setattr(overlay_head, "_write", write)
    shelf = shelf_of([form.rubric])
    looked = look_at(Raster(np.ascontiguousarray(make(first.image)), one_bit=False), 3, shelf)
    shown = Image.open(io.BytesIO(draw(looked, "brief.jpg", shelf)))
    assert shown.height > 400
    assert told[0].page == 3
    assert told[0].state == looked.seen.state == state


def test_a_file_that_cannot_be_shown_has_a_picture_too(tmp_path, form):
    path = tmp_path / "half.png"
    whole = save([np.full((900, 640), 255, np.uint8)], tmp_path / "whole.png").read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    seen = scan.draw_page(path, 1, shelf_of([form.rubric]), folder=tmp_path / "drawn")
    assert seen.state == "unreadable"
    assert [made.name for made in (tmp_path / "drawn").iterdir()] == ["half-001.png"]


def png() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8)).save(buffer, "PNG")
    return buffer.getvalue()


def test_a_picture_is_never_written_over_another(tmp_path):
    (tmp_path / "scan-002.png").write_bytes(b"a photo of somebody's dog")
    one = write_picture(png(), tmp_path, Path("a/scan.pdf"), 2)
    other = write_picture(png(), tmp_path, Path("b/scan.pdf"), 2)
    again = write_picture(png(), tmp_path, Path("a/scan.pdf"), 2)
    assert [path.name for path in (one, other, again)] == [
        "scan-002-2.png",
        "scan-002-3.png",
        "scan-002-2.png",
    ]
    assert (tmp_path / "scan-002.png").read_bytes() == b"a photo of somebody's dog"
    assert len(list(tmp_path.iterdir())) == 3


def test_a_picture_is_no_scan(tmp_path):
    path = write_picture(png(), tmp_path, Path("scan.pdf"), 1)
    with Image.open(path) as shown:
        assert shown.size == (8, 8)
    assert is_overlay(path.read_bytes()[:1024])
    with pytest.raises(RefusedError) as refused:
        medium_of(path.name, path.read_bytes())
    assert refused.value.code == "own_picture"


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    with pytest.raises(WriteError, match="taken"):
        write_picture(png(), tmp_path / "taken", Path("scan.pdf"), 1)
