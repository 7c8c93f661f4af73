"""The Word form, edited as people and programs edit it, read back."""

import datetime as dt
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from s2c_forms.demo.fill.word import control_of, edit, find_all, name, put_text
from s2c_forms.form.fields import field_index
from s2c_forms.form.form import Form
from s2c_forms.form.kinds import Value
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.rubric_file import parse_rubric
from s2c_forms.media import word
from tests.media.documents import (
    ANSWERS,
    ENGLISH,
    FORM_ID,
    cell_of,
    drop,
    empty_form,
    filled_form,
    main_part,
    problem,
    raws,
    record,
    retype,
    text_of,
)


@pytest.fixture
def empty(rubric: Rubric, tmp_path: Path) -> Path:
    return empty_form(rubric, tmp_path)


@pytest.fixture
def filled(rubric: Rubric, tmp_path: Path) -> Path:
    return filled_form(rubric, tmp_path)


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
