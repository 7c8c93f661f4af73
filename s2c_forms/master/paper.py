"""What a book shows of paper: what became of each page, and pictures where there is a question."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from s2c_forms.form.filled import PageRead
from s2c_forms.records.lineup import Lineup
from s2c_forms.records.merge import Merged, Version
from s2c_forms.records.screening import Sieve, without_names
from s2c_forms.store import Store, pages_of, pictures_of
from s2c_forms.words import Message


def pages_shown(store: Store, sieve: Sieve) -> dict[str, tuple[PageRead, ...]]:
    """Return what became of each page of every scan, by the file's content, without names."""
    return {
        sha256: tuple(_without_names(page, sieve) for page in pages)
        for sha256, pages in pages_of(store).items()
    }


def _without_names(page: PageRead, sieve: Sieve) -> PageRead:
    if page.reason is None or not page.reason.values:
        return page
    values = {  # a message in it is in our own words
        name: value if isinstance(value, Message) else without_names(value, sieve)
        for name, value in page.reason.values.items()
    }
    return replace(page, reason=Message(page.reason.msgid, values))


def pictures_asked(
    store: Store, versions: Iterable[Version], lineup: Lineup, records: Iterable[Merged]
) -> dict[tuple[str, str], bytes]:
    """Return what stands on paper at each field that is asked about, by version and field.

    Args:
        store: where the pictures are.
        versions: as they were read, with the ids that fields had then.
        lineup: what these ids are now.
        records: what there is to ask.
    """
    asked = _asked(records)
    found: dict[tuple[str, str], bytes] = {}
    for version in versions:
        if version.record.sheets and (wanted := asked.get(version.ref)):
            now = lineup.names.get(version.record.stamp.hash, {})
            then = {new: old for old, new in now.items()}
            ids = {then.get(id_, id_): id_ for id_ in wanted}
            pictures = pictures_of(store, version, ids)
            found |= {(version.ref, ids[old]): png for old, png in pictures.items()}
    return found


def _asked(records: Iterable[Merged]) -> Mapping[str, set[str]]:
    """Return the fields that there is a question about, by version."""
    asked: dict[str, set[str]] = defaultdict(set)
    for record in records:
        fields = {question.field_id for question in record.questions if question.field_id}
        for ref in record.refs:
            asked[ref] |= fields
    return asked
