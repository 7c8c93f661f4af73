"""Form → pages as a printer made them: RGB at 300 dpi, with where every millimetre went."""

import io
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray

from s2c_forms.form.form import Form
from s2c_forms.form.layout import Page
from s2c_forms.media.pdf import layout_of, write_bundle

DPI = 300
PIXELS = DPI / 25.4
"""Pixels in a millimetre, of paper before it is scanned."""
PAPERS = ((0.98, 0.95, 0.72), (0.97, 0.80, 0.84), (0.78, 0.90, 0.97), (0.80, 0.94, 0.80))
"""Paper of a colour: yellow, pink, blue, green."""
_RENDERING: Mapping[str, Any] = {"scale": DPI / 72, "rev_byteorder": True}
Picture = NDArray[Any]
"""Grey (height × width) or RGB (height × width × 3), uint8. OpenCV's own types say less."""
Places = NDArray[Any]
"""Points (… × 2), matrices and weights, in floats."""


@dataclass(frozen=True)
class Printer:
    """How a printer prints.

    Attributes:
        mono: grey by dots, as a laser printer does; else in colour.
        toner: 1 as meant; below it pale, above it heavy.
        scale: 1 as meant; "fit to page" makes it smaller.
        shift: right and down, in millimetres.
        skew: degrees, clockwise.
        speckle: 0 to 1, how much toner lies where none should.
        band: 0 to 1, how pale the palest upright band is.
    """

    mono: bool = True
    toner: float = 1.0
    scale: float = 1.0
    shift: tuple[float, float] = (0.0, 0.0)
    skew: float = 0.0
    speckle: float = 0.0
    band: float = 0.0


@dataclass
class Sheet:
    """One side of paper, while it is written on.

    Attributes:
        image: RGB, height × width × 3.
        ink: how much ink a person put where, 0 to 255, height × width.
        matrix: 2 × 3, from millimetres of the layout to pixels.
        page: what is printed on it.
    """

    image: Picture
    ink: Picture
    matrix: Places
    page: Page

    def pixels(self, points: Places) -> Places:
        """Return points (n × 2, millimetres of the layout) in pixels."""
        return moved(self.matrix, points)


def moved(matrix: Places, points: Places) -> Places:
    """Return points (… × 2) moved by a 2 × 3 matrix."""
    return np.asarray(points @ matrix[:, :2].T + matrix[:, 2])


def choose_printer(chance: np.random.Generator) -> Printer:
    """Return a printer as offices and homes have them."""
    fitted = chance.random() < 0.45
    return Printer(
        mono=bool(chance.random() < 0.7),
        toner=float(np.clip(chance.normal(1.0, 0.18), 0.5, 1.4)),
        scale=float(chance.uniform(0.97, 1.0) if fitted else chance.normal(1.0, 0.003)),
        shift=(float(chance.normal(0, 1.0)), float(chance.normal(0, 1.2))),
        skew=float(np.clip(chance.normal(0, 0.18), -0.6, 0.6)),
        speckle=float(chance.random() < 0.15) * float(chance.uniform(0.2, 1)),
        band=float(chance.random() < 0.12) * float(chance.uniform(0.2, 0.6)),
    )


@dataclass(frozen=True)
class Blank:
    """A page as it should be printed, RGB, with what stands on it."""

    picture: Picture
    page: Page


def printed(blanks: Sequence[Blank], printer: Printer, chance: np.random.Generator) -> list[Sheet]:
    """Return pages as a printer printed them."""
    return [_printed(blank.picture, blank.page, printer, chance) for blank in blanks]


def rendered(form: Form) -> list[Blank]:
    """Return the pages of a form as they should be printed, those of the guide left out."""
    pages = [page for page in layout_of(form).pages if page.number]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "form.pdf"
        write_bundle([form], path)
        data = io.BytesIO(path.read_bytes())
    with pypdfium2.PdfDocument(data) as document:
        return [
            Blank(np.asarray(sheet.render(**_RENDERING).to_numpy())[:, :, :3].copy(), page)
            for sheet, page in zip(document, pages, strict=False)
        ]


def _printed(picture: Picture, page: Page, printer: Printer, chance: np.random.Generator) -> Sheet:
    if printer.mono:
        picture = _screened(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY))
    picture = _toned(picture, printer, chance)
    height, width = picture.shape[:2]
    turn = turned((width, height), printer.skew, printer.scale, np.array(printer.shift))
    picture = cv2.warpAffine(picture, turn, (width, height), borderValue=(255, 255, 255))
    if picture.ndim == 2:
        picture = cv2.cvtColor(picture, cv2.COLOR_GRAY2RGB)
    tables = [np.arange(256) * tone for tone in _paper_tone(chance)]
    picture = cv2.LUT(picture, np.stack(tables, axis=-1)[None].astype(np.uint8))
    matrix = turn * np.array([PIXELS, PIXELS, 1])
    return Sheet(np.asarray(picture), np.zeros((height, width), np.uint8), matrix, page)


def turned(size: tuple[int, int], skew: float, scale: float, shift: Places) -> Places:
    """Return the 2 × 3 matrix that turns (degrees clockwise), scales and shifts (mm) a page."""
    middle = (size[0] / 2, size[1] / 2)
    turn = np.array(cv2.getRotationMatrix2D(middle, -skew, scale), dtype=np.float64)
    turn[:, 2] += shift * PIXELS
    return turn


def _screened(grey: Picture) -> Picture:
    """Return a grey picture with its soft tones as a screen of dots, at 45°, some 100 a inch."""
    height, width = grey.shape
    tile = np.tile(_SCREEN, (height // 12 + 1, width // 12 + 1))[:height, :width]
    dots = cv2.addWeighted(grey, 4.0, tile, -4.0, 128.0)
    soft = cv2.inRange(grey, 140, 251)
    return np.asarray(cv2.copyTo(dots, soft, grey.copy()), dtype=np.uint8)


def _screen() -> Picture:
    """Return a tile of levels, every one as often, that makes dots at 45°."""
    rows, columns = np.indices((12, 12))
    wave = np.cos((rows + columns) * np.pi / 3) + np.cos((rows - columns) * np.pi / 3)
    ranks = np.argsort(np.argsort(wave.ravel(), kind="stable"), kind="stable")
    return (ranks.reshape(12, 12) * 255 / 143).astype(np.uint8)


_SCREEN = _screen()


def _toned(picture: Picture, printer: Printer, chance: np.random.Generator) -> Picture:
    """Return a picture with as much toner as the printer gives."""
    if printer.toner > 1.12:
        thick = cv2.erode(picture, np.ones((2, 2), np.uint8))
        share = min(1.0, (printer.toner - 1.12) * 4)
        picture = cv2.addWeighted(thick, share, picture, 1 - share, 0)
    dark = chance.uniform(18, 45) + max(0.0, 1 - printer.toner) * 150
    table = (255 - (255 - np.arange(256)) * (255 - dark) / 255).astype(np.uint8)
    picture = cv2.LUT(picture, table)
    if printer.toner < 0.85:
        picture = _worn(picture, (0.9 - printer.toner) * 1.6, chance)
    if printer.band:
        picture = _banded(picture, printer.band, chance)
    if printer.speckle:
        picture = _speckled(picture, printer.speckle, chance)
    return np.asarray(picture, dtype=np.uint8)


def _worn(picture: Picture, amount: float, chance: np.random.Generator) -> Picture:
    """Return a picture whose black has small white holes."""
    grain = chance.integers(0, 256, (512, 512), dtype=np.uint8)
    soft = cv2.GaussianBlur(grain, (0, 0), 0.9)
    holes = np.clip((soft.astype(np.float32) - 136) * 9 * amount, 0, 190).astype(np.uint8)
    height, width = picture.shape[:2]
    tiled = np.tile(holes, (height // 512 + 1, width // 512 + 1))[:height, :width]
    return np.asarray(cv2.add(picture, tiled if picture.ndim == 2 else cv2.merge([tiled] * 3)))


def _banded(picture: Picture, amount: float, chance: np.random.Generator) -> Picture:
    """Return a picture with one upright band where the toner runs out."""
    width = picture.shape[1]
    middle, half = chance.uniform(0.1, 0.9) * width, chance.uniform(8, 30) * PIXELS
    pale = amount * np.exp(-(((np.arange(width) - middle) / half) ** 2))
    lift = np.broadcast_to(pale[None, :] * 200, picture.shape[:2]).astype(np.uint8)
    return np.asarray(cv2.add(picture, lift if picture.ndim == 2 else cv2.merge([lift] * 3)))


def _speckled(picture: Picture, amount: float, chance: np.random.Generator) -> Picture:
    """Return a picture with dots of toner, each 0.1 to 0.4 mm."""
    picture = picture.copy()
    height, width = picture.shape[:2]
    for _ in range(int(chance.poisson(60 * amount))):
        place = (int(chance.integers(width)), int(chance.integers(height)))
        radius = int(chance.choice([0, 1, 1, 2]))
        tone = float(chance.uniform(40, 170))
        cv2.circle(picture, place, radius, (tone, tone, tone), -1, cv2.LINE_AA)
    return picture


def _paper_tone(chance: np.random.Generator) -> tuple[float, float, float]:
    """Return how much of red, green and blue the paper gives back: white, or recycled."""
    kind = chance.random()
    if kind < 0.05:
        return PAPERS[int(chance.integers(len(PAPERS)))]
    if kind < 0.2:
        tone = chance.uniform(0.86, 0.92)
        return (tone, tone * 0.985, tone * 0.95)
    tone = chance.uniform(0.95, 0.99)
    return (tone, tone, min(1.0, tone * chance.uniform(0.99, 1.02)))
