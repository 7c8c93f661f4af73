"""A book in parts: one for each supervisor, coach, or whatever else a field says."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from s2c_forms.form.codes import is_code
from s2c_forms.form.fields import Field
from s2c_forms.form.filled import PageRead
from s2c_forms.form.kinds import Value, natural, show
from s2c_forms.master.book import Book
from s2c_forms.records.decision import Note
from s2c_forms.records.merge import Merged
from s2c_forms.records.progress import Due
from s2c_forms.store import LogEntry, StoredFile

T = TypeVar("T")
_LONGEST = 60  # letters of a file's name that tell whose it is


@dataclass(frozen=True)
class Part:
    """What a book holds of one supervisor, coach, or the like.

    Attributes:
        stem: of its file's name; no other part has it, whatever its case.
        book: the forms, and whatever else of the book is about them.
    """

    stem: str
    book: Book


def fields_to_part_by(fields: Iterable[Field]) -> list[Field]:
    """Return the fields by which a book can be parted: of the head, and choices; no answers."""
    return [
        field
        for field in fields
        if field.kind in ("pseudonym", "choice") or (field.place == "head" and not field.lines)
    ]


def parts_of(book: Book, field: Field, master: str) -> list[Part]:
    """Return the parts of a book by a field, in order; forms without an answer are in none.

    Args:
        book: the whole.
        field: what it is parted by; `C-012` and `c-012` are one.
        master: the name of the workbook of the whole, which each part refers to.
    """
    found: dict[str, list[Merged]] = defaultdict(list)
    for record in (*book.records, *book.left_out):
        if key := _key(book, field, record.values.get(field.id)):
            found[key].append(record)
    keys = sorted(found, key=natural)
    laid = _lay_out(book, field, {r.key: key for key in keys for r in found[key]})
    stems = _stems(field, [_told(book, field, found[key][0].values[field.id]) for key in keys])
    return [
        Part(stem, _part(book, laid, key, found[key], master))
        for key, stem in zip(keys, stems, strict=True)
    ]


def _key(book: Book, field: Field, value: Value | None) -> str:
    return _told(book, field, value).casefold()


def _told(book: Book, field: Field, value: Value | None) -> str:
    return "" if value is None else " ".join(show(field, value, book.language).split())


def _stems(field: Field, texts: Iterable[str]) -> Iterator[str]:
    """Yield a name for each text, of letters that every system takes; of a person only a code.

    The field comes first, so that no name is one that Windows keeps to itself.
    """
    taken: set[str] = set()
    for number, text in enumerate(texts, start=1):
        is_name = field.kind == "pseudonym" and not is_code(field, text)
        slug = str(number) if is_name else re.sub(r"[^\w-]+", "_", text).strip("_")[:_LONGEST]
        stem, again = f"{field.id}-{slug or number}", 2
        while stem.casefold() in taken:
            stem, again = f"{field.id}-{slug or number}-{again}", again + 1
        taken.add(stem.casefold())
        yield stem


@dataclass(frozen=True)
class _Laid:
    """What is in a book besides forms, by the part that it is of."""

    files: Mapping[str, list[StoredFile]]
    log: Mapping[str, list[LogEntry]]
    notes: Mapping[str, list[Note]]
    expected: Mapping[str, list[Due]]
    pages: Mapping[str, list[tuple[str, PageRead]]]
    pictures: Mapping[str, list[tuple[tuple[str, str], bytes]]]
    places: Mapping[str, list[tuple[tuple[str, str], str]]]


def _lay_out(book: Book, field: Field, part_of: Mapping[str, str]) -> _Laid:
    """Return what is in a book besides forms, by part; `part_of` has that of each record's key."""
    mine = [record for record in (*book.records, *book.left_out) if record.key in part_of]
    of_form = _parts((id_, part_of[record.key]) for record in mine for id_ in record.form_ids)
    of_file = _parts((v.sha256, part_of[record.key]) for record in mine for v in record.versions)
    of_version = _parts((v.ref, part_of[record.key]) for record in mine for v in record.versions)

    def of_entry(entry: LogEntry) -> Iterable[str]:
        if entry.record in part_of:
            return (part_of[entry.record],)
        return {part for form_id in entry.form_ids for part in of_form.get(form_id, ())}

    pages = [(sha256, page) for sha256, found in book.pages.items() for page in found]
    return _Laid(
        _by_part(book.files, lambda file: of_file.get(file.sha256, ())),
        _by_part(book.log, of_entry),
        _by_part(book.notes, lambda n: {p for v in n.target.known for p in of_version.get(v, ())}),
        _by_part(book.expected, lambda due: (_key(book, field, due.head.get(field.id)),)),
        _by_part(pages, lambda pair: of_form.get(pair[1].form_id, ())),
        _by_part(book.pictures.items(), lambda pair: of_version.get(pair[0][0], ())),
        _by_part(book.places.items(), lambda pair: of_version.get(pair[0][0], ())),
    )


def _parts(pairs: Iterable[tuple[str, str]]) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for thing, part in pairs:
        found[thing].add(part)
    return found


def _by_part(things: Iterable[T], parts: Callable[[T], Iterable[str]]) -> Mapping[str, list[T]]:
    found: dict[str, list[T]] = defaultdict(list)
    for thing in things:
        for part in parts(thing):
            found[part].append(thing)
    return found


def _part(book: Book, laid: _Laid, key: str, records: list[Merged], master: str) -> Book:
    """Return the part of a book with this key, of these records."""
    out = {record.key for record in book.left_out}
    files = tuple(laid.files.get(key, ()))
    pages: dict[str, tuple[PageRead, ...]] = {}
    for sha256, page in laid.pages.get(key, ()):
        pages[sha256] = (*pages.get(sha256, ()), page)
    places = [(v.sha256, v.place) for record in records for v in record.versions]
    return replace(
        book,
        records=tuple(record for record in records if record.key not in out),
        left_out=tuple(record for record in records if record.key in out),
        history={place: book.history[place] for place in places if place in book.history},
        files=files,
        names={one.sha256: book.names[one.sha256] for one in files if one.sha256 in book.names},
        notes=tuple(laid.notes.get(key, ())),
        log=tuple(laid.log.get(key, ())),
        expected=tuple(laid.expected.get(key, ())),
        pages=pages,
        pictures=dict(laid.pictures.get(key, ())),
        places=dict(laid.places.get(key, ())),
        part_of=master,
    )
