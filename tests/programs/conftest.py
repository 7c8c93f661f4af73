"""Programs that are started once and used by many tests."""

from collections.abc import Iterator

import pytest

from tests.programs.office import Office, running_office


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Return a LibreOffice that runs as long as the tests do."""
    with running_office(tmp_path_factory.mktemp("office")) as running:
        yield running
