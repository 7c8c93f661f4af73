"""Scanners: flatbeds, sheet feeders and fax machines, from fine to poor."""

from dataclasses import dataclass, replace
from typing import Literal

import cv2
import numpy as np
from PIL import Image

from tests.paper.printed import DPI, Picture, Places, moved
from tests.paper.wear import Paper

Mode = Literal["colour", "grey", "bit"]
Kind = Literal["png", "jpg", "tif"]


@dataclass(frozen=True)
class Encoding:
    """How a picture is kept.

    Attributes:
        kind: `tif` is one bit a pixel, G4.
        quality: of JPEG, 0 to 100.
        dpi: written into the file, across and down; 0 for nothing.
        turned: quarter turns clockwise that a viewer makes, told by EXIF; the pixels lie otherwise.
    """

    kind: Kind
    quality: int = 90
    dpi: tuple[float, float] = (0, 0)
    turned: int = 0


@dataclass(frozen=True)
class Shot:
    """One page as it comes out of a device.

    Attributes:
        image: grey (height × width) or RGB, upright as a viewer shows it.
        places: of each quadrangle that was asked for, in its pixels (n × 4 × 2).
        encoding: how it is kept.
        told: what the device did, for people.
    """

    image: Picture
    places: Places
    encoding: Encoding
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scanner:
    """How one scanner takes one page.

    Attributes:
        dpi: across and down.
        mode: colour, grey or one bit.
        skew: degrees, clockwise.
        scale: across and down, 1 as it should be.
        shift: right and down, in millimetres.
        blur: standard deviation, in pixels.
        noise: standard deviation, in levels of 255.
        levels: what black and white become.
        gamma: 1 as it is; above it the picture is darker.
        bed: level of what lies behind the paper.
        wave: how unevenly the paper is drawn in, in millimetres.
        streaks: how many upright lines dirty glass makes.
        shadow: 0 to 1, at one edge.
        threshold: of one bit, as a share of the paper's own level.
        dither: whether greys become dots instead (Floyd and Steinberg's).
        specks: black dots, in a page of one bit.
        turned: whether the page lay upside down.
        encoding: how the picture is kept.
    """

    dpi: tuple[float, float]
    mode: Mode
    skew: float
    scale: tuple[float, float]
    shift: tuple[float, float]
    blur: float
    noise: float
    levels: tuple[float, float]
    bed: int
    encoding: Encoding
    gamma: float = 1.0
    wave: float = 0.0
    streaks: int = 0
    shadow: float = 0.0
    threshold: float = 0.7
    dither: bool = False
    specks: int = 0
    turned: bool = False


def scan(paper: Paper, quads: Places, scanner: Scanner, chance: np.random.Generator) -> Shot:
    """Return a page as a scanner sees it.

    Args:
        paper: what lies on the glass.
        quads: n × 4 × 2, millimetres of the layout: what to follow into the picture.
        scanner: how it is taken.
        chance: noise, dust and waves.
    """
    matrix, size = _placing(paper, scanner)
    image = (
        paper.image if scanner.mode == "colour" else cv2.cvtColor(paper.image, cv2.COLOR_RGB2GRAY)
    )
    image = _resampled(image, paper.gone, matrix, size, scanner)
    image, drift = _waved(image, scanner, chance)
    image = _exposed(image, scanner, chance)
    if scanner.mode == "bit":
        image = _thresholded(image, scanner, chance)
    whole = matrix @ np.vstack([paper.matrix, [0, 0, 1]])
    places = moved(whole, quads)
    places[..., 1] -= np.interp(places[..., 1], np.arange(size[1]), drift)
    told = (f"{scanner.dpi[0]:.0f} dpi {scanner.mode}", *paper.told, *_told(scanner))
    return Shot(image, places, scanner.encoding, told)


def _told(scanner: Scanner) -> list[str]:
    said = {"upside down": scanner.turned, "streaks": scanner.streaks, "dither": scanner.dither}
    return [word for word, holds in said.items() if holds]


def _placing(paper: Paper, scanner: Scanner) -> tuple[Places, tuple[int, int]]:
    """Return the matrix from the paper's pixels to the scan's, and the scan's width and height."""
    height, width = paper.image.shape[:2]
    across, down = scanner.dpi[0] / DPI, scanner.dpi[1] / DPI
    size = (round(width * across), round(height * down))
    angle = np.radians(scanner.skew + 180 * scanner.turned)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    stretch = np.diag([across * scanner.scale[0], down * scanner.scale[1]])
    linear = stretch @ turn
    middle = np.array([width / 2, height / 2])
    shift = np.array(scanner.shift) / 25.4 * scanner.dpi
    offset = np.array(size) / 2 - linear @ middle + shift
    return np.column_stack([linear, offset]), size


def _resampled(
    image: Picture, gone: Picture | None, matrix: Places, size: tuple[int, int], scanner: Scanner
) -> Picture:
    """Return the page on the scanner's raster, with the bed where no paper is."""
    shrink = float(np.hypot(*matrix[:, 0]))
    if shrink < 0.95:
        image = cv2.GaussianBlur(image, (0, 0), 0.45 / shrink)
    if gone is not None:
        shape = (*image.shape[:2], 1) if image.ndim == 3 else image.shape
        image = np.where((gone > 127).reshape(shape), np.uint8(scanner.bed), image)
    bed = (scanner.bed,) * 3
    return np.asarray(cv2.warpAffine(image, matrix, size, flags=cv2.INTER_LINEAR, borderValue=bed))


def _waved(image: Picture, scanner: Scanner, chance: np.random.Generator) -> tuple[Picture, Places]:
    """Return the page as drawn in unevenly, and how far each row came from, in pixels."""
    height, width = image.shape[:2]
    if not scanner.wave:
        return image, np.zeros(height)
    along = np.arange(height) / height
    turns, phase = chance.uniform(0.5, 3), chance.uniform(0, 6.3)
    drift = np.sin(2 * np.pi * turns * along + phase) * scanner.wave / 25.4 * scanner.dpi[1]
    rows = np.repeat((np.arange(height) + drift)[:, None], width, 1).astype(np.float32)
    columns = np.repeat(np.arange(width, dtype=np.float32)[None], height, 0)
    border = (scanner.bed,) * 3
    moved_ = cv2.remap(image, columns, rows, cv2.INTER_LINEAR, borderValue=border)
    return np.asarray(moved_), drift


def _exposed(image: Picture, scanner: Scanner, chance: np.random.Generator) -> Picture:
    """Return the page with the scanner's blur, tone, dirt and noise."""
    if scanner.blur > 0.25:
        image = cv2.GaussianBlur(image, (0, 0), scanner.blur)
    low, high = scanner.levels
    table = (np.arange(256) / 255) ** scanner.gamma * (high - low) + low
    image = cv2.LUT(image, np.clip(table, 0, 255).astype(np.uint8))
    if scanner.shadow:
        image = _shaded(image, scanner.shadow, chance)
    if scanner.streaks:
        image = _streaked(image, scanner.streaks, chance)
    return noisy(image, scanner.noise, chance) if scanner.noise else np.asarray(image)


def noisy(image: Picture, sigma: float, chance: np.random.Generator) -> Picture:
    """Return a picture with noise of `sigma` levels, from a tile of 1024 × 1024."""
    height, width = image.shape[:2]
    depth = 1 if image.ndim == 2 else 3
    tile = (chance.standard_normal((1024, 1024), np.float32) * sigma).astype(np.int8)
    rows, columns = (height // 1024 + 2), (width // 1024 + 2)
    bands = []
    for _ in range(depth):
        top, left = chance.integers(0, 1024, 2)
        bands.append(np.tile(tile, (rows, columns))[top : top + height, left : left + width])
    grain = bands[0] if depth == 1 else cv2.merge(bands)
    return np.asarray(cv2.add(image, grain, dtype=cv2.CV_8U))


def _shaded(image: Picture, amount: float, chance: np.random.Generator) -> Picture:
    """Return a page with the dark of a lifted edge: a book's, or a lid not shut."""
    height, width = image.shape[:2]
    level = chance.random() < 0.3
    length = height if level else width
    fade = np.exp(-np.arange(length) / (length * chance.uniform(0.02, 0.12))) * amount
    fade = fade[::-1] if chance.random() < 0.5 else fade
    line = ((1 - fade) * 255).astype(np.uint8)
    shape = (height, 1) if level else (1, width)
    keep = cv2.resize(line.reshape(shape), (width, height), interpolation=cv2.INTER_NEAREST)
    keep = keep if image.ndim == 2 else cv2.merge([keep] * 3)
    return np.asarray(cv2.multiply(image, keep, scale=1 / 255))


def _streaked(image: Picture, count: int, chance: np.random.Generator) -> Picture:
    """Return a page with upright lines: one to six pixels wide, dark or light, some broken."""
    image = image.copy()
    height, width = image.shape[:2]
    for _ in range(count):
        left = int(chance.uniform(0.02, 0.98) * width)
        thick = int(chance.choice([1, 1, 2, 3, 5]))
        start, end = (
            (0, height) if chance.random() < 0.75 else sorted(chance.integers(0, height, 2))
        )
        part = image[start:end, left : left + thick]
        if chance.random() < 0.8:
            part[:] = (part * chance.uniform(0.1, 0.85)).astype(np.uint8)
        else:
            part[:] = 255 - ((255 - part) * chance.uniform(0.1, 0.6)).astype(np.uint8)
    return image


def _thresholded(image: Picture, scanner: Scanner, chance: np.random.Generator) -> Picture:
    """Return a page of black and white only."""
    paper = float(np.percentile(image[::16, ::16], 75))
    if scanner.dither:
        return np.asarray(Image.fromarray(image).convert("1")).astype(np.uint8) * 255
    _, bits = cv2.threshold(image, paper * scanner.threshold, 255, cv2.THRESH_BINARY)
    height, width = bits.shape
    for _ in range(scanner.specks):
        place = (int(chance.integers(width)), int(chance.integers(height)))
        cv2.circle(bits, place, int(chance.choice([0, 0, 0, 1, 1, 2])), 0, -1)
    return np.asarray(bits)


def on_its_side(shot: Shot) -> Shot:
    """Return a page that went in long edge first, as it comes out: a quarter turn, clockwise."""
    height = shot.image.shape[0]
    places = np.stack([height - 1 - shot.places[..., 1], shot.places[..., 0]], axis=-1)
    image = np.ascontiguousarray(np.rot90(shot.image, -1))
    dpi = shot.encoding.dpi[::-1]
    encoding = replace(shot.encoding, dpi=dpi)
    return Shot(image, places, encoding, (*shot.told, "on its side"))
