"""What all tests of the table share."""

import pytest

from s2c_forms.form.rubric import Rubric
from tests.corpus.bench import Bench


@pytest.fixture(scope="session")
def bench(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, rubric: Rubric
) -> Bench:
    """Return where cases are made; LibreOffice starts when a case asks for it."""
    folder = tmp_path_factory.mktemp("corpus")
    return Bench(rubric, folder, lambda: request.getfixturevalue("office"))
