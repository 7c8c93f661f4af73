"""What all tests of the table share."""

from collections.abc import Iterator

import pytest

from s2c_forms.form.rubric import Rubric
from tests.corpus.bench import Bench
from tests.corpus.trap import Trap


@pytest.fixture(scope="session")
def bench(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, rubric: Rubric
) -> Iterator[Bench]:
    """Return where cases are made; LibreOffice starts when a case asks for it."""
    folder = tmp_path_factory.mktemp("corpus")
    trap = Trap(tmp_path_factory.mktemp("trap"))
    yield Bench(rubric, folder, lambda: request.getfixturevalue("office"), trap)
    trap.close()
