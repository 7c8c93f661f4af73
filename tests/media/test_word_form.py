"""The Word form as it is written."""

import zipfile
from pathlib import Path

import pytest
from lxml import etree

from s2c_forms.demo.fill.word import control_of, find_all, name
from s2c_forms.form.fields import fields_of
from s2c_forms.form.form import Form
from s2c_forms.form.rubric import Rubric
from s2c_forms.media import word
from tests.media.documents import FORM_ID, empty_form, main_part, text_of


@pytest.fixture
def empty(rubric: Rubric, tmp_path: Path) -> Path:
    return empty_form(rubric, tmp_path)


def test_every_field_is_one_control_with_its_bookmark_inside_a_paragraph(empty, rubric):
    root = main_part(empty)
    for field in fields_of(rubric):
        control = control_of(root, field.id)
        start = find_all(control, "preceding-sibling::w:bookmarkStart[1]")[0]
        end = find_all(control, "following-sibling::w:bookmarkEnd[1]")[0]
        assert find_all(control, "parent::w:p")
        assert start.get(name("w:name")) == field.id
        assert end.get(name("w:id")) == start.get(name("w:id"))
        title = find_all(control, "w:sdtPr/w:alias")[0].get(name("w:val"), "")
        assert len(title) <= 64
        assert title.removesuffix("…") in f"Score {field.factor[1:].lstrip('0')}: {field.label}"
    assert len(find_all(root, ".//w:sdt")) == len(fields_of(rubric))
    assert not find_all(root, ".//w:dataBinding")


def test_scores_and_choices_are_drop_downs(empty):
    root = main_part(empty)
    score = find_all(control_of(root, "f03_score"), "w:sdtPr/w:dropDownList/w:listItem")
    assert [item.get(name("w:displayText")) for item in score] == [None, "1", "2", "3"]
    assert text_of(control_of(root, "f03_score")) == "1   2   3"
    choice = control_of(root, "beoordelaar")
    assert text_of(choice) == "Coach zelf / Collega / Supervisor"


def test_date_box_and_text_controls_are_what_word_expects(empty):
    root = main_part(empty)
    date = find_all(control_of(root, "datum"), "w:sdtPr/w:date")[0]
    said = {etree.QName(each).localname: each.get(name("w:val")) for each in date}
    assert (said["dateFormat"], said["lid"]) == ("dd-MM-yyyy", "nl-NL")
    assert text_of(control_of(root, "datum")) == "dd-mm-jjjj"
    assert text_of(control_of(root, "f01_i01")) == "☐"
    text = find_all(control_of(root, "reflectie"), "w:sdtPr/w:text")[0]
    assert text.get(name("w:multiLine")) == "1"


def test_headings_and_header_rows_are_real(empty, rubric):
    root = main_part(empty)
    bands = find_all(root, ".//w:p[w:pPr/w:pStyle/@w:val='Heading1']")
    titles = [f"{part.number}  {part.title}" for part in rubric.parts]
    assert [text_of(band) for band in bands][:3] == titles
    factors = find_all(root, ".//w:tc/w:p[w:pPr/w:pStyle/@w:val='Heading2']")
    assert [text_of(each) for each in factors] == [f.text for f in rubric.factors]
    assert len(find_all(root, ".//w:tr[w:trPr/w:tblHeader]")) == len(rubric.parts)


def test_the_guide_comes_last_with_its_numbers_counted(rubric, tmp_path):
    word.write(Form(rubric, FORM_ID, remarks=False, guide=True), tmp_path / "guide.docx")
    root = main_part(tmp_path / "guide.docx")
    text = text_of(root)
    assert "vallen 14 factoren" in text
    assert text.index("vallen 14 factoren") > text.index(rubric.indicators[-1].text)
    assert not find_all(root, ".//w:tag[@w:val='reflectie']")


def test_the_file_says_what_it_is_and_nothing_of_its_maker(empty):
    with zipfile.ZipFile(empty) as archive:
        names = archive.namelist()
        core = archive.read("docProps/core.xml").decode()
        styles = archive.read("word/styles.xml").decode()
        everything = b"".join(archive.read(part) for part in names)
    assert ">Reflectie op coachgesprekken<" in core
    assert ">nl-NL<" in core
    assert ">School2Care<" in core
    assert 'w:lang w:val="nl-NL"' in styles
    assert b"python-docx" not in everything
    assert not [part for part in names if "thumbnail" in part]


def test_the_same_form_gives_the_same_bytes(rubric, tmp_path):
    paths = [tmp_path / "a.docx", tmp_path / "b.docx"]
    for path in paths:
        word.write(Form(rubric, FORM_ID), path)
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_the_roomy_form_has_larger_letters(rubric, tmp_path):
    word.write(Form(rubric, FORM_ID, roomy=True), tmp_path / "roomy.docx")
    with zipfile.ZipFile(tmp_path / "roomy.docx") as archive:
        styles = etree.fromstring(archive.read("word/styles.xml"))
    style = find_all(styles, ".//w:style[@w:styleId='FormIndicator']")[0]
    assert int(find_all(style, ".//w:sz")[0].get(name("w:val"), "")) > 18
    assert 11 * 20 < int(find_all(style, ".//w:spacing")[0].get(name("w:line"), "")) < 20 * 20
