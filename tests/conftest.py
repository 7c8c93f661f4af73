"""What every test may use."""

import os
import shutil
from pathlib import Path

import pytest

from s2c_forms.form.rubric import Rubric
from s2c_forms.form.rubric_file import load_rubric

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def rubric() -> Rubric:
    return load_rubric(ROOT / "rubric" / "reflectie-coachgesprekken-1.yaml")


def need_program(name: str) -> str:
    """Return the path of a program; without it skip the test, but never in CI."""
    if found := shutil.which(name):
        return found
    if os.environ.get("CI"):
        pytest.fail(f"{name} is not installed, and CI never skips")
    pytest.skip(f"{name} is not installed")
