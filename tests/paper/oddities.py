"""Rarer marks: other shapes in the box, and what is meant by ink that isn't in it."""

import numpy as np

from tests.paper.marks import STYLES, Spot, Style, Touch, line, ring
from tests.paper.pens import Stroke, curve, pressed


def plus(spot: Spot, touch: Touch, chance: np.random.Generator) -> list[Stroke]:
    """An upright cross."""
    legs = [[(-0.36, 0.0), (0.36, 0.0)], [(0.0, -0.38), (0.0, 0.38)]]
    return [line(leg, spot, touch, chance) for leg in legs]


def asterisk(spot: Spot, touch: Touch, chance: np.random.Generator) -> list[Stroke]:
    """Three lines through one point."""
    angles = np.array([0.5, 1.57, 2.6]) + chance.normal(0, 0.12, 3)
    ends = [(0.36 * float(np.cos(a)), 0.36 * float(np.sin(a))) for a in angles]
    return [line([(-x, -y), (x, y)], spot, touch, chance) for x, y in ends]


def double_slash(spot: Spot, touch: Touch, chance: np.random.Generator) -> list[Stroke]:
    """Two strokes side by side."""
    return [
        line([(-0.3 + x, 0.36), (0.18 + x, -0.36)], spot, touch, chance, flick=True)
        for x in (-0.08, 0.14)
    ]


def written_letter(spot: Spot, touch: Touch, chance: np.random.Generator) -> list[Stroke]:
    """A letter or a digit written into the box: v, x, j, or 2."""
    shapes = [
        [(-0.2, -0.2), (0.0, 0.22), (0.2, -0.22)],
        [(-0.2, -0.15), (0.2, 0.2), (0.0, 0.0), (0.2, -0.2), (-0.2, 0.2)],
        [(0.1, -0.3), (0.1, 0.2), (-0.1, 0.35), (-0.2, 0.2)],
        [(-0.2, -0.2), (0.0, -0.35), (0.2, -0.15), (-0.2, 0.3), (0.22, 0.3)],
    ]
    return [line(shapes[int(chance.integers(4))], spot, touch, chance, loose=0.03)]


def arc(spot: Spot, touch: Touch, chance: np.random.Generator) -> list[Stroke]:
    """A curl, as of a tick by somebody in a hurry."""
    corners = [(-0.4, 0.1), (-0.1, 0.3), (0.15, 0.0), (0.5, -0.3), (0.9, -0.35)]
    return [line(corners, spot, touch, chance, flick=True)]


def beside(spot: Spot, touch: Touch, chance: np.random.Generator) -> list[Stroke]:
    """A tick or cross in the white left of the box; nothing in the box."""
    return _put(spot, (-chance.uniform(1.05, 1.5), chance.uniform(-0.2, 0.2)), touch, chance)


def mark_above(spot: Spot, touch: Touch, chance: np.random.Generator) -> list[Stroke]:
    """A tick or cross over the box, or under it; nothing in the box."""
    up = chance.choice([-1, 1], p=[0.7, 0.3])
    return _put(spot, (chance.uniform(-0.2, 0.2), up * chance.uniform(0.95, 1.2)), touch, chance)


def _put(
    spot: Spot, away: tuple[float, float], touch: Touch, chance: np.random.Generator
) -> list[Stroke]:
    """Return a small tick or cross `away` from a box, in its sides."""
    there = Spot(spot.x + away[0] * spot.side, spot.y + away[1] * spot.side, spot.side * 0.75)
    style = STYLES["tick" if chance.random() < 0.6 else "cross"]
    return style(there, Touch(0.8, 0.02, touch.wobble, touch.tremor), chance)


def row_circled(spot: Spot, touch: Touch, chance: np.random.Generator) -> list[Stroke]:
    """A long ring round the box and the text behind it."""
    half = chance.uniform(3.0, 9.0)
    middle = Spot(spot.x + (half - 1.2) * spot.side, spot.y, spot.side)
    return [ring(middle, (half, chance.uniform(0.6, 0.8)), touch, chance)]


def row_struck(spot: Spot, touch: Touch, chance: np.random.Generator) -> list[Stroke]:
    """A line through the box and the text behind it."""
    end = spot.x + chance.uniform(20, 80)
    points = np.array([[spot.x - spot.side, spot.y], [(spot.x + end) / 2, spot.y], [end, spot.y]])
    path = curve(points + chance.normal(0, 0.35, (3, 2)), chance, wobble=touch.wobble)
    return [pressed(path, chance)]


ODD_MARKS: dict[str, Style] = {
    "plus": plus,
    "asterisk": asterisk,
    "double slash": double_slash,
    "letter": written_letter,
    "arc": arc,
}
ODD_PLACES: dict[str, Style] = {
    "beside": beside,
    "mark above": mark_above,
    "row circled": row_circled,
    "row struck": row_struck,
}
ALL_STYLES: dict[str, Style] = STYLES | ODD_MARKS | ODD_PLACES
