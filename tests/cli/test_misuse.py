"""Things that people and scripts do wrong: a clear word, the right exit code, and nothing lost."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from s2c_forms.demo.fill.excel import fill
from s2c_forms.form.form import Form
from s2c_forms.form.stamp import new_form_id
from s2c_forms.media import medium
from tests.conftest import ROOT

SECOND = ROOT / "tests" / "files" / "second-instrument-1.yaml"


def run(folder, *arguments, **options):
    command = [sys.executable, "-m", "s2c_forms", *map(str, arguments)]
    environment = {**os.environ, "LANG": "C"}
    settings = {"capture_output": True} | options
    return subprocess.run(  # noqa: PLW1510  the exit code is what is looked at
        command, cwd=folder, env=environment, text=True, **settings
    )


@pytest.fixture
def filled(rubric, tmp_path):
    blank, path = tmp_path / "blank.xlsx", tmp_path / "in" / "a.xlsx"
    path.parent.mkdir()
    medium("excel").write(Form(rubric, new_form_id()), blank)
    fill(blank, {"coach": "C-1", "f01_score": 2}, path)
    blank.unlink()
    return path


def test_merge_never_writes_over_a_form(tmp_path, filled):
    before = filled.read_bytes()
    done = run(tmp_path, "merge", filled, "--into", filled)
    assert done.returncode == 7
    assert "is not a master workbook" in done.stderr
    assert filled.read_bytes() == before


def test_merge_never_writes_over_a_workbook_of_somebody_else(tmp_path, filled):
    budget = tmp_path / "budget.xlsx"
    budget.write_bytes(b"not ours")
    assert run(tmp_path, "merge", filled, "--into", budget).returncode == 7
    assert budget.read_bytes() == b"not ours"


def test_a_workbook_has_the_ending_of_a_workbook(tmp_path, filled):
    assert run(tmp_path, "merge", filled, "--into", "master.txt").returncode == 7
    assert not (tmp_path / "master.txt").exists()


def test_a_blank_stray_does_not_decide_whose_the_master_is(tmp_path, filled):
    from s2c_forms.form.rubric_file import load_rubric

    stray = filled.parent / "a-first.xlsx"
    medium("excel").write(Form(load_rubric(SECOND), new_form_id()), stray)
    done = run(tmp_path, "merge", filled.parent, "--into", "master.xlsx", "--rubric", SECOND)
    assert "2 files in = 1 merged + 1 refused" in done.stdout
    assert "lesson-observation; this master is of rubric reflectie" in done.stderr + done.stdout


def test_an_empty_name_is_not_the_folder(tmp_path):
    for command in ("read", "merge"):
        done = run(tmp_path, command, "")
        assert done.returncode == 2
        assert "the name is empty" in done.stderr


def test_what_we_left_when_we_were_killed_is_no_input(tmp_path, filled):
    for left in (".s2c-dead/form.xlsx", ".s2c-half.tmp"):
        path = filled.parent / left
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(filled.read_bytes())
    done = run(tmp_path, "read", filled.parent, "--json")
    assert len(done.stdout.splitlines()) == 1


def test_generate_sweeps_up_after_a_run_that_was_killed(tmp_path):
    old, new = tmp_path / "output" / ".s2c-old", tmp_path / "output" / ".s2c-new"
    for folder in (old, new):
        folder.mkdir(parents=True)
    os.utime(old, (0, 0))
    assert run(tmp_path, "generate", "excel").returncode == 0
    assert not old.exists()
    assert new.exists(), "it may still be at work"


def test_reading_the_folder_of_the_store_is_no_refusal(tmp_path):
    assert run(tmp_path, "generate", "excel").returncode == 0
    done = run(tmp_path, "read", "output")
    assert done.returncode == 5, done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_output_that_cannot_be_written_is_told(tmp_path, filled):
    with Path("/dev/full").open("w") as full:
        options = {"stdout": full, "stderr": subprocess.PIPE, "capture_output": False}
        done = run(tmp_path, "read", filled, **options)
    assert done.returncode == 7
    assert "Traceback" not in done.stderr
    assert "can't be written" in done.stderr


def test_a_reader_that_leaves_early_is_no_error(tmp_path, filled):
    for number in range(400):
        (filled.parent / f"{number}.xlsx").write_bytes(b"")
    command = f"{sys.executable} -m s2c_forms read in --json | head -1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "0"
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "text",
    [
        "rubric: &a [*a]",
        "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]",
        "[" * 5000,
        "id: a\n\ttab: b",
        "id: a: b",
    ],
    ids=["a loop", "a bomb", "too deep", "a tab", "a colon"],
)
def test_yaml_that_is_none_is_told_with_its_line(tmp_path, text):
    (tmp_path / "r.yaml").write_text(text)
    done = run(tmp_path, "check", "r.yaml", timeout=20)
    assert done.returncode == 3, done.stderr
    assert "Traceback" not in done.stderr
    assert "line " in done.stdout + done.stderr


def test_the_demonstration_is_no_file(tmp_path):
    (tmp_path / "demo").write_text("mine")
    done = run(tmp_path, "demo", "-o", "demo")
    assert done.returncode == 7
    assert (tmp_path / "demo").read_text() == "mine"


def test_a_rubric_that_changed_under_the_same_version_is_told(tmp_path):
    shipped = ROOT / "rubric" / "reflectie-coachgesprekken-1.yaml"
    assert run(tmp_path, "generate", "excel").returncode == 0
    own = tmp_path / "rubric" / shipped.name
    own.parent.mkdir()
    text = shipped.read_text(encoding="utf-8")
    own.write_text(text.replace("Vat samen wat er is besproken", "Vat samen"), encoding="utf-8")
    done = run(tmp_path, "generate", "excel")
    assert done.returncode == 0
    assert "went out with another text before" in done.stderr


def test_nobody_is_forgotten_by_accident(tmp_path, filled):
    assert run(tmp_path, "merge", filled, "--into", "master.xlsx").returncode in (0, 5)
    before = (tmp_path / "master.xlsx").read_bytes()
    done = run(tmp_path, "forget", "C-1", "--into", "master.xlsx", stdin=subprocess.DEVNULL)
    assert done.returncode == 2
    assert "--yes" in done.stderr
    assert (tmp_path / "master.xlsx").read_bytes() == before
