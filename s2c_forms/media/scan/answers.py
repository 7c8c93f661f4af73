"""Boxes and places to write → answers with their evidence, and doubts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from s2c_forms.form.fields import Field, field_index
from s2c_forms.form.filled import Doubt, RawAnswer
from s2c_forms.form.kinds import Value, show
from s2c_forms.form.rubric import Rubric
from s2c_forms.media.scan.marks import Measured
from s2c_forms.media.scan.seen import Look
from s2c_forms.media.scan.tuning import Tuning
from s2c_forms.media.scan.writing import Written
from s2c_forms.words import say

Found = RawAnswer | Doubt


def of_boxes(looks: Iterable[Look], rubric: Rubric, page: int, tuning: Tuning) -> Iterator[Found]:
    """Yield what the boxes of a page say, field by field.

    Args:
        looks: the boxes.
        rubric: what is asked.
        page: the page's number in the file.
        tuning: the limits.
    """
    fields = field_index(rubric)
    groups: dict[str, list[Look]] = defaultdict(list)
    for look in looks:
        groups[look.field_id].append(look)
    for field_id, boxes in groups.items():
        field = fields[field_id]
        place = where(rubric, field, page)
        found = _of_tick if field.kind == "tick" else _of_row
        yield from found(boxes, place, (tuning, rubric.language))


def where(rubric: Rubric, field: Field, page: int) -> str:
    """Return where a field stands, in words that a person finds it by in a stack of paper."""
    sheet = say("page {page}", rubric.language, page=page)
    factor = next((found for found in rubric.factors if found.id == field.factor), None)
    if factor is None:
        return f"{sheet}, {field.label}"
    named = say("factor {number}", rubric.language, number=factor.number)
    return f"{sheet}, {named}" + ("" if field.kind == "score" else f", “{field.label}”")


_DOUBTS = {"black": "blackened", "unsure": "unsure_mark", "circled": "circled"}


def _of_tick(boxes: Sequence[Look], place: str, how: tuple[Tuning, str]) -> Iterator[Found]:
    tuning, _ = how
    (look,) = boxes
    if look.verdict in _DOUBTS:
        yield Doubt(_DOUBTS[look.verdict], place, look.field_id)
    else:
        raw = "TRUE" if look.verdict == "marked" else "FALSE"
        yield RawAnswer(look.field_id, raw, place, confidence(look.measured, tuning))


def _of_row(boxes: Sequence[Look], place: str, how: tuple[Tuning, str]) -> Iterator[Found]:
    """Yield what a row of boxes says, of which one should be marked.

    A box that is black all over means "not this one": beside one sure mark it is a correction.
    """
    tuning, language = how
    by = {verdict: [b for b in boxes if b.verdict == verdict] for verdict in (*_DOUBTS, "marked")}
    marked, field_id = by["marked"], boxes[0].field_id
    unsure = by["unsure"] or (by["circled"] if not marked else [])
    if unsure or (by["black"] and not marked):
        code = "unsure_mark" if by["unsure"] else "circled" if unsure else "blackened"
        seen = [*marked, *(unsure or by["black"])]
        yield Doubt(code, place, field_id, " / ".join(box.state for box in seen))
        return
    if by["black"]:
        black = ", ".join(box.state for box in by["black"])
        note = say("corrected: {boxes} made black", language, boxes=black)
        place = f"{place} ({note})"
    for box in marked:
        yield RawAnswer(field_id, box.state, place, confidence(box.measured, tuning))
    if not marked:
        yield RawAnswer(field_id, "", place, min(confidence(b.measured, tuning) for b in boxes))


def confidence(box: Measured, tuning: Tuning) -> float:
    """Return how far a box is from the limits between which a person is asked: 0.5 to 1."""
    if box.share <= tuning.empty_share:
        return 1 - 0.5 * box.share / tuning.empty_share
    return min(1.0, 0.5 + 0.25 * box.share / tuning.marked_share)


def of_entries(
    written: Mapping[str, Written], rubric: Rubric, page: int, printed: Mapping[str, Value]
) -> Iterator[Found]:
    """Yield what stands in the places to write: printed values; handwriting is a question."""
    fields = field_index(rubric)
    for field_id, how in written.items():
        place = where(rubric, fields[field_id], page)
        value = printed.get(field_id)
        if how == "handwritten":
            yield Doubt("handwritten", place, field_id)
        elif how == "beside":
            told = show(fields[field_id], value, rubric.language)
            yield Doubt("written_beside", place, field_id, told)
        elif how == "as_printed":
            yield RawAnswer(field_id, str(value), place)
        else:
            yield RawAnswer(field_id, "", place)
