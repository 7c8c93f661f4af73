"""The wheel works too: in an empty environment, away from the checkout."""

import os
import subprocess
import sys
import venv
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.needed import needed, ours

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT]
    subprocess.run(command, check=True, capture_output=True)
    (made,) = out.glob("*.whl")
    return made


def test_rubrics_templates_and_words_are_in_the_wheel(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    shipped = [*(ROOT / "rubric").iterdir(), *(ROOT / "templates").rglob("*.*")]
    for path in shipped:
        assert f"s2c_forms/shipped/{path.relative_to(ROOT).as_posix()}" in names
    assert "s2c_forms/locale/nl/LC_MESSAGES/s2c_forms.mo" in names
    assert not any(name.startswith(("tests/", "output/")) for name in names)


def lend(site: Path) -> None:
    """Put what the program says it needs into an environment, and nothing else that is here."""
    for name in sorted(needed(ours(extras=False))):
        for top in {file.parts[0] for file in distribution(name).files or ()} - {"..", "bin"}:
            place = Path(str(distribution(name).locate_file(top)))
            if not (site / top).exists():
                (site / top).symlink_to(place)


def test_installed_in_an_empty_environment_it_does_the_demonstration(wheel, tmp_path):
    home = tmp_path / "environment"
    venv.create(home)
    binaries = home / ("Scripts" if os.name == "nt" else "bin")
    install = [sys.executable, "-m", "pip", "--python", binaries / "python", "install"]
    subprocess.run([*install, "--quiet", "--no-index", "--no-deps", wheel], check=True)
    (site,) = home.rglob("site-packages")
    lend(site)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    run(binaries, elsewhere, "demo", "-o", "demo")
    assert (elsewhere / "demo" / "master.xlsx").stat().st_size > 10_000
    own = elsewhere / "rubric"
    own.mkdir()
    second = ROOT / "tests" / "files" / "second-instrument-1.yaml"
    (own / "mine.yaml").write_bytes(second.read_bytes())
    assert "warmth_score" in run(binaries, elsewhere, "fields", "--json")


def run(binaries: Path, folder: Path, *arguments: str) -> str:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    command = [str(binaries / "s2c-forms"), *arguments]
    done = subprocess.run(
        command, cwd=folder, env=clean, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
