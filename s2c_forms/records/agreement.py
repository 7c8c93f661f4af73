"""How far raters agree who scored the same conversations: for each pair, part and factor.

Intervals are drawn by the bootstrap over conversations: as many conversations as there are, drawn
with replacement, a thousand times, each with all its scores. The draws follow from the pair's
names alone, so that the same records always tell the same. No numpy: every workbook has these.
"""

import struct
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from random import Random
from typing import Literal

from s2c_forms.form.rubric import Rubric
from s2c_forms.records.coefficients import MEASURES, Table, measures
from s2c_forms.records.figures import Pair, Scored, pairs, raters

LEAST = 10  # conversations; with fewer there is no coefficient
RESAMPLES = 1_000
_LEVEL = 0.95
_ENOUGH = 0.9  # of the draws must give the measure a value, or it has no interval
_BITS = 32  # of a counter

Reading = Literal["too_few", "no_variation", "one_sided", "good", "tentative", "low"]


@dataclass(frozen=True)
class Estimate:
    """A measure and its 95 % interval; None where it can't be computed."""

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Agreement:
    """What two raters gave a factor, a part, or everything (both ids are empty).

    Attributes:
        raters: the two, in the order of the rubric's choices.
        part: its id.
        factor: its id; empty where the whole part is meant.
        conversations: which both scored.
        table: how often each pair of scores stands beside each other; rows are the first rater's.
        estimates: by name in MEASURES; empty under ten conversations.
        reading: how the figures are to be read.
    """

    raters: tuple[str, str]
    part: str
    factor: str
    conversations: int
    table: Table
    estimates: Mapping[str, Estimate] = field(default_factory=dict)
    reading: Reading = "too_few"

    @property
    def scores(self) -> int:
        """Return how many scores stand beside each other."""
        return sum(map(sum, self.table))


# A cell of all tables that are drawn together: which table, which row, which column.
Cell = tuple[int, int, int]


def agreements(
    forms: Iterable[Scored], rubric: Rubric, scale: Sequence[int]
) -> tuple[Agreement, ...]:
    """Return how far each pair of raters agrees: in all, then by part and its factors.

    Args:
        forms: as `figures.scored_forms` returns them.
        rubric: the newest version: its parts and factors are looked at.
        scale: every value that a score can have in any version, from low to high.
    """
    forms = list(forms)
    return tuple(
        agreement
        for first, other in combinations(raters(forms, rubric), 2)
        if (found := pairs(forms, first, other))
        for agreement in _of_raters((first, other), found, _Frame.of(rubric, scale))
    )


@dataclass(frozen=True)
class _Frame:
    """The tables that there are for each pair of raters.

    Attributes:
        scale: the values of a score, from low to high.
        levels: part and factor of each table.
        tables: by factor, the numbers of the tables that its scores count in.
    """

    scale: Sequence[int]
    levels: tuple[tuple[str, str], ...]
    tables: Mapping[str, tuple[int, ...]]

    @classmethod
    def of(cls, rubric: Rubric, scale: Sequence[int]) -> "_Frame":
        levels = [("", "")]
        tables = {}
        for part in rubric.parts:
            whole = len(levels)
            levels.append((part.id, ""))
            for factor in part.factors:
                tables[factor.id] = (0, whole, len(levels))
                levels.append((part.id, factor.id))
        return cls(scale, tuple(levels), tables)

    def cells(self, found: Iterable[Pair]) -> Iterator[Cell]:
        """Yield where pairs of scores are counted, each in several tables."""
        ranks = {value: rank for rank, value in enumerate(self.scale)}
        for pair in found:
            for table in self.tables[pair.factor]:
                yield table, ranks[pair.first], ranks[pair.other]


def _of_raters(names: tuple[str, str], found: Iterable[Pair], frame: _Frame) -> Iterator[Agreement]:
    by_conversation: dict[tuple[str, ...], list[Pair]] = defaultdict(list)
    for pair in found:
        by_conversation[pair.conversation].append(pair)
    counted = [Counter(frame.cells(mine)) for _, mine in sorted(by_conversation.items())]
    seen = Counter(table for cells in counted for table in {table for table, _, _ in cells})
    enough = [table for table, conversations in seen.items() if conversations >= LEAST]
    drawn = _draw(counted, frame, " ".join(names)) if enough else []
    (whole,) = _unpack([sum(_pack(cells, frame) for cells in counted)], frame)
    for number, (part, factor) in enumerate(frame.levels):
        table = whole[number]
        if number in enough:
            estimates = _estimates(table, [tables[number] for tables in drawn])
            told = estimates, _reading(table, estimates)
            yield Agreement(names, part, factor, seen[number], table, *told)
        elif seen[number]:
            yield Agreement(names, part, factor, seen[number], table)


def _draw(counted: Sequence[Mapping[Cell, int]], frame: _Frame, seed: str) -> list[list[Table]]:
    """Return all tables of each draw of conversations.

    A conversation's counters lie beside each other in one large number, so that a draw is one sum.
    """
    chance = Random(seed)  # noqa: S311  no secrets: draws that can be drawn again
    packed = [_pack(cells, frame) for cells in counted]
    totals = [sum(chance.choices(packed, k=len(packed))) for _ in range(RESAMPLES)]
    return _unpack(totals, frame)


def _pack(cells: Mapping[Cell, int], frame: _Frame) -> int:
    size = len(frame.scale)
    return sum(
        number << (_BITS * ((table * size + row) * size + column))
        for (table, row, column), number in cells.items()
    )


def _unpack(totals: Iterable[int], frame: _Frame) -> list[list[Table]]:
    """Return every table of each total."""
    size = len(frame.scale)
    form = struct.Struct(f"<{len(frame.levels) * size * size}I")
    starts = range(0, len(frame.levels) * size * size, size)
    unpacked = []
    for total in totals:
        numbers = form.unpack(total.to_bytes(form.size, "little"))
        rows = [numbers[start : start + size] for start in starts]
        unpacked.append([tuple(rows[first : first + size]) for first in range(0, len(rows), size)])
    return unpacked


def _estimates(table: Table, drawn: Sequence[Table]) -> dict[str, Estimate]:
    """Return each measure with its interval; without variation there are no coefficients."""
    varies = len(_used(table)) > 1
    told = [measures(one) for one in drawn if any(map(any, one))]
    return {
        name: Estimate(value, *_interval([one[place] for one in told]))
        if value is not None and (varies or name in ("exact", "adjacent"))
        else Estimate(None)
        for place, (name, value) in enumerate(zip(MEASURES, measures(table), strict=True))
    }


def _used(table: Table) -> dict[int, int]:
    """Return how often each point of the scale was given, by rank; those never given left out."""
    given = [sum(table[rank]) + sum(row[rank] for row in table) for rank in range(len(table))]
    return {rank: number for rank, number in enumerate(given) if number}


def _interval(drawn: Sequence[float | None]) -> tuple[float | None, float | None]:
    """Return the middle 95 % of what was drawn; nothing where too many draws have no value."""
    known = sorted(value for value in drawn if value is not None)
    if len(known) < _ENOUGH * RESAMPLES:
        return None, None
    tail = (1 - _LEVEL) / 2
    return _quantile(known, tail), _quantile(known, 1 - tail)


def _quantile(ordered: Sequence[float], share: float) -> float:
    """Return a quantile, in a straight line between the values beside it."""
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def _reading(table: Table, estimates: Mapping[str, Estimate]) -> Reading:
    """Return how figures are to be read. The bounds of alpha are Krippendorff's (2004, p. 241)."""
    used = _used(table)
    agree, value = estimates["exact"].value or 0.0, estimates["alpha"].value
    if len(used) == 1 or value is None:
        return "no_variation"
    if value >= 0.8:
        return "good"
    if agree >= 0.8 and max(used.values()) >= 0.8 * sum(used.values()):
        return "one_sided"
    return "tentative" if value >= 2 / 3 else "low"
