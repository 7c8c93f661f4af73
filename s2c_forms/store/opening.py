"""Opening the store: everything of one command happens in it, or nothing.

It is one SQLite file, or lies on a PostgreSQL server. Then what the server never gets, such as
names, is in a file of the same shape on this computer: `Store.private`.
"""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, OperationalError

from s2c_forms.errors import WriteError
from s2c_forms.places import Place, Server
from s2c_forms.store import server as on_server
from s2c_forms.store import tables
from s2c_forms.store.older import keep_copy, keep_tables
from s2c_forms.words import Message, mark

_WAIT = 30.0  # seconds to wait for another merge, which takes a few
_VERSION_KEY = "schema_version"


def _add_paper(connection: sa.Connection) -> None:
    """Version 2: sheets of paper, the pages of scans, and pictures of answers."""
    for name in ("sheets", "absent"):
        column = f"ALTER TABLE versions ADD COLUMN {name} TEXT NOT NULL DEFAULT '[]'"
        connection.exec_driver_sql(column)
    tables.metadata.create_all(connection, [tables.pages, tables.pictures])


# version → the step that makes a store of that version one of the next
MIGRATIONS: Mapping[int, Callable[[sa.Connection], None]] = {1: _add_paper}


@dataclass(frozen=True)
class Store:
    """An opened store. All that is done with it is one transaction.

    Attributes:
        connection: to its tables.
        place: where it is.
        private: of a store on a server, what stays on this computer; None of one in a file.
        memory: what was found in it a moment ago.
    """

    connection: sa.Connection
    place: Place
    private: "Store | None" = None
    memory: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def here(self) -> "Store":
        """Return where names and the like are kept: on this computer, whatever else isn't."""
        return self.private or self

    @property
    def is_shared(self) -> bool:
        """Return whether it lies on a server, which gets codes and never a name."""
        return isinstance(self.place, Server)


@contextlib.contextmanager
def open_store(place: Place, *, writing: bool = True) -> Iterator[Store]:
    """Open the store at `place`; what the block did is kept when it ends well.

    One of an older version is brought up to date. It is copied first: a file as
    `master-v1.sqlite`, tables on a server as `versions_v1` and so on. Opened only for reading, no
    byte of it changes.

    Args:
        place: the store's file, which for writing is made if it isn't there; or a server.
        writing: whether the block writes. Many may read at once, one may write.

    Raises:
        WriteError: it can't be opened or written, is no store of ours, is held by another
            program, or was made by a newer s2c-forms. Then nothing of the block is kept.
        MissingPartError: it is on a server, and s2c-forms[postgres] isn't installed.
    """
    opened = (
        _on_server(place, writing=writing)
        if isinstance(place, Server)
        else _in_file(place, writing=writing)
    )
    with opened as store:
        yield store


@contextlib.contextmanager
def _in_file(path: Path, *, writing: bool) -> Iterator[Store]:
    if writing:
        _make_folder(path)
    engine = _engine(path, writing=writing)
    try:
        with engine.begin() as connection:
            _prepare(connection, path, writing=writing)
            yield Store(connection, path)
    except DBAPIError as error:
        raise _told(path, error) from error
    finally:
        engine.dispose()


@contextlib.contextmanager
def _on_server(server: Server, *, writing: bool) -> Iterator[Store]:
    """Open a store on a server. What is private is kept first: alone it does no harm."""
    with contextlib.ExitStack() as opened:
        connection = opened.enter_context(on_server.connected(server, writing=writing))
        if writing or sa.inspect(connection).get_table_names():
            _prepare(connection, server, writing=writing)
        else:  # made by a reader, tables would meet those that a writer makes at this moment
            connection = opened.enter_context(_nowhere()).connection
        private = opened.enter_context(_private(server.private, writing=writing))
        yield Store(connection, server, private)


def _private(path: Path | None, *, writing: bool) -> contextlib.AbstractContextManager[Store]:
    """Open what is private; for reading it is empty where there is no such file."""
    if path is None and writing:
        raise ValueError("a store on a server is written with a file for what is private")
    if path is None or not (writing or _is_filled(path)):
        return _nowhere()
    return _in_file(path, writing=writing)


def _is_filled(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0


@contextlib.contextmanager
def _nowhere() -> Iterator[Store]:
    engine = sa.create_engine("sqlite://")
    try:
        with engine.connect() as connection:
            tables.metadata.create_all(connection)
            yield Store(connection, Path())
    finally:
        engine.dispose()


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unusable(path, error.strerror or str(error)) from error


def _engine(path: Path, *, writing: bool) -> sa.Engine:
    address = f"{path.absolute().as_uri()}?mode={'rwc' if writing else 'ro'}"

    def connect() -> sqlite3.Connection:
        # Transactions are begun by hand (isolation_level=None), so that tables belong to them too.
        connection = sqlite3.connect(address, uri=True, timeout=_WAIT, isolation_level=None)
        if writing:
            _make_safe(connection)
            return connection
        return _in_memory(connection) if _is_older(connection) else connection

    engine = sa.create_engine("sqlite://", creator=connect, poolclass=sa.NullPool)
    begin = "BEGIN IMMEDIATE" if writing else "BEGIN"  # of two merges one waits for the other
    sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


def _make_safe(connection: sqlite3.Connection) -> None:
    """Make one file the whole store (no WAL beside it), and let no power cut harm it."""
    for pragma in ("journal_mode = DELETE", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _is_older(connection: sqlite3.Connection) -> bool:
    """Return whether a store is of an older version; of what is no store it is told later."""
    query = f"SELECT value FROM {tables.meta.name} WHERE key = ?"  # noqa: S608  ours
    try:
        row = connection.execute(query, (_VERSION_KEY,)).fetchone()
    except sqlite3.Error:
        return False
    return bool(row) and int(row[0]) < tables.SCHEMA_VERSION


def _in_memory(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Return a copy of a store that can be brought up to date, though its file can't."""
    copy = sqlite3.connect(":memory:", isolation_level=None)
    connection.backup(copy)
    connection.close()
    return copy


def _prepare(connection: sa.Connection, place: Place, *, writing: bool) -> None:
    """Make the tables of an empty store; bring those of an older one up to date.

    An older one is that for reading too: what is only read is rolled back, or a copy in memory.
    """
    if writing and not sa.inspect(connection).get_table_names():
        tables.metadata.create_all(connection)
        row = {"key": _VERSION_KEY, "value": str(tables.SCHEMA_VERSION)}
        connection.execute(tables.meta.insert(), row)
        return
    version = _version(connection, place)
    if writing and version < tables.SCHEMA_VERSION:
        _keep(connection, place, version)
    while version < tables.SCHEMA_VERSION:
        MIGRATIONS[version](connection)
        version += 1
        mine = tables.meta.c.key == _VERSION_KEY
        connection.execute(tables.meta.update().where(mine).values(value=str(version)))


def _keep(connection: sa.Connection, place: Place, version: int) -> None:
    """Keep a copy of a store as it was before it is brought up to date."""
    if isinstance(place, Server):
        keep_tables(connection, version)
        return
    try:
        keep_copy(place, version)
    except OSError as error:
        raise _unusable(place, error.strerror or str(error)) from error


def _version(connection: sa.Connection, place: Place) -> int:
    if not sa.inspect(connection).has_table(tables.meta.name):
        raise _unusable(place, Message(mark("it is a database of something else")))
    query = sa.select(tables.meta.c.value).where(tables.meta.c.key == _VERSION_KEY)
    version = int(connection.execute(query).scalar() or 0)
    if version > tables.SCHEMA_VERSION:
        raise WriteError(
            mark(
                "The store {path} was made by a newer s2c-forms (version {version} of the store)."
            ),
            mark("Bring this program up to date: pip install --upgrade s2c-forms"),
            path=place,
            version=version,
        )
    return version


def _told(path: Path, error: DBAPIError) -> Exception:
    """Return what went wrong with a store's file; of a server it is told by those who opened it."""
    if not isinstance(error.orig, sqlite3.Error):
        return error
    return _held_or_unusable(path, error) if isinstance(error, OperationalError) else _damaged(path)


def _held_or_unusable(path: Path, error: OperationalError) -> WriteError:
    if "locked" not in str(error.orig):
        return _unusable(path, Message(mark("it can't be opened or written")))
    return WriteError(
        mark("The store {path} is held by another merge."),
        mark("Wait until that one is done, and merge again."),
        path=path,
    )


def _damaged(path: Path) -> WriteError:
    return WriteError(
        mark("The store {path} is damaged, or is no store."),
        mark("Move it to another folder, and merge again: it is made anew of the workbook."),
        path=path,
    )


def _unusable(path: Place, reason: str | Message) -> WriteError:
    return WriteError(
        mark("The store {path} can't be used: {reason}."),
        mark("Look whether the folder can be written, or choose another file with --store."),
        path=path,
        reason=reason,
    )
