"""Pages of a form, rendered and marked with plain lines at the places that their layout names.

Much plainer than the simulator in tests/paper: what is drawn here, nobody can read otherwise.
"""

import io
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image

from s2c_forms.form.fields import fields_of
from s2c_forms.form.filled import FileRead
from s2c_forms.form.form import Form
from s2c_forms.form.kinds import Value
from s2c_forms.form.layout import MM, Box, Entry, Page, Text
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.shelf import Shelf, shelf_of
from s2c_forms.media import scan
from s2c_forms.media.pdf import layout_of, write_bundle
from s2c_forms.media.scan.seen import PageSeen
from s2c_forms.records.record import Record, record_of

DPI = 200
INK = 45
"""How dark a pen draws, of 255."""
FAINT = 195
"""How dark a faint pencil draws."""
IDS = ("A1B2C3DA", "2222222W", "3333333R", "ABCDEFGJ")
"""Form ids whose check character holds."""
Picture = NDArray[Any]
"""Rows × columns, 0 black to 255 white."""


@dataclass(frozen=True)
class Drawn:
    """A printed page: its picture, which is drawn on, and what stands where."""

    image: Picture
    page: Page
    dpi: int = DPI

    def at(self, x: float, y: float) -> tuple[int, int]:
        """Return the pixel of a place in points of the layout."""
        return round(x * self.dpi / 72), round(y * self.dpi / 72)

    def pixels(self, millimetres: float) -> int:
        return max(1, round(millimetres * self.dpi / 25.4))

    def line(self, points: Iterable[tuple[float, float]], ink: int = INK, wide: float = 0.45):
        """Draw a line through points of the layout, `wide` in millimetres."""
        path = np.array([self.at(*point) for point in points], dtype=np.int32)
        cv2.polylines(self.image, [path], False, (ink,), self.pixels(wide), cv2.LINE_AA)

    def box(self, field_id: str, state: str = "on") -> Box:
        return next(b for b in self.page.boxes if (b.field_id, b.state) == (field_id, state))

    def entry(self, field_id: str) -> Entry:
        return next(e for e in self.page.entries if e.field_id == field_id)

    def mark(self, how: "Mark", field_id: str, state: str = "on") -> "Drawn":
        how(self, self.box(field_id, state))
        return self

    def write(self, field_id: str, ink: int = INK) -> "Drawn":
        """Write something into a place to write, as joined strokes."""
        entry = self.entry(field_id)
        high = min(entry.height, 14.0)
        left, middle = entry.x + 6, entry.y + high * 0.55
        steps = np.arange(0, 60, 3.0)
        self.line([(left + x, middle + 0.3 * high * np.sin(x / 3.0)) for x in steps], ink)
        return self


Mark = Callable[[Drawn, Box], None]


def corners(box: Box, *points: tuple[float, float]) -> list[tuple[float, float]]:
    """Return points given in sides of a box, from its top left corner, as points of the layout."""
    return [(box.x + x * box.size, box.y + y * box.size) for x, y in points]


def tick(drawn: Drawn, box: Box) -> None:
    drawn.line(corners(box, (0.2, 0.5), (0.42, 0.78), (0.82, 0.2)))


def cross(drawn: Drawn, box: Box) -> None:
    drawn.line(corners(box, (0.2, 0.2), (0.8, 0.8)))
    drawn.line(corners(box, (0.8, 0.2), (0.2, 0.8)))


def slash(drawn: Drawn, box: Box) -> None:
    drawn.line(corners(box, (0.25, 0.8), (0.75, 0.2)))


def dot(drawn: Drawn, box: Box) -> None:
    (middle,) = corners(box, (0.5, 0.5))
    drawn.line([middle, middle], wide=0.5 * box.size / MM)


def fill(drawn: Drawn, box: Box) -> None:
    """Hatch a box closely, and leave paper between the lines and at its edges."""
    for x in (0.22, 0.41, 0.6, 0.79):
        drawn.line(corners(box, (x, 0.2), (x - 0.03, 0.8)), wide=0.3)


def overshoot(drawn: Drawn, box: Box) -> None:
    """A tick that ends outside, at the right."""
    drawn.line(corners(box, (0.15, 0.45), (0.4, 0.8), (1.4, 0.15)))


def pencil(drawn: Drawn, box: Box) -> None:
    for points in (((0.15, 0.15), (0.85, 0.85)), ((0.85, 0.15), (0.15, 0.85))):
        drawn.line(corners(box, *points), FAINT, 0.4)


def felt_tip(drawn: Drawn, box: Box) -> None:
    drawn.line(corners(box, (0.15, 0.15), (0.85, 0.85)), wide=0.8)
    drawn.line(corners(box, (0.85, 0.15), (0.15, 0.85)), wide=0.8)


def blackened(drawn: Drawn, box: Box) -> None:
    start, end = (drawn.at(*corner) for corner in corners(box, (-0.02, -0.02), (1.02, 1.02)))
    cv2.rectangle(drawn.image, start, end, (INK,), -1)


def circle(drawn: Drawn, box: Box) -> None:
    _ring(drawn, corners(box, (0.5, 0.5))[0], 0.85 * box.size)


def circled_digit(drawn: Drawn, box: Box) -> None:
    """Draw a ring round the digit that stands left of a score's box."""
    digit = next(
        item
        for item in drawn.page.items
        if isinstance(item, Text) and item.lines == (box.state,)
        if 0 < box.x - item.x < 4 and 0 < item.y - box.y < box.size
    )
    middle = (digit.x - 0.3 * digit.size, digit.y - 0.35 * digit.size)
    _ring(drawn, middle, 0.62 * digit.size)


def speck(drawn: Drawn, box: Box) -> None:
    """A quarter of a millimetre of dirt."""
    left, top = drawn.at(*corners(box, (0.4, 0.55))[0])
    reach = drawn.pixels(0.25)
    drawn.image[top : top + reach, left : left + reach] = INK


def _ring(drawn: Drawn, middle: tuple[float, float], radius: float) -> None:
    around = round(radius * drawn.dpi / 72)
    cv2.circle(drawn.image, drawn.at(*middle), around, (INK,), drawn.pixels(0.45), cv2.LINE_AA)


MARKS: dict[str, Mark] = {
    mark.__name__: mark for mark in (tick, cross, slash, dot, fill, overshoot, felt_tip)
}
"""Marks that anybody would count as one, drawn with a pen."""


def pages_of(form: Form, dpi: int = DPI) -> list[Drawn]:
    """Return the pages of a form as they come out of a perfect printer, the guide left out."""
    key = (form.rubric, form.form_id, tuple(form.prefilled.items()), (form.remarks, form.roomy))
    pages = [page for page in layout_of(form).pages if page.number]
    pictures = _rendered(*key, dpi)[: len(pages)]  # a bundle pads a form to whole sheets
    return [Drawn(picture.copy(), page, dpi) for picture, page in zip(pictures, pages, strict=True)]


@lru_cache(maxsize=24)
def _rendered(
    rubric: Rubric,
    form_id: str,
    prefilled: tuple[tuple[str, Value], ...],
    how: tuple[bool, bool],
    dpi: int,
) -> list[Picture]:
    form = Form(rubric, form_id, dict(prefilled), how[0], roomy=how[1])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "form.pdf"
        write_bundle([form], path)
        return rendered(path.read_bytes(), dpi)


def rendered(pdf: bytes, dpi: int = DPI) -> list[Picture]:
    """Return the pages of a PDF in grey."""
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
        drawn = [page.render(scale=dpi / 72, grayscale=True).to_numpy() for page in document]
        return [np.array(page.squeeze()) for page in drawn]


def fill_in(pages: Sequence[Drawn], filled: Mapping[str, Value | None], how: Mark = cross) -> None:
    """Mark the boxes of what is answered; places to write are left alone."""
    for page in pages:
        for box in page.page.boxes:
            value = filled.get(box.field_id)
            if (value is True and box.state == "on") or str(value) == box.state:
                how(page, box)


def save(images: Sequence[Picture], path: Path, **options: Any) -> Path:
    """Write pictures as one file of pages, its kind by its suffix; a PDF has pictures only."""
    first, *rest = [Image.fromarray(image) for image in images]
    more: dict[str, Any] = {"save_all": True, "append_images": rest} if rest else {}
    if path.suffix == ".pdf":
        more["resolution"] = DPI
    first.save(path, **more, **options)
    return path


def scanned(path: Path, shelf: Shelf, count: int) -> tuple[FileRead, list[PageSeen]]:
    """Return what the pages of a file make, and what is seen on each."""
    seen = [scan.read_page(path, number, shelf) for number in range(1, count + 1)]
    return scan.assemble(seen, shelf), seen


def record_on(pages: Sequence[Drawn], form: Form, path: Path, shelf: Shelf | None = None) -> Record:
    """Return the one record of pages, read from an uncompressed TIFF at `path`."""
    shelf = shelf or shelf_of([form.rubric])
    save([page.image for page in pages], path)
    read, _ = scanned(path, shelf, len(pages))
    (filled,) = read.forms
    return record_of(filled, form.rubric)


def codes(record: Record) -> dict[str | None, str]:
    """Return what is asked: a problem's code by the field that it is about."""
    return {problem.field_id: problem.code for problem in record.problems}


def answers(rubric: Rubric, turn: int = 0) -> dict[str, Value | None]:
    """Return answers to all that is marked: each score another, and every second indicator."""
    filled: dict[str, Value | None] = dict.fromkeys((field.id for field in fields_of(rubric)), None)
    marked = [field for field in fields_of(rubric) if field.options or field.kind == "tick"]
    for place, field in enumerate(marked, start=turn):
        if field.kind == "tick":
            filled[field.id] = place % 2 == 0
        else:
            filled[field.id] = field.options[place % len(field.options)].value
    return filled
