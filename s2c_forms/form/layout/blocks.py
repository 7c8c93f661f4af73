"""Rubric → blocks: things with a height that are never split over two pages."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from s2c_forms.form.fields import Field, field_index, remarks_of
from s2c_forms.form.layout.model import (
    Band,
    Box,
    Clear,
    Colour,
    Entry,
    Font,
    Item,
    Overflow,
    Role,
    Rule,
    Text,
)
from s2c_forms.form.layout.sizes import LEFT, MM, RIGHT
from s2c_forms.form.layout.type import CENTRE, LEADING, Setting, too_wide, wrap
from s2c_forms.form.rubric import Factor, Part, Rubric
from s2c_forms.words import say

X0, X1 = LEFT * MM, RIGHT * MM
CLEAR = 4.0 * MM
"""Side of the button that clears a score, and the room it takes right of the boxes."""


@dataclass(frozen=True)
class Block:
    """Items with places from the block's own top left.

    Attributes:
        height: in points.
        items: in reading order.
        gap: white above it, at the least; none at the top of a page.
        stretch: how much more white it takes where a page has room to spare.
        part: the part that it belongs to; its band is repeated on a next page.
        opens: whether it is a heading, which never stands last on a page.
        overflows: texts in it that don't fit.
    """

    height: float
    items: tuple[Item, ...]
    gap: float = 0
    stretch: float = 0
    part: Part | None = None
    opens: bool = False
    overflows: tuple[Overflow, ...] = ()


def moved(items: tuple[Item, ...], down: float) -> tuple[Item, ...]:
    """Return items moved down the page."""
    return tuple(replace(item, y=item.y + down) for item in items)


def line_text(  # noqa: PLR0913  a line of type has this many sides
    x: float,
    middle: float,
    lines: tuple[str, ...],
    size: float,
    *,
    font: Font = "text",
    colour: Colour = "ink",
    role: Role = "P",
) -> Text:
    """Return lines of text centred on the height `middle`."""
    leading = size * LEADING
    first = middle - leading * (len(lines) - 1) / 2 + size * CENTRE
    return Text(x, first, lines, size, font, colour, role, leading=leading)


def scale_line(rubric: Rubric) -> str:
    """Return what each point of the scale means."""
    return "    ".join(f"{point.value} = {point.label}" for point in rubric.scale)


def part_block(setting: Setting, part: Part, index: int, *, again: bool = False) -> Block:
    """Return the band of a part, the scale at its right; `again` on the pages that follow."""
    sizes, measure = setting.sizes, setting.measure
    height = sizes.band * MM
    scale = scale_line(setting.rubric)
    scale_width = measure(scale, "text", sizes.label_type)
    title = f"{part.number}. {part.title}" if part.number else part.title
    if again:
        title = say("{title} (continued)", setting.language, title=title)
    room = X1 - X0 - scale_width - 8 * MM
    lines = wrap(title, room, "bold", sizes.band_type, measure)
    height += (len(lines) - 1) * sizes.band_type * LEADING
    middle = height / 2
    items = (
        Band(X0, 0, X1 - X0, height, "accent_soft"),
        Band(X0, 0, 1.2 * MM, height, "accent"),
        line_text(
            X0 + 3 * MM, middle, lines, sizes.band_type, font="bold", colour="accent", role="H2"
        ),
        replace(line_text(X1 - 2 * MM, middle, (scale,), sizes.label_type), align="right"),
    )
    overflows = []
    if room < 40 * MM:
        overflows.append(Overflow(("scale",), scale))
    elif too_wide(lines, room, "bold", sizes.band_type, measure):
        overflows.append(Overflow(("parts", index, "title"), title))
    gap = sizes.factor_gap * 2 * MM
    return Block(height, items, gap, sizes.factor_stretch * MM, part, True, tuple(overflows))


def factor_block(
    setting: Setting, part: Part, factor: Factor, path: tuple[str | int, ...]
) -> Block:
    """Return a factor with its score boxes, and under it its indicators with theirs."""
    sizes = setting.sizes
    score = field_index(setting.rubric)[factor.score]
    left = scores_left(setting)
    text_x = X0 + indent(setting)
    room = left - 3 * MM - text_x
    lines = wrap(factor.text, room, "bold", sizes.factor_type, setting.measure)
    row = max((sizes.score_box + 0.6) * MM, len(lines) * sizes.factor_type * LEADING + 1 * MM)
    middle = row / 2
    number = (f"{factor.number}.",) if factor.number else ("",)
    head: list[Item] = [
        Rule(X0, -sizes.factor_gap * MM / 2, X1 - X0),
        line_text(X0 + 0.8 * MM, middle, number, sizes.factor_type, font="bold", role="H3"),
        line_text(text_x, middle, lines, sizes.factor_type, font="bold", role="H3"),
        *score_boxes(setting, score, left, middle),
    ]
    indicators, height, long = _indicators(setting, factor, row)
    overflows = [
        Overflow((*path, "indicators", place, "text"), factor.indicators[place].text)
        for place in long
    ]
    if too_wide(lines, room, "bold", sizes.factor_type, setting.measure):
        overflows.append(Overflow((*path, "text"), factor.text))
    gap, stretch = sizes.factor_gap * MM, sizes.factor_stretch * MM
    return Block(height, (*head, *indicators), gap, stretch, part, False, tuple(overflows))


def indent(setting: Setting) -> float:
    """Return how far texts stand in, so that the widest number fits before them."""
    size = setting.sizes.factor_type
    numbers = [f"{factor.number}." for factor in setting.rubric.factors]
    widest = max(setting.measure(number, "bold", size) for number in numbers)
    return max(6.0 * MM, widest + 2.2 * MM)


def scores_left(setting: Setting) -> float:
    """Return where the row of score boxes begins, its first digit included."""
    sizes, points = setting.sizes, len(setting.rubric.scale)
    return X1 - CLEAR - 2 * MM - points * (sizes.score_box + sizes.score_gap) * MM


def score_boxes(setting: Setting, score: Field, left: float, middle: float) -> Iterator[Item]:
    """Yield the boxes of a score, each with its digit in the white before it."""
    side, gap = setting.sizes.score_box * MM, setting.sizes.score_gap * MM
    for rank, option in enumerate(score.options):
        x = left + rank * (side + gap) + gap
        size = min(setting.sizes.label_type, 8.0)  # the white is 3 mm wide, whatever the type
        digit = line_text(x - 0.6 * MM, middle, (str(option.value),), size)
        yield replace(digit, align="right", role="Lbl")
        yield Box(score.id, str(option.value), x, middle - side / 2, side)
    yield Clear(score.id, X1 - CLEAR, middle - CLEAR / 2, CLEAR)


def _indicators(
    setting: Setting, factor: Factor, top: float
) -> tuple[list[Item], float, list[int]]:
    """Set a factor's indicators; return them, where they end, and which of them don't fit."""
    sizes = setting.sizes
    side, x = sizes.tick_box * MM, X0 + indent(setting)
    text_x = x + side + 2 * MM
    items: list[Item] = []
    long = []
    for place, indicator in enumerate(factor.indicators):
        lines = wrap(indicator.text, X1 - text_x, "text", sizes.tick_type, setting.measure)
        height = max(
            (sizes.tick_box + sizes.tick_gap) * MM,
            (len(lines) * LEADING + 0.3) * sizes.tick_type,
        )
        middle = top + height / 2
        if too_wide(lines, X1 - text_x, "text", sizes.tick_type, setting.measure):
            long.append(place)
        items.append(Box(indicator.id, "on", x, middle - side / 2, side))
        items.append(line_text(text_x, middle, lines, sizes.tick_type))
        top += height
    return items, top, long


def remark_blocks(setting: Setting) -> list[Block]:
    """Return the places with room to write, each under its label and with quiet lines."""
    sizes = setting.sizes
    blocks = []
    for field in remarks_of(setting.rubric):
        label_height = sizes.factor_type * 1.9
        height = field.lines * sizes.remark_line * MM
        label = line_text(
            X0, label_height / 2, (field.label,), sizes.factor_type, font="bold", role="H2"
        )
        rules = [
            Rule(X0, label_height + row * sizes.remark_line * MM, X1 - X0)
            for row in range(1, field.lines + 1)
        ]
        entry = Entry(field.id, X0, label_height, X1 - X0, height, field.lines)
        total = label_height + height
        items: tuple[Item, ...] = (label, *rules, entry)
        blocks.append(Block(total, items, 4 * MM, 4 * MM))
    return blocks


def guide_blocks(setting: Setting) -> list[Block]:
    """Return the guide's headings, paragraphs and lists."""
    blocks = []
    for block in setting.rubric.guide:
        if block.heading:
            blocks.append(_prose(setting, block.heading, heading=True))
        if block.paragraph:
            blocks.append(_prose(setting, block.paragraph))
        blocks += [_prose(setting, item, indent=5 * MM) for item in block.list]
    return blocks


def _prose(setting: Setting, text: str, *, heading: bool = False, indent: float = 0) -> Block:
    sizes = setting.sizes
    size = sizes.title_type * 0.85 if heading else sizes.guide_type
    font: Font = "bold" if heading else "text"
    told = text.format(**setting.rubric.placeholders)
    lines = wrap(told, X1 - X0 - indent, font, size, setting.measure)
    leading = size * (LEADING + 0.16)
    colour: Colour = "accent" if heading else "ink"
    role: Role = "H1" if heading else "P"
    item = Text(X0 + indent, size, lines, size, font, colour, role, leading=leading)
    gap = 0.15 * size if indent else 0.75 * size
    return Block(len(lines) * leading, (item,), gap)
