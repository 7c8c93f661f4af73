"""What became of each version: told from the records, in the order in which versions came."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from s2c_forms.form.kinds import Value
from s2c_forms.records.lacking import PAGE_CODES, brings_pages
from s2c_forms.records.version import Merged, Version

Meeting = Literal["new", "same", "pages", "revised", "copied", "photocopied"]
# Problems that follow from what came in, and not from what was written.
_OF_COMING_IN = PAGE_CODES | {"nothing_filled_in", "photocopied"}


@dataclass(frozen=True)
class Met:
    """What a version met when it came, and in which file."""

    meeting: Meeting
    file: str = ""


def history_of(records: Iterable[Merged]) -> dict[tuple[str, int], Met]:
    """Return what every version met, by the content and place that it was read from."""
    records = list(records)
    first: dict[str, Version] = {}
    for version in sorted((v for r in records for v in r.versions), key=_number):
        first.setdefault(version.form_id, version)
    return {
        (version.sha256, version.place): met
        for record in records
        for version, met in _of_record(record, first)
    }


def _number(version: Version) -> int:
    return version.number


def _of_record(record: Merged, first: dict[str, Version]) -> list[tuple[Version, Met]]:
    told: list[tuple[Version, Met]] = []
    for version in sorted(record.versions, key=_number):
        earlier = [before for before, _ in told]
        told.append((version, _met(version, earlier, first[version.form_id])))
    return told


def _met(version: Version, earlier: list[Version], first: Version) -> Met:
    if brings_pages(version, earlier):
        return Met("pages", earlier[-1].file)
    for before in earlier:
        if says_same(version, before):
            return Met("same", before.file)
    if earlier:
        return Met("revised", earlier[-1].file)
    if first == version:
        return Met("new")
    on_paper = version.is_paper and first.is_paper
    return Met("photocopied" if on_paper else "copied", first.file)


def says_same(version: Version, before: Version) -> bool:
    """Return whether a version answers as one before it, in whatever file or medium.

    One that has fewer pages is compared on those that it has.
    """
    off = version.off
    same = _answers(version, off) == _answers(before, off)
    same = same and _doubts(version, off) == _doubts(before, off)
    return same and _whose(version, off) == _whose(before, off)


def _answers(version: Version, off: frozenset[str]) -> dict[str, Value]:
    values = version.record.values.items()
    return {id_: value for id_, value in values if value is not None and id_ not in off}


def _doubts(version: Version, off: frozenset[str]) -> set[tuple[str, str | None]]:
    problems = [(problem.code, problem.field_id) for problem in version.record.problems]
    return {(code, id_) for code, id_ in problems if code not in _OF_COMING_IN and id_ not in off}


def _whose(version: Version, off: frozenset[str]) -> dict[str, str]:
    return {id_: name for id_, name in version.whose if id_ not in off}
