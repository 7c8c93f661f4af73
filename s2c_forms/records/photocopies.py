"""Sheets of paper with the same code, told apart: forms that were photocopied.

Two versions are of different sheets if they share a page and were read from one file; or from two
files, and each has marks that the other lacks, in more than a quarter of what is marked. One that
only has more marks is the same sheet, filled in further.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from s2c_forms.form.fields import field_index
from s2c_forms.form.rubric import Rubric
from s2c_forms.records.version import Rubrics, Version

Pile = frozenset[int]
Pair = tuple[int, int]

_SHARE = 0.25  # of the marked fields: as many as two hasty scans of a sheet never differ in
_MARKS = frozenset({"score", "choice", "tick"})


@dataclass(frozen=True)
class _Ink:
    """What can be compared of a version: its marks, and where it may have some.

    Attributes:
        version: what it is of.
        marks: each marked field with its value.
        fields: the fields of which it says for sure whether they are marked.
        pages: the pages of the form that it has; None where that isn't known, or all of them.
    """

    version: Version
    marks: Mapping[str, Hashable]
    fields: frozenset[str]
    pages: frozenset[int] | None


def is_apart(left: Version, right: Version, rubrics: Rubrics) -> bool:
    """Return whether two versions were read from different sheets of paper with one code."""
    if left.form_id != right.form_id or left.ref == right.ref:
        return False
    return _is_apart(_ink(left, rubrics), _ink(right, rubrics))


def sheets_of(versions: Sequence[Version], rubrics: Rubrics) -> list[list[Version]]:
    """Return versions of one form by the sheets of paper that they are of: mostly all together.

    Where there are several sheets, a version is put to the one that it is most like. One that
    might be of either, such as a second page that came by itself, is kept apart.
    """
    if sum(version.is_paper for version in versions) < 2:
        return [list(versions)]
    inks = [_ink(version, rubrics) for version in sorted(versions, key=_place)]
    pairs = list(combinations(range(len(inks)), 2))
    apart = {pair for pair in pairs if _is_apart(inks[pair[0]], inks[pair[1]])}
    if not apart:
        return [list(versions)]
    against = apart | {pair for pair in pairs if _differ(inks[pair[0]], inks[pair[1]])}
    piles = [frozenset({number}) for number in range(len(inks))]
    for pair in _nearest_first(inks, set(pairs) - against):
        piles = _joined(piles, pair, against)
    piles = _with_lone_pages(piles, against)
    return [[inks[number].version for number in sorted(pile)] for pile in sorted(piles, key=min)]


def _place(version: Version) -> tuple[int, str]:
    return version.place, version.sha256


def _ink(version: Version, rubrics: Rubrics) -> _Ink:
    record, rubric = version.record, rubrics[version.record.stamp.hash]
    doubted = {problem.field_id for problem in record.problems}
    fields = frozenset(set(_marked_fields(rubric)) - doubted - version.off)
    said = {id_: record.values.get(id_) for id_ in fields}
    marks = {id_: value for id_, value in said.items() if value not in (None, False)}
    pages = {sheet.number for sheet in record.sheets}
    pages |= {page.number for page in record.absent if page.page}
    is_known = bool(record.sheets or record.absent)
    return _Ink(version, marks, fields, frozenset(pages) if is_known else None)


def _marked_fields(rubric: Rubric) -> Iterator[str]:
    """Yield the fields that are answered by a mark, but for those that say whose form it is."""
    for field in field_index(rubric).values():
        if field.kind in _MARKS and field.id not in rubric.identity:
            yield field.id


def _is_apart(one: _Ink, other: _Ink) -> bool:
    if not (one.version.is_paper and other.version.is_paper and _share_page(one, other)):
        return False
    return one.version.sha256 == other.version.sha256 or _differ(one, other)


def _share_page(one: _Ink, other: _Ink) -> bool:
    return one.pages is None or other.pages is None or bool(one.pages & other.pages)


def _differ(one: _Ink, other: _Ink) -> bool:
    """Return whether each has marks that the other lacks, and more than a sheet read twice has."""
    mine, theirs = _marks_of_one(one, other), _marks_of_one(other, one)
    return bool(mine and theirs) and len(mine | theirs) > _SHARE * len(_marked(one, other))


def _marks_of_one(one: _Ink, other: _Ink) -> set[str]:
    """Return the fields that one has marked, and the other otherwise or not."""
    marked = one.marks.keys() & other.fields
    return {id_ for id_ in marked if other.marks.get(id_) != one.marks[id_]}


def _marked(one: _Ink, other: _Ink) -> set[str]:
    """Return the fields that either has marked, of those that both say something of."""
    return (one.marks.keys() | other.marks.keys()) & one.fields & other.fields


def _unlike(one: _Ink, other: _Ink) -> tuple[float, int]:
    """Return how unlike two are: by their marks, and then by their places in the stack."""
    differing = len(_marks_of_one(one, other) | _marks_of_one(other, one))
    share = differing / max(1, len(_marked(one, other)))
    return share, abs(one.version.place - other.version.place)


def _nearest_first(inks: Sequence[_Ink], pairs: Iterable[Pair]) -> list[Pair]:
    """Return the pairs that share something to compare, those first that are most alike."""
    near = [
        (_unlike(inks[left], inks[right]), (left, right))
        for left, right in pairs
        if inks[left].fields & inks[right].fields
    ]
    return [pair for _, pair in sorted(near)]


def _joined(piles: list[Pile], pair: Pair, against: set[Pair]) -> list[Pile]:
    """Return piles with those of a pair made one, if nothing is against it."""
    one, other = (next(pile for pile in piles if number in pile) for number in pair)
    if one == other or not _fits(one, other, against):
        return piles
    return [*(pile for pile in piles if pile not in (one, other)), one | other]


def _fits(one: Pile, other: Pile, against: set[Pair]) -> bool:
    return not any((min(a, b), max(a, b)) in against for a in one for b in other)


def _with_lone_pages(piles: list[Pile], against: set[Pair]) -> list[Pile]:
    """Return piles with those made one that can only belong to each other."""
    while True:
        near = {one: [p for p in piles if p != one and _fits(one, p, against)] for one in piles}
        sure = ((one, found[0]) for one, found in near.items() if len(found) == 1)
        pair = next(((one, other) for one, other in sure if len(near[other]) == 1), None)
        if pair is None:
            return piles
        piles = [*(pile for pile in piles if pile not in pair), pair[0] | pair[1]]
