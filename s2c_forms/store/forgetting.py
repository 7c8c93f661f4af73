"""Rows that are taken out of the store for good."""

import json
import sqlite3
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from s2c_forms.errors import WriteError
from s2c_forms.places import Place, Server, files_of
from s2c_forms.store import coding, server, tables
from s2c_forms.store.names import secret_of
from s2c_forms.store.older import copies_before, tables_before
from s2c_forms.store.opening import Store
from s2c_forms.store.sharing import shared_name
from s2c_forms.words import mark

_FORGOTTEN = "forgotten:"  # under this name, on a server: the content of a file that is to go


def forget_versions(store: Store, refs: Collection[tuple[str, int]]) -> None:
    """Take versions out, with their sheets of paper, and the files that nothing else came from.

    Args:
        store: where they are kept.
        refs: content and place of each.
    """
    if store.private:
        forget_versions(store.private, refs)
    table = tables.versions
    if not store.is_shared:
        store.connection.exec_driver_sql("PRAGMA secure_delete = ON")
    for sha256, place in refs:
        _forget_sheets(store, sha256, place)
    for sha256, place in refs:
        mine = (table.c.sha256 == sha256) & (table.c.place == place)
        store.connection.execute(table.delete().where(mine))
    left = set(store.connection.execute(sa.select(table.c.sha256)).scalars())
    for sha256 in {sha256 for sha256, _ in refs} - left:
        for other in (tables.files, tables.rebuilt, tables.pages, tables.pictures):
            store.connection.execute(other.delete().where(other.c.sha256 == sha256))
        _tell_others(store, sha256)


def _tell_others(store: Store, sha256: str) -> None:
    """Leave word on a server that a file is to go from other computers too."""
    if store.is_shared:
        meta, word = tables.meta, {"key": f"{_FORGOTTEN}{sha256[:32]}", "value": sha256}
        store.connection.execute(meta.delete().where(meta.c.key == word["key"]))
        store.connection.execute(meta.insert(), word)


def _forget_sheets(store: Store, sha256: str, place: int) -> None:
    """Take out the pages that a version was read from, and all pictures on them.

    What was scanned twice goes with it. Pages of others in the same stack stay.
    """
    table = tables.versions
    mine = (table.c.sha256 == sha256, table.c.place == place)
    row = store.connection.execute(sa.select(table).where(*mine)).one_or_none()
    if row is None:
        return
    found = {sheet.page for sheet in coding.decode_sheets(row.sheets)}
    found |= {page.page for page in coding.decode_absent(row.absent) if page.page}
    found |= _strays(store, sha256, row.form_id)
    for pages, number in ((tables.pages, "number"), (tables.pictures, "page")):
        theirs = (pages.c.sha256 == sha256, pages.c[number].in_(sorted(found)))
        store.connection.execute(pages.delete().where(*theirs))


def _strays(store: Store, sha256: str, form_id: str) -> set[int]:
    """Return the pages of a form in a file that no version was read from, such as doubles."""
    table = tables.versions
    mine = (table.c.sha256 == sha256, table.c.form_id == form_id)
    rows = store.connection.execute(sa.select(table.c.sheets, table.c.absent).where(*mine))
    of_versions: set[int] = set()
    for row in rows:
        of_versions |= {sheet.page for sheet in coding.decode_sheets(row.sheets)}
        of_versions |= {page.page for page in coding.decode_absent(row.absent)}
    pages = tables.pages
    query = sa.select(pages.c.number).where(pages.c.sha256 == sha256, pages.c.form_id == form_id)
    return set(store.connection.execute(query).scalars()) - of_versions


def forget_refused(store: Store, is_theirs: Callable[[str], bool]) -> None:
    """Take files out that weren't read, and whose name or folder is somebody's."""
    table = tables.files
    is_refused = table.c.refusal.is_not(None)
    for row in store.here.connection.execute(sa.select(table).where(is_refused)).all():
        if is_theirs(f"{row.folder}/{row.name}"):
            _delete(store.here, table, row.number)
            if store.is_shared:
                name = shared_name(secret_of(store), row.name)
                same = (table.c.sha256 == row.sha256, table.c.name == name)
                store.connection.execute(table.delete().where(is_refused, *same))
                _tell_others(store, row.sha256)


def forget_decisions(store: Store, names: Collection[str]) -> set[str]:
    """Take out what people decided and typed about versions of these names.

    Returns:
        The keys that their records had then.
    """
    keys = set()
    for at, table in ((store, tables.decisions), (store.here, tables.notes)):
        for row in at.connection.execute(sa.select(table)).all():
            if not set(names).isdisjoint(json.loads(row.known)):
                keys.add(row.record)
                _delete(at, table, row.number)
    return keys


def forget_log(store: Store, is_theirs: Callable[[str, set[str]], bool]) -> None:
    """Take lines out of the log: those of whose record's key and forms `is_theirs` is true."""
    for row in store.connection.execute(sa.select(tables.log)).all():
        if is_theirs(row.record, set(json.loads(row.form_ids))):
            _delete(store, tables.log, row.number)


def forget_heads(store: Store, form_ids: Collection[str], is_theirs: Callable[[str], bool]) -> int:
    """Take out what forms were made with, and rows of the roster; return how many there were.

    Args:
        store: where they are kept.
        form_ids: forms of which nothing is to be left.
        is_theirs: whether an answer in a head, by field id, is the person's.
    """
    found = 0
    here = forget_heads(store.private, form_ids, is_theirs) if store.private else 0
    copies = tables.copies
    for row in store.connection.execute(sa.select(copies)).all():
        theirs = _has(row.prefilled, is_theirs)
        found += theirs
        if theirs or row.form_id in form_ids:
            mine = copies.c.form_id == row.form_id
            store.connection.execute(copies.update().where(mine).values(prefilled="{}"))
    for row in store.connection.execute(sa.select(tables.roster)).all():
        if _has(row.head, is_theirs):
            found += 1
            _delete(store, tables.roster, row.number)
    return max(found, here)  # what is here of a head is on the server too, but for names


def _has(head: str, is_theirs: Callable[[str], bool]) -> bool:
    values: dict[str, Any] = json.loads(head)
    return any(is_theirs(value) for value in values.values() if isinstance(value, str))


def _delete(store: Store, table: sa.Table, number: int) -> None:
    store.connection.execute(table.delete().where(table.c.number == number))


def forget_gone(store: Store) -> None:
    """Take out of what is private what was forgotten on another computer.

    What a server only doesn't have stays: it may be another server, or a new one.
    """
    if store.private is None:
        return
    meta = tables.meta.c
    told = sa.select(meta.value).where(meta.key.startswith(_FORGOTTEN))
    forgotten = set(store.connection.execute(told).scalars()) - _contents(store)
    gone = forgotten & _contents(store.private)
    if gone:
        store.private.connection.exec_driver_sql("PRAGMA secure_delete = ON")
    for sha256 in gone:
        for table in (tables.versions, tables.files, tables.pictures):
            store.private.connection.execute(table.delete().where(table.c.sha256 == sha256))


def _contents(store: Store) -> set[str]:
    return set(store.connection.execute(sa.select(tables.files.c.sha256)).scalars())


def kept_before(store: Store) -> list[Place]:
    """Return the copies that were kept of a store, and of what is private of it, when older."""
    if not isinstance(store.place, Server):
        return [*copies_before(store.place)]
    found: list[Place] = [store.place.table(name) for name in tables_before(store.connection)]
    return found + (kept_before(store.private) if store.private else [])


def vacuum(place: Place) -> None:
    """Write the store anew, so that nothing of what was taken out is left in its file.

    Raises:
        WriteError: it is held, or can't be written.
    """
    if isinstance(place, Server):
        server.clean_up(place, list(tables.metadata.tables))
    for path in files_of(place):
        _vacuum(path)


def _vacuum(path: Path) -> None:
    connection = sqlite3.connect(path, timeout=30, isolation_level=None)
    try:
        connection.execute("VACUUM")
    except sqlite3.Error as error:
        raise WriteError(
            mark("The store {path} can't be cleaned up: {reason}."),
            mark("Wait until no other merge runs, and do it again."),
            path=path,
            reason=error,
        ) from error
    finally:
        connection.close()
