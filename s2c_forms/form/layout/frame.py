"""What stands round the flow of a page: marks, codes, head and foot."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from s2c_forms.form.fields import Field, head_of
from s2c_forms.form.layout.blocks import CLEAR, X0, X1, line_text, scale_line
from s2c_forms.form.layout.model import (
    Box,
    Clear,
    Code,
    Entry,
    Item,
    Mark,
    Overflow,
    Picture,
    PictureMark,
    Rule,
    StampText,
    Text,
)
from s2c_forms.form.layout.sizes import (
    BODY_BOTTOM,
    BODY_TOP,
    CODE_INSET,
    CODE_QUIET,
    CODE_SIZE,
    MARK_EDGE,
    MARK_SIZE,
    MM,
    PAGE,
)
from s2c_forms.form.layout.type import Setting, too_wide, wrap
from s2c_forms.words import mark, say

HEAD_RIGHT = (PAGE[0] - CODE_INSET - CODE_SIZE - CODE_QUIET - 2.0) * MM
"""How far the head may go to the right, beside the code at the top."""
FOOT_LEFT = (CODE_INSET + CODE_SIZE + CODE_QUIET + 2.0) * MM
"""Where the foot begins, beside the code at the bottom."""
FLOW_TOP = (BODY_TOP + 1.5) * MM
FLOW_BOTTOM = BODY_BOTTOM * MM
COLUMN_GAP = 5.0 * MM


def marks(number: int) -> tuple[Mark, ...]:
    """Return the four AprilTags of a page: id 4 × page + corner, clockwise from the top left."""
    side = MARK_SIZE * MM
    near = MARK_EDGE * MM
    right, bottom = PAGE[0] * MM - near - side, PAGE[1] * MM - near - side
    corners = ((near, near), (right, near), (right, bottom), (near, bottom))
    return tuple(Mark(4 * number + corner, x, y, side) for corner, (x, y) in enumerate(corners))


def codes() -> tuple[Code, Code]:
    """Return the places of the two QR codes: top right and bottom left."""
    side, inset, near = CODE_SIZE * MM, CODE_INSET * MM, MARK_EDGE * MM
    width, height = PAGE[0] * MM, PAGE[1] * MM
    return Code(width - inset - side, near, side), Code(inset, height - near - side, side)


def first_head(setting: Setting) -> tuple[list[Item], float, list[Overflow]]:
    """Return page 1's head: title, fields and choices; where it ends; what doesn't fit."""
    rubric, sizes = setting.rubric, setting.sizes
    room = HEAD_RIGHT - X0
    items: list[Item] = [
        Text(X0, 13.4 * MM, (rubric.organisation,), sizes.label_type + 1, "text", "quiet"),
        Text(X0, 21.0 * MM, (rubric.title,), sizes.title_type, "bold", "accent", "H1"),
    ]
    overflows = []
    if too_wide((rubric.title,), room, "bold", sizes.title_type, setting.measure):
        overflows.append(Overflow(("title",), rubric.title))
    lined = [field for field in head_of(rubric) if not field.options]
    chosen = [field for field in head_of(rubric) if field.options]
    fields, y, wide = _lined_fields(setting, lined, 24.4 * MM)
    items += fields
    if rubric.header_note:
        note = _note(setting)
        items.append(note)
        if note.y + len(note.lines) * note.leading > y or _is_wide(setting, note, X1 - note.x):
            overflows.append(Overflow(("header_note",), rubric.header_note))
    rows, y, long = _choice_rows(setting, chosen, y + 1.0 * MM)
    return [*items, *rows], max(y + 1.0 * MM, FLOW_TOP), overflows + wide + long


def _is_wide(setting: Setting, text: Text, room: float) -> bool:
    return too_wide(text.lines, room, text.font, text.size, setting.measure)


def _lined_fields(
    setting: Setting, fields: list[Field], top: float
) -> tuple[list[Item], float, list[Overflow]]:
    """Set fields in two columns, label above the line to write on."""
    sizes = setting.sizes
    width = (HEAD_RIGHT - X0 - COLUMN_GAP) / 2
    items: list[Item] = []
    overflows = []
    for place, field in enumerate(fields):
        x = X0 + (place % 2) * (width + COLUMN_GAP)
        y = top + (place // 2) * sizes.head_row * MM
        label = field.label
        if field.kind == "date":
            label = say("{label} (dd-mm-yyyy)", setting.language, label=label)
        if too_wide((label,), width, "text", sizes.label_type, setting.measure):
            overflows.append(Overflow((*source_of(setting, field), "label"), label))
        writing = sizes.head_row * MM - sizes.label_type * 1.25
        bottom = y + sizes.head_row * MM - 0.3 * MM
        items += [
            Text(x, y + sizes.label_type + 0.8, (label,), sizes.label_type, "text", "quiet", "Lbl"),
            Entry(field.id, x, bottom - writing, width, writing),
            Rule(x, bottom, width, 0.5, "quiet"),
        ]
    rows = (len(fields) + 1) // 2
    return items, top + rows * sizes.head_row * MM, overflows


def source_of(setting: Setting, field: Field) -> tuple[str, int]:
    """Return where a field stands in the rubric's file."""
    lists = {"header": setting.rubric.header, "added": setting.rubric.added}
    return next(
        (name, place)
        for name, questions in lists.items()
        for place, question in enumerate(questions)
        if question.id == field.id
    )


def _note(setting: Setting) -> Text:
    """Set the note of the asterisk under the code at the top right."""
    size = setting.sizes.small_type
    x = HEAD_RIGHT + 2 * MM
    lines = wrap(setting.rubric.header_note, X1 - x, "text", size, setting.measure)
    return Text(x, FLOW_TOP + size, lines, size, "text", "quiet", leading=size * 1.2)


def _choice_rows(
    setting: Setting, fields: list[Field], top: float
) -> tuple[list[Item], float, list[Overflow]]:
    """Set choices one after the other, each kept whole, on as many rows as they take."""
    overflows = []
    sizes, x, items = setting.sizes, X0, list[Item]()
    row = (sizes.tick_box + max(sizes.tick_gap, 1.5)) * MM
    for field in fields:
        group, width = _choice(setting, field)
        if width > X1 - X0:
            told = " / ".join(option.label for option in field.options)
            overflows.append(Overflow((*source_of(setting, field), "choices"), told))
        if x > X0 and x + width > X1:
            x, top = X0, top + row
        for item in group:
            items.append(replace(item, x=item.x + x, y=item.y + top + row / 2))
        x += width + 5 * MM
    return items, top + row if fields else top, overflows


def _choice(setting: Setting, field: Field) -> tuple[list[Item], float]:
    """Set one choice round the height 0 from x 0; return it with its width."""
    sizes, measure = setting.sizes, setting.measure
    side, size = sizes.tick_box * MM, sizes.tick_type
    items: list[Item] = [
        line_text(0, 0, (field.label,), sizes.label_type + 0.5, colour="quiet", role="Lbl")
    ]
    x = measure(field.label, "text", sizes.label_type + 0.5) + 3 * MM
    for option in field.options:
        items.append(Box(field.id, str(option.value), x, -side / 2, side))
        x += side + 1.6 * MM
        items.append(line_text(x, 0, (option.label,), size))
        x += measure(option.label, "text", size) + 4 * MM
    items.append(Clear(field.id, x - 3 * MM, -CLEAR / 2, CLEAR))
    return items, x - 3 * MM + CLEAR


def next_head(setting: Setting) -> list[Item]:
    """Return the head of every page but the first."""
    rubric, sizes = setting.rubric, setting.sizes
    head = rubric.running_head or rubric.title
    return [
        Text(X0, 14.4 * MM, (head,), sizes.label_type + 1, "text", "quiet", "Artifact"),
    ]


def foot(setting: Setting, number: int, pages: int) -> Iterator[Item]:
    """Yield how to mark a box, the copy's stamp and the page's number, beside the code."""
    size = setting.sizes.label_type
    bottom = (PAGE[1] - MARK_EDGE - 0.6) * MM
    y = FLOW_BOTTOM + 2.9 * MM
    row = (bottom - 5.4 * MM - y) / 3
    right = say("Mark a box like this:", setting.language)
    yield from _pictured(setting, y, [(right, ("cross", "tick"))])
    mistaken = say("Wrong box? Make it all black:", setting.language)
    instead = say("and mark the right one:", setting.language)
    yield from _pictured(setting, y + row, [(mistaken, ("black",)), (instead, ("cross",))])
    pen = mark("Use a black or blue pen. Print a form anew for every conversation.")
    told = (say(pen, setting.language),)
    yield line_text(FOOT_LEFT, y + 2 * row, told, size, colour="quiet")
    yield line_text(FOOT_LEFT, y + 3 * row, (scale_line(setting.rubric),), size)
    yield StampText(FOOT_LEFT, bottom, setting.sizes.small_type)
    page = say("page {number} of {pages}", setting.language, number=number, pages=pages)
    right_edge = (PAGE[0] - MARK_EDGE - MARK_SIZE - 3) * MM
    small = setting.sizes.small_type
    yield Text(right_edge, bottom, (page,), small, "text", "quiet", "Artifact", "right")


def _pictured(
    setting: Setting, middle: float, parts: Sequence[tuple[str, tuple[PictureMark, ...]]]
) -> Iterator[Item]:
    """Yield texts in a row, each with the pictured boxes after it."""
    size, side, x = setting.sizes.label_type, 3.4 * MM, FOOT_LEFT
    for text, pictures in parts:
        yield line_text(x, middle, (text,), size)
        x += setting.measure(text, "text", size) + 2 * MM
        for picture in pictures:
            yield Picture(x, middle - side / 2, side, picture)
            x += side + 2 * MM
