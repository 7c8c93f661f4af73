"""Marks: what people make of a box, as strokes. Each style is a function; `STYLES` has them all."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from s2c_forms.form.layout import MM, Box
from tests.paper.pens import Stroke, curve, pressed, trembled
from tests.paper.printed import Places

Class = Literal["clear", "question"]
"""Whether a person would answer without a thought, or would have to ask."""


@dataclass(frozen=True)
class Spot:
    """A box to mark: its middle and its side, in millimetres."""

    x: float
    y: float
    side: float


@dataclass(frozen=True)
class Touch:
    """How a hand moves.

    Attributes:
        size: of its marks, 1 as large as most people's.
        stray: standard deviation of where its marks land, in sides of the box.
        wobble: how unsteady its lines are, in millimetres.
        tremor: how much it shakes, in millimetres.
        slant: degrees that its marks lean to the right.
    """

    size: float = 1.0
    stray: float = 0.07
    wobble: float = 0.06
    tremor: float = 0.0
    slant: float = 0.0


Style = Callable[[Spot, Touch, np.random.Generator], list[Stroke]]


def spot_of(box: Box) -> Spot:
    """Return where a box of the layout is."""
    half = box.size / 2
    return Spot((box.x + half) / MM, (box.y + half) / MM, box.size / MM)


def line(
    corners: list[tuple[float, float]],
    spot: Spot,
    touch: Touch,
    chance: np.random.Generator,
    *,
    flick: bool = False,
    loose: float = 0.05,
) -> Stroke:
    """Return a stroke through corners given in sides from the box's middle."""
    points = np.array(corners) + chance.normal(0, loose, (len(corners), 2))
    lean = np.tan(np.radians(touch.slant))
    points[:, 0] -= points[:, 1] * lean
    through = points * spot.side + (spot.x, spot.y)
    path = trembled(curve(through, chance, wobble=touch.wobble), touch.tremor, chance)
    return pressed(path, chance, flick=flick)


def _landed(spot: Spot, touch: Touch, chance: np.random.Generator) -> Spot:
    dx, dy = np.clip(chance.normal(0, touch.stray, 2), -0.16, 0.16) * spot.side
    return Spot(spot.x + float(dx), spot.y + float(dy), spot.side)


def tick(spot: Spot, touch: Touch, chance: np.random.Generator) -> list[Stroke]:
    """A tick as large as the box, its tail often a little over the edge."""
    size = touch.size * chance.uniform(0.85, 1.15)
    here = _landed(spot, touch, chance)
    corners = [(-0.32, -0.02), (-0.1, 0.32), (0.42, -0.45)]
    return [line(_sized(corners, size), here, touch, chance, flick=True)]


def small_tick(spot: Spot, touch: Touch, chance: np.random.Generator) -> list[Stroke]:
    """A tick of half the box, somewhere in it."""
    size = touch.size * chance.uniform(0.42, 0.62)
    here = _landed(spot, touch, chance)
    corners = [(-0.32, -0.02), (-0.1, 0.32), (0.42, -0.45)]
    return [line(_sized(corners, size), here, touch, chance, flick=True, loose=0.03)]


def cross(spot: Spot, touch: Touch, chance: np.random.Generator) -> list[Stroke]:
    """A cross from corner to corner, more or less."""
    size = touch.size * chance.uniform(0.75, 1.12)
    here = _landed(spot, touch, chance)
    legs = [[(-0.38, -0.38), (0.38, 0.38)], [(0.38, -0.38), (-0.38, 0.38)]]
    return [line(_sized(leg, size), here, touch, chance, loose=0.06) for leg in legs]


def sloppy_cross(spot: Spot, touch: Touch, chance: np.random.Generator) -> list[Stroke]:
    """A cross made in a hurry: uneven legs, bent, now and then without lifting the pen."""
    here = _landed(spot, touch, chance)
    size = touch.size * chance.uniform(0.6, 1.15)
    legs = [[(-0.42, -0.3), (0.0, 0.05), (0.4, 0.42)], [(0.42, -0.42), (0.05, 0.0), (-0.38, 0.36)]]
    if chance.random() < 0.3:
        joined = [*legs[0], (0.55, 0.1), *legs[1]]
        return [line(_sized(joined, size), here, touch, chance, loose=0.09)]
    return [line(_sized(leg, size), here, touch, chance, loose=0.11, flick=True) for leg in legs]


def slash(spot: Spot, touch: Touch, chance: np.random.Generator) -> list[Stroke]:
    """One stroke across the box."""
    size = touch.size * chance.uniform(0.7, 1.2)
    corners = [(-0.36, 0.38), (0.36, -0.38)]
    if chance.random() < 0.25:
        corners = [(-0.36, -0.38), (0.36, 0.38)]
    return [line(_sized(corners, size), _landed(spot, touch, chance), touch, chance, flick=True)]


def dot(spot: Spot, touch: Touch, chance: np.random.Generator) -> list[Stroke]:
    """A blob of 0.9 to 2 mm in the middle of the box."""
    here = _landed(spot, touch, chance)
    radius = chance.uniform(0.11, 0.2) * touch.size
    turns = np.linspace(0, 2 * np.pi * chance.uniform(2, 4), 9)
    spiral = [(radius * t * np.cos(a), radius * t * np.sin(a)) for t, a in _outward(turns)]
    return [line(spiral, here, touch, chance, loose=0.02)]


def dash(spot: Spot, touch: Touch, chance: np.random.Generator) -> list[Stroke]:
    """A level line across the box."""
    size = touch.size * chance.uniform(0.65, 1.2)
    corners = [(-0.42, 0.03), (0.42, -0.03)]
    return [line(_sized(corners, size), _landed(spot, touch, chance), touch, chance)]


def hatch(spot: Spot, touch: Touch, chance: np.random.Generator) -> list[Stroke]:
    """A quick fill: up and down some six times, white left between."""
    return [_zigzag(_landed(spot, touch, chance), touch, chance, int(chance.integers(4, 9)))]


def fill(spot: Spot, touch: Touch, chance: np.random.Generator) -> list[Stroke]:
    """A box made all black, with care: twice over, up to the outline or a bit over it."""
    strokes = [_zigzag(spot, touch, chance, 26, reach=0.46), _turned(spot, touch, chance)]
    rim = [(-0.45, -0.45), (0.45, -0.45), (0.45, 0.45), (-0.45, 0.45), (-0.45, -0.45)]
    sides = pairwise(rim)
    return strokes + [line([a, b], spot, touch, chance, loose=0.015) for a, b in sides]


def scribble(spot: Spot, touch: Touch, chance: np.random.Generator) -> list[Stroke]:
    """Loops through and round the box's middle."""
    count = int(chance.integers(9, 18))
    angles = np.cumsum(chance.uniform(1.6, 2.9, count))
    radii = chance.uniform(0.2, 0.5, count) * touch.size
    corners = [(r * np.cos(a), r * np.sin(a)) for r, a in zip(radii, angles, strict=True)]
    return [line(corners, _landed(spot, touch, chance), touch, chance, loose=0.04)]


def overshoot_tick(spot: Spot, touch: Touch, chance: np.random.Generator) -> list[Stroke]:
    """A tick whose tail leaves the box far: into the text, the row above or the next box."""
    length = chance.uniform(0.9, 1.9)
    angle = np.radians(chance.uniform(20, 65))
    end = (float(np.cos(angle) * length), float(-np.sin(angle) * length))
    corners = [(-0.34, -0.05), (-0.08, 0.34), (0.3, -0.2), end]
    return [line(corners, _landed(spot, touch, chance), touch, chance, flick=True)]


def overshoot_cross(spot: Spot, touch: Touch, chance: np.random.Generator) -> list[Stroke]:
    """A cross with at least one leg far out of the box, on any side."""
    ends = chance.uniform(0.3, 0.55, 4)
    ends[int(chance.integers(4))] = chance.uniform(0.8, 1.3)
    if chance.random() < 0.4:
        ends[int(chance.integers(4))] = chance.uniform(0.7, 1.1)
    one = [(-ends[0], -ends[0]), (0.0, 0.0), (ends[1], ends[1])]
    other = [(ends[2], -ends[2]), (0.0, 0.0), (-ends[3], ends[3])]
    here = _landed(spot, touch, chance)
    return [line(leg, here, touch, chance, loose=0.06, flick=True) for leg in (one, other)]


def off_centre(spot: Spot, touch: Touch, chance: np.random.Generator) -> list[Stroke]:
    """A cross, tick or slash that hangs over one side, most of it inside."""
    angle, far = chance.uniform(0, 2 * np.pi), chance.uniform(0.22, 0.36) * spot.side
    here = Spot(spot.x + far * np.cos(angle), spot.y + far * np.sin(angle), spot.side * 0.85)
    style = (cross, cross, tick, slash)[int(chance.integers(4))]
    return style(here, Touch(min(touch.size, 1.0), 0.02, touch.wobble, touch.tremor), chance)


def circle(spot: Spot, touch: Touch, chance: np.random.Generator) -> list[Stroke]:
    """A ring round the box; nothing is in it but, at times, the ring at its corners."""
    width = chance.uniform(0.72, 1.05)
    return [ring(spot, (width, width * chance.uniform(0.85, 1.05)), touch, chance)]


def circled_digit(spot: Spot, touch: Touch, chance: np.random.Generator) -> list[Stroke]:
    """A ring round the digit at a score's box, not round the box."""
    digit = Spot(spot.x - spot.side / 2 - 1.25, spot.y, spot.side)
    return [ring(digit, (chance.uniform(0.25, 0.4), chance.uniform(0.4, 0.6)), touch, chance)]


def speck(spot: Spot, touch: Touch, chance: np.random.Generator) -> list[Stroke]:
    """A dot where the pen just touched the paper, or up to three."""
    places = chance.uniform(-0.4, 0.4, (int(chance.choice([1, 1, 1, 1, 1, 2])), 2)) * spot.side
    return [
        Stroke(
            np.array([[spot.x + x, spot.y + y], [spot.x + x + 0.06, spot.y + y + 0.05]]),
            np.full(2, chance.uniform(0.3, 0.8)),
        )
        for x, y in places
    ]


def _sized(corners: list[tuple[float, float]], size: float) -> list[tuple[float, float]]:
    return [(x * size, y * size) for x, y in corners]


def _outward(turns: Places) -> list[tuple[float, float]]:
    return [(float(step), float(turn)) for step, turn in zip(np.sqrt(turns / turns[-1]), turns)]  # noqa: B905  same array


def _zigzag(
    spot: Spot, touch: Touch, chance: np.random.Generator, passes: int, *, reach: float = 0.42
) -> Stroke:
    along = np.linspace(-reach, reach, passes)
    lean = chance.uniform(-0.12, 0.12)
    corners = [
        (float(x + lean * side), float(side * reach))
        for x, side in zip(along, np.resize([-1, 1], passes), strict=True)
    ]
    return line(corners, spot, touch, chance, loose=0.03)


def _turned(spot: Spot, touch: Touch, chance: np.random.Generator) -> Stroke:
    """Return the second layer of a fill, level lines over upright ones."""
    first = _zigzag(Spot(0, 0, spot.side), touch, chance, 26, reach=0.45)
    return Stroke(first.points[:, ::-1] + (spot.x, spot.y), first.pressure)


def ring(
    spot: Spot, radii: tuple[float, float], touch: Touch, chance: np.random.Generator
) -> Stroke:
    """Return a closed line, more or less; `radii` in sides of the box."""
    turn = 2 * np.pi * chance.choice([0.93, 1.0, 1.1, 1.9], p=[0.2, 0.3, 0.4, 0.1])
    angles = chance.uniform(0, 6.3) - np.linspace(0, turn, 14)
    corners = [(radii[0] * float(np.cos(a)), radii[1] * float(np.sin(a))) for a in angles]
    return line(corners, spot, Touch(wobble=touch.wobble, tremor=touch.tremor), chance, loose=0.03)


STYLES: dict[str, Style] = {
    "tick": tick,
    "small tick": small_tick,
    "cross": cross,
    "sloppy cross": sloppy_cross,
    "slash": slash,
    "dot": dot,
    "dash": dash,
    "hatch": hatch,
    "fill": fill,
    "scribble": scribble,
    "overshoot tick": overshoot_tick,
    "overshoot cross": overshoot_cross,
    "off-centre": off_centre,
    "circle": circle,
    "circled digit": circled_digit,
    "speck": speck,
}
