"""What every test may use."""

import os
import shutil
from pathlib import Path

import pytest

from s2c_forms.form.rubric import Rubric
from s2c_forms.form.rubric_file import load_rubric
from s2c_forms.words import speak

ROOT = Path(__file__).parent.parent
FILES = ROOT / "tests" / "files"
SECOND = FILES / "second-instrument-1.yaml"


@pytest.fixture(scope="session")
def rubric() -> Rubric:
    return load_rubric(ROOT / "rubric" / "reflectie-coachgesprekken-1.yaml")


@pytest.fixture(scope="session")
def second_rubric() -> Rubric:
    return load_rubric(SECOND)


@pytest.fixture(scope="session", params=["the instrument", "a second one"])
def each_rubric(request: pytest.FixtureRequest, rubric: Rubric, second_rubric: Rubric) -> Rubric:
    """Whatever is not about one rubric must hold for every other."""
    return rubric if request.param == "the instrument" else second_rubric


def need_program(name: str) -> str:
    """Return the path of a program; without it skip the test, but never in CI."""
    if found := shutil.which(name):
        return found
    if os.environ.get("CI"):
        pytest.fail(f"{name} is not installed, and CI never skips")
    pytest.skip(f"{name} is not installed")


@pytest.fixture(autouse=True)
def english_again():
    """Speak English again after a test that spoke Dutch, however it ended."""
    yield
    speak("en")
