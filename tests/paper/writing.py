"""Handwriting, as squiggles: in the head, as remarks, and where nobody asked for it."""

import numpy as np

from s2c_forms.form.layout import MM, Entry
from tests.paper.marks import Touch
from tests.paper.pens import Stroke, curve, pressed, trembled


def written(entry: Entry, touch: Touch, chance: np.random.Generator) -> list[Stroke]:
    """Return writing in an entry: a word or a code on a single line, or several lines."""
    x, y = entry.x / MM, entry.y / MM
    width, height = entry.width / MM, entry.height / MM
    if not entry.lines:
        size = min(2.6, height * 0.4) * touch.size
        start = x + chance.uniform(0.5, 4)
        length = chance.uniform(8, max(10.0, width * 0.8))
        return line_of_words((start, y + height - 1.4), length, size, touch, chance)
    row = height / entry.lines
    strokes: list[Stroke] = []
    lines = int(chance.integers(1, entry.lines + 1))
    for line in range(lines):
        full = width * chance.uniform(0.8, 0.99)
        length = full if line < lines - 1 else width * chance.uniform(0.1, 0.9)
        base = (x + chance.uniform(0, 3), y + (line + 1) * row - 1.5)
        strokes += line_of_words(base, length, 2.2 * touch.size, touch, chance)
    return strokes


def line_of_words(
    start: tuple[float, float],
    length: float,
    size: float,
    touch: Touch,
    chance: np.random.Generator,
) -> list[Stroke]:
    """Return words on a line from `start` (its base line), small letters `size` mm high."""
    strokes, x, slope = [], 0.0, chance.normal(0, 0.012)
    while x < length - 2:
        letters = int(chance.integers(2, 10))
        width = min(letters * size * 0.75, length - x)
        at = (start[0] + x, start[1] + x * slope)
        strokes.append(_word(at, width, size, touch, chance))
        x += width + size * chance.uniform(0.8, 1.6)
    return strokes


def _word(
    start: tuple[float, float],
    width: float,
    size: float,
    touch: Touch,
    chance: np.random.Generator,
) -> Stroke:
    """Return one word as loops above the base line, some tall, some below it."""
    count = max(4, int(width / (size * 0.28)))
    across = np.linspace(0, width, count) + chance.normal(0, size * 0.12, count)
    high = np.where(np.arange(count) % 2, chance.uniform(0.55, 1.1, count), 0.0)
    tall = chance.random(count)
    high = np.where((tall > 0.86) & (high > 0), high + chance.uniform(0.6, 1.2), high)
    high = np.where((tall < 0.06) & (high == 0), -chance.uniform(0.4, 0.9), high)
    lean = np.tan(np.radians(touch.slant + 8))
    points = np.stack([across + high * size * lean, -high * size], axis=1) + start
    path = trembled(curve(points, chance, wobble=touch.wobble * 0.6), touch.tremor, chance)
    return pressed(path, chance, flick=True)


def underline(
    start: tuple[float, float], length: float, touch: Touch, chance: np.random.Generator
) -> list[Stroke]:
    """Return a line drawn under text, from `start` on."""
    x, y = start
    points = np.array([[x, y], [x + length / 2, y + chance.normal(0, 0.2)], [x + length, y]])
    path = trembled(curve(points, chance, wobble=touch.wobble), touch.tremor, chance)
    return [pressed(path, chance, flick=True)]


def bracket(
    x: float, rows: tuple[float, float], touch: Touch, chance: np.random.Generator
) -> list[Stroke]:
    """Return a curly line beside text, from one height to another."""
    top, bottom = rows
    middle = (top + bottom) / 2
    points = np.array([[x, top], [x + 2, top + 1], [x + 2.6, middle], [x + 2, bottom - 1]])
    return [pressed(curve(points, chance, wobble=touch.wobble), chance)]


def doodle(middle: tuple[float, float], touch: Touch, chance: np.random.Generator) -> list[Stroke]:
    """Return a star, a spiral, a question mark or a scratched-out word, 4 to 12 mm large."""
    size = chance.uniform(2, 6)
    kind = int(chance.integers(4))
    if kind == 0:
        angles = np.arange(6) * 2 * 2 * np.pi / 5 - np.pi / 2
        points = np.stack([np.cos(angles), np.sin(angles)], axis=1) * size
    elif kind == 1:
        angles = np.linspace(0, 2 * np.pi * chance.uniform(2, 5), 40)
        points = np.stack([np.cos(angles), np.sin(angles)], axis=1) * angles[:, None] / angles[-1]
        points = points * size
    elif kind == 2:
        points = np.array([[-0.4, -0.6], [0, -1], [0.5, -0.6], [0, 0], [0, 0.5]]) * size
    else:
        along = np.linspace(-1.5, 1.5, 16)
        points = np.stack([along, np.resize([-0.5, 0.5], 16)], axis=1) * size
    path = curve(points + middle, chance, wobble=touch.wobble)
    return [pressed(path, chance)]
