"""The page that says what each limit means, and which way to turn it."""

from collections.abc import Sequence
from dataclasses import dataclass

from s2c_forms.form.layout import Text
from s2c_forms.media.scan.tuning import Tuning
from s2c_forms.report.column import Column, Style
from s2c_forms.report.gallery.flow import H1, TEXT, Flow
from s2c_forms.report.gallery.shapes import Ground, Line
from s2c_forms.words import mark, say

_WIDTHS = (76.0, 162.0, 114.0, 114.0)
"""Of the columns: name and value, what it means, when to lower it, when to raise it."""
_GAP = 7.6
_SMALL, _QUIET = Style(8), Style(8, colour="quiet")
_BOLD = Style(8, "bold")
_LINE, _SOFT = (0xC3, 0xCC, 0xD0), (0xE8, 0xF0, 0xF2)


@dataclass(frozen=True)
class Limit:
    """One limit: its name in the file, what it means, and what one sees where it doesn't fit."""

    name: str
    means: str
    lower: str
    higher: str


GROUPS: tuple[tuple[str, tuple[Limit, ...]], ...] = (
    (
        mark("What ink is"),
        (
            Limit(
                "ink",
                mark("As dark as this share of the printed black, something is ink."),
                mark("Pale pens go unseen"),
                mark("Stains, or the back of the sheet, count as ink"),
            ),
            Limit(
                "faint_ink",
                mark("As dark as this, it may be pencil, where the paper round it is quiet."),
                mark("Pencil goes unseen"),
                mark("The grain of the paper counts as pencil"),
            ),
        ),
    ),
    (
        mark("Empty or marked"),
        (
            Limit(
                "empty_share",
                mark("Up to this share of ink a box is empty …"),
                mark("Small marks count as empty"),
                mark("You are asked about specks"),
            ),
            Limit(
                "empty_stroke",
                mark("… if no stroke in it is longer than this, in mm."),
                mark("Thin strokes count as empty"),
                mark("You are asked about hairs and specks"),
            ),
            Limit(
                "marked_share",
                mark("From this share of ink on a box is marked …"),
                mark("You are asked about clear marks"),
                mark("Dirt counts as a mark"),
            ),
            Limit(
                "marked_stroke",
                mark("… if a stroke in it is as long as this, in mm."),
                mark("You are asked about short ticks"),
                mark("Specks count as a mark"),
            ),
            Limit(
                "blob_share",
                mark("From this share on it is marked, however short its strokes."),
                mark("You are asked about dots that are meant"),
                mark("Blots count as a mark"),
            ),
        ),
    ),
    (
        mark("Made black: “not this one”"),
        (
            Limit(
                "black_share",
                mark("From this share of ink on a box is black all over …"),
                mark("You are asked about boxes made black"),
                mark("A scribble counts as “not this one”"),
            ),
            Limit(
                "black_gap",
                mark("… if no white spot in it is wider than this, in mm."),
                mark("A scribble counts as “not this one”"),
                mark("You are asked about boxes made black"),
            ),
            Limit(
                "scribble_share",
                mark("From this share on up to black it may be either: a person is asked …"),
                mark("A box made black counts as a mark"),
                mark("You are asked about filled boxes"),
            ),
            Limit(
                "scribble_gap",
                mark("… unless a white spot in it is wider than this, in mm."),
                mark("You are asked about filled boxes"),
                mark("A box made black counts as a mark"),
            ),
        ),
    ),
    (
        mark("Pencil"),
        (
            Limit(
                "faint_share",
                mark("From this share of faint ink on a box is marked …"),
                mark("Pencil counts as empty"),
                mark("What was rubbed out counts as a mark"),
            ),
            Limit(
                "faint_stroke",
                mark("… if a stroke in it is as long as this, in mm."),
                mark("Short ticks in pencil count as empty"),
                mark("Smears count as a mark"),
            ),
            Limit(
                "quiet",
                mark("Paper is quiet where no more than this share of it is as dark as pencil."),
                mark("Stains count as pencil"),
                mark("You are asked about pencil on grey paper"),
            ),
        ),
    ),
    (
        mark("Round a box, and in the lines to write on"),
        (
            Limit(
                "ring",
                mark("From this share of the directions round a box on, it is circled."),
                mark("A circle goes unseen"),
                mark("You are asked about stray ink"),
            ),
            Limit(
                "writing",
                mark("From so many square mm of ink on, something is written in a field."),
                mark("Small writing goes unseen"),
                mark("You are asked about specks"),
            ),
        ),
    ),
    (
        mark("The page as a whole"),
        (
            Limit(
                "residual",
                mark("With its boxes more mm than this off their places, a page isn't read."),
                mark("Boxes are read beside their place"),
                mark("Pages that look flat are refused"),
            ),
            Limit(
                "outlines",
                mark("With a smaller share of its boxes found than this, a page isn't read."),
                mark("Pages that look whole are refused"),
                mark("Boxes are read beside their place"),
            ),
        ),
    ),
)


def write_limits(flow: Flow, tuning: Tuning) -> None:
    """Set the page on limits: how to change them, and each with its value."""
    flow.turn()
    lang = flow.language
    flow.column.write(say("How to change a limit", lang), H1, most=1)
    flow.column.y += 3
    for number, step in enumerate(_STEPS, start=1):
        y = flow.column.y
        flow.column.write(say(step, lang), TEXT, indent=16)
        flow.sheet.items.append(Text(flow.column.x, y + 8.6, (f"{number}",), 9, "bold", "accent"))
        flow.column.y += 2
    flow.column.y += 6
    _write_heads(flow)
    for title, limits in GROUPS:
        flow.room(60)
        _write_group(flow, say(title, lang))
        for limit in limits:
            _write_limit(flow, limit, getattr(tuning, limit.name))


_STEPS = (
    mark(
        "Copy the file templates/scan.yaml of this program into a folder “templates” beside where"
        " you work. What stands there is used instead of what came with the program."
    ),
    mark("Open it in a plain editor and change one number, a little. Write a point: 0.05."),
    mark(
        "Run s2c-forms calibrate again and look: the frames show what is read now. A question too"
        " many costs a minute, a wrong answer is never noticed: when in doubt, let it ask."
    ),
)


def _write_group(flow: Flow, title: str) -> None:
    column = flow.column
    column.y += 4
    column.write(title, Style(9, "bold", "accent", "H2"), most=1)
    y = column.y + 1
    flow.sheet.shapes.append(Line((column.x, y), (column.x + column.width, y), _LINE, 0.8))
    column.y += 4


def _write_heads(flow: Flow) -> None:
    """Set what the columns hold, on a ground of their own."""
    column = flow.column
    flow.sheet.shapes.append(Ground(column.x, column.y - 3, column.width, 17, _SOFT))
    heads = (
        mark("limit"),
        mark("what it means"),
        mark("lower it when you see"),
        mark("raise it when you see"),
    )
    _write_row(flow, [((say(head, flow.language), _BOLD),) for head in heads])


def _write_limit(flow: Flow, limit: Limit, value: float) -> None:
    """Set a limit: name and value, what it means, and when to lower or to raise it."""
    flow.room(26)
    told = [say(text, flow.language) for text in (limit.means, limit.lower, limit.higher)]
    name = ((limit.name, _BOLD), (f"{value:g}", _QUIET))
    _write_row(flow, [name, *(((text, _SMALL),) for text in told)])


def _write_row(flow: Flow, cells: Sequence[Sequence[tuple[str, Style]]]) -> None:
    whole = flow.column
    x, bottom = whole.x + 3, whole.y
    for width, cell in zip(_WIDTHS, cells, strict=True):
        column = Column(x, whole.y, width)
        for text, style in cell:
            column.write(text, style)
        whole.items.extend(column.items)
        x, bottom = x + width + _GAP, max(bottom, column.y)
    whole.y = bottom + 3
