"""People: a pen, a hand and habits each; what they meant stands beside what they drew."""

from dataclasses import dataclass, replace

import cv2
import numpy as np

from s2c_forms.form.layout import MM, Box
from tests.paper.marks import Class, Touch, spot_of
from tests.paper.oddities import ALL_STYLES, ODD_MARKS, ODD_PLACES
from tests.paper.pens import Pen, choose_pen, draw
from tests.paper.printed import Sheet

HABITS: dict[str, float] = {
    "tick": 20,
    "small tick": 6,
    "cross": 30,
    "sloppy cross": 10,
    "slash": 5,
    "dot": 3,
    "dash": 3,
    "hatch": 5,
    "fill": 3,
    "scribble": 4,
    "overshoot tick": 6,
    "overshoot cross": 5,
    "circle": 2,
    "plus": 1,
    "asterisk": 0.7,
    "double slash": 1,
    "letter": 1.2,
    "arc": 1.2,
    "beside": 0.8,
}
SLIPS = (
    "sloppy cross",
    "overshoot tick",
    "overshoot cross",
    "off-centre",
    "off-centre",
    "small tick",
    "slash",
    "barely visible",
    *ODD_MARKS,
)

EVENTS = (
    "plain",
    "corrected",
    "scratched",
    "two marked",
    "blackened alone",
    "circle",
    "circled digit",
    "whited out",
    "beside",
)
"""What people make of a row of boxes."""


OUTSIDE = ("circle", *ODD_PLACES)
"""Styles that put nothing into the box."""


@dataclass(frozen=True)
class Person:
    """Who fills a form in.

    Attributes:
        pen: the only one they have at hand.
        touch: how their hand moves.
        habits: the styles of their marks, the first one most of the time.
        slips: share of marks that turn out otherwise.
        ticking: share of the indicators that they mark.
        care: 0 to 1; who has none leaves more specks, stray ink and corrections.
    """

    pen: Pen
    touch: Touch
    habits: tuple[str, ...]
    slips: float
    ticking: float
    care: float


@dataclass(frozen=True)
class BoxTruth:
    """What stands in a box.

    Attributes:
        state: as in the layout.
        marked: whether a person meant it to count.
        style: what was drawn; `empty` where nothing was.
        cls: `clear` where a person sees it at a glance.
        ink: share of its inside that ink covers, 0 to 1.
    """

    state: str
    marked: bool
    style: str
    cls: Class = "clear"
    ink: float = 0.0


@dataclass(frozen=True)
class FieldTruth:
    """What a field of one page answers.

    Attributes:
        field_id: of the layout.
        expected: the state that was meant, `on` for a tick; empty for none.
        cls: `question` where a person would have to ask.
        allowed: what may be answered without asking; nothing, where only a question is right.
        style: the most telling one of its boxes', or of an entry: empty, written, prefilled …
        pen: the name of the pen.
        boxes: in the layout's order; none for an entry.
    """

    field_id: str
    expected: str
    cls: Class
    allowed: tuple[str, ...]
    style: str
    pen: str
    boxes: tuple[BoxTruth, ...] = ()


def choose_person(chance: np.random.Generator) -> Person:
    """Return a person, as they come."""
    names, shares = list(HABITS), np.array(list(HABITS.values()))
    count = int(chance.choice([1, 2], p=[0.6, 0.4]))
    habits = chance.choice(names, count, replace=False, p=shares / shares.sum())
    shaky = chance.random() < 0.07
    touch = Touch(
        size=float(np.clip(chance.normal(1.0, 0.14), 0.7, 1.35)),
        stray=float(chance.uniform(0.03, 0.1)),
        wobble=float(chance.uniform(0.03, 0.1)),
        tremor=float(chance.uniform(0.06, 0.16)) if shaky else 0.0,
        slant=float(chance.normal(3, 8)),
    )
    ticking = float(np.clip(chance.normal(0.3, 0.12), 0.05, 0.8))
    slips = float(chance.uniform(0.01, 0.1))
    care = float(chance.random())
    return Person(choose_pen(chance), touch, tuple(map(str, habits)), slips, ticking, care)


@dataclass(frozen=True)
class Desk:
    """A person at work on one page."""

    sheet: Sheet
    person: Person
    chance: np.random.Generator

    def happens(self, share: float) -> bool:
        """Return true in a share of all cases."""
        return bool(self.chance.random() < share)

    def usual(self) -> str:
        """Return the style of the next mark."""
        if self.happens(self.person.slips):
            return SLIPS[int(self.chance.integers(len(SLIPS)))]
        habits = self.person.habits
        return habits[1] if len(habits) > 1 and self.happens(0.3) else habits[0]


def mark(desk: Desk, box: Box, style: str) -> BoxTruth:
    """Draw a mark and return it; its class follows from the style and from the ink inside."""
    person, spot = desk.person, spot_of(box)
    drawn, force, pen = style, float(np.clip(desk.chance.normal(1, 0.08), 0.75, 1.15)), person.pen
    if style == "barely visible":
        drawn, force = person.habits[0], float(desk.chance.uniform(0.14, 0.3))
        drawn = "cross" if drawn in ("fill", *OUTSIDE) else drawn
    if style == "beside" and box.state != "on":
        drawn = "mark above"
    if style == "speck":
        pen = replace(pen, width=min(pen.width, 0.42))
    draw(desk.sheet, ALL_STYLES[drawn](spot, person.touch, desk.chance), pen, desk.chance, force)
    ink = cover(desk.sheet, box)
    marked = style != "speck"
    return BoxTruth(box.state, marked, _named(style, person), _class_of(style, ink), ink)


def _named(style: str, person: Person) -> str:
    """Return a style with what the pen and the hand add to it."""
    plain = style in ("tick", "cross", "small tick", "sloppy cross", "slash")
    if plain and person.pen.name == "pencil faint":
        return f"faint {style}"
    return f"shaky {style}" if plain and person.touch.tremor else style


def _class_of(style: str, ink: float) -> Class:
    if style == "speck":
        return "clear" if ink < 0.04 else "question"
    asked = style in ("circle", "circled digit", "barely visible", "fill", *ODD_PLACES)
    return "question" if asked or ink > 0.8 or ink < 0.012 else "clear"


def inside_habit(person: Person) -> str:
    """Return the style of a person's marks, or a cross where theirs stay out of the box."""
    return "cross" if person.habits[0] in OUTSIDE else person.habits[0]


def white_out(desk: Desk, box: Box) -> BoxTruth:
    """Paint a box over with white fluid: its mark and some of its outline are gone."""
    sheet, spot, chance = desk.sheet, spot_of(box), desk.chance
    angles = np.linspace(0, 2 * np.pi, 14, endpoint=False)
    radii = spot.side * chance.uniform(0.42, 0.75, 14)
    blot = np.stack([np.cos(angles), np.sin(angles)], axis=1) * radii[:, None]
    corners = np.round(sheet.pixels(blot + np.array([spot.x, spot.y]))).astype(np.int32)
    cv2.fillPoly(sheet.image, [corners], (252, 252, 250), cv2.LINE_AA)
    cv2.polylines(sheet.image, [corners], True, (226, 226, 222), 2, cv2.LINE_AA)
    cv2.fillPoly(sheet.ink, [corners], 0)
    return BoxTruth(box.state, False, "whited out")


def cover(sheet: Sheet, box: Box, margin: float = 0.35) -> float:
    """Return the share of a box's inside that ink covers, `margin` mm inside its outline."""
    near, far = margin, box.size / MM - margin
    corners = np.array([[near, near], [far, far]]) + np.array([box.x, box.y]) / MM
    (left, top), (right, bottom) = np.round(sheet.pixels(corners)).astype(int)
    inside = sheet.ink[max(top, 0) : bottom, max(left, 0) : right]
    return float((inside > 40).mean()) if inside.size else 0.0


def erase(desk: Desk, box: Box) -> BoxTruth:
    """Draw a mark and rub it out again: a ghost of it stays, smeared."""
    sheet, spot = desk.sheet, spot_of(box)
    reach = spot.side * 1.6
    ends = np.array([[spot.x - reach, spot.y - reach], [spot.x + reach, spot.y + reach]])
    (left, top), (right, bottom) = np.maximum(np.round(sheet.pixels(ends)), 0).astype(int)
    place = (slice(top, bottom), slice(left, right))
    before, ink = sheet.image[place].copy(), sheet.ink[place].copy()
    mark(desk, box, inside_habit(desk.person))
    stays = desk.chance.uniform(0.06, 0.22)
    left_over = before + (sheet.image[place].astype(np.float32) - before) * stays
    sheet.image[place] = left_over.astype(np.uint8)
    sheet.ink[place] = ink
    return BoxTruth(box.state, False, "erased", "question")


def field_truth(field_id: str, boxes: tuple[BoxTruth, ...], person: Person) -> FieldTruth:
    """Return what a field's boxes say together."""
    meant = [box.state for box in boxes if box.marked]
    cls: Class = "question" if any(box.cls == "question" for box in boxes) else "clear"
    styles = [box.style for box in boxes if box.style != "empty"]
    unclear = any(box.style in ("blackened alone", "row struck") for box in boxes)
    only_asked = len(meant) > 1 or unclear
    expected = meant[0] if len(meant) == 1 else ""
    allowed = () if only_asked else (expected,)
    telling = next((s for s in styles if s in EVENTS), styles[0] if styles else "empty")
    return FieldTruth(field_id, expected, cls, allowed, telling, person.pen.name, boxes)
