"""`read` on paper: every page on a line and in JSON, pictures of each, Ctrl-C and exit codes."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from s2c_forms import api, words
from s2c_forms.cli import run, show
from s2c_forms.errors import ExitCode
from s2c_forms.form.form import Form
from s2c_forms.form.rubric import Rubric
from s2c_forms.media import scan
from tests.conftest import ROOT
from tests.media.scan.drawn import IDS, Drawn, answers, fill_in, pages_of, save

SHIPPED = ROOT / "rubric" / "reflectie-coachgesprekken-1.yaml"
DPI = 150


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANGUAGE", "en")
    yield tmp_path
    words.speak("en")


def filled(rubric: Rubric, form_id: str) -> list[Drawn]:
    pages = pages_of(Form(rubric, form_id, remarks=False), DPI)
    fill_in(pages, answers(rubric))
    return pages


def letter() -> np.ndarray:
    """A page of somebody else's."""
    sheet = np.full((1754, 1240), 255, np.uint8)
    for y in range(200, 1500, 60):
        cv2.putText(sheet, "Beste ouders", (100, y), cv2.FONT_HERSHEY_SIMPLEX, 1.5, (0,), 3)
    return sheet


@pytest.fixture
def stack(rubric: Rubric, elsewhere: Path) -> Path:
    """A form of two pages with a blank back, a letter, and its first page once more."""
    one, two = filled(rubric, IDS[0])
    blank = np.full_like(one.image, 255)
    pages = [one.image, blank, two.image, letter(), one.image]
    return save(pages, elsewhere / "stack.tif")


@pytest.fixture
def whole(rubric: Rubric, elsewhere: Path) -> Path:
    return save([page.image for page in filled(rubric, IDS[1])], elsewhere / "whole.tif")


def read(*arguments: object) -> int:
    return run(["read", *map(str, arguments), "--rubric", str(SHIPPED), "--jobs", "1"])


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_form_on_paper_is_read_and_its_pages_told(whole, capsys):
    assert read(whole) == ExitCode.DONE
    out, err = capsys.readouterr()
    assert "14/14" in out
    assert err.splitlines() == [
        f"{whole}: 2 pages = 2 read",
        "1 file in = 1 read + 0 to check + 0 refused",
    ]


def test_a_page_that_belongs_to_no_form_makes_its_file_one_to_check(stack, capsys):
    assert read(stack) == ExitCode.TO_CHECK
    err = capsys.readouterr().err.splitlines()
    told = "5 pages = 2 read + 1 blank + 1 scanned twice + 1 without our code (p. 4)"
    assert err[0] == f"{stack}: {told}"
    assert err[-1] == "1 file in = 0 read + 1 to check + 0 refused"


def test_json_has_every_page_that_is_not_blank(stack, capsys):
    assert read(stack, "--json") == ExitCode.TO_CHECK
    form, stray = lines(capsys.readouterr().out)
    assert [(page["page"], page["state"], page["number"]) for page in form["pages"]] == [
        (1, "read", 1),
        (3, "read", 2),
        (5, "duplicate", 1),
    ]
    assert {page["form_id"] for page in form["pages"]} == {form["form_id"]} == {IDS[0]}
    assert (form["status"], form["medium"]) == ("ok", "scan")
    assert (stray["status"], stray["medium"], stray["values"]) == ("refused", "scan", None)
    (problem,) = stray["problems"]
    assert (problem["code"], problem["where"]) == ("no_code", "page 4")
    assert problem["message"]
    assert stray["pages"] == [{"page": 4, "state": "no_code", "form_id": None, "number": None}]


def test_a_file_without_any_form_is_told_page_by_page(elsewhere, capsys):
    save([letter(), letter()], elsewhere / "letters.tif")
    assert read("letters.tif", "--json") == ExitCode.INPUT
    told = lines(capsys.readouterr().out)
    assert [one["problems"][0]["where"] for one in told] == ["page 1", "page 2"]
    assert {one["status"] for one in told} == {"refused"}


def test_blank_pages_alone_are_refused_as_a_file(elsewhere, capsys):
    save([np.full((1754, 1240), 255, np.uint8)], elsewhere / "blank.png")
    assert read("blank.png", "--json") == ExitCode.INPUT
    (told,) = lines(capsys.readouterr().out)
    assert told["problems"][0]["code"] == "no_form_on_paper"
    assert "pages" not in told


def test_a_picture_of_every_page_and_none_of_them_read_as_a_scan(stack, capsys):
    assert read(stack, "--overlay", "drawn") == ExitCode.TO_CHECK
    made = sorted(path.name for path in Path("drawn").iterdir())
    assert made == [f"stack-00{number}.png" for number in range(1, 6)]
    capsys.readouterr()
    assert read(stack, "drawn", "--overlay", "drawn") == ExitCode.TO_CHECK
    assert "1 file in" in capsys.readouterr().err
    assert sorted(path.name for path in Path("drawn").iterdir()) == made
    assert read("drawn") == ExitCode.INPUT
    assert "5 files in = 0 read + 0 to check + 5 refused" in capsys.readouterr().err


def test_pictures_that_cannot_be_written_are_said_after_what_was_read(stack, whole, capsys):
    Path("drawn").write_text("a file", encoding="utf-8")
    assert read(whole, "--overlay", "drawn") == ExitCode.WRITE
    assert "drawn can't be written" in capsys.readouterr().err


def test_ctrl_c_prints_what_was_read_so_far(whole, stack, capsys, monkeypatch):
    real = scan.read_page

    def stop_at_the_second(path: Path, page: int, shelf: object) -> object:
        if (path.name, page) == ("stack.tif", 3):
            raise KeyboardInterrupt
        return real(path, page, shelf)  # type: ignore[arg-type]

    monkeypatch.setattr(scan, "read_page", stop_at_the_second)
    assert read(whole, stack, whole.with_name("later.tif"), "--json") == ExitCode.INTERRUPTED
    out, err = capsys.readouterr()
    assert [one["form_id"] for one in lines(out)] == [IDS[1], IDS[0]]
    assert f"{stack}: 5 pages = 1 read + 1 blank + 3 not read yet (p. 3–5)" in err
    assert "3 files in = 1 read + 0 to check + 0 refused + 2 not read to the end" in err
    assert "Interrupted." in err


def test_without_the_extra_the_exit_code_says_so(whole, capsys, monkeypatch):
    monkeypatch.setattr(scan, "_PARTS", ("cv2", "no_such_library"))
    assert read(whole) == ExitCode.PART
    assert "pip install" in capsys.readouterr().err


def test_several_processes_read_the_same(stack, whole, capsys):
    assert read(stack, whole, "--json") == ExitCode.TO_CHECK
    alone = capsys.readouterr().out
    arguments = ["read", str(stack), str(whole), "--json", "--rubric", str(SHIPPED)]
    assert run([*arguments, "--jobs", "2", "--overlay", "drawn"]) == ExitCode.TO_CHECK
    assert capsys.readouterr().out == alone
    assert len(list(Path("drawn").iterdir())) == 7


def test_photocopies_share_their_pages_out(whole, rubric):
    shelf = api.shelf_at_hand(SHIPPED, None)
    outcome = next(iter(api.read_files([whole], shelf)))
    (record,) = outcome.records
    later = tuple(replace(sheet, page=sheet.page + 2) for sheet in record.sheets)
    pages = (*outcome.pages, *(replace(page, page=page.page + 2) for page in outcome.pages))
    twice = replace(outcome, records=(record, replace(record, sheets=later)), pages=pages)
    told = [[page["page"] for page in one["pages"]] for one in api.told_file(twice)]
    assert told == [[1, 2], [3, 4]]


def test_the_meter_says_nothing_to_a_file(capsys):
    with show.meter() as watch:
        watch(1, 100)
    assert capsys.readouterr().err == ""


def test_the_meter_shows_a_bar_on_a_terminal(capsys, monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with show.meter() as watch:
        watch(37, 100)
    assert "37/100" in capsys.readouterr().err
