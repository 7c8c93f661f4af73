"""Everything of one person taken out of store and workbook."""

import contextlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from s2c_forms.api.checking import rubric_at
from s2c_forms.api.deciding import Master
from s2c_forms.api.merging import now
from s2c_forms.api.parting import parts_beside
from s2c_forms.api.publishing import draft_of, publish, refuse_held, review_or_why
from s2c_forms.api.taking import seen_from, store_seen_from
from s2c_forms.errors import S2cError
from s2c_forms.form.kinds import same_words
from s2c_forms.places import Place, is_there, store_for
from s2c_forms.records.merge import Merged
from s2c_forms.records.names import spelling
from s2c_forms.words import mark

if TYPE_CHECKING:
    from s2c_forms.master import Book
    from s2c_forms.store import Store

FORGOTTEN = "forgotten"  # what the log says: that somebody was, and not who


@dataclass(frozen=True)
class Forgotten:
    """What was taken out, and what a person has to delete.

    Attributes:
        forms: how many rows of the workbook.
        heads: how many forms that were handed out or expected.
        files: the files that came back, as the workbook called them, with their folders.
        kept: older workbooks that were kept aside, and older stores.
        mentions: in how many texts of other forms the code stands.
        sheets: scans that hold forms of others as well, each with the numbers of the pages.
    """

    forms: int
    heads: int
    files: tuple[str, ...]
    kept: tuple[str, ...]
    mentions: int
    sheets: tuple[tuple[str, tuple[int, ...]], ...] = ()

    def told(self) -> dict[str, Any]:
        """Return it as data for JSON."""
        return asdict(self)


def forget(code: str, into: Path, store: Place | None = None) -> Forgotten:
    """Take every form of one person out of the store, and write the workbook without them.

    Args:
        code: whose forms: those on which it stands where a code belongs.
        into: the workbook.
        store: where everything is kept; beside the workbook by default.

    Raises:
        S2cError: there is no such store, or nothing of that person in it.
        WriteError: the store or the workbook can't be written; of the workbook it is told after
            the store has forgotten.
    """
    from s2c_forms.store import open_store
    from s2c_forms.store.forgetting import vacuum

    place = store_for(store, into)
    if not is_there(place):
        raise S2cError(
            mark("There is no store {path}."),
            mark("Name the workbook with --into, or the store with --store."),
            path=place,
        )
    refuse_held(into)
    master = Master(into, rubric_at(None), store_seen_from(into, place), now())
    with contextlib.ExitStack() as drawn:
        with open_store(place) as opened:
            _, unread = review_or_why(opened, master)
            if unread:  # it would go on holding the person
                raise unread
            done = _forget(opened, master, code)
            draft = draft_of(opened, master, drawn)
        vacuum(place)
        written, _ = publish(place, master, draft, drawn)
    if written.error:
        raise written.error
    return done


def _forget(store: "Store", master: Master, code: str) -> Forgotten:
    from s2c_forms.master import book_of
    from s2c_forms.store import LogEntry, note_log
    from s2c_forms.store.forgetting import (
        forget_heads,
        forget_refused,
        forget_versions,
        kept_before,
    )

    book = book_of(store, master.spare, master.store)
    records = [r for r in (*book.records, *book.left_out) if _is_of(r, book, code)]
    form_ids = {form_id for record in records for form_id in record.form_ids}
    heads = forget_heads(store, form_ids, lambda text: _is_same(text, code))
    if not records and not heads:
        raise S2cError(
            mark("There is nothing here of anybody with that code."),
            mark("Look at its spelling, and whether this is the right workbook (--into)."),
        )
    _forget_settled(store, records)
    forget_versions(store, {(v.sha256, v.place) for r in records for v in r.versions})
    if not code.isdigit():  # `12` is in too many names of files
        forget_refused(store, lambda name: bool(_word(code).search(name)))
    others = [record for record in book.records if record not in records]
    note_log(store, LogEntry(master.now, (), "", None, "", FORGOTTEN, "", ""))
    return Forgotten(
        len(records),
        heads,
        tuple(_files(book, records)),
        (
            *(seen_from(master.path, path) for path in _kept_aside(master.path)),
            *(seen_from(master.path, path) for path in parts_beside(master.path)),
            *(store_seen_from(master.path, place) for place in kept_before(store)),
        ),
        _mentions(others, code),
        tuple(_sheets(book, records)),
    )


def _is_of(record: Merged, book: "Book", code: str) -> bool:
    """Return whether a person's code stands on any form of a record, or was decided to."""
    pseudonyms = [field.id for field in book.fields if field.kind == "pseudonym"]
    told = [record.values, *(version.record.values for version in record.versions)]
    return any(
        _is_same(str(values[id_]), code)
        for values in told
        for id_ in pseudonyms
        if values.get(id_) is not None
    )


def _is_same(text: str, code: str) -> bool:
    """Return whether two codes are one; where names are allowed, whether two names are."""
    has_digits = any(char.isdigit() for char in code)
    return same_words(text, code) or (not has_digits and spelling(text) == spelling(code) != "")


def _forget_settled(store: "Store", records: Sequence[Merged]) -> None:
    """Take out what was decided about records, and what the log tells of it."""
    from s2c_forms.store.forgetting import forget_decisions, forget_log

    for record in records:
        keys = forget_decisions(store, record.refs) | {record.key}
        forget_log(store, partial(_is_about, keys, set(record.form_ids)))


def _is_about(keys: set[str], form_ids: set[str], key: str, told: set[str]) -> bool:
    """Return whether a line of the log is about a record that had one of these keys."""
    return key in keys and bool(form_ids & told)


def _files(book: "Book", records: Sequence[Merged]) -> list[str]:
    """Return the files that hold their forms and nobody else's."""
    theirs = {version.sha256 for record in records for version in record.versions}
    shared = {sha256 for sha256, _ in _shared(book, records)}
    return sorted({f"{f.folder}/{f.name}" for f in book.files if f.sha256 in theirs - shared})


def _sheets(book: "Book", records: Sequence[Merged]) -> list[tuple[str, tuple[int, ...]]]:
    """Return the scans that hold others' forms too, with the pages that are theirs."""
    names = {file.sha256: f"{file.folder}/{file.name}" for file in reversed(book.files)}
    found: dict[str, set[int]] = {}
    for sha256, page in _shared(book, records):
        found.setdefault(names.get(sha256, sha256), set()).add(page)
    return sorted((name, tuple(sorted(pages))) for name, pages in found.items())


def _shared(book: "Book", records: Sequence[Merged]) -> list[tuple[str, int]]:
    """Return their pages in files that others' forms are in as well: by content, and number."""
    everybody = (*book.records, *book.left_out)
    mine = [version for record in records for version in record.versions]
    refs = {version.ref for version in mine}
    others = {v.sha256 for record in everybody for v in record.versions if v.ref not in refs}
    return [
        (version.sha256, page)
        for version in mine
        if version.sha256 in others
        for page in version.record.pages
    ]


def _kept_aside(workbook: Path) -> list[Path]:
    """Return the older workbooks beside a workbook, which a merge kept under a dated name."""
    dated = re.compile(re.escape(workbook.stem) + r" \d{4}-\d{2}-\d{2} \d{4}( \(\d+\))?")
    return sorted(
        path for path in workbook.parent.glob(f"*{workbook.suffix}") if dated.fullmatch(path.stem)
    )


def _mentions(records: Iterable[Merged], code: str) -> int:
    """Return in how many texts of other people's forms a code stands as a word."""
    texts = (v for record in records for v in record.values.values() if isinstance(v, str))
    return sum(bool(_word(code).search(text)) for text in texts)


def _word(code: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(code)}(?![\w-])", re.IGNORECASE)
