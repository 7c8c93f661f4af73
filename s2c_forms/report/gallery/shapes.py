"""What stands on a page beside text, in points from its top left: grounds, frames, pictures."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from s2c_forms.form.layout import Item
from s2c_forms.media.scan.specimens import SIDE, Specimen
from s2c_forms.media.scan.tints import Colour
from s2c_forms.report.layout import HEIGHT

_GAP = 16
"""Pixels between two cut-outs of a strip: a fifth of the pitch."""
PITCH = SIDE + _GAP


@dataclass(frozen=True)
class Ground:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    colour: Colour


@dataclass(frozen=True)
class Frame:
    """A rectangle's outline; `weight` in points."""

    x: float
    y: float
    side: float
    colour: Colour
    weight: float


@dataclass(frozen=True)
class Line:
    """A straight line; `weight` in points."""

    start: tuple[float, float]
    end: tuple[float, float]
    colour: Colour
    weight: float
    dashed: bool = False


@dataclass(frozen=True)
class Strip:
    """A row of cut-outs as one picture: PDFs of thousands of pictures are slow to show."""

    x: float
    y: float
    width: float
    height: float
    boxes: tuple[Specimen, ...]


Shape = Ground | Frame | Line | Strip


@dataclass
class Sheet:
    """A page as it grows: texts in the order of reading, and shapes under them."""

    items: list[Item] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)


def draw_shapes(canvas: Canvas, shapes: Sequence[Shape]) -> None:
    """Draw what isn't read aloud: the texts say the same."""
    canvas.addLiteral("/Artifact BMC")
    for shape in shapes:
        canvas.saveState()
        _draw(canvas, shape)
        canvas.restoreState()
    canvas.addLiteral("EMC")


def _draw(canvas: Canvas, shape: Shape) -> None:
    if isinstance(shape, Strip):
        at = (shape.x, HEIGHT - shape.y - shape.height)
        canvas.drawImage(_picture(shape.boxes), *at, shape.width, shape.height)
        return
    red, green, blue = (part / 255 for part in shape.colour)
    canvas.setFillColorRGB(red, green, blue)
    canvas.setStrokeColorRGB(red, green, blue)
    if isinstance(shape, Ground):
        at = (shape.x, HEIGHT - shape.y - shape.height)
        canvas.rect(*at, shape.width, shape.height, stroke=0, fill=1)
    elif isinstance(shape, Frame):
        canvas.setLineWidth(shape.weight)
        at = (shape.x, HEIGHT - shape.y - shape.side)
        canvas.roundRect(*at, shape.side, shape.side, 1.2, stroke=1, fill=0)
    else:
        canvas.setLineWidth(shape.weight)
        if shape.dashed:
            canvas.setDash(2, 1.6)
        start, end = shape.start, shape.end
        canvas.line(start[0], HEIGHT - start[1], end[0], HEIGHT - end[1])


def _picture(boxes: Sequence[Specimen]) -> ImageReader:
    row = np.full((SIDE, PITCH * len(boxes) - _GAP), 255, dtype=np.uint8)
    for place, box in enumerate(boxes):
        shown = np.frombuffer(box.picture, dtype=np.uint8).reshape(SIDE, SIDE)
        row[:, place * PITCH : place * PITCH + SIDE] = shown
    return ImageReader(Image.fromarray(row))
