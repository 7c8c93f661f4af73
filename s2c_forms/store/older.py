"""Copies of a store as it was before it was brought up to date, kept beside it.

Of a file it is another file; on a server, another set of tables.
"""

import glob
import os
import re
import tempfile
from itertools import count
from pathlib import Path

import sqlalchemy as sa

from s2c_forms.store import tables


def copies_before(path: Path) -> list[Path]:
    """Return the copies that were kept of a store before it was brought up to date."""
    found = path.parent.glob(f"{glob.escape(path.stem)}-v*{glob.escape(path.suffix)}")
    kept = re.compile(re.escape(path.stem) + r"-v\d+( \(\d+\))?")
    return sorted(copy for copy in found if kept.fullmatch(copy.stem))


def keep_copy(path: Path, version: int) -> None:
    """Keep a store as it is beside it, as `master-v1.sqlite`, unless that was done before.

    Raises:
        OSError: it can't be written.
    """
    content = path.read_bytes()
    if any(copy.read_bytes() == content for copy in copies_before(path)):
        return
    name, number = f"{path.stem}-v{version}", 2
    free = path.with_name(f"{name}{path.suffix}")
    while free.exists():
        free = path.with_name(f"{name} ({number}){path.suffix}")
        number += 1
    _write_whole(free, content)
    free.chmod(path.stat().st_mode)


def tables_before(connection: sa.Connection) -> list[str]:
    """Return the tables on a server that were kept of a store before it was brought up to date."""
    kept = re.compile(f"({'|'.join(tables.metadata.tables)})" + r"_v\d+(_\d+)?")
    return sorted(name for name in sa.inspect(connection).get_table_names() if kept.fullmatch(name))


def keep_tables(connection: sa.Connection, version: int) -> None:
    """Keep the tables of a store on a server as they are, as `versions_v1` and so on."""
    there = sa.inspect(connection).get_table_names()
    endings = (f"_v{version}" if n == 1 else f"_v{version}_{n}" for n in count(1))
    free = next(end for end in endings if not any(name.endswith(end) for name in there))
    for name in tables.metadata.tables:
        if name in there:
            connection.exec_driver_sql(f'CREATE TABLE "{name}{free}" AS TABLE "{name}"')


def _write_whole(path: Path, content: bytes) -> None:
    """Write a file that is there whole, or not at all."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".s2c-{path.stem}-", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
