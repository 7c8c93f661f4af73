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
from s2c_forms.form.rubric_file import parse_rubric
from s2c_forms.form.shelf import shelf_of
from s2c_forms.media import word
from s2c_forms.records.record import record_of
from tests.media.documents import ENGLISH, FORM_ID, filled_form, problem, record


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


# --- OpenDocument, as LibreOffice writes it

ODT = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0">
<office:body><office:text>
<text:tracked-changes><text:p>deleted</text:p></text:tracked-changes><!-- a remark -->
<text:p><draw:frame><draw:text-box><text:p>box</text:p></draw:text-box></draw:frame></text:p>
<table:table>
<table:table-row><table:table-cell><text:p>Teacher</text:p></table:table-cell>
<table:table-cell><text:p><text:bookmark text:name="teacher"/>T <text:s text:c="2"/>1<text:tab/>b
c<text:line-break/></text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell><text:p>1</text:p></table:table-cell>
<table:table-cell><text:h>Is there</text:h></table:table-cell>
<table:table-cell><text:p><text:bookmark-start text:name="a1_score"/><loext:content-control>
<loext:list-item loext:display-text="9" loext:value="9"/>5<text:bookmark-end
 text:name="a1_score"/></loext:content-control></text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell><text:p><text:bookmark-start text:name="a1_x"/>
<loext:content-control loext:checkbox="true" loext:checked="true">☒</loext:content-control>
<text:bookmark-end text:name="a1_x"/></text:p></table:table-cell>
<table:table-cell><text:p>Greets</text:p></table:table-cell></table:table-row>
</table:table></office:text></office:body></office:document-content>"""
META = """<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"><office:meta>
<meta:generator>LibreOffice/7.4</meta:generator>{entries}</office:meta></office:document-meta>"""


def test_an_opendocument_text_is_read(tmp_path):
    english, _ = parse_rubric(ENGLISH)
    assert english
    stamp = Form(english, FORM_ID).stamp
    entries = "".join(
        f'<meta:user-defined meta:name="{key}">{text}</meta:user-defined>'
        for key, text in stamp.entries().items()
    )
    with zipfile.ZipFile(tmp_path / "x.odt", "w") as archive:
        archive.writestr("content.xml", ODT)
        archive.writestr("meta.xml", META.format(entries=entries))
    read = word.read((tmp_path / "x.odt").read_bytes(), shelf_of([english]))
    made = record_of(read.forms[0], english)
    assert read.origin.program == "LibreOffice/7.4"
    assert {key: value for key, value in made.values.items() if value is not None} == {
        "teacher": "T 1 b c",
        "a1_score": 5,
        "a1_x": True,
    }
    assert [(p.code, p.field_id) for p in made.problems] == [
        ("place_lost", "a2_score"),
        ("place_lost", "a2_x"),
        ("typed_over", None),
    ]
