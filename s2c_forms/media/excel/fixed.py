"""What an Excel form says by itself: whatever else stands on it was typed by somebody.

It follows the writer (plan, rows, formulas): a form as it's written, read back, has no doubts, and
tests see to that for each rubric.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from s2c_forms.form.fields import Field, fields_of
from s2c_forms.form.form import Form
from s2c_forms.form.kinds import parse
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.stamp import find_stamp_line
from s2c_forms.media.excel.formulas import NO_MEAN
from s2c_forms.media.excel.labels import label_of, plain
from s2c_forms.media.excel.plan import lines_of
from s2c_forms.media.excel.sheet import ANSWER_MARK, FIELD_MARK, TICK_SYMBOLS
from s2c_forms.words import say

UNTICKED = ("FALSE", TICK_SYMBOLS[0])
"""What stands in a box that nobody touched."""


@dataclass(frozen=True)
class Fixed:
    """The texts of a form, each with its blanks made one.

    Attributes:
        beside: what stands in the row of a field, by its id, apart from results of formulas.
        labels: the fields that have a label, by that label.
        parts: the id of each part, by the title that stands in its band.
        titles: what stands in rows that have a formula, apart from scores.
        anywhere: what stands in rows without a field.
        guide: what stands on the sheet of the guide.
    """

    beside: dict[str, Counter[str]]
    labels: dict[str, tuple[Field, ...]]
    parts: dict[str, str]
    titles: frozenset[str]
    anywhere: frozenset[str]
    guide: frozenset[str]


@lru_cache(maxsize=64)
def fixed_of(rubric: Rubric) -> Fixed:
    """Return what a form of this rubric says by itself."""
    language = rubric.language
    lines = lines_of(Form(rubric, ""))
    beside = {
        line.field.id: Counter(_plain(line.field.id, line.number, label_of(line.field, language)))
        for line in lines
        if line.field
    }
    fixed = [text for line in lines if not line.field for text in (line.text, line.number)]
    labels: dict[str, tuple[Field, ...]] = {}
    for field in fields_of(rubric):
        label = plain(label_of(field, language))
        labels[label] = (*labels.get(label, ()), field)
    legend = " ".join(f"{point.value} = {point.label}" for point in rubric.scale)
    done = say("✓ All is scored", language)
    own = (legend, say("mean score", language), done, NO_MEAN, FIELD_MARK, ANSWER_MARK)
    parts = {plain(part.title): part.id for part in rubric.parts}
    anywhere = frozenset(_plain(*fixed, *labels, *own))
    titles = frozenset({plain(rubric.title), *parts})
    return Fixed(beside, labels, parts, titles, anywhere, _guide(rubric))


def _plain(*texts: str) -> tuple[str, ...]:
    return tuple(plain(text) for text in texts if text)


def _guide(rubric: Rubric) -> frozenset[str]:
    blocks = [(block.heading, block.paragraph, *block.list) for block in rubric.guide]
    texts = [text.format_map(rubric.placeholders) for texts in blocks for text in texts]
    return frozenset(_plain(*texts))


def is_anywhere(text: str, rubric: Rubric) -> bool:
    """Return whether a text may stand in a row of a form in which no field is answered."""
    said = plain(text)
    if said in fixed_of(rubric).anywhere:
        return True
    stamp = find_stamp_line(text)
    todo = re.escape(say("Still to score:", rubric.language))
    is_stamp = bool(stamp and plain(stamp.line()) == said)
    return is_stamp or bool(re.fullmatch(rf"{todo} \d+", said))


def is_on_other_sheets(text: str, rubric: Rubric) -> bool:
    """Return whether a text that stands on a sheet without fields was put there by us."""
    fixed = fixed_of(rubric)
    return plain(text) in fixed.guide or text in UNTICKED or is_anywhere(text, rubric)


def beside(field: Field, answer: str, rubric: Rubric) -> Counter[str]:
    """Return what stands in the row of a field with this answer, and how often."""
    told = fixed_of(rubric).beside[field.id]
    if field.kind != "score":
        return told
    value, language = parse(field, answer).value, rubric.language
    labels = [option.label for option in field.options if option.value == value]
    results = (say("still to score", language), say("not on the scale", language), *labels)
    return told | Counter(_plain(*results))


def is_mean(text: str, scores: Iterable[str]) -> bool:
    """Return whether a text is the mean of those scores that are numbers."""
    found = [number for score in scores if (number := _number(score)) is not None]
    said = _number(text)
    return bool(found) and said is not None and abs(said - sum(found) / len(found)) < _ROUNDED


_ROUNDED = 0.06  # a mean is shown with one decimal, and some programs paste what is shown


def _number(text: str) -> float | None:
    found = re.fullmatch(r"-?\d{1,9}(?:[.,]\d+)?", text.strip(), re.ASCII)
    return float(found[0].replace(",", ".")) if found else None
