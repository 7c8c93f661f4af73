"""Print forms, mark them with a pen, and scan them as one stack: all of it on pictures.

It needs what reading paper needs, the extra `s2c-forms[scan]`.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from s2c_forms.demo.fill import Answers
from s2c_forms.form.layout import MM, Box, Entry, Layout

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

DPI = 200
_POINT = DPI / 72
_PEN = (28, 46, 120)  # a blue ballpoint
_STROKE = 0.45 * MM * _POINT
# Strokes of a cross in a square of side 1; a hand is never quite even.
_CROSS = (((0.14, 0.2), (0.84, 0.86)), ((0.8, 0.12), (0.2, 0.82)))
_ASKEW = 0.6  # degrees: nobody lays a sheet on the glass quite straight


def fill_stack(forms: Iterable[tuple[Path, Answers]], layout: Layout, target: Path) -> None:
    """Write a scan of printed forms, a page a sheet, with answers marked and written on them.

    Args:
        forms: the PDF of each form, and its answers by field id.
        layout: where everything stands on all of them.
        target: the PDF of pictures to write.
    """
    pages = [page for path, answers in forms for page in _marked(path, answers, layout)]
    pages[0].save(target, "PDF", resolution=DPI, save_all=True, append_images=pages[1:], quality=80)


def _marked(path: Path, answers: Answers, layout: Layout) -> Iterable["Image"]:
    """Yield the pages of one form as they come out of the scanner."""
    import pypdfium2
    from PIL import Image, ImageDraw

    with pypdfium2.PdfDocument(path) as document:
        document.init_forms()  # so that what is filled in beforehand is printed, too
        for sheet, page in zip(layout.pages, document, strict=True):
            shown = page.render(scale=_POINT).to_pil().convert("RGB")
            drawn = ImageDraw.Draw(shown)
            for box in sheet.boxes:
                if _is_marked(box, answers):
                    _cross(drawn, box)
            for entry in sheet.entries:
                _write(drawn, entry, str(answers.get(entry.field_id) or ""))
            yield shown.rotate(_ASKEW, Image.Resampling.BICUBIC, fillcolor="white").convert("L")


def _is_marked(box: Box, answers: Answers) -> bool:
    value = answers.get(box.field_id)
    return value is True if box.state == "on" else value is not None and str(value) == box.state


def _cross(drawn: "ImageDraw", box: Box) -> None:
    for stroke in _CROSS:
        points = [(_at(box.x, x, box.size), _at(box.y, y, box.size)) for x, y in stroke]
        drawn.line(points, fill=_PEN, width=round(_STROKE))


def _at(start: float, share: float, size: float) -> float:
    return (start + share * size) * _POINT


def _write(drawn: "ImageDraw", entry: Entry, text: str) -> None:
    """Write by hand, as far as a program can: in the pen's colour, and as large as people do."""
    from PIL import ImageFont

    from s2c_forms import resources
    from s2c_forms.form.theme import load_theme

    font = ImageFont.truetype(str(resources.template(f"fonts/{load_theme().font_text}")), DPI // 13)
    place = ((entry.x + 6) * _POINT, (entry.y + 8) * _POINT)
    drawn.text(place, text, fill=_PEN, font=font)
