"""Every file that goes in is accounted for, and a bad one never stops the rest."""

import logging
import os

import pytest

from s2c_forms import media
from s2c_forms.api import files as on_disk
from s2c_forms.api.files import files_in
from s2c_forms.api.reading import read_file, shelf_at_hand
from s2c_forms.errors import REFUSALS, RubricError
from s2c_forms.form.filled import FileRead, FilledForm, Origin, RawAnswer
from s2c_forms.form.form import Form
from s2c_forms.form.shelf import shelf_of
from s2c_forms.form.stamp import new_form_id
from s2c_forms.media.excel import write
from s2c_forms.store import note_rubric, open_store
from tests.conftest import ROOT, SECOND


@pytest.fixture(scope="module")
def form(tmp_path_factory, rubric):
    path = tmp_path_factory.mktemp("form") / "form.xlsx"
    write(Form(rubric, new_form_id(), {"coach": "C-012"}), path)
    return path


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """Stand in a folder without rubrics of its own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_folders_are_walked_and_nothing_is_left_out(tmp_path):
    for name in ("b.xlsx", "~$b.xlsx", ".DS_Store", "a/deep/c.pdf", "a/.~lock.c.pdf#"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (tmp_path / "empty").mkdir()
    found = [path.relative_to(tmp_path).as_posix() for path in files_in([tmp_path])]
    assert found == [".DS_Store", "b.xlsx", "~$b.xlsx", "a/.~lock.c.pdf#", "a/deep/c.pdf"]


def test_order_is_that_of_the_arguments_and_each_file_comes_once(tmp_path):
    one, two = tmp_path / "1.pdf", tmp_path / "2.pdf"
    one.touch()
    two.touch()
    gone = tmp_path / "gone.pdf"
    assert files_in([two, gone, tmp_path, one]) == [two, gone, one]


def test_a_form_is_read_with_all_that_is_known_of_its_file(form, rubric):
    outcome = read_file(form, shelf_of([rubric]))
    assert outcome.refusal is None
    assert outcome.medium == "excel"
    assert outcome.size == form.stat().st_size
    assert len(outcome.sha256) == 64
    assert outcome.records[0].values["coach"] == "C-012"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("gone.xlsx", None, "no_such_file"),
        ("empty.xlsx", b"", "empty_file"),
        ("~$form.xlsx", b"x", "temporary_file"),
        (".~lock.form.ods#", b"x", "temporary_file"),
        ("Thumbs.db", b"x", "system_file"),
        ("page.xlsx", b"<!DOCTYPE html><html>", "not_a_form"),
        ("photo.pdf", b"\x89PNG\r\n", "damaged"),
        ("master.sqlite", b"SQLite format 3\x00", "own_store"),
        ("half.xlsx", b"PK\x03\x04half", "damaged"),
    ],
)
def test_a_bad_file_is_refused_with_its_reason(tmp_path, rubric, name, content, code):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    outcome = read_file(path, shelf_of([rubric]))
    assert outcome.refusal
    assert (outcome.refusal.code, outcome.records) == (code, ())


def test_a_truncated_form_is_refused_at_every_length(tmp_path, form, rubric):
    whole = form.read_bytes()
    for part in (10, 100, len(whole) // 2, len(whole) - 30):
        path = tmp_path / "form.xlsx"
        path.write_bytes(whole[:part])
        refusal = read_file(path, shelf_of([rubric])).refusal
        assert refusal
        assert refusal.code != "our_bug"


def test_a_form_of_another_rubric_says_which_it_needs(form, rubric, second_rubric):
    refusal = read_file(form, shelf_of([second_rubric])).refusal
    assert refusal
    assert refusal.code == "unknown_rubric"
    assert rubric.hash in refusal.text()


def test_what_we_stumble_over_is_our_bug_and_the_traceback_is_kept(
    form, rubric, monkeypatch, caplog
):
    class Broken:
        SUFFIX = ".xlsx"

        def read(self, data, shelf):
            raise ZeroDivisionError("here")

    monkeypatch.setattr(media, "medium", lambda name: Broken())
    with caplog.at_level(logging.DEBUG, "s2c_forms"):
        refusal = read_file(form, shelf_of([rubric])).refusal
    assert refusal
    assert refusal.code == "our_bug"
    assert "ZeroDivisionError: here" in refusal.text()
    assert "Traceback" in caplog.text


@pytest.mark.parametrize("number", [0, 1, 2])
def test_any_medium_is_read_through_the_registry(form, rubric, monkeypatch, number):
    stamp = Form(rubric, new_form_id()).stamp
    filled = FilledForm("word", stamp, (RawAnswer("f01_score", "3", "row 1"),))

    class Fake:
        SUFFIX = ".xlsx"

        def read(self, data, shelf):
            return FileRead((filled,) * number, Origin("a program"))

    monkeypatch.setattr(media, "medium", lambda name: Fake())
    outcome = read_file(form, shelf_of([rubric]))
    assert [record.values["f01_score"] for record in outcome.records] == [3] * number
    if number:
        assert outcome.program == "a program"
    else:
        assert outcome.refusal
        assert outcome.refusal.code == "no_stamp"


def test_a_file_larger_than_any_form_is_not_even_opened(tmp_path, rubric, monkeypatch):
    monkeypatch.setattr(on_disk, "MAX_PAPER", 3)
    path = tmp_path / "film.pdf"
    path.write_bytes(b"%PDF-1.7")
    refusal = read_file(path, shelf_of([rubric])).refusal
    assert refusal
    assert refusal.code == "not_a_form"
    assert "larger" in refusal.text("en")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="only where there are pipes")
def test_a_pipe_is_not_waited_for(tmp_path, rubric):
    path = tmp_path / "form.pdf"
    os.mkfifo(path)
    refusal = read_file(path, shelf_of([rubric])).refusal
    assert refusal
    assert refusal.code == "not_a_form"


def test_a_file_that_cannot_be_opened_is_refused(form, rubric, monkeypatch):
    def locked(self, *_):
        raise PermissionError(13, "held by another program")

    monkeypatch.setattr("pathlib.Path.open", locked)
    refusal = read_file(form, shelf_of([rubric])).refusal
    assert refusal
    assert refusal.code == "cannot_open"
    assert "held by another program" in refusal.text()


def test_every_refusal_says_what_and_how_to_mend_in_both_languages():
    from s2c_forms.words import say

    for what, mend in REFUSALS.values():
        assert say(what, "nl") != what
        assert say(mend, "nl") != mend


def test_rubrics_come_from_everywhere_and_a_broken_one_is_passed_over(
    elsewhere, rubric, second_rubric, caplog
):
    folder = elsewhere / "rubric"
    folder.mkdir()
    (folder / "broken.yaml").write_text("id: [", encoding="utf-8")
    assert set(shelf_at_hand(None, None).rubrics) == {rubric.hash}
    assert "broken.yaml" in caplog.text
    assert set(shelf_at_hand(SECOND, None).rubrics) == {rubric.hash, second_rubric.hash}
    with pytest.raises(RubricError):
        shelf_at_hand(folder / "broken.yaml", None)


def test_rubrics_that_the_store_knows_are_used(elsewhere, rubric, second_rubric, caplog):
    store = elsewhere / "master.sqlite"
    assert set(shelf_at_hand(None, store).rubrics) == {rubric.hash}
    assert not store.exists()
    with open_store(store) as opened:
        note_rubric(opened, second_rubric)
    assert set(shelf_at_hand(None, store).rubrics) == {rubric.hash, second_rubric.hash}
    store.write_bytes(b"not a database at all, but long enough to look at" * 100)
    assert set(shelf_at_hand(None, store).rubrics) == {rubric.hash}
    assert "master.sqlite" in caplog.text


def test_the_shipped_rubric_is_always_at_hand(elsewhere):
    assert (ROOT / "rubric").is_dir()
    assert len(shelf_at_hand(None, None).rubrics) == 1
