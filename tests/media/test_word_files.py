"""Word files as a whole: stamps, what is refused, and OpenDocument."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from s2c_forms.demo.fill.word import edit
from s2c_forms.errors import RefusedError
from s2c_forms.form.form import Form
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.shelf import shelf_of
from s2c_forms.media import word
from tests.media.documents import FORM_ID, filled_form, problem, record


@pytest.fixture
def filled(rubric: Rubric, tmp_path: Path) -> Path:
    return filled_form(rubric, tmp_path)


def without(source: Path, target: Path, *parts: str) -> None:
    """Copy a zipped file, parts of it emptied of all they hold."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for part in old.namelist():
            new.writestr(part, b"<nothing/>" if part in parts else old.read(part))


PLACES = ("docProps/custom.xml", "customXml/item1.xml", "word/footer1.xml")


@pytest.mark.parametrize("kept", PLACES)
def test_each_place_of_the_stamp_will_do(filled, rubric, tmp_path, kept):
    without(filled, tmp_path / "x.docx", *(place for place in PLACES if place != kept))
    made = record(tmp_path / "x.docx", rubric)
    assert (made.stamp.form_id, made.problems) == (FORM_ID, ())


def test_without_any_stamp_it_is_refused(filled, rubric, tmp_path):
    without(filled, tmp_path / "x.docx", *PLACES)
    with pytest.raises(RefusedError) as refused:
        word.read((tmp_path / "x.docx").read_bytes(), shelf_of([rubric]))
    assert refused.value.code == "no_stamp"


def test_two_stamps_are_a_question(filled, rubric, tmp_path):
    word.write(Form(rubric, "ABCDEFGJ"), tmp_path / "other.docx")
    with zipfile.ZipFile(tmp_path / "other.docx") as other:
        footer = other.read("word/footer1.xml")
    with zipfile.ZipFile(filled) as old, zipfile.ZipFile(tmp_path / "x.docx", "w") as new:
        for part in old.namelist():
            new.writestr(part, footer if part == "word/footer1.xml" else old.read(part))
    assert problem(tmp_path / "x.docx", rubric, None) == "stamps_differ"


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda data: data[: len(data) // 2], "damaged"),
        (lambda data: data.replace(b"word/document.xml", b"word/documentx.xm"), "not_a_form"),
    ],
)
def test_what_is_no_whole_form_is_refused(filled, rubric, spoil, code):
    with pytest.raises(RefusedError) as refused:
        word.read(spoil(filled.read_bytes()), shelf_of([rubric]))
    assert refused.value.code == code


def test_a_form_of_an_unknown_rubric_is_refused(filled):
    with pytest.raises(RefusedError) as refused:
        word.read(filled.read_bytes(), shelf_of([]))
    assert refused.value.code == "unknown_rubric"


def test_an_entity_is_refused_and_no_answer_dropped(filled, rubric, tmp_path):
    with zipfile.ZipFile(filled) as old, zipfile.ZipFile(tmp_path / "x.docx", "w") as new:
        for part in old.namelist():
            data = old.read(part)
            if part == "word/document.xml":
                data = data.replace(b"<w:document", b'<!DOCTYPE x [<!ENTITY a "b">]><w:document', 1)
            new.writestr(part, data)
    with pytest.raises(RefusedError) as refused:
        word.read((tmp_path / "x.docx").read_bytes(), shelf_of([rubric]))
    assert refused.value.code == "unsafe_xml"


def test_the_program_that_saved_it_is_told(filled, rubric, tmp_path):
    def save_by_word(root: etree._Element) -> None:
        root[0].text = "Microsoft Office Word"
        etree.SubElement(root, root[0].tag.replace("Application", "AppVersion")).text = "16.0000"

    edit(filled, save_by_word, tmp_path / "x.docx", "docProps/app.xml")
    read = word.read((tmp_path / "x.docx").read_bytes(), shelf_of([rubric]))
    assert read.origin.program == "Microsoft Office Word 16.0000"


def test_reading_needs_no_library_that_writes():
    code = "import s2c_forms.media.word.reader, sys; sys.exit('docx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
