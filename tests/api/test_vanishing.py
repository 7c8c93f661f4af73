"""Folders that are closed, and files that change or go away while they are being read."""

import hashlib
import os
from pathlib import Path

import pytest

from s2c_forms.api import reading
from s2c_forms.api.files import files_in, size_of
from s2c_forms.api.paper import Reading, read_files
from s2c_forms.api.reading import read_file
from s2c_forms.form.form import Form
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.shelf import Shelf, shelf_of
from s2c_forms.media.excel import write
from tests.media.scan.drawn import IDS, answers, fill_in, pages_of, save


@pytest.fixture
def shelf(second_rubric: Rubric) -> Shelf:
    return shelf_of([second_rubric])


@pytest.fixture
def stack(tmp_path: Path, second_rubric: Rubric) -> Path:
    """Two forms of a page as one TIFF."""
    images = []
    for turn, form_id in enumerate(IDS[:2]):
        pages = pages_of(Form(second_rubric, form_id, remarks=False))
        fill_in(pages, answers(second_rubric, turn))
        images.append(pages[0].image)
    return save(images, tmp_path / "stack.tif")


@pytest.mark.parametrize("end", ["goes away", "changes"])
def test_paper_that_is_not_what_it_was_is_refused_and_read_when_it_is_back(stack, shelf, end):
    whole = stack.read_bytes()

    def meanwhile(done: int, _total: int) -> None:
        if done == 1 and end == "goes away":
            stack.unlink()
        elif done == 1:
            stack.write_bytes(whole + b"more")

    (outcome,) = read_files([stack], shelf, Reading(jobs=1, watch=meanwhile))
    assert outcome.refusal is not None
    assert (outcome.refusal.code, outcome.records, outcome.pages) == ("changed", (), ())
    stack.write_bytes(whole)
    assert len(read_file(stack, shelf).records) == 2


def test_what_is_hashed_is_what_is_read(tmp_path, second_rubric, shelf, monkeypatch):
    """Another form comes under the same name just after the file was measured."""
    path, other = tmp_path / "form.xlsx", tmp_path / "other.xlsx"
    write(Form(second_rubric, IDS[2]), path)
    write(Form(second_rubric, IDS[3]), other)

    def measure(file: Path) -> int:
        size = size_of(file)
        file.write_bytes(other.read_bytes())
        return size

    monkeypatch.setattr(reading, "size_of", measure)
    outcome = read_file(path, shelf)
    assert [record.stamp.form_id for record in outcome.records] == [IDS[3]]
    assert outcome.sha256 == hashlib.sha256(other.read_bytes()).hexdigest()


def test_a_folder_that_cannot_be_looked_into_is_told(tmp_path, shelf, monkeypatch):
    closed = tmp_path / "closed"
    closed.mkdir()
    (tmp_path / "a.txt").write_text("nothing of ours", encoding="utf-8")
    scan = os.scandir

    def scandir(path: object) -> object:
        if Path(str(path)).name == "closed":  # root may look everywhere: said by hand
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)  # type: ignore[call-overload]

    monkeypatch.setattr(os, "scandir", scandir)
    assert files_in([tmp_path]) == [tmp_path / "a.txt", closed]
    refusal = read_file(closed, shelf).refusal
    assert refusal is not None
    assert refusal.code == "cannot_open"
    assert "Permission denied" in refusal.text("en")
