"""The head over a picture of a page: which page it is, what became of it, and the legend."""

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from s2c_forms import resources
from s2c_forms.form.filled import PageState
from s2c_forms.form.stamp import spaced
from s2c_forms.form.theme import load_theme
from s2c_forms.media.scan.overlay_mark import Canvas, Rect, draw_badge, draw_frame, tint
from s2c_forms.media.scan.tints import ASK, COLOURS, GUESSED, SURE, Colour, Standing
from s2c_forms.words import Message, count, mark, say

_HEIGHT, _MARGIN = 132, 28
_WIDEST = 1050  # pixels: a head is never narrower than this
_QUIET: Colour = (0x8A, 0x94, 0x98)
_SWATCH = 16
_STATES: dict[PageState, tuple[str, Colour]] = {
    "read": (mark("Read"), SURE),
    "to_check": (mark("Read, with something to check"), ASK),
    "blank": (mark("Nothing on it"), _QUIET),
    "no_code": (mark("Without our code"), ASK),
    "other_rubric": (mark("Of another rubric"), ASK),
    "unreadable": (mark("Not readable"), ASK),
}
_LEGEND: tuple[tuple[Standing | None, str], ...] = (
    ("marked", mark("marked")),
    ("empty", mark("empty")),
    ("ask", mark("asked about")),
    ("black", mark("blackened: not this one")),
    (None, mark("outline not seen")),
)


@dataclass(frozen=True)
class Told:
    """What a head says of a page.

    Attributes:
        name: of its file.
        page: its number in the file.
        state: what became of it.
        form_id: which form it is of; empty where that isn't known.
        number: which page of the form; 0 where that isn't known.
        reason: why it isn't read; None where it is.
    """

    name: str
    page: int
    state: PageState
    form_id: str = ""
    number: int = 0
    reason: Message | None = None


def with_head(
    canvas: Canvas, told: Told, standings: Counter[Standing], language: str | None
) -> bytes:
    """Return a picture with its head over it, as PNG.

    Args:
        canvas: the page.
        told: what is said of it.
        standings: how many boxes stand how; empty where it wasn't read.
        language: that is spoken.
    """
    width = max(canvas.shape[1], _WIDEST)
    height = _HEIGHT if standings else _HEIGHT - 34
    head: Canvas = np.full((height, width, 3), 255, dtype=np.uint8)
    legend = [(standing, say(text, language)) for standing, text in _LEGEND] if standings else []
    places = list(_places(legend))
    for x, standing, _ in places:
        _draw_swatch(head, Rect(x, 97, _SWATCH, _SWATCH), standing)
    page = Image.new("RGB", (width, height + canvas.shape[0]), (0xEE, 0xF1, 0xF2))
    page.paste(Image.fromarray(head), (0, 0))
    page.paste(Image.fromarray(canvas), ((width - canvas.shape[1]) // 2, height))
    pen = ImageDraw.Draw(page)
    _write(pen, told, (standings, language), width)
    for x, _, text in places:
        pen.text((x + _SWATCH + 11, 97 + _SWATCH / 2), text, _ink(), _font("text", 16), anchor="lm")
    pen.line([(0, height - 1), (width, height - 1)], _rgb(load_theme().line))
    return _png(page)


def _write(
    pen: ImageDraw.ImageDraw,
    told: Told,
    how: tuple[Counter[Standing], str | None],
    width: int,
) -> None:
    """Write the state in a pill, and beside and under it which page it is and what is on it."""
    standings, language = how
    state, colour = _STATES[told.state]
    text, bold = say(state, language), _font("bold", 19)
    right = _MARGIN + pen.textlength(text, bold) + 28
    pen.rounded_rectangle((_MARGIN, 18, right, 50), 16, colour)
    pen.text((_MARGIN + 14, 34), text, (255, 255, 255), bold, anchor="lm")
    where = say("{file}, page {page}", language, file=told.name, page=told.page)
    form = ""
    if told.form_id:
        about = {"form": spaced(told.form_id), "number": told.number}
        form = say("form {form}, page {number}", language, **about)
    plain = _font("text", 17)
    room = width - right - 16 - 2 * _MARGIN - pen.textlength(form, plain)
    pen.text((right + 16, 34), _cut(pen, where, room), _ink(), plain, anchor="lm")
    pen.text((width - _MARGIN, 34), form, _ink(), plain, anchor="rm")
    what = told.reason.text(language) if told.reason else _summed(standings, language)
    quiet = _rgb(load_theme().quiet)
    pen.text((_MARGIN, 71), _cut(pen, what, width - 2 * _MARGIN), quiet, plain, anchor="lm")


def _summed(standings: Counter[Standing], language: str | None) -> str:
    """Return how many boxes are marked, blackened and asked about."""
    if not standings:
        return ""
    total = count("{n} box", "{n} boxes", standings.total(), language)
    parts = [
        count("{n} marked", "{n} marked", standings["marked"], language),
        count("{n} empty", "{n} empty", standings["empty"], language),
    ]
    if standings["black"]:
        parts.append(count("{n} blackened", "{n} blackened", standings["black"], language))
    if standings["ask"]:
        parts.append(count("{n} asked about", "{n} asked about", standings["ask"], language))
    return f"{total}: {', '.join(parts)}"


def _places(
    legend: list[tuple[Standing | None, str]],
) -> Iterator[tuple[float, Standing | None, str]]:
    """Yield where each entry of the legend begins, from the left."""
    x = float(_MARGIN + 3)
    for standing, text in legend:
        yield x, standing, text
        x += _SWATCH + 11 + _font("text", 16).getlength(text) + 30


def _draw_swatch(head: Canvas, at: Rect, standing: Standing | None) -> None:
    if standing is None:
        draw_frame(head, at, GUESSED, 1, dashed=True)
        return
    if standing != "empty":
        tint(head, at, COLOURS[standing])
        draw_frame(head, at.grown(2.5), COLOURS[standing], 2)
        draw_badge(head, (at.x + at.width + 2.5, at.y - 2.5), standing)
    draw_frame(head, at, COLOURS[standing], 1)


def _cut(pen: ImageDraw.ImageDraw, text: str, room: float) -> str:
    """Return a text that is no wider than `room` pixels."""
    font = _font("text", 17)
    if pen.textlength(text, font) <= room:
        return text
    while text and pen.textlength(text + "…", font) > room:
        text = text[:-1]
    return text.rstrip() + "…"


@cache
def _font(role: str, size: int) -> ImageFont.FreeTypeFont:
    theme = load_theme()
    file = theme.font_bold if role == "bold" else theme.font_text
    return ImageFont.truetype(str(resources.template(f"fonts/{file}")), size)


def _ink() -> Colour:
    return _rgb(load_theme().ink)


def _rgb(digits: str) -> Colour:
    red, green, blue = bytes.fromhex(digits)
    return red, green, blue


def _png(page: Image.Image) -> bytes:
    buffer = io.BytesIO()
    page.save(buffer, "PNG")
    return buffer.getvalue()
