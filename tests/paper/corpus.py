"""Cases: a form, filled in by somebody, as files of pages with what is true of each."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, get_args

import cv2
import numpy as np

from s2c_forms.form.fields import Field, field_index, head_of
from s2c_forms.form.form import Form
from s2c_forms.form.kinds import Value
from s2c_forms.form.layout import MM, Box, Page
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.rubric_file import load_rubric
from s2c_forms.form.stamp import ALPHABET, check_character
from tests.paper.answers import answer_entry, answer_row, answer_tick, rows_of
from tests.paper.devices import Shot, on_its_side, scan
from tests.paper.files import encoded
from tests.paper.machines import (
    choose_feeder,
    choose_flatbed,
    choose_poor,
    next_page,
    used_paper,
)
from tests.paper.people import (
    OUTSIDE,
    BoxTruth,
    Desk,
    FieldTruth,
    Person,
    choose_person,
    cover,
    field_truth,
)
from tests.paper.phone import photograph
from tests.paper.printed import Blank, Places, Sheet, choose_printer, printed, rendered
from tests.paper.stray import leave_stray_ink
from tests.paper.wear import Paper

Severity = Literal["clean", "office", "poor", "phone"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
_SHARING = 8  # people that share a form where many boxes are counted
OWN = Path(__file__).parents[2] / "rubric" / "reflectie-coachgesprekken-1.yaml"


@dataclass(frozen=True)
class PageShot:
    """One page of a case.

    Attributes:
        data: the file.
        suffix: of its name.
        number: which page of the form it is.
        fields: what is true of each field on it.
        places: of each box of the layout, in order: four corners in pixels of the picture as a
            viewer shows it (n × 4 × 2).
        told: how it came about, for people.
    """

    data: bytes
    suffix: str
    number: int
    fields: tuple[FieldTruth, ...]
    places: Places
    told: tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """A form that came back, all its pages."""

    seed: int
    severity: Severity
    form: Form
    person: Person
    pages: tuple[PageShot, ...]


@cache
def own_rubric() -> Rubric:
    """Return the instrument that this program is made for."""
    return load_rubric(OWN)


def make_case(
    seed: int,
    severity: Severity,
    *,
    roomy: bool = False,
    rubric: Rubric | None = None,
    brief: bool = False,
) -> Case:
    """Return a form as it comes back; the same for the same arguments, to the last byte.

    Args:
        seed: any number from 0.
        severity: how it is scanned.
        roomy: whether the form has the larger sizes.
        rubric: what is asked; without it our own.
        brief: for counting many boxes: pages without any are left out, and people share a form,
            photocopied for each before it was filled in.
    """
    rubric = rubric or own_rubric()
    chance = np.random.default_rng([seed, SEVERITIES.index(severity), int(roomy)])
    if brief:
        form, blanks = _shared(seed // _SHARING, rubric, roomy=roomy)
    else:
        form = _form(rubric, roomy, chance)
        blanks = rendered(form)
    person = choose_person(chance)
    sheets = printed(blanks, choose_printer(chance), chance)
    truths = [_filled_in(Desk(sheet, person, chance), form) for sheet in sheets]
    pages = tuple(_taken(sheets, truths, severity, chance))
    return Case(seed, severity, form, person, pages)


@lru_cache(maxsize=2)
def _shared(number: int, rubric: Rubric, *, roomy: bool) -> tuple[Form, list[Blank]]:
    form = _form(rubric, roomy, np.random.default_rng([number, int(roomy)]))
    return form, [blank for blank in rendered(form) if blank.page.boxes]


def _form(rubric: Rubric, roomy: bool, chance: np.random.Generator) -> Form:
    body = "".join(ALPHABET[place] for place in chance.integers(0, len(ALPHABET), 7))
    head = head_of(rubric) if chance.random() < 0.5 else ()
    known = {field.id: _known(field, chance) for field in head if chance.random() < 0.7}
    return Form(rubric, body + check_character(body), prefilled=known, roomy=roomy)


def _known(field: Field, chance: np.random.Generator) -> Value:
    if field.options:
        return field.options[int(chance.integers(len(field.options)))].value
    if field.kind == "number":
        return int(chance.integers(1, 9))
    if field.kind == "date":
        return np.datetime64("2026-09-07", "D").astype(object)  # type: ignore[no-any-return]
    return f"{field.id[0].upper()}-{chance.integers(100, 999)}"


def _filled_in(desk: Desk, form: Form) -> tuple[FieldTruth, ...]:
    page, truths = desk.sheet.page, list[FieldTruth]()
    for boxes in rows_of(page.boxes):
        if boxes[0].field_id in form.prefilled:
            truths.append(_printed_row(boxes, str(form.prefilled[boxes[0].field_id])))
        elif field_index(form.rubric)[boxes[0].field_id].kind == "tick":
            truths.append(answer_tick(desk, boxes[0]))
        else:
            truths.append(answer_row(desk, boxes))
    entries = [
        answer_entry(desk, entry, entry.field_id in form.prefilled) for entry in page.entries
    ]
    leave_stray_ink(desk)
    return (*_with_tails(desk, truths), *entries)


def _printed_row(boxes: tuple[Box, ...], value: str) -> FieldTruth:
    found = tuple(
        BoxTruth(box.state, box.state == value, "printed" if box.state == value else "empty")
        for box in boxes
    )
    return FieldTruth(boxes[0].field_id, value, "clear", (value,), "printed", "printer", found)


def _with_tails(desk: Desk, truths: list[FieldTruth]) -> Iterator[FieldTruth]:
    """Yield what is true once ink that belongs elsewhere has run into empty boxes."""
    places = {(box.field_id, box.state): box for box in desk.sheet.page.boxes}
    for truth in truths:
        boxes = tuple(
            _run_into(desk, places[truth.field_id, box.state], box) for box in truth.boxes
        )
        if boxes == truth.boxes:
            yield truth
            continue
        again = field_truth(truth.field_id, boxes, desk.person)
        allowed = truth.allowed if truth.allowed != (truth.expected,) else again.allowed
        style = truth.style if truth.style != "empty" else again.style
        yield replace(again, allowed=allowed, style=style, pen=truth.pen)


def _run_into(desk: Desk, box: Box, truth: BoxTruth) -> BoxTruth:
    if truth.style != "empty":
        return truth
    ink = cover(desk.sheet, box, 0.25)
    if ink < 0.004:
        return truth
    return replace(truth, style="tail", ink=ink, cls="clear" if ink < 0.035 else "question")


def _taken(
    sheets: list[Sheet],
    truths: list[tuple[FieldTruth, ...]],
    severity: Severity,
    chance: np.random.Generator,
) -> Iterator[PageShot]:
    """Yield every page as the same device sees it, one after the other."""
    choose = {"clean": choose_flatbed, "office": choose_feeder, "poor": choose_poor}
    scanner = choose[severity](chance) if severity != "phone" else None
    sideways = severity in ("office", "poor") and chance.random() < 0.05
    for place, (sheet, fields) in enumerate(zip(sheets, truths, strict=True)):
        other = place + 1 - 2 * (place % 2)
        back = sheets[other] if other < len(sheets) else None
        paper = used_paper(sheet, back, severity, chance)
        quads = quads_of(sheet.page)
        if scanner is None:
            paper, shot = photograph(paper, quads, chance)
        else:
            scanner = next_page(scanner, chance)
            shot = scan(paper, quads, scanner, chance)
            shot = on_its_side(shot) if sideways else shot
        data, suffix = encoded(shot.image, shot.encoding)
        seen = tuple(_as_seen(fields, sheet.page, paper, shot))
        yield PageShot(data, suffix, sheet.page.number, seen, shot.places, shot.told)


def quads_of(page: Page) -> Places:
    """Return the corners of the boxes of a page (n × 4 × 2), millimetres of the layout."""
    corners = [
        [
            (box.x, box.y),
            (box.x + box.size, box.y),
            (box.x + box.size, box.y + box.size),
            (box.x, box.y + box.size),
        ]
        for box in page.boxes
    ]
    return np.array(corners, dtype=np.float64).reshape(-1, 4, 2) / MM


def _as_seen(
    fields: tuple[FieldTruth, ...], page: Page, paper: Paper, shot: Shot
) -> Iterator[FieldTruth]:
    """Yield what is true once some boxes can't be seen, or their marks hardly."""
    keys = [(box.field_id, box.state) for box in page.boxes]
    quads = {
        key: (quad, place)
        for key, quad, place in zip(keys, quads_of(page), shot.places, strict=True)
    }
    for field in fields:
        found = [
            _seen_box(box, *quads[field.field_id, box.state], paper, shot) for box in field.boxes
        ]
        boxes = tuple(found)
        if boxes == field.boxes:
            yield field
            continue
        lost = any(box.style == "vanished" for box in boxes)
        allowed = tuple({*field.allowed, ""}) if lost else field.allowed
        both = zip(boxes, field.boxes, strict=True)
        style = next(new.style for new, old in both if new != old)
        yield replace(field, boxes=boxes, cls="question", allowed=allowed, style=style)


def _seen_box(box: BoxTruth, quad: Places, place: Places, paper: Paper, shot: Shot) -> BoxTruth:
    corners = (quad @ paper.matrix[:, :2].T + paper.matrix[:, 2]).astype(np.float32)
    for polygon in paper.hidden:
        shape = polygon.astype(np.float32).reshape(-1, 1, 2)
        near = [cv2.pointPolygonTest(shape, corner.tolist(), True) > -6 for corner in corners]
        if any(near):
            return replace(box, style="hidden", cls="question")
    height, width = shot.image.shape[:2]
    if (place < 2).any() or (place > (width - 3, height - 3)).any():
        return replace(box, style="hidden", cls="question")
    if box.style == "corrected":
        return box if _seen_ink(place, shot) > 0.7 else replace(box, cls="question")
    if not box.marked or box.style in (*OUTSIDE, "circled digit", "printed"):
        return box
    seen = _seen_ink(place, shot)
    if seen < 0.006:
        return replace(box, style="vanished", cls="question")
    of_bits = 0.35 * box.ink if shot.encoding.kind == "tif" else 0.0
    faint = seen < max(0.015, of_bits)
    return replace(box, style="barely visible", cls="question") if faint else box


def _seen_ink(place: Places, shot: Shot) -> float:
    """Return the share of a box's inside that is visibly darker than the paper round it."""
    middle = place.mean(axis=0)
    side = max(8, round(float(np.hypot(*(place[1] - place[0])))))
    wide = (middle + (place - middle) * 2).astype(np.float32)
    target = np.array([[0, 0], [2, 0], [2, 2], [0, 2]], np.float32) * side
    turn = cv2.getPerspectiveTransform(wide, target)
    cut = cv2.warpPerspective(shot.image, turn, (2 * side, 2 * side), flags=cv2.INTER_AREA)
    grey = cut if cut.ndim == 2 else cut.min(axis=2)
    paper = float(np.percentile(grey, 80))
    near, far = round(side * 0.64), round(side * 1.36)
    return float((grey[near:far, near:far] < paper * 0.86 - 4).mean())


def stack_of(cases: Iterable[Case]) -> list[tuple[bytes, str]]:
    """Return all pages of cases one after the other, for `files.write_pdf` and its like."""
    return [(page.data, page.suffix) for case in cases for page in case.pages]


def digest() -> str:
    """Return 12 hexadecimal digits that change with the simulator's source, not with a form's."""
    judges = ("scored.py", "pictures.py")
    found = [path for path in Path(__file__).parent.glob("*.py") if path.name not in judges]
    texts = [path.read_bytes() for path in sorted(found) if not path.name.startswith("test_")]
    return hashlib.sha256(b"".join(texts)).hexdigest()[:12]
