"""What every test may use."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from s2c_forms.form.rubric import Rubric
from s2c_forms.form.rubric_file import load_rubric
from s2c_forms.places import Place, Server
from s2c_forms.words import speak
from tests import postgres
from tests.offline import sitecustomize as offline

if TYPE_CHECKING:
    from tests.programs.office import Office

ROOT = Path(__file__).parent.parent
FILES = ROOT / "tests" / "files"
SECOND = FILES / "second-instrument-1.yaml"


def pytest_configure() -> None:
    """Let no example fail for being slow, and cut the tests off from the network.

    So is every Python that they start (`tests/offline`): their PYTHONPATH is this checkout, where a
    test that starts the program hands `os.environ` on.
    """
    settings.register_profile("s2c", deadline=None)  # how fast a machine is says nothing of us
    settings.load_profile("s2c")
    if not getattr(sys.modules.get("sitecustomize"), "IS_OFFLINE", False):
        offline.block()
    handle, log = tempfile.mkstemp(prefix="s2c-offline-", suffix=".log")
    os.close(handle)
    os.environ[offline.LOG] = log
    os.environ["PYTHONPATH"] = os.pathsep.join(map(str, (Path(offline.__file__).parent, ROOT)))


def pytest_unconfigure() -> None:
    """Take the log of attempts away."""
    Path(os.environ[offline.LOG]).unlink(missing_ok=True)


def attempts() -> list[str]:
    """Return who tried to leave this machine since this was last asked, and forget it."""
    log = Path(os.environ[offline.LOG])
    told = log.read_text(encoding="utf-8").splitlines()
    if told:
        log.write_text("", encoding="utf-8")
    return told


@pytest.fixture(autouse=True)
def no_network() -> Iterator[None]:
    """Fail a test during which somebody tried to leave this machine, and hid that it failed."""
    yield
    fail_where(attempts())


def fail_where(tried: list[str]) -> None:
    """Fail the test that runs where something was tried."""
    if tried:
        pytest.fail(f"the network was used: {tried}")


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
def english_again() -> Iterator[None]:
    """Speak English again after a test that spoke Dutch, however it ended."""
    yield
    speak("en")


@pytest.fixture(scope="session")
def cluster() -> Iterator[postgres.Cluster]:
    """A PostgreSQL server; skipped where it isn't installed, never in CI."""
    with postgres.cluster() as running:
        yield running


@pytest.fixture
def server(cluster: postgres.Cluster, tmp_path: Path) -> Server:
    """An empty store on a server, with what stays here in a folder of the test."""
    return Server(cluster.url(cluster.fresh()), tmp_path / "private.sqlite")


@pytest.fixture(params=["file", "server"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """An empty store in a file, and one on a server: what holds of one must hold of the other."""
    if request.param == "file":
        return tmp_path / "master.sqlite"
    on_server: Server = request.getfixturevalue("server")
    return on_server


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Office]":
    """Return a LibreOffice that runs as long as the tests do; it is started when it's asked for."""
    from tests.programs.office import running_office

    with running_office(tmp_path_factory.mktemp("office")) as running:
        yield running
