"""Where each of the files says it, that say different things of a field."""

from collections.abc import Iterable, Mapping

from s2c_forms.records.merge import Merged, Version
from s2c_forms.records.question import Question
from s2c_forms.records.screening import Sieve
from s2c_forms.store import Store, evidence_of


def places_of_conflicts(
    store: Store, renamed: Mapping[str, str], records: Iterable[Merged], sieve: Sieve
) -> dict[tuple[str, str], str]:
    """Return where each version says something of a field about which versions differ.

    Args:
        store: where the evidence is.
        renamed: ids that fields had in older rubrics, each with the newest.
        records: what there is to ask.
        sieve: what is kept out: a sheet of a workbook may be called after somebody.
    """
    return {
        (version.ref, field_id): sieve.text(where)
        for record in records
        if (fields := {q.field_id for q in record.questions if q.code == "conflict"})
        for version in record.versions
        for field_id, where in _places(store, renamed, version).items()
        if field_id in fields
    }


def _places(store: Store, renamed: Mapping[str, str], version: Version) -> dict[str, str]:
    """Return the places of all that a form says, by field as it is called now."""
    found: dict[str, dict[str, None]] = {}
    for one in evidence_of(store, version):
        if one.raw and one.where:
            found.setdefault(renamed.get(one.field_id, one.field_id), {})[one.where] = None
    return {field_id: " / ".join(wheres) for field_id, wheres in found.items()}


def place_of(question: Question, record: Merged, places: Mapping[tuple[str, str], str]) -> str:
    """Return where that stands that a question is about: of a conflict with the files."""
    if question.code != "conflict" or question.field_id is None:
        return question.where
    told = [
        f"{where} ({version.file})"
        for version in record.versions
        if (where := places.get((version.ref, question.field_id)))
    ]
    return " / ".join(dict.fromkeys(told))
