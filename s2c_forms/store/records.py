"""What came back: every file that was offered, and every version of every form in them."""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any

import sqlalchemy as sa

from s2c_forms.errors import RefusedError
from s2c_forms.form.filled import RawAnswer
from s2c_forms.form.kinds import clean
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.stamp import Stamp
from s2c_forms.records.identity import identity_of
from s2c_forms.records.merge import Version
from s2c_forms.records.record import Record
from s2c_forms.store import coding, tables
from s2c_forms.store.names import made_secret, secret_of
from s2c_forms.store.opening import Store
from s2c_forms.store.sharing import (
    learn_names,
    shared_name,
    shared_refusal,
    shared_sieve,
    shared_version,
)

_OWN_RUBRIC = "rubric"


@dataclass(frozen=True)
class StoredFile:
    """A file that was offered, under one of the names it came by.

    Attributes:
        sha256: of its content; empty where it couldn't be opened.
        name: its name.
        folder: where it lay, as seen from the workbook.
        size: in bytes.
        medium: what it is by its content; None where it is nothing of ours.
        program: the program that saved it, as far as it tells.
        merged_at: when, on the clock of the machine that merged it.
        refusal: why it wasn't read; None where it was.
        authors: who made it and who saved it last: only to look for names, never to be shown.
    """

    sha256: str
    name: str
    folder: str
    size: int
    medium: str | None
    program: str
    merged_at: dt.datetime
    refusal: RefusedError | None = None
    authors: tuple[str, ...] = ()


def name_and_folder(path: PurePath) -> tuple[str, str]:
    """Return a path as the two texts it is kept as, without letters that no database takes."""
    return clean(path.name), clean(path.parent.as_posix())


def own_rubric(store: Store) -> str | None:
    """Return the id of the rubric that this store's records are of, None where it has none yet."""
    query = sa.select(tables.meta.c.value).where(tables.meta.c.key == _OWN_RUBRIC)
    return store.connection.execute(query).scalar()


def own_by(store: Store, rubric_id: str) -> None:
    """Make the store one of this rubric's records, for good."""
    store.connection.execute(tables.meta.insert(), {"key": _OWN_RUBRIC, "value": rubric_id})


def was_read(store: Store, sha256: str) -> StoredFile | None:
    """Return the file with this content that was read before, None where none was."""
    table = tables.files
    lost = sa.select(tables.rebuilt.c.sha256)  # what it said is known from a workbook only
    mine = (table.c.sha256 == sha256, table.c.refusal.is_(None), table.c.sha256.not_in(lost))
    query = sa.select(table).where(*mine)
    row = store.connection.execute(query.order_by(table.c.number).limit(1)).one_or_none()
    return _known_here(store, [_file(row)])[0] if row else None


def note_file(store: Store, file: StoredFile) -> None:
    """Keep what became of a file. Equal to what is kept, nothing changes, nor does its time.

    What it is called, where it lies and who made it isn't for a server.
    """
    if store.is_shared:
        note_file(store.here, file)
        file = _shared_file(store, file)
    table = tables.files
    mine = (table.c.sha256 == file.sha256) & (table.c.name == file.name)
    row = store.connection.execute(sa.select(table).where(mine)).one_or_none()
    told = _refusal(file)
    if row and (row.refusal, row.refusal_values) == (told["refusal"], told["refusal_values"]):
        return
    store.connection.execute(table.delete().where(mine))
    store.connection.execute(table.insert(), _row(file))


def note_version(store: Store, version: Version, rubric: Rubric) -> None:
    """Keep what one form in one file said, in place of what a workbook said that it did.

    The rubric must have been noted before. On a server nothing of it is kept that is a name, as
    far as this computer knows: `store.sharing`.
    """
    if store.is_shared:
        learn_names(store, version, rubric)
        note_version(store.here, version, rubric)
        version = shared_version(store, version, rubric)
    record = version.record
    same = (tables.versions.c.sha256 == version.sha256, tables.versions.c.place == version.place)
    store.connection.execute(tables.versions.delete().where(*same))
    mine = tables.rebuilt.c.sha256 == version.sha256
    store.connection.execute(tables.rebuilt.delete().where(mine))
    row = {
        "sha256": version.sha256,
        "place": version.place,
        "form_id": record.stamp.form_id,
        "rubric_hash": record.stamp.hash,
        "medium": record.medium,
        **_judged(record, rubric),
        "sheets": coding.encode_sheets(record.sheets),
        "absent": coding.encode_absent(record.absent),
    }
    store.connection.execute(tables.versions.insert(), row)


def drop_versions(store: Store, sha256: str) -> None:
    """Take out what the forms in a file said: it is read anew. What was decided stays."""
    if store.private:
        drop_versions(store.private, sha256)
    table = tables.versions
    store.connection.execute(table.delete().where(table.c.sha256 == sha256))


def files_of(store: Store) -> list[StoredFile]:
    """Return every file that was offered, in the order in which they came."""
    query = sa.select(tables.files).order_by(tables.files.c.number)
    return _known_here(store, [_file(row) for row in store.connection.execute(query)])


def _known_here(store: Store, files: list[StoredFile]) -> list[StoredFile]:
    """Return files as this computer knows them, where a server has them without their names."""
    if store.private is None:
        return files
    secret, here = secret_of(store), files_of(store.private)
    mine = {(file.sha256, shared_name(secret, file.name)): file for file in here}
    return [_named(file, mine.get((file.sha256, file.name))) for file in files]


def _named(file: StoredFile, here: StoredFile | None) -> StoredFile:
    if here is None:
        return file
    return replace(file, name=here.name, folder=here.folder, authors=here.authors)


def _shared_file(store: Store, file: StoredFile) -> StoredFile:
    sieve = shared_sieve(store)
    name = shared_name(made_secret(store), file.name)
    program, refusal = sieve.text(file.program), shared_refusal(file.refusal, sieve)
    return replace(file, name=name, folder="", authors=(), program=program, refusal=refusal)


def versions_of(store: Store, rubrics: Mapping[str, Rubric]) -> list[Version]:
    """Return every version kept, in the order in which their files came first.

    One that was read anew keeps its place: reading a file again changes no history.

    Args:
        store: where they are kept.
        rubrics: by hash, every rubric that the store knows.
    """
    files = files_of(store)
    names = display_names(files)
    came = {file.sha256: number for number, file in reversed(list(enumerate(files)))}
    rows = store.connection.execute(sa.select(tables.versions)).all()
    ordered = sorted(rows, key=lambda row: (came[row.sha256], row.place))
    return [
        Version(_record(row, rubrics), names[row.sha256], row.sha256, row.place, number)
        for number, row in enumerate(ordered, start=1)
    ]


def evidence_of(store: Store, version: Version) -> tuple[RawAnswer, ...]:
    """Return what stood on a form word for word, as far as it is known."""
    if store.private and (mine := evidence_of(store.private, version)):
        return mine
    table = tables.versions
    query = sa.select(table.c.evidence).where(
        table.c.sha256 == version.sha256, table.c.place == version.place
    )
    return coding.decode_evidence(store.connection.execute(query).scalar() or "[]")


def rewrite_version(store: Store, version: Version, rubric: Rubric, changed: set[str]) -> None:
    """Keep a version as it is now, in place of what was kept of it.

    Args:
        store: where it is kept.
        version: what it says now.
        rubric: that its form was made from.
        changed: fields of which nothing that stood there word for word is to be kept.
    """
    if store.is_shared:
        rewrite_version(store.here, version, rubric, changed)
        share_version(store, version, rubric)
        return
    evidence = [one for one in evidence_of(store, version) if one.field_id not in changed]
    record = replace(version.record, evidence=tuple(evidence))
    _rewrite(store, replace(version, record=record), rubric)


def share_version(store: Store, version: Version, rubric: Rubric) -> None:
    """Let a server have of a version what it may have by what is known here now."""
    record = replace(version.record, evidence=evidence_of(store.here, version))
    told = shared_version(store, replace(version, record=record), rubric)
    _rewrite(store, told, rubric)


def _rewrite(store: Store, version: Version, rubric: Rubric) -> None:
    table = tables.versions
    mine = (table.c.sha256 == version.sha256) & (table.c.place == version.place)
    row = _judged(version.record, rubric)
    store.connection.execute(table.update().where(mine).values(row))


def _judged(record: Record, rubric: Rubric) -> dict[str, str]:
    """Return what of a version may change after it was read."""
    return {
        "identity": identity_of(record, rubric).digest,
        "answers": coding.encode_values(record.values),
        "problems": coding.encode_problems(record.problems),
        "evidence": coding.encode_evidence(record.evidence),
    }


def display_names(files: list[StoredFile]) -> dict[str, str]:
    """Return by content a name that tells people which file it is.

    It is the file's name; with its folder where files of another content have the same name.
    """
    contents: dict[str, set[str]] = defaultdict(set)
    names: dict[str, list[StoredFile]] = defaultdict(list)
    for file in files:
        contents[file.name].add(file.sha256)
        names[file.sha256].append(file)
    told = {}
    for sha256, same in names.items():
        first = min(same, key=lambda file: (file.name, file.folder))
        alone = len(contents[first.name]) == 1
        told[sha256] = first.name if alone else f"{PurePath(first.folder).name}/{first.name}"
    return told


def _record(row: sa.Row[Any], rubrics: Mapping[str, Rubric]) -> Record:
    rubric = rubrics[row.rubric_hash]
    stamp = Stamp(rubric.id, rubric.version, rubric.hash, row.form_id)
    values = coding.decode_values(row.answers, rubric)
    return Record(
        stamp,
        row.medium,
        values,
        coding.decode_problems(row.problems),
        sheets=coding.decode_sheets(row.sheets),
        absent=coding.decode_absent(row.absent),
    )


def _file(row: sa.Row[Any]) -> StoredFile:
    values = coding.decode_message_values(row.refusal_values)
    return StoredFile(
        row.sha256,
        row.name,
        row.folder,
        row.size,
        row.medium,
        row.program,
        dt.datetime.fromisoformat(row.merged_at),
        RefusedError(row.refusal, **values) if row.refusal else None,
        tuple(json.loads(row.authors)),
    )


def _row(file: StoredFile) -> dict[str, Any]:
    return {
        "sha256": file.sha256,
        "name": file.name,
        "folder": file.folder,
        "size": file.size,
        "medium": file.medium,
        "program": clean(file.program),
        "authors": json.dumps([clean(author) for author in file.authors]),
        "merged_at": file.merged_at.isoformat(timespec="seconds"),
        **_refusal(file),
    }


def _refusal(file: StoredFile) -> dict[str, str | None]:
    if file.refusal is None:
        return {"refusal": None, "refusal_values": "{}"}
    values = coding.encode_message_values(file.refusal.what.values)
    return {"refusal": file.refusal.code, "refusal_values": values}
