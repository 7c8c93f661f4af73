"""The Word form, edited as people and programs edit it."""

import datetime as dt
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from s2c_forms.demo.fill.word import control_of, edit, fill, find_all, name, put_text
from s2c_forms.errors import RefusedError
from s2c_forms.form.fields import field_index, fields_of
from s2c_forms.form.form import Form
from s2c_forms.form.kinds import Value
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.rubric_file import parse_rubric
from s2c_forms.form.shelf import shelf_of
from s2c_forms.media import word
from s2c_forms.records.record import Record, record_of

FORM_ID = "K7QF2M9M"
ANSWERS: dict[str, Value] = {
    "coach": "Łukasz’ €",
    "gesprek_nr": 3,
    "datum": dt.date(2026, 11, 22),
    "beoordelaar": "supervisor",
    "f01_score": 2,
    "f01_i02": True,
    "reflectie": "Eén regel\nen nog één",
}
ENGLISH = """
id: lessons
version: 2
language: en
title: Looking at lessons
scale: [{value: 1, label: Rarely}, {value: 2, label: Now and then}, {value: 5, label: Always}]
header: [{id: teacher, kind: pseudonym, label: Teacher}]
parts:
  - id: a
    number: A
    title: Opening
    factors:
      - {id: a1, score: a1_score, number: 1, text: Is there, indicators: [{id: a1_x, text: Greets}]}
      - {id: a2, score: a2_score, number: 2, text: Begins, indicators: [{id: a2_x, text: Greets}]}
"""


@pytest.fixture
def empty(rubric: Rubric, tmp_path: Path) -> Path:
    word.write(Form(rubric, FORM_ID), tmp_path / "empty.docx")
    return tmp_path / "empty.docx"


@pytest.fixture
def filled(empty: Path, tmp_path: Path) -> Path:
    fill(empty, ANSWERS, tmp_path / "filled.docx")
    return tmp_path / "filled.docx"


def record(path: Path, rubric: Rubric) -> Record:
    read = word.read(path.read_bytes(), shelf_of([rubric]))
    return record_of(read.forms[0], rubric)


def raws(path: Path, rubric: Rubric, field_id: str) -> list[str]:
    read = word.read(path.read_bytes(), shelf_of([rubric]))
    return [answer.raw for answer in read.forms[0].answers if answer.field_id == field_id]


def problem(path: Path, rubric: Rubric, field_id: str | None) -> str:
    """Return the code of the only problem on a field, of which no value may be left."""
    made = record(path, rubric)
    codes = [found.code for found in made.problems if found.field_id == field_id]
    assert len(codes) == 1
    assert field_id is None or made.values[field_id] is None
    return codes[0]


def main_part(path: Path) -> etree._Element:
    with zipfile.ZipFile(path) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def text_of(node: etree._Element) -> str:
    return "".join(map(str, node.itertext()))


def drop(node: etree._Element) -> None:
    parent = node.getparent()
    assert parent is not None
    parent.remove(node)


def cell_of(root: etree._Element, field_id: str) -> etree._Element:
    return find_all(control_of(root, field_id), "ancestor::w:tc[1]")[0]


def retype(cell: etree._Element, text: str, keep: str = "") -> None:
    """Replace what a cell holds by typed text, keeping what the XPath `keep` finds."""
    line = find_all(cell, "w:p")[0]
    kept = find_all(line, keep) if keep else []
    for child in list(line):
        line.remove(child)
    line.extend(kept)
    run = etree.SubElement(line, name("w:r"))
    etree.SubElement(run, name("w:t")).text = text


# --- the form as it is written


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


# --- what comes back


def test_what_was_filled_in_is_read(filled, rubric):
    made = record(filled, rubric)
    assert made.problems == ()
    assert {key: made.values[key] for key in ANSWERS} == ANSWERS
    assert made.values["f01_i01"] is False
    assert made.values["f02_i01"] is None


def test_an_untouched_form_is_empty(empty, rubric):
    made = record(empty, rubric)
    assert not [value for value in made.values.values() if value is not None]
    assert [found.code for found in made.problems] == ["nothing_filled_in"]


def test_what_was_known_beforehand_is_content_and_no_prompt(rubric, tmp_path):
    known: dict[str, Value] = {**ANSWERS, "coach": "名 ’ € \U0001f600", "video": "ja"}
    head = {key: known[key] for key in ("coach", "gesprek_nr", "datum", "beoordelaar", "video")}
    path = tmp_path / "known.docx"
    word.write(Form(rubric, FORM_ID, head), path)
    control = control_of(main_part(path), "coach")
    assert not find_all(control, "w:sdtPr/w:showingPlcHdr")
    made = record(path, rubric)
    assert {key: made.values[key] for key in head} == head


def test_a_box_and_its_glyph_that_differ_are_a_question(filled, rubric, tmp_path):
    edit(filled, lambda root: put_text(control_of(root, "f01_i02"), "☐"), tmp_path / "x.docx")
    assert raws(tmp_path / "x.docx", rubric, "f01_i02") == ["TRUE", "☐"]
    assert problem(tmp_path / "x.docx", rubric, "f01_i02") == "places_differ"


def test_a_date_whose_text_says_another_day_is_a_question(filled, rubric, tmp_path):
    edit(
        filled, lambda root: put_text(control_of(root, "datum"), "23-11-2026"), tmp_path / "x.docx"
    )
    assert problem(tmp_path / "x.docx", rubric, "datum") == "places_differ"


def test_a_date_that_was_only_typed_is_read(empty, rubric, tmp_path):
    def change(root: etree._Element) -> None:
        control = control_of(root, "datum")
        control[0].remove(find_all(control, "w:sdtPr/w:showingPlcHdr")[0])
        put_text(control, "22 nov 2026")

    edit(empty, change, tmp_path / "x.docx")
    assert record(tmp_path / "x.docx", rubric).values["datum"] == dt.date(2026, 11, 22)


def test_prompts_are_known_by_heart(empty, rubric, tmp_path):
    def unflag(root: etree._Element) -> None:
        for flag in find_all(root, ".//w:showingPlcHdr"):
            drop(flag)

    edit(empty, unflag, tmp_path / "x.docx")
    assert [p.code for p in record(tmp_path / "x.docx", rubric).problems] == ["nothing_filled_in"]


def test_words_own_prompts_are_skipped(filled, rubric, tmp_path):
    def clear(root: etree._Element) -> None:
        for field_id in ("coach", "f01_score", "datum"):
            control = control_of(root, field_id)
            etree.SubElement(control[0], name("w:showingPlcHdr"))
            put_text(control, "Klik of tik om tekst in te voeren.")
        del find_all(control_of(root, "datum"), "w:sdtPr/w:date")[0].attrib[name("w:fullDate")]

    edit(filled, clear, tmp_path / "x.docx")
    made = record(tmp_path / "x.docx", rubric)
    assert (made.values["coach"], made.values["f01_score"], made.problems) == (None, None, ())


def test_an_answer_that_is_flagged_as_a_prompt_is_a_question(empty, rubric, tmp_path):
    edit(empty, lambda root: put_text(control_of(root, "f04_score"), "3"), tmp_path / "x.docx")
    assert problem(tmp_path / "x.docx", rubric, "f04_score") == "places_differ"


def test_what_was_deleted_is_out_and_what_was_inserted_is_in(filled, rubric, tmp_path):
    def change(root: etree._Element) -> None:
        content = find_all(control_of(root, "coach"), "w:sdtContent")[0]
        run = content[0]
        gone = etree.SubElement(content, name("w:del"))
        gone.append(run)
        run[0].tag = name("w:delText")
        etree.SubElement(run, name("w:noBreakHyphen"))
        moved = etree.SubElement(etree.SubElement(content, name("w:moveFrom")), name("w:r"))
        etree.SubElement(moved, name("w:t")).text = "moved away"
        new = etree.SubElement(etree.SubElement(content, name("w:ins")), name("w:r"))
        for part, text in (("w:t", "C"), ("w:noBreakHyphen", None), ("w:t", "12")):
            etree.SubElement(new, name(part)).text = text

    edit(filled, change, tmp_path / "x.docx")
    assert record(tmp_path / "x.docx", rubric).values["coach"] == "C-12"


def test_a_row_deleted_while_changes_were_tracked_is_lost(filled, rubric, tmp_path):
    def change(root: etree._Element) -> None:
        row = find_all(control_of(root, "f02_i03"), "ancestor::w:tr[1]")[0]
        etree.SubElement(row[0], name("w:del"))

    edit(filled, change, tmp_path / "x.docx")
    assert problem(tmp_path / "x.docx", rubric, "f02_i03") == "place_lost"


def test_a_place_that_is_gone_is_told_where_a_person_finds_it(filled, rubric, tmp_path):
    def change(root: etree._Element) -> None:
        row = find_all(control_of(root, "f03_score"), "ancestor::w:tr[1]")[0]
        drop(row)

    edit(filled, change, tmp_path / "x.docx")
    made = record(tmp_path / "x.docx", rubric)
    assert [(found.code, found.field_id) for found in made.problems] == [
        ("place_lost", "f03_score")
    ]
    assert made.problems[0].where == "factor 3, “De coach is betrouwbaar, belangeloos en …”"


def test_what_stands_twice_for_two_generations_of_word_counts_once(filled, rubric, tmp_path):
    alternate = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

    def change(root: etree._Element) -> None:
        content = find_all(control_of(root, "coach"), "w:sdtContent")[0]
        both = etree.SubElement(content, f"{alternate}AlternateContent")
        for generation in ("Choice", "Fallback"):
            run = etree.SubElement(etree.SubElement(both, alternate + generation), name("w:r"))
            etree.SubElement(run, name("w:t")).text = "!"

    edit(filled, change, tmp_path / "x.docx")
    assert record(tmp_path / "x.docx", rubric).values["coach"] == "Łukasz’ €!"


def test_a_text_box_on_top_of_the_form_is_a_question(filled, rubric, tmp_path):
    def change(root: etree._Element) -> None:
        run = etree.SubElement(find_all(root, ".//w:p")[0], name("w:r"))
        box = etree.SubElement(etree.SubElement(run, name("w:pict")), name("w:txbxContent"))
        line = etree.SubElement(etree.SubElement(box, name("w:p")), name("w:r"))
        etree.SubElement(line, name("w:t")).text = "zie achterkant"

    edit(filled, change, tmp_path / "x.docx")
    made = record(tmp_path / "x.docx", rubric)
    assert [(p.code, p.where, p.raw) for p in made.problems] == [
        ("typed_over", "tekstvak", "zie achterkant")
    ]


@pytest.mark.parametrize("keep", ["w:bookmarkStart | w:bookmarkEnd", ""])
@pytest.mark.parametrize(
    "typed",
    [
        ("supervisor", "Anna", "Anna"),
        ("f05_score", "3", 3),
        ("f05_i02", "x", True),
        ("beoordelaar", "collega", "collega"),
        ("feedback", "Goed zo", "Goed zo"),
        ("f05_score", "1   2   3", None),
    ],
)
def test_an_answer_typed_in_place_of_its_control_is_read(filled, rubric, tmp_path, typed, keep):
    """With the control's bookmark left behind, and without it by the text of the row."""
    field_id, text, value = typed
    edit(filled, lambda root: retype(cell_of(root, field_id), text, keep), tmp_path / "x.docx")
    made = record(tmp_path / "x.docx", rubric)
    assert made.problems == ()
    assert made.values[field_id] == value


def test_an_answer_typed_beside_its_control_is_not_lost(filled, rubric, tmp_path):
    def change(root: etree._Element) -> None:
        for field_id in ("f01_score", "f02_score", "f01_i01"):
            run = etree.SubElement(find_all(cell_of(root, field_id), "w:p")[0], name("w:r"))
            etree.SubElement(run, name("w:t")).text = "x" if field_id == "f01_i01" else "3"

    edit(filled, change, tmp_path / "x.docx")
    assert record(tmp_path / "x.docx", rubric).values["f02_score"] == 3
    assert problem(tmp_path / "x.docx", rubric, "f01_score") == "two_marked"
    assert problem(tmp_path / "x.docx", rubric, "f01_i01") == "places_differ"


def test_a_copied_control_gives_two_answers(filled, rubric, tmp_path):
    def change(root: etree._Element) -> None:
        control = control_of(root, "f01_score")
        copy = etree.fromstring(etree.tostring(control))
        put_text(copy, "1")
        retype(cell_of(root, "f09_score"), "")
        find_all(root, ".//w:tbl")[-1].addnext(etree.Element(name("w:p")))
        find_all(root, ".//w:body/w:p")[-1].append(copy)

    edit(filled, change, tmp_path / "x.docx")
    assert raws(tmp_path / "x.docx", rubric, "f01_score") == ["2", "1"]
    assert problem(tmp_path / "x.docx", rubric, "f01_score") == "two_marked"


def test_a_bookmark_that_slid_into_anothers_cell_takes_nothing_of_it(filled, rubric, tmp_path):
    def change(root: etree._Element) -> None:
        row = find_all(control_of(root, "f01_i01"), "ancestor::w:tr[1]")[0]
        marks = find_all(row, ".//w:bookmarkStart | .//w:bookmarkEnd")
        find_all(cell_of(root, "f01_i02"), "w:p")[0].extend(marks)
        drop(row)

    edit(filled, change, tmp_path / "x.docx")
    assert problem(tmp_path / "x.docx", rubric, "f01_i01") == "place_lost"
    assert record(tmp_path / "x.docx", rubric).values["f01_i02"] is True


def test_without_tags_the_bookmarks_tell(filled, rubric, tmp_path):
    def change(root: etree._Element) -> None:
        for tag in find_all(root, ".//w:tag"):
            drop(tag)

    edit(filled, change, tmp_path / "x.docx")
    made = record(tmp_path / "x.docx", rubric)
    assert {key: made.values[key] for key in ANSWERS} == ANSWERS


def test_a_box_of_wingdings_is_a_box(filled, rubric, tmp_path):
    def change(root: etree._Element) -> None:
        cell = cell_of(root, "f06_i01")
        retype(cell, "")
        symbol = etree.SubElement(find_all(cell, ".//w:r")[0], name("w:sym"))
        symbol.set(name("w:char"), "F0FE")

    edit(filled, change, tmp_path / "x.docx")
    assert record(tmp_path / "x.docx", rubric).values["f06_i01"] is True


def test_strict_open_xml_is_read_too(filled, rubric, tmp_path):
    """Word's `Strict Open XML Document` has other namespaces all over."""
    old = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    new = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    with zipfile.ZipFile(filled) as source, zipfile.ZipFile(tmp_path / "x.docx", "w") as target:
        for part in source.namelist():
            target.writestr(part, source.read(part).replace(old, new))
    made = record(tmp_path / "x.docx", rubric)
    assert {key: made.values[key] for key in ANSWERS} == ANSWERS


def test_a_form_without_remarks_has_lost_none(rubric, tmp_path):
    word.write(Form(rubric, FORM_ID, remarks=False), tmp_path / "short.docx")
    made = record(tmp_path / "short.docx", rubric)
    assert [found.code for found in made.problems] == ["nothing_filled_in"]


def test_another_rubric_in_another_language_works(tmp_path):
    english, source = parse_rubric(ENGLISH)
    assert english, source.findings
    path = tmp_path / "form.docx"
    word.write(Form(english, FORM_ID, {"teacher": "T\x00-1"}), path)
    text = text_of(main_part(path))
    assert "5 = Always" in text
    assert "No.Factor" in text
    # The same words stand under two factors: the row counts only under its own.
    edit(path, lambda root: retype(cell_of(root, "a2_x"), "x"), tmp_path / "x.docx")
    made = record(tmp_path / "x.docx", english)
    assert made.values == {
        **dict.fromkeys(field_index(english)),
        "teacher": "T-1",
        "a2_x": True,
    }


# --- stamps, and what is refused


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
