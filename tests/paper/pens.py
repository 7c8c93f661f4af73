"""Pens, and how their strokes darken paper."""

from dataclasses import dataclass, replace

import cv2
import numpy as np

from tests.paper.printed import Picture, Places, Sheet

STEP = 0.12
"""Millimetres between two points of a stroke."""


@dataclass(frozen=True)
class Pen:
    """What a person writes with.

    Attributes:
        name: as the bench prints it.
        colour: share of red, green and blue light that its ink gives back.
        width: of its line at usual pressure, in millimetres.
        opacity: share of the paper that its ink hides.
        grain: 0 to 1, how much the paper's tooth shows through.
        skip: chance that it gives no ink for a while, per millimetre.
        give: how much its width follows the pressure.
        rubs_out: whether it can be erased.
    """

    name: str
    colour: tuple[float, float, float]
    width: float
    opacity: float
    grain: float = 0.0
    skip: float = 0.0
    give: float = 0.3
    rubs_out: bool = False


PENS: tuple[tuple[Pen, float], ...] = (
    (Pen("ballpoint black", (0.14, 0.14, 0.17), 0.40, 0.86, 0.18, 0.012, 0.25), 20),
    (Pen("ballpoint blue", (0.12, 0.20, 0.60), 0.40, 0.84, 0.18, 0.012, 0.25), 28),
    (Pen("ballpoint fine", (0.15, 0.22, 0.58), 0.27, 0.74, 0.3, 0.03, 0.3), 5),
    (Pen("gel black", (0.05, 0.05, 0.06), 0.50, 0.97, 0.03, 0.002, 0.15), 7),
    (Pen("gel blue", (0.06, 0.12, 0.50), 0.55, 0.96, 0.03, 0.002, 0.15), 5),
    (Pen("fineliner", (0.09, 0.09, 0.11), 0.42, 0.95, 0.05, 0.0, 0.12), 7),
    (Pen("felt-tip", (0.08, 0.08, 0.10), 1.15, 0.93, 0.06, 0.0, 0.2), 5),
    (Pen("felt-tip blue", (0.10, 0.18, 0.58), 1.3, 0.9, 0.06, 0.0, 0.2), 3),
    (Pen("red ballpoint", (0.74, 0.13, 0.16), 0.42, 0.82, 0.2, 0.012, 0.25), 3),
    (Pen("green gel", (0.05, 0.45, 0.22), 0.5, 0.9, 0.05, 0.004, 0.2), 1.5),
    (Pen("pencil soft", (0.30, 0.30, 0.31), 0.62, 0.82, 0.5, 0.0, 0.45, True), 7),
    (Pen("pencil hard", (0.38, 0.38, 0.40), 0.40, 0.68, 0.5, 0.0, 0.35, True), 5),
    (Pen("pencil faint", (0.45, 0.45, 0.47), 0.45, 0.42, 0.5, 0.0, 0.35, True), 3.5),
)


def choose_pen(chance: np.random.Generator) -> Pen:
    """Return a pen by how often people have it at hand, no two of a kind quite alike."""
    shares = np.array([share for _, share in PENS])
    pen = PENS[int(chance.choice(len(PENS), p=shares / shares.sum()))][0]
    return replace(
        pen,
        width=pen.width * float(np.exp(chance.normal(0, 0.12))),
        opacity=min(1.0, pen.opacity * float(chance.uniform(0.9, 1.06))),
    )


@dataclass(frozen=True)
class Stroke:
    """One movement of a pen: points (n × 2, millimetres of the layout), pressure (n, 1 usual)."""

    points: Places
    pressure: Places


def curve(through: Places, chance: np.random.Generator, *, wobble: float = 0.06) -> Places:
    """Return a smooth path through a few points (n × 2, mm), unsteady by `wobble` mm."""
    length = float(np.hypot(*np.diff(through, axis=0).T).sum())
    count = max(6, int(length / STEP))
    at = np.linspace(0, len(through) - 1, count)
    path = np.stack([_spline(through[:, axis], at) for axis in (0, 1)], axis=1)
    return path + np.stack([_drift(count, chance) for _ in range(2)], axis=1) * wobble


def _spline(values: Places, at: Places) -> Places:
    """Return a Catmull-Rom spline through `values` at the places `at`, counted in values."""
    if len(values) == 2:
        return np.asarray(np.interp(at, [0, 1], values))
    padded = np.concatenate([[2 * values[0] - values[1]], values, [2 * values[-1] - values[-2]]])
    left = np.clip(at.astype(int), 0, len(values) - 2)
    t = at - left
    before, start, end, after = (padded[left + step] for step in range(4))
    return np.asarray(
        0.5
        * (
            2 * start
            + (end - before) * t
            + (2 * before - 5 * start + 4 * end - after) * t**2
            + (3 * start - before - 3 * end + after) * t**3
        )
    )


def _drift(count: int, chance: np.random.Generator) -> Places:
    """Return smooth noise of about size 1, as a hand strays over `count` points."""
    along = np.arange(count) * STEP
    waves = chance.uniform(2.0, 9.0, 3)
    phases = chance.uniform(0, 2 * np.pi, 3)
    weights = chance.normal(0, 0.6, 3)
    return np.asarray(
        sum(
            weight * np.sin(2 * np.pi * along / wave + phase)
            for weight, wave, phase in zip(weights, waves, phases, strict=True)
        )
    )


def trembled(path: Places, amount: float, chance: np.random.Generator) -> Places:
    """Return a path (n × 2, mm) drawn by a hand that shakes by `amount` mm."""
    if not amount:
        return path
    count = len(path)
    strength = amount * (1 + 0.6 * _drift(count, chance))
    turns = np.cumsum(2 * np.pi * STEP / chance.uniform(0.7, 2.2, (count, 2)), axis=0)
    turns += np.cumsum(chance.normal(0, 0.35, (count, 2)), axis=0)
    return np.asarray(path + np.sin(turns + chance.uniform(0, 6.3, 2)) * strength[:, None])


def pressed(path: Places, chance: np.random.Generator, *, flick: bool = False) -> Stroke:
    """Return a stroke along a path; `flick` lets it run out thin."""
    count = len(path)
    pressure = 1 + 0.13 * _drift(count, chance)
    ends = min(count, 4)
    pressure[:ends] *= np.linspace(0.75, 1, ends)
    if flick:
        tail = max(2, count // 3)
        pressure[-tail:] *= np.linspace(1, 0.35, tail)
    return Stroke(path, np.clip(pressure, 0.2, 1.7))


def draw(
    sheet: Sheet, strokes: list[Stroke], pen: Pen, chance: np.random.Generator, force: float = 1.0
) -> None:
    """Draw strokes on a sheet, as ink that lets some of the paper through.

    Args:
        sheet: changed in place: its image and its ink.
        strokes: drawn as one: where they cross, the ink is no darker.
        pen: what draws.
        chance: the grain and the skips.
        force: 1 as usual; fainter below it.
    """
    if not strokes:
        return
    paths = [sheet.pixels(stroke.points) for stroke in strokes]
    scale = float(np.hypot(*sheet.matrix[:, 0]))
    reach = pen.width * scale * 2 + 3
    window = _window(np.concatenate(paths), reach, sheet.ink.shape)
    if window is None:
        return
    left, top, right, bottom = window
    shape = (bottom - top, right - left)
    fine = 4 if shape[0] * shape[1] < 90_000 else 2
    patch = np.zeros((shape[0] * fine, shape[1] * fine), np.uint8)
    for path, stroke in zip(paths, strokes, strict=True):
        line = (path - (left, top) + 0.5) * fine
        _trace(patch, line, _widths(stroke, pen, scale * fine, chance), force)
    cover = cv2.resize(patch, shape[::-1], interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    alpha = cover * _grain(shape, pen, chance) * min(1.0, pen.opacity * force)
    _lay(sheet, (slice(top, bottom), slice(left, right)), alpha, pen)


def _window(
    points: Places, reach: float, shape: tuple[int, ...]
) -> tuple[int, int, int, int] | None:
    """Return left, top, right and bottom round points, in pixels; None where all are off."""
    left, top = np.floor(points.min(axis=0) - reach).astype(int)
    right, bottom = np.ceil(points.max(axis=0) + reach).astype(int)
    left, top = max(int(left), 0), max(int(top), 0)
    right, bottom = min(int(right), shape[1]), min(int(bottom), shape[0])
    return (left, top, right, bottom) if right - left > 2 and bottom - top > 2 else None


def _widths(stroke: Stroke, pen: Pen, scale: float, chance: np.random.Generator) -> Places:
    """Return the width of a line at each point, in fine pixels; 0 where the pen skips."""
    widths = pen.width * scale * (1 + pen.give * (stroke.pressure - 1))
    if pen.skip:
        starts = np.flatnonzero(chance.random(len(widths)) < pen.skip * STEP)
        for start in starts:
            widths[start : start + int(chance.integers(2, 9))] = 0
    return np.asarray(widths)


def _trace(patch: Picture, line: Places, widths: Places, force: float) -> None:
    """Draw a line of changing width; 4 bits of each place are a pixel's parts."""
    thin = np.maximum(widths * (0.75 + 0.25 * min(1.0, force)), 1)
    ends = np.round(line * 16).astype(int)
    for start, end, width, real in zip(ends[:-1], ends[1:], thin[1:], widths[1:], strict=True):
        if real:
            cv2.line(patch, start.tolist(), end.tolist(), 255, round(width), cv2.LINE_8, 4)


def _grain(shape: tuple[int, int], pen: Pen, chance: np.random.Generator) -> Picture | Places:
    """Return how much of the ink took, 0 to 1, for every pixel."""
    if not pen.grain:
        return np.ones(shape, np.float32)
    noise = cv2.GaussianBlur(chance.random(shape, dtype=np.float32), (0, 0), 0.8) - 0.5
    return np.asarray(np.clip(1 - pen.grain * (0.45 + 4.5 * noise), 0, 1))


def _lay(sheet: Sheet, place: tuple[slice, slice], alpha: Places, pen: Pen) -> None:
    colour = np.array(pen.colour, np.float32)
    keep = 1 - alpha[:, :, None] * (1 - colour)
    sheet.image[place] = (sheet.image[place] * keep).astype(np.uint8)
    darker = (alpha * 255).astype(np.uint8)
    sheet.ink[place] = np.maximum(sheet.ink[place], darker)
