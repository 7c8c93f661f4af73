"""Who does it."""

from pathlib import Path

import pytest

from s2c_forms.form.rubric import Rubric
from tests.scenarios.coordinator import Coordinator


@pytest.fixture
def coordinator(tmp_path: Path, rubric: Rubric, monkeypatch: pytest.MonkeyPatch) -> Coordinator:
    """A coordinator in a place without rubrics of its own."""
    monkeypatch.chdir(tmp_path)
    return Coordinator(tmp_path, rubric)
