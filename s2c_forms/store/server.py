"""A store on a PostgreSQL server: one transaction of one of many writers, or a reader's view."""

import contextlib
from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from s2c_forms.errors import MissingPartError, WriteError
from s2c_forms.places import Server
from s2c_forms.words import Message, mark

# Seconds to wait: for a server that doesn't answer; and for another merge, which may draw a
# workbook of many forms. Of one whose computer went down the server lets go by itself.
_ANSWER, _WAIT = 10, 300.0
_HELD, _NOT_ALLOWED = "55P03", "42501"  # SQLSTATE: lock_not_available, insufficient_privilege


@contextlib.contextmanager
def connected(server: Server, *, writing: bool) -> Iterator[sa.Connection]:
    """Give a connection in a transaction, which is kept when the block ends well.

    Writers wait for each other, so that each sees what those before it wrote. A reader sees the
    store as it is when it begins, and nothing of what it does is kept.

    Raises:
        WriteError: the server can't be reached, refuses, or is held by another merge for long.
        MissingPartError: s2c-forms[postgres] isn't installed.
    """
    engine = _engine(server)
    level = "READ COMMITTED" if writing else "REPEATABLE READ"
    try:
        with engine.connect().execution_options(isolation_level=level) as connection:
            _look_over(connection, server)
            if writing:
                _hold(connection)
            yield connection
            if writing:
                connection.commit()
    except DBAPIError as error:
        raise _told(server, error) from error
    finally:
        engine.dispose()


def _engine(server: Server) -> sa.Engine:
    """Return what connects to a server.

    Raises:
        MissingPartError: the part that does isn't installed.
    """
    url = sa.make_url(server.url).set(drivername="postgresql+psycopg")
    told: dict[str, object] = {"client_encoding": "utf8", "application_name": "s2c-forms"}
    if "connect_timeout" not in url.query:
        told["connect_timeout"] = _ANSWER
    try:
        # No answer of anybody stands in a message: parameters are hidden.
        return sa.create_engine(url, connect_args=told, poolclass=sa.NullPool, hide_parameters=True)
    except ImportError as error:
        raise MissingPartError(
            mark("A store on a server needs a part that isn't installed: {name}."),
            mark('Install it: pip install "s2c-forms[postgres]"'),
            name="psycopg",
        ) from error


def _look_over(connection: sa.Connection, server: Server) -> None:
    """See that the database takes every letter, and that there is a place for our tables."""
    query = "SELECT current_schema()::text, current_setting('server_encoding')"
    schema, encoding = connection.exec_driver_sql(query).one()
    if schema is None:
        raise _refused(server, Message(mark("its schema isn't there")))
    if encoding != "UTF8":
        reason = Message(mark("it is written in {encoding}"), {"encoding": encoding})
        raise _refused(server, reason)


def _hold(connection: sa.Connection) -> None:
    """Wait until no other writes into these tables, and keep others out until we are done."""
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_WAIT}s'")
    lock = "SELECT pg_advisory_xact_lock(hashtext('s2c-forms'), hashtext(current_schema()::text))"
    connection.exec_driver_sql(lock)


def _told(server: Server, error: DBAPIError) -> WriteError:
    """Return what went wrong, without a password and without what is in the store."""
    state = getattr(error.orig, "sqlstate", None)
    if state == _HELD:
        return WriteError(
            mark("The store {path} is held by another merge."),
            mark("Wait until that one is done, and merge again."),
            path=server,
        )
    reason = _reason(server, error)
    if state == _NOT_ALLOWED:
        return _refused(server, reason)
    if state is None:
        return WriteError(
            mark("The store {path} can't be reached: {reason}."),
            mark("Look whether the server is on, and at address, user and password; then again."),
            path=server,
            reason=reason,
        )
    return WriteError(
        mark("The store {path} couldn't do it: {reason}."),
        mark("Nothing of this is kept. Try it once more, or ask who looks after the server."),
        path=server,
        reason=reason,
    )


def _reason(server: Server, error: DBAPIError) -> str:
    """Return the server's own words on one line; details would show what is in the store."""
    diag = getattr(error.orig, "diag", None)
    text = (diag and diag.message_primary) or str(error.orig)
    for secret in sorted(server.secrets, key=len, reverse=True):
        text = text.replace(secret, "…")
    return " ".join(text.split()).rstrip(".")


def _refused(server: Server, reason: str | Message) -> WriteError:
    return WriteError(
        mark("The store {path} can't be used: {reason}."),
        mark("Ask who looks after the server for a database in UTF8 where you may make tables."),
        path=server,
        reason=reason,
    )


def clean_up(server: Server, names: list[str]) -> None:
    """Write tables anew, so that nothing of what was taken out is left in their files.

    Raises:
        WriteError: they are held, or may not be written anew.
    """
    engine = _engine(server)
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(f"SET lock_timeout = '{_WAIT}s'")
            for name in names:
                connection.exec_driver_sql(f'VACUUM FULL "{name}"')
    except DBAPIError as error:
        raise _told(server, error) from error
    finally:
        engine.dispose()
