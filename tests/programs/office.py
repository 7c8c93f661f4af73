"""A LibreOffice without a window, started once, that scripts talk to through UNO.

    def test_it(office: Office, tmp_path: Path) -> None:
        office.run_uno(HERE / "uno_fill_calc.py", source, answers, target)
        office.convert(source, tmp_path / "seen.pdf")

A script is run by the Python that has `uno`, with the address to connect to as first argument; see
`uno_convert.py` for the shape of one. Its profile is its own, so nobody's LibreOffice is touched.
"""

import os
import signal
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT, need_program
from tests.programs.need import need_python

HERE = Path(__file__).parent
PATIENCE = 180  # seconds; a first start on a busy machine takes twenty


@dataclass(frozen=True)
class Office:
    """A running LibreOffice: where it listens, and the Python that can talk to it."""

    address: str
    python: str

    def run_uno(self, script: Path, *args: object) -> str:
        """Run a script in LibreOffice's Python; return what it printed."""
        done = subprocess.run(
            [self.python, str(script), self.address, *map(str, args)],
            check=False,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            cwd=ROOT,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        )
        assert done.returncode == 0, f"{script.name}: {done.returncode}, {done.stderr}"
        return done.stdout

    def convert(self, source: Path, *targets: Path) -> None:
        """Open a file and save it under other endings (.xlsx, .ods, .xls, .docx, .odt, .pdf)."""
        self.run_uno(HERE / "uno_convert.py", source, *targets)


@contextmanager
def running_office(profile: Path) -> Iterator[Office]:
    """Start LibreOffice with its profile in the folder `profile`; stop it at the end."""
    program, python = need_program("soffice"), need_python("uno")
    address = f"pipe,name=s2c-{uuid.uuid4().hex}"
    process = subprocess.Popen(
        [
            program,
            f"-env:UserInstallation={profile.resolve().as_uri()}",
            "--headless",
            "--norestore",
            "--nologo",
            "--nodefault",
            f"--accept={address};urp;",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield Office(address, python)
    finally:
        _stop(process)


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """End the program and what it started: `soffice` is a shell script around the real one."""
    for how in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, how)
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            continue
        except ProcessLookupError:
            break
        break
    process.wait()
