"""A PostgreSQL server of the tests' own: Debian's, in a temporary folder, gone when they end."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

_DEBIAN = Path("/usr/lib/postgresql")
_START = 120  # seconds, on a machine with much to do
_QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=40")
_ENTRY = "local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n"


@dataclass(frozen=True)
class Cluster:
    """A server that runs; its database has a schema for every test.

    Attributes:
        folder: where its socket is.
        port: where it listens on loopback, and asks for a password.
        made: the schemas that there were.
    """

    folder: Path
    port: int
    made: list[str] = field(default_factory=list)

    def url(self, schema: str, user: str = "s2c", path: str = "") -> str:
        """The address of a schema, by way of the socket or of another `path`."""
        options = quote(f"-csearch_path={schema}")
        where = path or f"?host={self.folder}"
        if path:
            return f"postgresql://{user}@{path}/s2c?options={options}"
        return f"postgresql://{user}@:{self.port}/s2c{where}&options={options}"

    def execute(self, *statements: str, database: str = "s2c") -> None:
        place = make_conninfo(host=str(self.folder), port=self.port, user="s2c", dbname=database)
        with psycopg.connect(place, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def fresh(self) -> str:
        """Make an empty schema and return its name."""
        name = f"test_{len(self.made)}"
        self.made.append(name)
        self.execute(f"CREATE SCHEMA {name}")
        return name


def need_server_programs() -> Path:
    """Return the folder of PostgreSQL's programs; without it skip the test, but never in CI."""
    found = sorted(_DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parent.parent.name))
    if found:
        return found[-1].parent
    if initdb := shutil.which("initdb"):
        return Path(initdb).resolve().parent
    if os.environ.get("CI"):
        pytest.fail("PostgreSQL is not installed, and CI never skips")
    pytest.skip("PostgreSQL is not installed: on Debian, apt-get install postgresql")


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Run a server until the block ends, or this very process does."""
    programs = need_server_programs()
    folder = Path(tempfile.mkdtemp(prefix="s2c-pg-"))  # a socket's path has 107 letters at most
    try:
        if os.getuid() == 0:  # PostgreSQL doesn't run as root
            shutil.chown(folder, "postgres")
        _make(programs, folder)
        with _running(programs, folder) as running:
            running.execute("CREATE DATABASE s2c ENCODING 'UTF8'", database="postgres")
            yield running
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _as_somebody(*command: object) -> list[str]:
    """Return a command for a process that ends with ours, and isn't root's."""
    who = ("--reuid=postgres", "--regid=postgres", "--clear-groups") if os.getuid() == 0 else ()
    return ["setpriv", *who, "--pdeathsig=QUIT", *map(str, command)]


def _make(programs: Path, folder: Path) -> None:
    how = ("--username=s2c", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--auth=trust")
    command = _as_somebody(programs / "initdb", "-D", folder / "data", *how)
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    assert done.returncode == 0, done.stderr


@contextmanager
def _running(programs: Path, folder: Path) -> Iterator[Cluster]:
    (folder / "data" / "pg_hba.conf").write_text(_ENTRY)
    port = _free_port()
    settings = (*_QUICK, "listen_addresses=127.0.0.1", f"unix_socket_directories={folder}")
    told = [part for one in (*settings, f"port={port}") for part in ("-c", one)]
    command = _as_somebody(programs / "postgres", "-D", folder / "data", *told)
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)
    try:
        running = Cluster(folder, port)
        _wait(running, process)
        yield running
    finally:
        process.send_signal(signal.SIGQUIT)
        process.wait(_START)


def _wait(running: Cluster, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _START
    while True:
        try:
            running.execute("SELECT 1", database="postgres")
        except psycopg.OperationalError:
            log = (running.folder / "log").read_text()
            assert process.poll() is None, log
            assert time.monotonic() < end, log
            time.sleep(0.1)
        else:
            return


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
