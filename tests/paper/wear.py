"""What happens to paper on its way: holes, folds, torn corners, coffee, copies, ink from behind."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from tests.paper.printed import PIXELS, Picture, Places, Sheet, turned

Polygon = Places
"""Corners (n × 2) in pixels of the paper."""


@dataclass(frozen=True)
class Paper:
    """One side of a sheet, as it lies before a scanner or camera.

    Attributes:
        image: RGB, at 300 dpi.
        gone: 255 where paper is missing, 0 elsewhere; None where all is there.
        matrix: 2 × 3, from millimetres of the layout to pixels.
        hidden: parts of the page that nobody can see any more.
        told: what happened to it, for people.
    """

    image: Picture
    gone: Picture | None
    matrix: Places
    hidden: tuple[Polygon, ...] = ()
    told: tuple[str, ...] = ()

    def with_gone(self, polygon: Polygon, told: str, hidden: tuple[Polygon, ...]) -> "Paper":
        """Return the paper without a part of it."""
        gone = np.zeros(self.image.shape[:2], np.uint8) if self.gone is None else self.gone.copy()
        cv2.fillPoly(gone, [np.round(polygon).astype(np.int32)], 255, cv2.LINE_AA)
        return replace(self, gone=gone, hidden=(*self.hidden, *hidden), told=(*self.told, told))


def paper_of(sheet: Sheet) -> Paper:
    """Return a sheet as fresh paper."""
    return Paper(sheet.image, None, sheet.matrix)


def shine_through(paper: Paper, back: Sheet, amount: float) -> Paper:
    """Return paper with its back side showing through, `amount` 0 to 1."""
    grey = cv2.cvtColor(cv2.resize(back.image, None, fx=0.5, fy=0.5), cv2.COLOR_RGB2GRAY)
    blurred = cv2.GaussianBlur(cv2.flip(grey, 1), (0, 0), 1.2)
    keep = cv2.addWeighted(blurred, amount, np.full_like(blurred, 255), 1 - amount, 0)
    keep = cv2.resize(keep, paper.image.shape[1::-1], interpolation=cv2.INTER_LINEAR)
    image = cv2.multiply(paper.image, cv2.merge([keep] * 3), scale=1 / 255)
    return replace(paper, image=image)


def bled_through(paper: Paper, back: Sheet, amount: float) -> Paper:
    """Return paper through which the ink on its back has bled, `amount` 0 to 1."""
    ink = cv2.GaussianBlur(cv2.flip(cv2.resize(back.ink, None, fx=0.5, fy=0.5), 1), (0, 0), 1.6)
    ink = cv2.resize(ink, paper.image.shape[1::-1])
    keep = cv2.LUT(ink, (255 - amount * np.arange(256)).astype(np.uint8))
    image = cv2.multiply(paper.image, cv2.merge([keep] * 3), scale=1 / 255)
    return replace(paper, image=image, told=(*paper.told, "bled through"))


def smeared(paper: Paper, ink: Picture, chance: np.random.Generator) -> Paper:
    """Return paper on which a hand drew some wet ink along, a few millimetres to one side."""
    image = paper.image.copy()
    height, width = ink.shape
    length = int(chance.uniform(3, 9) * PIXELS)
    kernel = np.zeros((1, 2 * length + 1), np.float32)
    kernel[0, :length] = np.linspace(0.2, 1, length) / length
    amount = chance.uniform(0.15, 0.6)
    for _ in range(int(chance.integers(1, 5))):
        top, left = int(chance.uniform(0, height - 300)), int(chance.uniform(0, width - 500))
        place = (slice(top, top + 300), slice(left, left + 500))
        drawn = cv2.filter2D(ink[place], cv2.CV_32F, kernel[:, ::-1]) / 255
        fade = np.outer(np.hanning(300), np.ones(500))
        keep = 1 - np.clip(drawn * amount * fade, 0, 0.6)[:, :, None] * 0.8
        image[place] = (image[place] * keep).astype(np.uint8)
    return replace(paper, image=image, told=(*paper.told, "smeared"))


def punched(paper: Paper, chance: np.random.Generator) -> Paper:
    """Return paper with two or four holes of 5.5 mm near an edge."""
    height, width = paper.image.shape[:2]
    offsets = (-40, 40) if chance.random() < 0.6 else (-120, -40, 40, 120)
    inset = chance.normal(12, 1.2) * PIXELS
    x = inset if chance.random() < 0.75 else width - inset
    middle = height / 2 + chance.normal(0, 3) * PIXELS
    angles = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    ring = np.stack([np.cos(angles), np.sin(angles)], axis=1) * 2.75 * PIXELS
    for offset in offsets:
        hole = ring + np.array([x, middle + offset * PIXELS])
        paper = paper.with_gone(hole, "hole", (hole,))
    return paper


def folded(paper: Paper, chance: np.random.Generator) -> Paper:
    """Return paper that was folded in two or three, and laid open again."""
    image = paper.image.copy()
    height, width = image.shape[:2]
    parts = (1 / 2,) if chance.random() < 0.5 else (1 / 3, 2 / 3)
    upright = chance.random() < 0.25
    for part in parts:
        at = (part + chance.normal(0, 0.01)) * (width if upright else height)
        slope = chance.normal(0, 0.004)
        _crease(image, at, slope, chance, upright=upright)
    return replace(paper, image=image, told=(*paper.told, "folds"))


def _crease(
    image: Picture, at: float, slope: float, chance: np.random.Generator, *, upright: bool
) -> None:
    """Darken one side of a line and lighten the other, some tenths of a millimetre."""
    view = image.transpose(1, 0, 2) if upright else image
    length, reach = view.shape[1], int(2.5 * PIXELS)
    rows = np.arange(-reach, reach + 1)
    sharp = chance.uniform(1.2, 3.5)
    profile = -np.exp(-((rows / sharp) ** 2)) * chance.uniform(0.05, 0.3)
    profile += np.tanh(rows / 8) * np.exp(-np.abs(rows) / 20) * chance.uniform(-0.08, 0.08)
    step = 32
    for start in range(0, length, step):
        top = int(at + slope * (start - length / 2)) - reach
        part = view[max(top, 0) : top + len(rows), start : start + step]
        gain = 1 + profile[: len(part)] * chance.uniform(0.6, 1.3)
        part[:] = np.clip(part * gain[:, None, None], 0, 255).astype(np.uint8)


def _corner(paper: Paper, chance: np.random.Generator, legs: tuple[float, float]) -> Polygon:
    """Return one corner's triangle: the corner, then along its level and its upright edge."""
    height, width = paper.image.shape[:2]
    right, low = int(chance.integers(2)), int(chance.integers(2))
    x, y = right * width, low * height
    across, down = legs[0] * PIXELS * (1 - 2 * right), legs[1] * PIXELS * (1 - 2 * low)
    return np.array([[x, y], [x + across, y], [x, y + down]], dtype=np.float64)


def dog_eared(paper: Paper, chance: np.random.Generator) -> Paper:
    """Return paper with a corner folded over to the front, or to the back."""
    legs = chance.uniform(12, 42), chance.uniform(12, 42)
    corner, one, other = triangle = _corner(paper, chance, legs)
    if chance.random() < 0.4:
        return paper.with_gone(triangle, "corner folded back", (triangle,))
    along = (other - one) / np.hypot(*(other - one))
    foot = one + along * float((corner - one) @ along)
    flap = np.array([2 * foot - corner, one, other])
    image = paper.image.copy()
    shadow = np.full(image.shape[:2], 255, np.uint8)
    cv2.fillPoly(shadow, [np.round(flap + chance.normal(0, 6, 2)).astype(np.int32)], 150)
    box = cv2.boundingRect(np.round(flap).astype(np.int32))
    area = _clipped(box, 40, image.shape)
    soft = cv2.GaussianBlur(shadow[area], (0, 0), 9)
    image[area] = cv2.multiply(image[area], cv2.merge([soft] * 3), scale=1 / 255)
    tone = int(chance.integers(225, 250))
    cv2.fillPoly(image, [np.round(flap).astype(np.int32)], (tone, tone, tone), cv2.LINE_AA)
    paper = replace(paper, image=image)
    return paper.with_gone(triangle, "corner folded over", (triangle, flap))


def torn(paper: Paper, chance: np.random.Generator) -> Paper:
    """Return paper with a corner torn off along a ragged edge, or a corner that a staple took."""
    small = chance.random() < 0.5
    reach = (5, 16) if small else (14, 48)
    corner, one, other = _corner(paper, chance, (chance.uniform(*reach), chance.uniform(*reach)))
    share = np.linspace(0, 1, 40)[:, None]
    rough = np.cumsum(chance.normal(0, 0.35, (40, 2)), axis=0) * PIXELS
    edge = one + (other - one) * share + (rough - share * rough[-1])
    image = paper.image.copy()
    rim = [np.round(edge).astype(np.int32)]
    cv2.polylines(image, rim, False, (250, 250, 248), int(chance.integers(4, 18)), cv2.LINE_AA)
    polygon = np.concatenate([corner[None], edge])
    return replace(paper, image=image).with_gone(polygon, "corner torn off", (polygon,))


def spilled(paper: Paper, chance: np.random.Generator) -> Paper:
    """Return paper with the ring of a coffee cup on it, and some drops."""
    height, width = paper.image.shape[:2]
    quarter = np.full((height // 4, width // 4), 0, np.float32)
    middle = (int(chance.uniform(0.1, 0.9) * width / 4), int(chance.uniform(0.1, 0.9) * height / 4))
    radius = chance.uniform(32, 44) * PIXELS / 4
    inner = float(chance.uniform(0.0, 0.12))
    cv2.circle(quarter, middle, int(radius), inner, -1)
    for _ in range(int(chance.integers(1, 3))):
        start, turn = float(chance.uniform(0, 360)), float(chance.uniform(120, 360))
        size = (int(radius + chance.normal(0, 3)), int(radius + chance.normal(0, 3)))
        thick, dark = int(chance.integers(3, 10)), float(chance.uniform(0.25, 0.8))
        cv2.ellipse(quarter, middle, size, 0, start, start + turn, dark, thick)
    for _ in range(int(chance.integers(0, 6))):
        at = chance.normal(middle, radius * 1.3, 2).astype(int)
        cv2.circle(
            quarter, at.tolist(), int(chance.integers(2, 12)), float(chance.uniform(0.2, 0.7)), -1
        )
    quarter = cv2.GaussianBlur(quarter, (0, 0), 1.5)
    light = 1 - quarter[:, :, None] * np.array([0.22, 0.36, 0.55], np.float32)
    keep = cv2.resize((light * 255).astype(np.uint8), (width, height))
    image = cv2.multiply(paper.image, keep, scale=1 / 255)
    return replace(paper, image=image, told=(*paper.told, "coffee"))


def crumpled(paper: Paper, chance: np.random.Generator) -> Paper:
    """Return paper that lay in a bag: soft facets, up to 3 to 15 % darker."""
    amount = chance.uniform(0.03, 0.15)
    height, width = paper.image.shape[:2]
    relief = np.zeros((70, 50), np.float32)
    for size in (5, 9, 18):
        coarse = chance.normal(0, 1, (size * 7 // 5, size)).astype(np.float32)
        relief += np.abs(cv2.resize(coarse, (50, 70), interpolation=cv2.INTER_CUBIC))
    light = 255 * (1 - amount * (relief - relief.min()) / np.ptp(relief))
    keep = cv2.resize(light.astype(np.uint8), (width, height), interpolation=cv2.INTER_LINEAR)
    image = cv2.multiply(paper.image, cv2.merge([keep] * 3), scale=1 / 255)
    return replace(paper, image=image, told=(*paper.told, "crumpled"))


def photocopied(paper: Paper, chance: np.random.Generator) -> Paper:
    """Return a copy by an office machine: grey, harder, a little larger or smaller, dusty."""
    height, width = paper.image.shape[:2]
    grey = cv2.cvtColor(paper.image, cv2.COLOR_RGB2GRAY)
    skew, scale = float(chance.normal(0, 0.4)), float(chance.normal(1.0, 0.008))
    turn = turned((width, height), skew, scale, chance.normal(0, 1.5, 2))
    gone = 255 - paper.gone if paper.gone is not None else None
    if gone is not None:
        edge = int(chance.choice([30, 252]))
        grey = np.where(gone > 127, grey, np.uint8(edge))
    grey = cv2.GaussianBlur(grey, (0, 0), float(chance.uniform(0.7, 1.3)))
    grey = cv2.warpAffine(grey, turn, (width, height), borderValue=252)
    low, high = chance.uniform(55, 120), chance.uniform(200, 242)
    table = np.clip((np.arange(256) - low) / (high - low), 0, 1) ** chance.uniform(0.8, 1.3)
    grey = cv2.LUT(grey, (table * chance.uniform(225, 250) + 5).astype(np.uint8))
    for _ in range(int(chance.poisson(90))):
        place = (int(chance.integers(width)), int(chance.integers(height)))
        cv2.circle(
            grey, place, int(chance.choice([0, 1, 1, 2, 3])), int(chance.integers(20, 160)), -1
        )
    matrix = np.vstack([paper.matrix, [0, 0, 1]])
    hidden = tuple(polygon @ turn[:, :2].T + turn[:, 2] for polygon in paper.hidden)
    image = cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB)
    return Paper(image, None, turn @ matrix, hidden, (*paper.told, "photocopied"))


def _clipped(box: Sequence[int], margin: int, shape: tuple[int, ...]) -> tuple[slice, slice]:
    x, y, width, height = box
    rows = slice(max(y - margin, 0), min(y + height + margin, shape[0]))
    return rows, slice(max(x - margin, 0), min(x + width + margin, shape[1]))
