"""An export that is killed, by really killing it: what was there is there, whole."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from s2c_forms import api
from s2c_forms.errors import WriteError
from s2c_forms.export import dataset_of, document, write_folder
from tests.api.test_exporting import returned
from tests.master.test_workbook import book

pytestmark = pytest.mark.slow

KILLS = 8


@pytest.fixture
def master(tmp_path, rubric, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    returned(tmp_path / "in", rubric, "a.xlsx")
    into: Path = tmp_path / "output" / "master.xlsx"
    api.merge([tmp_path / "in"], into)
    return into


def started(folder: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "s2c_forms", "export", "--to", "map"]
    nowhere = subprocess.DEVNULL
    return subprocess.Popen(command, cwd=folder, stdout=nowhere, stderr=nowhere)


def moments(folder: Path) -> Iterator[float]:
    """Moments at which to kill, spread over the time that an export takes."""
    began = time.monotonic()
    assert started(folder).wait() == 0
    took = time.monotonic() - began
    yield from (took * (0.5 + 0.5 * number / KILLS) for number in range(KILLS))


def is_whole(folder: Path) -> bool:
    told = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    named = {each["path"] for each in (*told["resources"], *told["files"])}
    there = {file.name for file in folder.iterdir()}
    return there == named | {"datapackage.json"} and all(f.stat().st_size for f in folder.iterdir())


def test_a_killed_export_leaves_a_whole_one_and_the_next_clears_up(master, tmp_path):
    for moment in moments(tmp_path):
        process = started(tmp_path)
        time.sleep(moment)
        process.kill()
        process.wait()
        whole = [path for path in (tmp_path / "map", tmp_path / ".map.s2c-old") if path.exists()]
        assert any(map(is_whole, whole))
    assert started(tmp_path).wait() == 0
    assert is_whole(tmp_path / "map")
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".map")]


def test_what_was_killed_between_two_names_is_put_back(tmp_path, second_rubric, monkeypatch):
    data = dataset_of(book(tmp_path / "store", second_rubric), [second_rubric])
    write_folder(data, tmp_path / "map")
    (tmp_path / "map").rename(tmp_path / ".map.s2c-old")  # and then the power went

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(document, "write_json", full)
    with pytest.raises(WriteError):
        write_folder(data, tmp_path / "map")
    assert is_whole(tmp_path / "map")
    assert not (tmp_path / ".map.s2c-old").exists()
