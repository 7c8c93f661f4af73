"""Layout → pages on a reportlab canvas, each text marked so that it can be read aloud.

The canvas only holds what is printed: form fields come in a pass of their own (`widgets`).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

import segno
from reportlab.pdfgen.canvas import Canvas

from s2c_forms.form.fields import field_index
from s2c_forms.form.form import Form
from s2c_forms.form.kinds import Value, show
from s2c_forms.form.layout import (
    MM,
    Band,
    Box,
    Clear,
    Entry,
    Item,
    Layout,
    Page,
    Picture,
    Rule,
    StampText,
    Text,
)
from s2c_forms.form.layout.type import CENTRE, too_wide, wrap
from s2c_forms.form.stamp import PageCode
from s2c_forms.form.theme import load_theme
from s2c_forms.media.pdf.apriltag import MODULES, black_modules
from s2c_forms.media.pdf.fonts import measure, runs

OUTLINE = 0.6
"""Weight in points of a box's outline, in black: 0.5 to 0.7 survives every printer and scanner."""
ENTRY_TYPE, SMALLEST = 10.0, 4.0
"""Type of prefilled values, in points, and how small it gets before a value is cut."""
CUT = "%cut"
"""Stands, as a comment, in a page's content before and after what differs between copies."""
CODE_MODULES = 25
"""Modules a side of a QR code of version 2."""
_MASK = 2
TIGHT = 1.05
"""Distance of their baselines, in sizes."""


@dataclass(frozen=True)
class Read:
    """Something that is read aloud: a text, by its number among the page's marked content."""

    role: str
    mcid: int


Told = Read | Box | Clear | Entry
"""What a screen reader meets on a page, in order."""


@dataclass(frozen=True)
class Pen:
    """A canvas and the page on it. Turns places from the top left into reportlab's."""

    canvas: Canvas
    layout: Layout
    form: Form
    page: Page
    flat: bool
    told: list[Told]

    @property
    def place(self) -> tuple[Layout, Form, Page]:
        """Return what tells a page from every other."""
        return self.layout, self.form, self.page

    def up(self, y: float) -> float:
        """Return a height counted from the bottom."""
        return self.layout.height - y

    def colour(self, name: str) -> str:
        """Return a colour as reportlab takes it."""
        return "#" + getattr(load_theme(), name, "FFFFFF")


def draw_page(canvas: Canvas, layout: Layout, form: Form, page: Page, *, flat: bool) -> list[Told]:
    """Draw one page and return what is read aloud on it, in order.

    Args:
        canvas: where to draw; `showPage` is left to the caller.
        layout: the layout that the page is of.
        form: the copy: its stamp, and with `flat` its prefilled values.
        page: what to draw.
        flat: whether values are drawn, for a PDF without form fields.
    """
    pen = Pen(canvas, layout, form, page, flat, [])
    with_artifact(pen, lambda: _draw_marks(pen))
    for item in page.items:
        _DRAW[type(item)](pen, item)
    return pen.told


def with_artifact(pen: Pen, draw: Callable[[], None]) -> None:
    """Draw something that isn't read aloud."""
    pen.canvas.addLiteral("/Artifact BMC")
    draw()
    pen.canvas.addLiteral("EMC")


def _draw_marks(pen: Pen) -> None:
    pen.canvas.setFillColor("#000000")
    for found in pen.page.marks:
        side = found.size / MODULES
        content = _modules(pen.layout, (found.x, found.y), side, black_modules(found.id))
        pen.canvas.addLiteral(content)
    if pen.page.codes:
        with_cuts(pen, lambda: pen.canvas.addLiteral(codes_content(*pen.place)))


def with_cuts(pen: Pen, draw: Callable[[], None]) -> None:
    """Draw something that differs between copies."""
    pen.canvas.addLiteral(CUT)
    draw()
    pen.canvas.addLiteral(CUT)


def codes_content(layout: Layout, form: Form, page: Page) -> str:
    """Return the QR codes of a page, as its content has them."""
    told = PageCode(form.form_id, layout.hash, page.number, layout.sheet_pages)
    black = _code_modules(told.payload())
    return "\n".join(
        _modules(layout, (code.x, code.y), code.size / CODE_MODULES, black) for code in page.codes
    )


@lru_cache(maxsize=4)  # a page has its code twice
def _code_modules(payload: str) -> tuple[tuple[int, int], ...]:
    # One mask for all: trying all eight takes longer than all the rest, and readers take each.
    code = segno.make(
        payload, error="q", version=2, mode="alphanumeric", boost_error=False, mask=_MASK
    )
    rows = enumerate(code.matrix)
    return tuple((column, row) for row, bits in rows for column, bit in enumerate(bits) if bit)


def _modules(
    layout: Layout, corner: tuple[float, float], side: float, black: Iterable[tuple[int, int]]
) -> str:
    """Return square modules filled as one path, so that no hair line shows between two of them."""
    rows: dict[int, list[int]] = {}
    for column, row in black:
        rows.setdefault(row, []).append(column)
    boxes = []
    for row, columns in sorted(rows.items()):
        bottom = layout.height - corner[1] - (row + 1) * side
        for first, length in _runs(sorted(columns)):
            left = corner[0] + first * side
            boxes.append(f"{left:.4f} {bottom:.4f} {length * side:.4f} {side:.4f} re")
    return "\n".join([*boxes, "f"])


def _runs(columns: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield modules that follow each other, as the first of them and how many they are."""
    for _, found in groupby(enumerate(columns), lambda pair: pair[1] - pair[0]):
        run = [column for _, column in found]
        yield run[0], len(run)


def _draw_text(pen: Pen, text: Text) -> None:
    if not any(text.lines):
        return
    if text.role == "Artifact":
        with_artifact(pen, lambda: _draw_lines(pen, text))
        return
    mcid = sum(isinstance(told, Read) for told in pen.told)
    pen.told.append(Read(text.role, mcid))
    pen.canvas.addLiteral(f"/{text.role} <</MCID {mcid}>> BDC")
    _draw_lines(pen, text)
    pen.canvas.addLiteral("EMC")


def _draw_lines(pen: Pen, text: Text) -> None:
    pen.canvas.setFillColor(pen.colour(text.colour))
    for row, line in enumerate(text.lines):
        width = measure(line, text.font, text.size)
        x = text.x - {"left": 0, "centre": width / 2, "right": width}[text.align]
        drawn = pen.canvas.beginText(x, pen.up(text.y + row * text.leading))
        for name, run in runs(line, text.font):
            drawn.setFont(name, text.size)
            drawn.textOut(run)
        pen.canvas.drawText(drawn)


def _draw_stamp(pen: Pen, stamp: StampText) -> None:
    line = pen.form.stamp.line()
    text = Text(stamp.x, stamp.y, (line,), stamp.size, "text", "quiet", "P")
    with_cuts(pen, lambda: _draw_text(pen, text))


def _draw_band(pen: Pen, band: Band) -> None:
    def draw() -> None:
        pen.canvas.setFillColor(pen.colour(band.colour))
        pen.canvas.rect(
            band.x, pen.up(band.y + band.height), band.width, band.height, stroke=0, fill=1
        )

    with_artifact(pen, draw)


def _draw_rule(pen: Pen, rule: Rule) -> None:
    def draw() -> None:
        pen.canvas.setStrokeColor(pen.colour(rule.colour))
        pen.canvas.setLineWidth(rule.weight)
        pen.canvas.line(rule.x, pen.up(rule.y), rule.x + rule.width, pen.up(rule.y))

    with_artifact(pen, draw)


def _outline(pen: Pen, x: float, y: float, size: float, *, fill: bool = False) -> None:
    pen.canvas.setStrokeColor("#000000")
    pen.canvas.setFillColor("#000000")
    pen.canvas.setLineWidth(OUTLINE)
    pen.canvas.rect(x, pen.up(y + size), size, size, stroke=1, fill=int(fill))


def _draw_box(pen: Pen, box: Box) -> None:
    with_artifact(pen, lambda: _outline(pen, box.x, box.y, box.size))
    pen.told.append(box)
    value = pen.form.prefilled.get(box.field_id)
    if pen.flat and str(value) == box.state:
        with_artifact(pen, lambda: _strokes(pen, box.x, box.y, box.size, "cross"))


def _draw_clear(pen: Pen, clear: Clear) -> None:
    pen.told.append(clear)


def _draw_entry(pen: Pen, entry: Entry) -> None:
    pen.told.append(entry)
    if pen.flat and (shown := value_text(pen.form, entry.field_id)):
        _draw_text(pen, fitted(shown, entry, entry.x, entry.y))


def _draw_picture(pen: Pen, picture: Picture) -> None:
    def draw() -> None:
        black = picture.mark == "black"
        _outline(pen, picture.x, picture.y, picture.size, fill=black)
        if not black:
            _strokes(pen, picture.x, picture.y, picture.size, picture.mark)

    with_artifact(pen, draw)


# Strokes of a mark in a square of side 1, from its top left.
_MARKS: dict[str, tuple[tuple[float, float], ...]] = {
    "cross": ((0.18, 0.18), (0.82, 0.82), (0.82, 0.18), (0.18, 0.82)),
    "tick": ((0.2, 0.55), (0.42, 0.8), (0.42, 0.8), (0.85, 0.2)),
}


def _strokes(pen: Pen, x: float, y: float, size: float, mark: str) -> None:
    pen.canvas.setLineWidth(size * 0.1)
    pen.canvas.setLineCap(1)
    points = [(x + across * size, pen.up(y + down * size)) for across, down in _MARKS[mark]]
    for start, end in zip(points[::2], points[1::2], strict=True):
        pen.canvas.line(*start, *end)
    pen.canvas.setLineCap(0)


def value_text(form: Form, field_id: str) -> str:
    """Return a prefilled value as the form shows it; empty where there is none."""
    value: Value | None = form.prefilled.get(field_id)
    return show(field_index(form.rubric)[field_id], value, form.rubric.language)


def _fits(entry: Entry, size: float, lines: tuple[str, ...]) -> bool:
    is_low = len(lines) == 1 or len(lines) * size * TIGHT <= entry.height
    return is_low and not too_wide(lines, entry.width - 2, "text", size, measure)


def fitted(text: str, entry: Entry, x: float, y: float) -> Text:
    """Return a prefilled value as lines that fit an entry whose top left corner is (x, y).

    The type is as large as fits, on as many lines as fit then.
    """
    sizes = [ENTRY_TYPE - step / 2 for step in range(int(ENTRY_TYPE - SMALLEST) * 2 + 1)]
    set_ = [(size, wrap(text, entry.width - 2, "text", size, measure)) for size in sizes]
    size, lines = next((s for s in set_ if _fits(entry, *s)), set_[-1])
    top = y + (entry.height - (len(lines) - 1) * size * TIGHT) / 2 if not entry.lines else y + size
    return Text(x + 1, top + CENTRE * size, lines, size, leading=size * TIGHT)


_DRAW: dict[type[Item], Callable[[Pen, Any], None]] = {
    Text: _draw_text,
    StampText: _draw_stamp,
    Band: _draw_band,
    Rule: _draw_rule,
    Box: _draw_box,
    Clear: _draw_clear,
    Entry: _draw_entry,
    Picture: _draw_picture,
}

__all__ = ["MM", "Read", "Told", "draw_page", "fitted", "value_text"]
