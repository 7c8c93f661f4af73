"""Ink where nobody asked for it: notes, lines under a text, doodles, markers."""

import cv2
import numpy as np

from s2c_forms.form.layout import MM, Box
from tests.paper.pens import draw
from tests.paper.people import Desk
from tests.paper.printed import Sheet
from tests.paper.writing import bracket, doodle, line_of_words, underline

MARKERS = ((255, 245, 110), (255, 180, 200), (170, 250, 160), (150, 215, 255), (255, 200, 120))


def leave_stray_ink(desk: Desk) -> None:
    """Leave what people leave on a page besides answers; most leave nothing."""
    person, chance = desk.person, desk.chance
    untidy = 1.4 - person.care
    ticks = [box for box in desk.sheet.page.boxes if box.state == "on"]
    if ticks and desk.happens(0.12 * untidy):
        for box in chance.choice(np.array(ticks, dtype=object), int(chance.integers(1, 4))):
            draw(desk.sheet, _at_row(desk, box), person.pen, chance)
    if desk.happens(0.06 * untidy):
        at = (float(chance.uniform(8, 200)), float(chance.uniform(8, 285)))
        draw(desk.sheet, doodle(at, person.touch, chance), person.pen, chance)
    if ticks and desk.happens(0.05 * untidy):
        _highlight(desk.sheet, ticks, chance)


def _at_row(desk: Desk, box: Box) -> list:  # type: ignore[type-arg]
    """Return ink at one indicator: a line under its text, a note behind it, a bracket."""
    chance, touch = desk.chance, desk.person.touch
    text_x, base = (box.x + box.size) / MM + 2, (box.y + box.size) / MM - 0.4
    kind = int(chance.integers(4))
    if kind == 0:
        return underline((text_x, base + 0.3), float(chance.uniform(15, 70)), touch, chance)
    if kind == 1:
        start = (float(chance.uniform(120, 165)), base)
        return line_of_words(start, float(chance.uniform(6, 30)), 1.8, touch, chance)
    if kind == 2:
        rows = (box.y / MM, box.y / MM + float(chance.uniform(8, 25)))
        return bracket(float(chance.uniform(130, 180)), rows, touch, chance)
    start = (float(chance.uniform(9, 14)), base)
    return line_of_words(start, float(chance.uniform(3, 9)), 1.8, touch, chance)


def _highlight(sheet: Sheet, ticks: list[Box], chance: np.random.Generator) -> None:
    """Draw a marker over the text of some rows, now and then over a box too."""
    colour = np.array(MARKERS[int(chance.integers(len(MARKERS)))], np.float32) / 255
    for box in chance.choice(np.array(ticks, dtype=object), int(chance.integers(1, 5))):
        left = box.x / MM + (chance.uniform(-3, 1) if chance.random() < 0.3 else 8)
        middle = (box.y + box.size / 2) / MM
        ends = np.array([[left, middle], [left + chance.uniform(15, 90), middle]])
        (x0, y0), (x1, y1) = np.round(sheet.pixels(ends + chance.normal(0, 0.3, (2, 2)))).astype(
            int
        )
        mask = np.zeros(sheet.ink.shape, np.uint8)
        cv2.line(mask, (int(x0), int(y0)), (int(x1), int(y1)), 255, int(chance.integers(34, 50)))
        rows = slice(max(min(int(y0), int(y1)) - 60, 0), max(int(y0), int(y1)) + 60)
        soft = cv2.GaussianBlur(mask[rows], (0, 0), 1.5).astype(np.float32)[:, :, None] / 255
        part = sheet.image[rows]
        sheet.image[rows] = (part * (1 - soft * (1 - colour))).astype(np.uint8)
