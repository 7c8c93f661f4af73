"""The block on the network bites: here, and in every Python that a test starts."""

import os
import re
import socket
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from tests.conftest import ROOT, attempts, fail_where

# Addresses that belong to nobody (RFC 5737, RFC 3849), and a name that never will (RFC 2606).
ELSEWHERE, ELSEWHERE_6, NAME = "192.0.2.1", "2001:db8::1", "s2c.invalid"
REACH = f"import socket; socket.create_connection(({ELSEWHERE!r}, 9), timeout=1)"


def connect(host: str, family: int = socket.AF_INET, kind: int = socket.SOCK_STREAM) -> None:
    with socket.socket(family, kind) as sock:
        sock.settimeout(1)
        sock.connect((host, 9))


def send(host: str) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.sendto(b"", (host, 9))


def listen(host: str) -> None:
    with socket.socket() as sock:
        sock.bind((host, 0))


@pytest.mark.parametrize(
    ("attempt", "args"),
    [
        (connect, (ELSEWHERE,)),
        (connect, (ELSEWHERE, socket.AF_INET, socket.SOCK_DGRAM)),
        (connect, (ELSEWHERE_6, socket.AF_INET6)),
        (socket.create_connection, ((NAME, 9),)),
        (send, (ELSEWHERE,)),
        (listen, ("0.0.0.0",)),  # noqa: S104  that it is refused is what is tested
        (socket.getaddrinfo, (NAME, 80)),
        (socket.gethostbyname, (NAME,)),
    ],
)
def test_no_way_leads_out_and_the_attempt_is_noted(attempt, args):
    with pytest.raises(PermissionError, match="no network in tests"):
        attempt(*args)
    (noted,) = attempts()
    assert noted.startswith("socket.")
    with pytest.raises(pytest.fail.Exception, match="the network was used"):
        fail_where([noted])


def test_this_machine_itself_is_reached(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("localhost", port)) as client:
            server.accept()[0].close()
            assert client.recv(1) == b""
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind(str(tmp_path / "s"))
        server.listen()
        client.connect(str(tmp_path / "s"))
    assert attempts() == []


def test_the_program_in_a_process_of_its_own_is_cut_off_too(tmp_path):
    """The program as the tests start it, with a rubric's reader that would call home."""
    code = f"from s2c_forms.form import rubric_file\n{REACH}"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "no network in tests" in done.stderr
    assert [ELSEWHERE in noted for noted in attempts()] == [True]


def test_an_attempt_that_a_program_hides_is_noted():
    code = f"import contextlib\nwith contextlib.suppress(OSError):\n    {REACH}"
    subprocess.run([sys.executable, "-c", code], check=True)
    assert [ELSEWHERE in noted for noted in attempts()] == [True]


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_workers_are_cut_off_too(method):
    with ProcessPoolExecutor(1, mp_context=get_context(method)) as pool:
        done = pool.submit(socket.getaddrinfo, NAME, 80)
        with pytest.raises(PermissionError, match="no network in tests"):
            done.result(timeout=60)
    assert [NAME in noted for noted in attempts()] == [True]


def test_no_test_starts_a_python_that_is_not_cut_off():
    """Whoever sets PYTHONPATH, or starts from an empty environment, lets its process out."""
    loose = re.compile(r"[\"']PYTHONPATH[\"']\s*[:\]]|env=\{(?!\*\*os\.environ)|python\S* -[IES]")
    told = {
        path.relative_to(ROOT / "tests").as_posix()
        for path in (ROOT / "tests").rglob("*.py")
        if loose.search(path.read_text(encoding="utf-8"))
    }
    assert told == {"conftest.py", "test_offline.py"}
    assert os.environ["PYTHONPATH"].split(os.pathsep)[0].endswith("offline")
