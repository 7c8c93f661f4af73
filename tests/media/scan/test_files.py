"""Whatever a scanner or a phone makes of a page, it reads equal."""

import io
from collections.abc import Callable
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pikepdf
import pytest
from PIL import Image

from s2c_forms.api.reading import FileOutcome, read_file
from s2c_forms.form.form import Form
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.shelf import shelf_of
from tests.media.scan.drawn import IDS, Picture, answers, fill_in, pages_of, save
from tests.strategies import as_recorded

_EXIF = {1: 0, 2: 0, 3: 2, 4: 2, 5: 1, 6: 1, 7: 3, 8: 3}
_MIRRORED = (2, 4, 5, 7)


@pytest.fixture
def form(second_rubric: Rubric) -> Form:
    return Form(second_rubric, IDS[1], remarks=False)


@cache
def picture(form_id: str, rubric: Rubric, dpi: int = 200) -> Picture:
    """The one page of a form, filled in."""
    (page,) = pages_of(Form(rubric, form_id, remarks=False), dpi)
    fill_in([page], answers(rubric))
    return page.image


def shown(form: Form, dpi: int = 200) -> Picture:
    return picture(form.form_id, form.rubric, dpi).copy()


def assert_read(path: Path, form: Form) -> FileOutcome:
    """A file holds the form, filled in, nothing asked; return its outcome."""
    outcome = read_file(path, shelf_of([form.rubric]))
    assert outcome.refusal is None
    assert outcome.medium == "scan"
    (record,) = outcome.records
    assert record.problems == ()
    assert record.stamp == form.stamp
    assert dict(record.values) == as_recorded(form.rubric, answers(form.rubric))
    return outcome


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_page_may_lie_any_way_up(form, turns, tmp_path):
    assert_read(save([np.rot90(shown(form), turns)], tmp_path / "scan.png"), form)


@pytest.mark.parametrize("degrees", [-3.0, 1.3, 5.0])
def test_a_page_may_lie_askew(form, degrees, tmp_path):
    image = shown(form)
    rows, columns = image.shape
    turn = cv2.getRotationMatrix2D((columns / 2, rows / 2), degrees, 0.93)
    askew = cv2.warpAffine(image, turn, (columns, rows), borderValue=(255,))
    assert_read(save([askew], tmp_path / "scan.png"), form)


@pytest.mark.parametrize("dpi", [150, 300, 600])
def test_any_resolution_of_a_scanner(form, dpi, tmp_path):
    assert_read(save([shown(form, dpi)], tmp_path / "scan.png"), form)


def _bits(grey: Image.Image) -> Image.Image:
    return grey.point([255 * (level > 150) for level in range(256)]).convert("1")


def _transparent(grey: Image.Image) -> Image.Image:
    """Black ink on nothing: a viewer shows the paper, programs that drop alpha show black."""
    black = Image.new("LA", grey.size, 0)
    black.putalpha(grey.point([255 - level for level in range(256)]))
    return black


def _deep(grey: Image.Image) -> Image.Image:
    return Image.fromarray(np.asarray(grey).astype(np.uint16) * 257)


def _palette(grey: Image.Image) -> Image.Image:
    return grey.convert("RGB").quantize(16)


def _through_palette(grey: Image.Image) -> Image.Image:
    """A palette one colour of which is transparent: the paper's."""
    image = grey.convert("RGB").quantize(8)
    paper = image.getpixel((3, 3))
    image.info["transparency"] = paper
    return image


def _as(mode: str) -> Callable[[Image.Image], Image.Image]:
    return lambda grey: grey.convert(mode)


def _yellow(grey: Image.Image) -> Image.Image:
    """On yellow paper, which blue light sees as nearly black."""
    return Image.merge(
        "RGB", (grey, grey, grey.point([round(level * 0.45) for level in range(256)]))
    )


MODES: dict[str, tuple[Callable[[Image.Image], Image.Image], str]] = {
    "colour": (_as("RGB"), ".png"),
    "yellow paper": (_yellow, ".png"),
    "one bit": (_bits, ".png"),
    "one bit, BMP": (_bits, ".bmp"),
    "palette": (_palette, ".png"),
    "palette, transparent": (_through_palette, ".png"),
    "grey and alpha": (_transparent, ".png"),
    "colour and alpha": (lambda grey: _transparent(grey).convert("RGBA"), ".png"),
    "alpha in a TIFF": (lambda grey: _transparent(grey).convert("RGBA"), ".tif"),
    "16 bits": (_deep, ".png"),
    "16 bits, TIFF": (_deep, ".tif"),
    "32 bits": (lambda grey: _deep(grey).convert("I"), ".tif"),
    "floats": (_as("F"), ".tif"),
    "CMYK, JPEG": (_as("CMYK"), ".jpg"),
    "CMYK, TIFF": (_as("CMYK"), ".tif"),
    "GIF": (_as("P"), ".gif"),
    "BMP": (_as("RGB"), ".bmp"),
    "JPEG": (_as("L"), ".jpg"),
}


@pytest.mark.parametrize("mode", MODES)
def test_any_kind_of_picture(form, mode, tmp_path):
    make, suffix = MODES[mode]
    path = tmp_path / f"scan{suffix}"
    make(Image.fromarray(shown(form))).save(path)
    assert_read(path, form)


def test_what_a_name_says_of_the_kind_of_file_counts_for_nothing(form, tmp_path):
    path = save([shown(form)], tmp_path / "scan.jpg")
    assert_read(path.rename(tmp_path / "scan.xlsx"), form)


@pytest.mark.parametrize("tag", _EXIF)
def test_a_camera_says_how_it_was_held(form, tag, tmp_path):
    """Mirrored ones, of selfie cameras, can be read in no other way than by obeying."""
    stored = np.rot90(shown(form), _EXIF[tag])
    if tag in _MIRRORED:
        stored = stored[:, ::-1]
    exif = Image.Exif()
    exif[0x0112] = tag
    path = save([np.ascontiguousarray(stored)], tmp_path / "photo.jpg", exif=exif.tobytes())
    assert_read(path, form)


@pytest.fixture
def long_form(rubric: Rubric) -> Form:
    """A form of three pages, its last without a box."""
    return Form(rubric, IDS[2])


def all_pages(form: Form) -> list[Picture]:
    pages = pages_of(form)
    fill_in(pages, answers(form.rubric))
    return [page.image for page in pages]


@pytest.mark.parametrize(
    ("suffix", "bits", "options"),
    [
        (".tif", True, {"compression": "group4"}),
        (".tif", False, {"compression": "tiff_lzw"}),
        (".tif", False, {"compression": "jpeg"}),
        (".pdf", True, {}),
        (".pdf", False, {}),
    ],
)
def test_many_pages_in_one_file(long_form, suffix, bits, options, tmp_path):
    grey = [Image.fromarray(image) for image in all_pages(long_form)]
    first, *rest = [_bits(image) for image in grey] if bits else grey
    path = tmp_path / f"stack{suffix}"
    first.save(path, save_all=True, append_images=rest, **options)
    outcome = assert_read(path, long_form)
    assert [(page.state, page.number) for page in outcome.pages] == [
        ("read", 1),
        ("read", 2),
        ("read", 3),
    ]
    assert [(sheet.number, sheet.page) for sheet in outcome.records[0].sheets] == [
        (1, 1),
        (2, 2),
        (3, 3),
    ]


def test_a_pdf_page_that_says_it_is_turned(form, tmp_path):
    path = save([shown(form)], tmp_path / "scan.pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].rotate(90, relative=True)
        pdf.save(path)
    assert_read(path, form)


def test_an_animated_gif_counts_with_its_first_picture(form, tmp_path):
    page = Image.fromarray(shown(form)).convert("P")
    path = tmp_path / "scan.gif"
    page.save(path, save_all=True, append_images=[Image.new("P", page.size, 128)], duration=90)
    assert len(assert_read(path, form).pages) == 1


def test_a_photo_of_an_iphone(form, tmp_path):
    heif = pytest.importorskip("pillow_heif")
    heif.register_heif_opener()
    path = tmp_path / "IMG_0001.HEIC"
    Image.fromarray(shown(form)).convert("RGB").save(path, "HEIF", quality=80)
    assert_read(path, form)


def test_density_in_a_file_changes_nothing(form, tmp_path):
    """A fax has fewer lines down than dots across; programs also write nonsense."""
    for dpi in ((204, 98), (1, 1), (4800, 4800)):
        assert_read(save([shown(form)], tmp_path / "scan.png", dpi=dpi), form)


def test_a_fax_with_half_the_lines(form, tmp_path):
    image = shown(form)
    low = cv2.resize(image, None, fx=204 / 200, fy=98 / 200, interpolation=cv2.INTER_AREA)
    _bits(Image.fromarray(low)).save(tmp_path / "fax.tif", compression="group4", dpi=(204, 98))
    outcome = read_file(tmp_path / "fax.tif", shelf_of([form.rubric]))
    expected = as_recorded(form.rubric, answers(form.rubric))
    (record,) = outcome.records
    asked = {problem.field_id for problem in record.problems}
    told = {id_: value for id_, value in record.values.items() if id_ not in asked}
    assert told == {id_: expected[id_] for id_ in told}


def test_a_printed_pdf_without_fields_is_read_from_its_paper(form, tmp_path):
    """Somebody ticked it with a pen on a tablet, and "printed" it to a PDF."""
    from s2c_forms.media.pdf import write_bundle

    path, marked = tmp_path / "blank.pdf", tmp_path / "marked.pdf"
    write_bundle([form], path)
    filled = answers(form.rubric)
    (page,) = pages_of(form)
    lines = []
    for box in page.page.boxes:
        if filled[box.field_id] is True or str(filled[box.field_id]) == box.state:
            low, high = 842 - box.y - 0.8 * box.size, 842 - box.y - 0.2 * box.size
            left, right = box.x + 0.2 * box.size, box.x + 0.8 * box.size
            lines.append(f"{left} {low} m {right} {high} l {left} {high} m {right} {low} l S")
    with pikepdf.open(path) as pdf:
        content = ("1.3 w 0 0 0.5 RG " + " ".join(lines)).encode()
        pdf.pages[0].contents_add(pikepdf.Stream(pdf, content))
        pdf.save(marked)
    assert_read(marked, form)


def test_a_picture_within_a_file_may_be_read_from_memory_alone(form, tmp_path):
    """PNG in a PDF is stored otherwise than JPEG; both are shown the same."""
    page = Image.fromarray(shown(form))
    data = io.BytesIO()
    page.save(data, "PDF", quality=95)
    (tmp_path / "scan.pdf").write_bytes(data.getvalue())
    assert_read(tmp_path / "scan.pdf", form)
