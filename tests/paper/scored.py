"""What the program said of a page beside what is true of it: right, asked, or silently wrong."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from s2c_forms.api import FileOutcome
from s2c_forms.records.record import Record
from tests.paper.corpus import Case, PageShot
from tests.paper.marks import Class
from tests.paper.people import FieldTruth

Verdict = Literal["right", "false tick", "missed tick", "asked", "wrong"]
"""Of a box; `wrong` is only said of boxes of which a person would have to ask."""
Fate = Literal["read", "told", "silent"]
"""Of a page; `told` is lost with a word, `silent` without one."""


@dataclass(frozen=True)
class BoxScore:
    """One box: `place` counts the boxes of its page; `said` is what its field was read as."""

    field_id: str
    state: str
    place: int
    style: str
    cls: Class
    verdict: Verdict
    expected: str
    said: str


@dataclass(frozen=True)
class PageScore:
    """One page: its boxes where it was read, and how often a person is asked.

    Attributes:
        fate: whether it was read, or lost with or without a word.
        why: the state or refusal that the program gave it.
        boxes: empty where it is lost.
        fields: clear fields with boxes, and how many of them were asked.
        entries: pairs of what stands in room to write, and whether it was asked.
    """

    fate: Fate
    why: str
    boxes: tuple[BoxScore, ...] = ()
    fields: tuple[int, int] = (0, 0)
    entries: tuple[tuple[str, bool], ...] = ()


def score(case: Case, page: PageShot, outcome: FileOutcome) -> PageScore:
    """Return how well a file of this one page was read."""
    record = next((r for r in outcome.records if r.stamp.form_id == case.form.form_id), None)
    state = outcome.pages[0].state if outcome.pages else ""
    if record is None or state not in ("read", "to_check"):
        return PageScore(*_fate(outcome, state))
    if outcome.pages[0].number != page.number:
        return PageScore("silent", "read as another page")
    asked = {problem.field_id for problem in record.problems}
    boxes = tuple(_boxes(page, record, asked))
    clear = [field for field in page.fields if field.boxes and field.cls == "clear"]
    entries = [(f.style, f.field_id in asked) for f in page.fields if not f.boxes]
    asked_clear = sum(field.field_id in asked for field in clear)
    return PageScore("read", state, boxes, (len(clear), asked_clear), tuple(entries))


def _fate(outcome: FileOutcome, state: str) -> tuple[Fate, str]:
    """Return whether a page that wasn't read was told of: a form called blank is not."""
    if state in ("no_code", "other_rubric", "unreadable"):
        return "told", state
    if not state and outcome.refusal:
        return "told", outcome.refusal.code
    return "silent", state or "nothing"


def _boxes(page: PageShot, record: Record, asked: set[str | None]) -> Iterator[BoxScore]:
    place = 0
    for field in page.fields:
        said = _said(record, field.field_id)
        for box in field.boxes:
            verdict = _verdict(field, box.state, said, is_asked=field.field_id in asked)
            told = "?" if field.field_id in asked else said
            of_field = (field.field_id, box.state, place, box.style, field.cls)
            yield BoxScore(*of_field, verdict, field.expected, told)
            place += 1


def _said(record: Record, field_id: str) -> str:
    """Return what a field was read as: a state of the layout, or nothing."""
    value = record.values.get(field_id)
    if value is None or value is False:
        return ""
    return "on" if value is True else str(value)


def _verdict(field: FieldTruth, state: str, said: str, *, is_asked: bool) -> Verdict:
    if is_asked:
        return "asked"
    if field.cls == "question":
        return "right" if said in field.allowed else "wrong"
    if (said == state) == (field.expected == state):
        return "right"
    return "false tick" if said == state else "missed tick"
