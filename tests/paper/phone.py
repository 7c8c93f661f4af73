"""Phones: bent paper on a table, seen aslant, in whatever light there is."""

from dataclasses import dataclass, replace

import cv2
import numpy as np

from tests.paper.apps import choose_app, made_flat
from tests.paper.devices import Encoding, Shot, on_its_side
from tests.paper.printed import DPI, Picture, Places, moved
from tests.paper.scene import draw_thumb, exposed, hand_shadow, table, thumb_outline
from tests.paper.wear import Paper

A4 = (210.0, 297.0)
CORNERS = np.array([[0, 0], [A4[0], 0], [A4[0], A4[1]], [0, A4[1]]])
DOTS = DPI / 25.4
CELL = 64
"""Pixels between two points of the coarse raster on which bent paper is followed."""


@dataclass(frozen=True)
class Bend:
    """How high paper lies above the table: millimetres, of places in millimetres (… × 2)."""

    waves: tuple[tuple[float, float, float, float], ...]
    curl: tuple[float, float, float]
    crease: tuple[float, float, float]

    def height(self, points: Places) -> Places:
        """Return the height at points."""
        x, y = points[..., 0] / A4[0] - 0.5, points[..., 1] / A4[1] - 0.5
        total = np.zeros(points.shape[:-1])
        for amount, along, down, phase in self.waves:
            total += amount * np.sin(2 * np.pi * (along * x + down * y) + phase)
        amount, angle, start = self.curl
        far = np.maximum(np.cos(angle) * x + np.sin(angle) * y - start, 0)
        total += amount * (far * 4) ** 2
        amount, place, lean = self.crease
        ridge = np.hypot(y - place + lean * x, 0.02)
        return np.asarray(total + amount * np.clip(1 - ridge * 2.2, 0, 1))


@dataclass(frozen=True)
class Camera:
    """Where a phone is and what it keeps.

    Attributes:
        size: width and height of the picture in pixels.
        tilt: degrees about the level, the upright and the line of sight.
        near: width of the picture's view, in widths of the page.
        aim: how far the page lies from the middle, in millimetres.
        focal: of the lens, in widths of the picture.
    """

    size: tuple[int, int]
    tilt: tuple[float, float, float]
    near: float
    aim: tuple[float, float]
    focal: float

    def project(self, points: Places, height: Places) -> Places:
        """Return where points (… × 2, mm) at a height (…, mm) come, in pixels."""
        flat = points - np.array(A4) / 2 - np.array(self.aim)
        space = np.concatenate([flat, -height[..., None]], axis=-1) @ _turned(self.tilt).T
        focal = self.focal * self.size[0]
        distance = self.focal * A4[0] * self.near
        depth = space[..., 2] + distance
        middle = np.array(self.size) / 2
        return np.asarray(space[..., :2] * focal / depth[..., None] + middle)


def _turned(tilt: tuple[float, float, float]) -> Places:
    a, b, c = np.radians(tilt)
    level = np.array([[1, 0, 0], [0, np.cos(a), -np.sin(a)], [0, np.sin(a), np.cos(a)]])
    upright = np.array([[np.cos(b), 0, np.sin(b)], [0, 1, 0], [-np.sin(b), 0, np.cos(b)]])
    sight = np.array([[np.cos(c), -np.sin(c), 0], [np.sin(c), np.cos(c), 0], [0, 0, 1]])
    return np.asarray(sight @ upright @ level)


def choose_bend(chance: np.random.Generator) -> Bend:
    """Return how paper lies: flat more or less, curled, or with a fold that stands up."""
    flat = chance.random() < 0.3
    strength = chance.uniform(0, 0.6) if flat else chance.uniform(0.8, 3.5)
    waves = tuple(
        (
            float(strength * chance.uniform(0.3, 1.0)),
            float(chance.normal(0, 0.6)),
            float(chance.normal(0, 0.8)),
            float(chance.uniform(0, 6.3)),
        )
        for _ in range(3)
    )
    curled, creased = chance.random() < 0.35, chance.random() < 0.3
    curl = (float(chance.uniform(2, 9)) * curled, float(chance.uniform(0, 6.3)), 0.2)
    crease = (float(chance.uniform(-5, 11)) * creased, float(chance.choice([0, -0.17, 0.17])), 0.03)
    return Bend(waves, curl, crease)


def choose_camera(chance: np.random.Generator) -> Camera:
    """Return a camera of 8 to 12 megapixels, held by hand."""
    size = [(2448, 3264), (3000, 4000), (3024, 4032)][int(chance.integers(3))]
    far = float(np.clip(abs(chance.normal(0, 7)), 0, 20))
    away = chance.uniform(0, 2 * np.pi)
    roll = float(chance.normal(0, 4))
    return Camera(
        size,
        (far * float(np.sin(away)), far * float(np.cos(away)) * 0.7, roll),
        float(chance.uniform(1.08, 1.42)),
        (float(chance.normal(0, 4)), float(chance.normal(0, 5))),
        float(chance.uniform(1.0, 1.45)),
    )


def photograph(paper: Paper, quads: Places, chance: np.random.Generator) -> tuple[Paper, Shot]:
    """Return a page as a phone sees it, and the paper with what a thumb hides on it.

    Args:
        paper: what lies on the table.
        quads: n × 4 × 2, millimetres of the layout: what to follow into the picture.
        chance: everything else.
    """
    camera, bend = choose_camera(chance), choose_bend(chance)
    seen = _seen_at(camera, bend)
    image = _on_table(paper, camera, seen, chance)
    thumb = thumb_outline(chance) if chance.random() < 0.12 else None
    if thumb is not None:
        draw_thumb(image, camera.project(thumb, bend.height(thumb)), chance)
        paper = replace(paper, hidden=(*paper.hidden, thumb * DOTS), told=(*paper.told, "thumb"))
    image = _lit(image, bend, seen, chance)
    image = exposed(image, chance)
    flat = moved(paper.matrix, quads) / DOTS
    places = camera.project(flat, bend.height(flat))
    told = (f"tilt {np.hypot(*camera.tilt[:2]):.0f}°", *paper.told)
    shot = Shot(image, places, Encoding("jpg"), told)
    if chance.random() < 0.22:
        corners = camera.project(CORNERS, bend.height(CORNERS))
        return paper, made_flat(shot, corners, choose_app(chance), chance)
    return paper, _sent(shot, chance)


def _seen_at(camera: Camera, bend: Bend) -> Places:
    """Return which place of the paper (mm) each point of a coarse raster sees; it has a rim."""
    columns, rows = ((np.arange(-(-side // CELL) + 2) - 0.5) * CELL - 0.5 for side in camera.size)
    wanted = np.stack(np.meshgrid(columns, rows), axis=-1)
    flat = camera.project(CORNERS, np.zeros(4)).astype(np.float32)
    back, _ = cv2.findHomography(flat, CORNERS.astype(np.float32))

    def guess(pixels: Places) -> Places:
        return np.asarray(cv2.perspectiveTransform(pixels.reshape(-1, 1, 2), back)).reshape(
            pixels.shape
        )

    found = guess(wanted)
    aim = found.copy()
    for _ in range(6):
        inside = np.clip(found, -30, np.array(A4) + 30)
        landed = camera.project(found, bend.height(inside))
        found = found + (aim - guess(landed))
    return found


def _fine(coarse: Places, size: tuple[int, int]) -> Places:
    """Return a coarse raster (`_seen_at`) on all pixels of a picture, as float32."""
    height, width = coarse.shape[:2]
    full = cv2.resize(coarse.astype(np.float32), (width * CELL, height * CELL))
    return np.asarray(full[CELL : CELL + size[1], CELL : CELL + size[0]])


def _on_table(paper: Paper, camera: Camera, seen: Places, chance: np.random.Generator) -> Picture:
    """Return the page as projected, with a table round it and a soft shadow under it."""
    maps = _fine(seen * DOTS, camera.size)
    scale = camera.size[0] / (camera.near * A4[0]) / DOTS
    source = cv2.GaussianBlur(paper.image, (0, 0), max(0.3, 0.42 / scale))
    cover = np.full(source.shape[:2], 255, np.uint8) if paper.gone is None else 255 - paper.gone
    x, y = maps[..., 0], maps[..., 1]
    page = cv2.remap(source, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    small = (camera.size[0] // 2, camera.size[1] // 2)
    mask = cv2.remap(cover, x[::2, ::2], y[::2, ::2], cv2.INTER_LINEAR, borderValue=0)
    shadow = cv2.GaussianBlur(cv2.resize(mask, None, fx=0.25, fy=0.25), (0, 0), 6)
    wood = cv2.resize(table(small, shadow, chance), camera.size)
    mask = cv2.threshold(cv2.resize(mask, camera.size), 127, 255, cv2.THRESH_BINARY)[1]
    return np.asarray(cv2.copyTo(page, mask, wood))


def _lit(image: Picture, bend: Bend, seen: Places, chance: np.random.Generator) -> Picture:
    """Return the picture in its light: a lamp at one side, slopes, a hand's shadow, a tint."""
    rows, columns = np.indices(seen.shape[:2]) / np.array(seen.shape[:2])[:, None, None]
    away = chance.uniform(0, 6.3)
    slope = (columns - 0.5) * np.cos(away) + (rows - 0.5) * np.sin(away)
    light = 1 - chance.uniform(0.05, 0.45) * (slope + 0.6)
    step = np.array([2.0 * np.cos(away), 2.0 * np.sin(away)])
    inside = np.clip(seen, 0, A4)
    light -= chance.uniform(0.3, 0.9) * (bend.height(inside + step) - bend.height(inside)) / 2
    light *= 1 - chance.uniform(0, 0.25) * ((columns - 0.5) ** 2 + (rows - 0.5) ** 2) * 2
    light = light / np.percentile(light, 90) * chance.uniform(0.78, 1.06)
    light = cv2.resize(light, (light.shape[1] * 4, light.shape[0] * 4))
    if chance.random() < 0.45:
        light *= hand_shadow(light.shape, chance)
    warm = chance.normal(0, 0.055)
    tint = np.array([1 + warm, 1 + chance.normal(0, 0.015), 1 - warm * 1.3])
    gain = np.clip(light[:, :, None] * tint / max(1.0, float(tint.max())), 0.05, 1.2)
    size = image.shape[1::-1]
    keep = cv2.resize((gain * 200).astype(np.uint8), size, interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.multiply(image, keep, scale=1 / 200))


def _sent(shot: Shot, chance: np.random.Generator) -> Shot:
    """Return the picture as it comes in: whole, or made smaller by a messenger."""
    image, places, told = shot.image, shot.places, shot.told
    quality = int(chance.integers(72, 94))
    if chance.random() < 0.15:
        share = float(chance.uniform(2000, 2560)) / image.shape[0]
        image = cv2.resize(image, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
        places, quality = places * share, int(chance.integers(55, 78))
        told = (*told, "by messenger")
    height, width = image.shape[:2]
    if chance.random() < 0.06:
        image, places = cv2.rotate(image, cv2.ROTATE_180), (width, height) - places
        told = (*told, "upside down")
    turned = int(chance.choice([0, 1, 2, 3], p=[0.6, 0.2, 0.05, 0.15]))
    sent = Shot(np.asarray(image), places, Encoding("jpg", quality, turned=turned), told)
    return on_its_side(sent) if not turned and chance.random() < 0.08 else sent
