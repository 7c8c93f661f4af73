"""Marked pages that went through real programs: ghostscript, ImageMagick, libtiff, and a fax.

The pages are rendered at 300 dpi and marked by the simulator's pens; nothing of our own scanners.
"""

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from s2c_forms.api.reading import read_file
from s2c_forms.form.form import Form
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.shelf import Shelf, shelf_of
from s2c_forms.records.record import Record
from tests.conftest import need_program
from tests.paper.corpus import _filled_in
from tests.paper.pens import PENS
from tests.paper.people import Desk, FieldTruth, choose_person
from tests.paper.printed import DPI, Printer, printed, rendered

pytestmark = [pytest.mark.programs, pytest.mark.slow]
PEN = {pen.name: pen for pen, _ in PENS}
PERSPECTIVE = "0,0 47,30 1653,0 1593,13 0,2339 17,2313 1653,2339 1643,2287"


@dataclass(frozen=True)
class Stack:
    """Marked sheets as one PDF of pictures and as one PNG each, and what is true of them."""

    pdf: Path
    pngs: tuple[Path, ...]
    truths: dict[str, tuple[FieldTruth, ...]]
    shelf: Shelf


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory, rubric: Rubric, second_rubric: Rubric) -> Stack:
    folder = tmp_path_factory.mktemp("stack")
    forms = (
        Form(rubric, "A1B2C3DA", remarks=False),
        Form(second_rubric, "2222222W", remarks=False),
    )
    images: list[Image.Image] = []
    truths: dict[str, tuple[FieldTruth, ...]] = {}
    for form, pen in zip(forms, ("ballpoint blue", "gel black"), strict=True):
        chance = np.random.default_rng([len(images), 4])
        person = replace(choose_person(chance), pen=PEN[pen])
        sheets = printed(rendered(form), Printer(), chance)
        found = [_filled_in(Desk(sheet, person, chance), form) for sheet in sheets]
        truths[form.form_id] = tuple(field for fields in found for field in fields)
        images += [Image.fromarray(sheet.image) for sheet in sheets]
    pngs = tuple(folder / f"page-{number}.png" for number in range(len(images)))
    for path, image in zip(pngs, images, strict=True):
        image.save(path, dpi=(DPI, DPI), compress_level=1)
    pdf = folder / "stack.pdf"
    images[0].save(pdf, save_all=True, append_images=images[1:], resolution=DPI, quality=92)
    return Stack(pdf, pngs, truths, shelf_of([rubric, second_rubric]))


def run(*command: str | Path) -> None:
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def ghostscript(source: Path, target: Path, *options: str) -> None:
    program = need_program("gs")
    run(
        program, "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", *options, f"-sOutputFile={target}", source
    )


def said(record: Record, field_id: str) -> str:
    """What a field was read as: a state of the layout, or nothing."""
    value = record.values[field_id]
    return "" if value in (None, False) else "on" if value is True else str(value)


def judge(stack: Stack, paths: Sequence[Path]) -> float:
    """No page is lost and nothing is silently wrong; return the share that a person is asked."""
    outcomes = [read_file(path, stack.shelf) for path in paths]
    states = [page.state for outcome in outcomes for page in outcome.pages]
    assert len(states) == len(stack.pngs)
    assert set(states) <= {"read", "to_check"}
    records = [record for outcome in outcomes for record in outcome.records]
    asked = clear = 0
    wrong = []
    for form_id, fields in stack.truths.items():
        mine = [record for record in records if record.stamp.form_id == form_id]
        for field in fields:
            if not field.boxes or field.cls != "clear":
                continue
            clear += 1
            place = [one for one in mine if any(e.field_id == field.field_id for e in one.evidence)]
            if not place:
                asked += 1
                assert any(p.field_id == field.field_id for one in mine for p in one.problems)
            elif any(p.field_id == field.field_id for p in place[0].problems):
                asked += 1
            elif said(place[0], field.field_id) != field.expected:
                wrong.append((form_id, field.field_id, field.style, said(place[0], field.field_id)))
    assert wrong == []
    assert clear > 50
    return asked / clear


@pytest.mark.parametrize(
    ("device", "options", "suffix"),
    [
        ("tiffg4", ["-r300"], "tif"),
        ("tiffg4", ["-r200"], "tif"),
        ("tiffgray", ["-r200"], "tif"),
        ("jpeg", ["-r150", "-dJPEGQ=60"], "jpg"),
        ("png16m", ["-r200"], "png"),
        ("pdfwrite", ["-dPDFSETTINGS=/ebook"], "pdf"),
    ],
)
def test_what_ghostscript_makes_of_it(stack, tmp_path, device, options, suffix):
    name = f"page-%d.{suffix}" if suffix in ("jpg", "png") else f"stack.{suffix}"
    ghostscript(stack.pdf, tmp_path / name, f"-sDEVICE={device}", *options)
    made = sorted(tmp_path.iterdir())
    assert len(made) == (len(stack.pngs) if "%d" in name else 1)
    assert judge(stack, made) <= (0.2 if device == "tiffg4" else 0.05)  # paper becomes dots


@pytest.mark.parametrize("resolution", ["204x196", "204x98"])
def test_what_a_fax_makes_of_it(stack, tmp_path, resolution):
    """Fine and standard: in the latter half of the lines are gone, and nearly all is asked."""
    options = ("-sDEVICE=tiffg4", f"-r{resolution}", "-dAdjustWidth=1")
    ghostscript(stack.pdf, tmp_path / "fax.tif", *options)
    with Image.open(tmp_path / "fax.tif") as fax:
        assert fax.mode == "1"
        assert fax.width == 1728
    assert judge(stack, [tmp_path / "fax.tif"]) <= (0.2 if resolution == "204x196" else 1.0)


def test_what_libtiff_makes_of_it(stack, tmp_path):
    ghostscript(stack.pdf, tmp_path / "lzw.tif", "-sDEVICE=tifflzw", "-r204x196")
    run(need_program("tiffcp"), "-c", "g4", "-r", "64", tmp_path / "lzw.tif", tmp_path / "g4.tif")
    run(need_program("tiffcp"), "-c", "g3:2d", tmp_path / "g4.tif", tmp_path / "g3.tif")
    for name in ("g4.tif", "g3.tif"):
        assert judge(stack, [tmp_path / name]) <= 0.2


@pytest.fixture(scope="module")
def small(stack: Stack) -> list[Path]:
    """The same pages at 200 dpi."""
    program = need_program("convert-im6.q16")  # Debian's own name for it: `convert` may be another
    made = [path.with_name(f"small-{path.name}") for path in stack.pngs]
    for png, path in zip(stack.pngs, made, strict=True):
        run(program, png, "-resize", "66.67%", "-quality", "10", path)
    return made


@pytest.mark.parametrize(
    ("options", "name"),
    [
        (["-background", "white", "-rotate", "1.3", "-quality", "35"], "page.jpg"),
        (["-rotate", "180", "-blur", "0x1.3", "-level", "15%,85%"], "page.png"),
        (["-density", "72", "-resize", "75%", "+level", "20%,80%"], "page.png"),
        (["-colorspace", "Gray", "-threshold", "60%"], "page.tif"),
        (["-virtual-pixel", "gray", "-distort", "Perspective", PERSPECTIVE], "page.jpg"),
        (["-attenuate", "0.5", "+noise", "Gaussian"], "page.jpg"),
    ],
)
def test_what_imagemagick_makes_of_it(stack, small, tmp_path, options, name):
    made = []
    for number, png in enumerate(small):
        made.append(tmp_path / f"{number}-{name}")
        run("convert-im6.q16", png, *options, made[-1])
    assert judge(stack, made) <= 0.1


def test_pictures_that_imagemagick_puts_into_one_file(stack, small, tmp_path):
    path = tmp_path / "stack.tif"
    run("convert-im6.q16", *small, "-colors", "16", "-compress", "Zip", path)
    assert judge(stack, [path]) <= 0.05
