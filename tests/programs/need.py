"""What programs need that may not be here: without it a test is skipped, but never in CI."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.conftest import need_program


def need_python(module: str) -> str:
    """Return a Python that can import a module of Debian's, such as `uno`."""
    for python in ("/usr/bin/python3", need_program("python3")):
        tried = subprocess.run([python, "-c", f"import {module}"], check=False, capture_output=True)
        if tried.returncode == 0:
            return python
    return _lack(f"python3-{module}")


def need_file(path: Path) -> Path:
    """Return a file that a program needs."""
    return path if path.exists() else Path(_lack(path.name))


def _lack(name: str) -> str:
    if os.environ.get("CI"):
        pytest.fail(f"{name} is not installed, and CI never skips")
    pytest.skip(f"{name} is not installed")
