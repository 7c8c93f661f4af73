"""Answers: what a person does with an indicator, a row of boxes, or room to write."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import numpy as np

from s2c_forms.form.layout import Box, Entry
from tests.paper.marks import Class
from tests.paper.pens import draw
from tests.paper.people import (
    EVENTS,
    BoxTruth,
    Desk,
    FieldTruth,
    Person,
    erase,
    field_truth,
    inside_habit,
    mark,
    white_out,
)
from tests.paper.writing import written


def answer_tick(desk: Desk, box: Box) -> FieldTruth:
    """Mark an indicator or not, and return what was meant."""
    person = desk.person
    if desk.happens(person.ticking):
        truth = mark(desk, box, desk.usual())
    elif desk.happens(0.03 * (1 - person.care)):
        truth = mark(desk, box, "speck")
    elif person.pen.rubs_out and desk.happens(0.04):
        truth = erase(desk, box)
    elif desk.happens(0.004) and "fill" not in person.habits:
        truth = replace(mark(desk, box, "fill"), style="blackened alone", marked=False)
    elif desk.happens(0.003 * (1.5 - person.care)):
        truth = mark(desk, box, str(desk.chance.choice(["beside", "row circled", "row struck"])))
    elif desk.happens(0.002):
        mark(desk, box, inside_habit(person))
        truth = white_out(desk, box)
    else:
        truth = BoxTruth(box.state, False, "empty")
    return field_truth(box.field_id, (truth,), person)


def answer_row(desk: Desk, boxes: tuple[Box, ...]) -> FieldTruth:
    """Mark one box of a score or choice, as people do, and return what was meant."""
    person, chance = desk.person, desk.chance
    blank = tuple(BoxTruth(box.state, False, "empty") for box in boxes)
    field_id = boxes[0].field_id
    if desk.happens(0.07):
        if person.pen.rubs_out and desk.happens(0.2):
            spot = int(chance.integers(len(boxes)))
            return field_truth(field_id, _put(blank, spot, erase(desk, boxes[spot])), person)
        return field_truth(field_id, blank, person)
    first, second = (int(place) for place in chance.choice(len(boxes), 2, replace=False))
    event = EVENTS[int(chance.choice(len(EVENTS), p=_shares(person)))]
    if event == "plain":
        one = _put(blank, first, mark(desk, boxes[first], desk.usual()))
        if desk.happens(0.02 * (1 - person.care)):
            one = _put(one, second, mark(desk, boxes[second], "speck"))
        return field_truth(field_id, one, person)
    if event in ("corrected", "scratched", "two marked", "whited out"):
        return _two(desk, boxes, (first, second), event)
    if event == "blackened alone":
        only = replace(mark(desk, boxes[first], "fill"), style=event, marked=False)
        return field_truth(field_id, _put(blank, first, only), person)
    return field_truth(field_id, _put(blank, first, mark(desk, boxes[first], event)), person)


def _shares(person: Person) -> list[float]:
    shares = np.array([0.0, 0.03, 0.006, 0.008, 0.006, 0.006, 0.006, 0.004, 0.004]) * (
        1.5 - person.care
    )
    if "fill" in person.habits:
        shares[[1, 4]] = 0  # who fills every box has no way left to say "not this one"
    shares[0] = 1 - shares.sum()
    return list(shares)


def _two(desk: Desk, boxes: tuple[Box, ...], places: tuple[int, int], event: str) -> FieldTruth:
    """Mark a wrong box, do with it what `event` says, and mark the right one."""
    wrong, right = places
    truths = [BoxTruth(box.state, False, "empty") for box in boxes]
    habit = inside_habit(desk.person)
    truths[wrong] = mark(desk, boxes[wrong], habit)
    if event == "whited out":
        truths[wrong] = white_out(desk, boxes[wrong])
    elif event != "two marked":
        over = mark(desk, boxes[wrong], "fill" if event == "corrected" else "scribble")
        full = event == "corrected" and over.ink > 0.85
        cls: Class = "clear" if full else "question"
        truths[wrong] = BoxTruth(over.state, False, event, cls, over.ink)
    truths[right] = mark(desk, boxes[right], habit)
    if event == "two marked":
        truths = [replace(t, cls="question", style=event) if t.marked else t for t in truths]
    return field_truth(boxes[0].field_id, tuple(truths), desk.person)


def _put(boxes: tuple[BoxTruth, ...], place: int, truth: BoxTruth) -> tuple[BoxTruth, ...]:
    return (*boxes[:place], truth, *boxes[place + 1 :])


def answer_entry(desk: Desk, entry: Entry, prefilled: bool) -> FieldTruth:
    """Write in an entry or not."""
    truth = partial(FieldTruth, entry.field_id, "", "clear", ("",), pen=desk.person.pen.name)
    share = 0.03 if prefilled else 0.6
    if not desk.happens(share):
        return truth(style="prefilled" if prefilled else "entry empty")
    draw(desk.sheet, written(entry, desk.person.touch, desk.chance), desk.person.pen, desk.chance)
    return truth(style="entry beside" if prefilled else "entry written")


def rows_of(boxes: tuple[Box, ...]) -> Iterator[tuple[Box, ...]]:
    """Yield the boxes of each field, in order."""
    fields: dict[str, list[Box]] = {}
    for box in boxes:
        fields.setdefault(box.field_id, []).append(box)
    yield from (tuple(found) for found in fields.values())
