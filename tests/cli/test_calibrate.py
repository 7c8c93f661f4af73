"""`calibrate`: scans in, a gallery out; every file accounted for, nothing written over."""

import json
from pathlib import Path

import numpy as np
import pytest

from s2c_forms import words
from s2c_forms.cli import run
from s2c_forms.errors import ExitCode
from s2c_forms.form.form import Form
from s2c_forms.form.rubric import Rubric
from s2c_forms.media import excel, scan
from s2c_forms.report.gallery import is_gallery
from tests.conftest import ROOT
from tests.media.scan.drawn import IDS, answers, fill_in, pages_of, save

pytestmark = pytest.mark.slow

SHIPPED = ROOT / "rubric" / "reflectie-coachgesprekken-1.yaml"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANGUAGE", "en")
    yield tmp_path
    words.speak("en")


@pytest.fixture
def scans(rubric: Rubric, elsewhere: Path) -> Path:
    """A folder with a form of two pages and a blank one."""
    pages = pages_of(Form(rubric, IDS[0], remarks=False), 150)
    fill_in(pages, answers(rubric))
    blank = np.full_like(pages[0].image, 255)
    (elsewhere / "scans").mkdir()
    save([*(page.image for page in pages), blank], elsewhere / "scans" / "stack.tif")
    return elsewhere / "scans"


def calibrate(*arguments: object) -> int:
    return run(["calibrate", *map(str, arguments), "--rubric", str(SHIPPED), "--jobs", "1"])


def test_scans_become_a_gallery(scans, capsys):
    assert calibrate("scans", "-o", "seen/gallery.pdf") == ExitCode.DONE
    out, err = capsys.readouterr()
    assert out.split() == ["seen/gallery.pdf"]
    assert is_gallery(Path("seen/gallery.pdf"))
    assert "on 2 pages, 0 asked about." in err
    assert "1 other page: blank, of others, or not readable." in err
    assert [path.name for path in Path("seen").iterdir()] == ["gallery.pdf"]


def test_a_gallery_may_be_made_again_and_is_no_scan_itself(scans, capsys):
    assert calibrate("scans", "-o", "scans/gallery.pdf") == ExitCode.DONE
    assert calibrate("scans", "-o", "scans/gallery.pdf", "--json") == ExitCode.DONE
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (told["files"], told["pages"], told["other_pages"]) == (1, 2, 1)
    assert told["to_check"] == 0
    assert told["boxes"] > 80


def test_files_that_are_no_scans_are_said(scans, rubric, capsys):
    excel.write(Form(rubric, IDS[1]), scans / "form.xlsx")
    (scans / "notes.txt").write_text("hallo", encoding="utf-8")
    assert calibrate("scans", "-o", "gallery.pdf") == ExitCode.REFUSED
    err = capsys.readouterr().err
    assert "form.xlsx: This form wasn't filled in on paper." in err
    assert "notes.txt: This is not a form of ours" in err


def test_without_any_form_there_is_no_gallery(elsewhere, capsys):
    save([np.full((1754, 1240), 255, np.uint8)], elsewhere / "blank.png")
    assert calibrate("blank.png", "-o", "gallery.pdf") == ExitCode.INPUT
    assert "On none of its pages" in capsys.readouterr().err
    assert not Path("gallery.pdf").exists()


@pytest.mark.parametrize("name", ["scan.pdf", "gallery.png"])
def test_nothing_else_is_written_over(scans, name, capsys):
    Path(name).write_bytes(b"%PDF-1.4 somebody's scan")
    assert calibrate("scans", "-o", name) == ExitCode.WRITE
    assert Path(name).read_bytes() == b"%PDF-1.4 somebody's scan"
    assert "is not written over" in capsys.readouterr().err


def test_a_place_that_cannot_be_written_is_told(scans, capsys):
    Path("taken").write_text("a file", encoding="utf-8")
    assert calibrate("scans", "-o", "taken/gallery.pdf") == ExitCode.WRITE
    assert "can't be written" in capsys.readouterr().err


def test_without_the_extra_its_install_line_is_said(scans, capsys, monkeypatch):
    monkeypatch.setattr(scan, "_PARTS", ("no_such_library",))
    assert calibrate("scans", "-o", "gallery.pdf") == ExitCode.PART
    assert "pip install" in capsys.readouterr().err


def test_limits_of_ones_own_are_the_ones_drawn(scans, capsys, monkeypatch):
    from s2c_forms.media.scan.tuning import load_tuning

    text = (ROOT / "templates" / "scan.yaml").read_text(encoding="utf-8")
    Path("templates").mkdir()
    changed = text.replace("marked_share: 0.045", "marked_share: 0.78").replace(
        "blob_share: 0.09 ", "blob_share: 0.79 "
    )
    assert changed != text
    Path("templates/scan.yaml").write_text(changed, encoding="utf-8")
    load_tuning.cache_clear()
    try:
        assert calibrate("scans", "-o", "gallery.pdf", "--json") == ExitCode.DONE
    finally:
        load_tuning.cache_clear()
    assert json.loads(capsys.readouterr().out)["to_check"] > 10
