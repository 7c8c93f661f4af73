"""Broken files and bombs: each is refused or read, soon and in little memory, and ends nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from s2c_forms.api.paper import Reading, read_files
from s2c_forms.api.reading import FileOutcome
from s2c_forms.form.form import Form
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.shelf import shelf_of
from tests.conftest import ROOT
from tests.media.scan.drawn import IDS, answers, fill_in, pages_of, save
from tests.media.scan.hostile import MADE, page_of, write_all
from tests.strategies import as_recorded

pytestmark = pytest.mark.slow
SECONDS, MEGABYTES = 10, 800
ORDINARY = 0.25  # seconds that a page takes on the machine that is meant by these ten seconds


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, second_rubric: Rubric) -> list[Path]:
    return write_all(tmp_path_factory.mktemp("hostile"), second_rubric)


@pytest.fixture(scope="module")
def told(
    files: list[Path], second_rubric: Rubric, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, Any]]:
    """What reading each took, by name; each group in a process of its own, as memory only grows.

    An ordinary page before them says how much time that is on this machine.
    """
    ordinary = tmp_path_factory.mktemp("ordinary") / "ordinary.png"
    page_of(second_rubric).save(ordinary)
    found: dict[str, dict[str, Any]] = {}
    large = [path for path in files if path.stem.startswith(("bomb", "largest"))]
    for group in ([path for path in files if path not in large], *([path] for path in large)):
        read = [ordinary, ordinary, *group]
        command = [sys.executable, "-m", "tests.media.scan.measured", *map(str, read)]
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=900, check=False
        )
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        assert len(lines) == len(read), done.stderr[-2000:]
        assert lines[1]["records"] == 1
        slow = max(1.0, lines[1]["seconds"] / ORDINARY)
        found |= {line["name"]: line | {"seconds": line["seconds"] / slow} for line in lines[2:]}
    return found


@pytest.mark.parametrize("name", MADE)
def test_a_hostile_file_is_refused_or_has_no_form(told, name):
    line = told[name]
    assert line["crash"] == ""
    assert line["records"] == 0
    assert line["refusal"]
    assert line["refusal"] != "our_bug"


@pytest.mark.parametrize("name", MADE)
def test_a_hostile_file_takes_little_time_and_memory(told, name):
    assert told[name]["seconds"] < SECONDS
    assert told[name]["megabytes"] < MEGABYTES


def test_a_file_that_was_cut_off_is_refused_or_read_and_never_a_bug(told):
    cut = {name: line for name, line in told.items() if name.startswith(("cut", "garbled"))}
    assert len(cut) == 24
    for name, line in cut.items():
        assert (line["crash"], line["seconds"] < SECONDS) == ("", True), name
        assert line["refusal"] != "our_bug", name
        assert bool(line["refusal"]) == (line["records"] == 0), name
        if name.startswith("cut-1."):
            assert line["refusal"], name


@pytest.mark.parametrize("suffix", ["jpg", "png", "tif", "pdf"])
def test_a_picture_with_garbage_in_it_says_nothing_wrong(files, suffix, second_rubric):
    (path,) = [path for path in files if path.name == f"garbled.{suffix}"]
    expected = as_recorded(second_rubric, answers(second_rubric))
    for record in one(path, second_rubric).records:
        asked = {problem.field_id for problem in record.problems}
        told = {id_: value for id_, value in record.values.items() if id_ not in asked}
        assert told == {id_: expected[id_] for id_ in told}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("locked.pdf", "encrypted"),
        ("empty.png", "empty_file"),
        ("pages.tif", "too_many_pages"),
    ],
)
def test_the_reason_is_the_right_one(told, name, code):
    assert told[name]["refusal"] == code


def test_none_of_them_ends_a_batch(files, second_rubric, tmp_path):
    """All of them between two good forms, on two cores: an outcome for each, in order."""
    good = []
    for place, form_id in enumerate(IDS[1:3]):
        pages = pages_of(Form(second_rubric, form_id, remarks=False))
        fill_in(pages, answers(second_rubric, place))
        good.append(save([page.image for page in pages], tmp_path / f"good-{place}.png"))
    batch = [good[0], *files, good[1]]
    outcomes = list(read_files(batch, shelf_of([second_rubric]), Reading(jobs=2)))
    assert [outcome.path for outcome in outcomes] == batch
    for place in (0, -1):
        (record,) = outcomes[place].records
        assert record.problems == ()
        assert dict(record.values) == as_recorded(second_rubric, answers(second_rubric, -place))
    assert {o.refusal.code for o in outcomes if o.refusal}.isdisjoint({"our_bug"})


def one(path: Path, rubric: Rubric, **how: Any) -> FileOutcome:
    (outcome,) = read_files([path], shelf_of([rubric]), Reading(jobs=1, **how))
    return outcome


def test_a_file_that_vanishes_while_it_is_read(second_rubric, tmp_path):
    page = page_of(second_rubric)
    path = tmp_path / "stack.tif"
    blank = Image.new("L", page.size, 255)
    page.save(path, save_all=True, append_images=[blank, blank])

    def lose(_paper: object, page: int, _cutouts: object) -> None:
        if page == 1:
            path.unlink()

    outcome = one(path, second_rubric, keep=lose)
    assert outcome.refusal
    assert (outcome.refusal.code, outcome.records) == ("changed", ())


def test_a_file_that_changes_while_it_is_read(second_rubric, tmp_path):
    """A scanner's program that still writes: nothing is taken of a file that is two."""
    page = page_of(second_rubric)
    path = tmp_path / "stack.tif"
    page.save(path, save_all=True, append_images=[page, page])

    def shorten(_paper: object, page: int, _cutouts: object) -> None:
        if page == 1:
            path.write_bytes(path.read_bytes()[:5000])

    outcome = one(path, second_rubric, keep=shorten)
    assert outcome.refusal
    assert (outcome.refusal.code, outcome.records) == ("changed", ())


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(second_rubric, tmp_path):
    path = tmp_path / "scan.png"
    page_of(second_rubric).save(path)
    path.chmod(0)
    outcome = one(path, second_rubric)
    assert outcome.refusal
    assert outcome.refusal.code == "cannot_open"
