"""What became of each version: told from the records, in the order in which versions came."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from s2c_forms.form.kinds import Value
from s2c_forms.records.merge import Merged, Version

Meeting = Literal["new", "same", "revised", "copied"]


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
    for before in earlier:
        if says_same(version, before):
            return Met("same", before.file)
    if earlier:
        return Met("revised", earlier[-1].file)
    return Met("new") if first == version else Met("copied", first.file)


def says_same(left: Version, right: Version) -> bool:
    """Return whether two versions answer alike, in whatever file or medium."""
    same = _answers(left) == _answers(right) and _doubts(left) == _doubts(right)
    return same and left.whose == right.whose


def _answers(version: Version) -> dict[str, Value]:
    return {id_: value for id_, value in version.record.values.items() if value is not None}


def _doubts(version: Version) -> set[tuple[str, str | None]]:
    return {(problem.code, problem.field_id) for problem in version.record.problems}
