"""A gallery's content → pages: the chart, the cut-outs zone by zone, and how to change limits."""

from collections.abc import Sequence

from s2c_forms.form.layout import MM, Text
from s2c_forms.media.scan.specimens import SIDE, Gallery, Specimen
from s2c_forms.media.scan.tints import COLOURS, Colour, Standing
from s2c_forms.media.scan.tuning import Tuning
from s2c_forms.report.column import Style
from s2c_forms.report.gallery.chart import draw_chart
from s2c_forms.report.gallery.flow import BOTTOM, H1, H2, QUIET, RIGHT, TEXT, Flow
from s2c_forms.report.gallery.limits import write_limits
from s2c_forms.report.gallery.shapes import PITCH, Frame, Ground, Line, Sheet, Strip
from s2c_forms.report.gallery.zones import Zone, faint_zones, hard_zones, in_zones, percent
from s2c_forms.words import count, mark, say

_COLUMNS = 16
_PITCH = 11 * MM
_SIDE = _PITCH * SIDE / PITCH
_ROW = _SIDE + 13.5
_SHARE = 6.0  # type of what stands under a cut-out
_HEAD = 17.0  # height of a zone's head
_WEIGHTS: dict[Standing, float] = {"empty": 0.6, "marked": 1.7, "ask": 1.7, "black": 1.7}


def lay_out(gallery: Gallery, tuning: Tuning, language: str) -> list[Sheet]:
    """Return the pages of a gallery.

    Args:
        gallery: the boxes.
        tuning: the limits in force.
        language: that is spoken.
    """
    flow = Flow(language)
    flow.turn()
    _write_top(flow, gallery, tuning)
    hard = hard_zones(tuning, language)
    for zone, boxes in in_zones(hard, gallery.hard, soft=False):
        _write_zone(flow, zone, boxes, soft=False)
    _write_faint(flow, gallery, tuning)
    write_limits(flow, tuning)
    _number(flow)
    return flow.sheets


def _write_top(flow: Flow, gallery: Gallery, tuning: Tuning) -> None:
    lang, column = flow.language, flow.column
    column.write(say("How your marks are seen", lang), H1, most=1)
    column.y += 2
    column.write(_facts(gallery, lang), Style(9, "bold"), most=2)
    column.y += 5
    column.write(
        say(
            "Every box of your scans, sorted by how much of it is ink; its frame says what was"
            " read. Is an empty box framed as marked, or a mark as empty? Then a limit doesn't fit"
            " your scanner and your pens: the last page says how to change it.",
            lang,
        ),
        TEXT,
    )
    column.y += 8
    draw_chart(flow, gallery, tuning)
    column.y += 3
    _write_legend(flow)
    shown = len(gallery.hard)
    if shown < gallery.boxes:
        column.y += 4
        told = say(
            "Shown are {shown} of {all} boxes: all that lie near a limit or are asked about, and"
            " of those that are plainly empty or plainly marked some, drawn by lot.",
            lang,
            shown=shown,
            all=gallery.boxes,
        )
        column.write(told, QUIET)
    column.y += 8


def _facts(gallery: Gallery, lang: str) -> str:
    told = [
        count("{n} page", "{n} pages", gallery.pages["read"], lang),
        count("{n} box", "{n} boxes", gallery.boxes, lang),
        count("{n} empty", "{n} empty", gallery.number("empty"), lang),
        count("{n} marked", "{n} marked", gallery.number("marked"), lang),
        count("{n} asked about", "{n} asked about", gallery.number("ask"), lang),
        count("{n} blackened", "{n} blackened", gallery.number("black"), lang),
    ]
    return " · ".join(told)


def _write_legend(flow: Flow) -> None:
    """Set what the colours of frames say, on one line."""
    column = flow.column
    x = column.x
    names: tuple[tuple[Standing, str], ...] = (
        ("empty", mark("empty")),
        ("marked", mark("marked")),
        ("ask", mark("asked about")),
        ("black", mark("blackened: not this one")),
    )
    for standing, name in names:
        told = say(name, flow.language)
        flow.sheet.shapes.append(
            Frame(x + 1, column.y + 1, 8, COLOURS[standing], _WEIGHTS[standing])
        )
        flow.sheet.items.append(Text(x + 14, column.y + 8, (told,), 8, "text", "quiet"))
        x += 26 + 4.2 * len(told)
    column.y += 12


def _write_zone(flow: Flow, zone: Zone, boxes: Sequence[Specimen], *, soft: bool) -> None:
    """Set a zone's head, and its cut-outs in rows; a head never stands alone at a page's foot."""
    flow.room(_HEAD + (_ROW if boxes else 14))
    _write_head(flow, zone)
    if not boxes:
        flow.column.write(say("No box of your scans lies here.", flow.language), QUIET, indent=6)
        flow.column.y += 5
    for start in range(0, len(boxes), _COLUMNS):
        flow.room(_ROW)
        _write_row(flow, boxes[start : start + _COLUMNS], soft=soft)
    flow.column.y += 4


def _write_head(flow: Flow, zone: Zone) -> None:
    """Set the limit as a line with its words over it, and its name and value at the right."""
    column, colour = flow.column, COLOURS[zone.standing]
    flow.sheet.shapes.append(Ground(column.x, column.y, 3, 13, colour))
    flow.sheet.shapes.append(
        Line((column.x, column.y + 13), (column.x + column.width, column.y + 13), colour, 0.9)
    )
    text = Text(column.x + 7, column.y + 9.2, (zone.told,), 8.6, "bold", role="H3")
    flow.sheet.items.append(text)
    if zone.limit:
        told = f"{zone.limit}: {zone.begin:g}"
        right = column.x + column.width
        flow.sheet.items.append(
            Text(right, column.y + 9.2, (told,), 7.4, "text", "quiet", align="right")
        )
    column.y += _HEAD + 2


def _write_row(flow: Flow, boxes: Sequence[Specimen], *, soft: bool) -> None:
    column, sheet = flow.column, flow.sheet
    width = _PITCH * (len(boxes) - 1) + _SIDE
    sheet.shapes.append(Strip(column.x, column.y, width, _SIDE, tuple(boxes)))
    for place, box in enumerate(boxes):
        x = column.x + place * _PITCH
        colour: Colour = COLOURS[box.standing]
        weight = _WEIGHTS[box.standing]
        sheet.shapes.append(Frame(x, column.y, _SIDE, colour, weight))
        told = percent(box.soft_share if soft else box.share, flow.language)
        at = (x + _SIDE / 2, column.y + _SIDE + 7.4)
        sheet.items.append(Text(*at, (told,), _SHARE, "text", "quiet", "Artifact", "centre"))
    column.y += _ROW


def _write_faint(flow: Flow, gallery: Gallery, tuning: Tuning) -> None:
    lang = flow.language
    flow.room(120)
    flow.column.y += 8
    flow.column.write(say("Faint ink: pencil, and pens that fail", lang), H2, most=1)
    flow.column.y += 2
    told = say(
        "Boxes without real ink, sorted by how much of their middle is a little darker than the"
        " paper. Pencil belongs after the second line, the grain of the paper before it.",
        lang,
    )
    flow.column.write(told, TEXT)
    flow.column.y += 7
    for zone, boxes in in_zones(faint_zones(tuning, lang), gallery.faint, soft=True):
        _write_zone(flow, zone, boxes, soft=True)


def _number(flow: Flow) -> None:
    for place, sheet in enumerate(flow.sheets, start=1):
        told = say("page {page} of {pages}", flow.language, page=place, pages=len(flow.sheets))
        sheet.items.append(
            Text(RIGHT, BOTTOM + 20, (told,), 7, "text", "quiet", "Artifact", "right")
        )
