"""What people write into a Word form beside its answers: asked about, never lost."""

import shutil
import zipfile
from pathlib import Path

import docx
import pytest
from lxml import etree

from s2c_forms.demo.fill.word import control_of, edit, find_all, name
from s2c_forms.form.form import Form
from s2c_forms.form.rubric import Rubric
from s2c_forms.media import word
from tests.conftest import ROOT
from tests.media.documents import (
    ANSWERS,
    FORM_ID,
    cell_of,
    drop,
    filled_form,
    line_of,
    record,
    retype,
    row_of,
    told,
    type_behind,
    where_8,
)

LAST = "na “Oefenen van situaties”"


@pytest.fixture
def filled(rubric: Rubric, tmp_path: Path) -> Path:
    return filled_form(rubric, tmp_path)


# --- the form's own words are known


@pytest.mark.parametrize(
    "options",
    [{}, {"guide": True}, {"remarks": False}, {"roomy": True}, {"guide": True, "remarks": False}],
)
def test_nothing_of_an_untouched_form_is_foreign(each_rubric, tmp_path, options):
    word.write(Form(each_rubric, FORM_ID, **options), tmp_path / "form.docx")
    made = record(tmp_path / "form.docx", each_rubric)
    assert [p.code for p in made.problems] == ["nothing_filled_in"]


def test_what_word_makes_of_the_form_is_not_foreign(filled, rubric, tmp_path):
    """Runs parted for the spelling checker, empty lines, hyphens of its own, tracked deletions."""

    def change(root: etree._Element) -> None:
        cell = find_all(row_of(root, "f08_score"), "w:tc")[1]
        run = find_all(cell, ".//w:r")[0]
        text = find_all(run, "w:t")[0].text or ""
        find_all(run, "w:t")[0].text = text[:5]
        error = etree.SubElement(find_all(cell, "w:p")[0], name("w:proofErr"))
        error.set(name("w:type"), "spellStart")
        type_behind(cell, text[5:].upper() + "  \u00ad")
        find_all(root, ".//w:tbl")[1].addnext(line_of(" \u00a0"))
        gone = etree.SubElement(find_all(cell, "w:p")[0], name("w:del"))
        etree.SubElement(etree.SubElement(gone, name("w:r")), name("w:delText")).text = "score 3"

    edit(filled, change, tmp_path / "x.docx")
    assert told(tmp_path / "x.docx", rubric) == []


def test_an_organisations_template_is_not_foreign(rubric, tmp_path, monkeypatch):
    """Its letterhead, styles and samples: what stands in its body is never written."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    template = docx.Document(str(tmp_path / "templates" / "form.docx"))
    template.sections[0].header.paragraphs[0].insert_paragraph_before("Noorderpoort")
    template.add_paragraph("A sample").runs[0].font.strike = True
    template.styles["Heading 2"].font.strike = True
    template.save(str(tmp_path / "templates" / "form.docx"))
    monkeypatch.chdir(tmp_path)
    word.write(Form(rubric, FORM_ID), tmp_path / "form.docx")
    with zipfile.ZipFile(tmp_path / "form.docx") as archive:
        assert "Noorderpoort" in archive.read("word/header1.xml").decode()
    assert [code for code, *_ in told(tmp_path / "form.docx", rubric)] == ["nothing_filled_in"]


# --- typed beside the answers


@pytest.mark.parametrize(("column", "text"), [(0, "x"), (1, "score: 3")])
def test_text_in_a_factors_row_is_a_question(filled, rubric, tmp_path, column, text):
    def change(root: etree._Element) -> None:
        type_behind(find_all(row_of(root, "f08_score"), "w:tc")[column], f"   {text}")

    edit(filled, change, tmp_path / "x.docx")
    raw = text if column else f"8   {text}"
    assert told(tmp_path / "x.docx", rubric) == [("typed_over", None, where_8(rubric), raw)]
    made = record(tmp_path / "x.docx", rubric)
    assert {key: made.values[key] for key in ANSWERS} == ANSWERS


def test_a_number_is_a_factors_only_in_its_own_row(filled, rubric, tmp_path):
    """In place of an 8 somebody typed a 3, and a 2 below: both are numbers of other factors."""

    def change(root: etree._Element) -> None:
        retype(find_all(row_of(root, "f08_score"), "w:tc")[0], "3")
        find_all(root, ".//w:tbl")[-1].addnext(line_of("2"))

    edit(filled, change, tmp_path / "x.docx")
    assert told(tmp_path / "x.docx", rubric) == [
        ("typed_over", None, where_8(rubric), "3"),
        ("typed_over", None, LAST, "2"),
    ]


def test_text_behind_an_indicator_is_a_question(filled, rubric, tmp_path):
    def change(root: etree._Element) -> None:
        type_behind(find_all(row_of(root, "f01_i01"), "w:tc")[1], " X (soms)")

    edit(filled, change, tmp_path / "x.docx")
    ((code, field_id, where, raw),) = told(tmp_path / "x.docx", rubric)
    assert (code, field_id, raw) == ("typed_over", None, "X (soms)")
    assert where.startswith("factor 1, “" + rubric.factors[0].indicators[0].text[:20])


def test_lines_between_the_tables_and_at_the_end_are_questions(filled, rubric, tmp_path):
    def change(root: etree._Element) -> None:
        tables = find_all(root, ".//w:tbl")
        tables[1].addnext(line_of("Factor 8: score 3"))
        tables[-1].addnext(line_of("Groet,"))
        tables[-1].addnext(line_of("Score 3 is bedoeld"))
        find_all(root, "w:body")[0].insert(0, line_of("Beste Marja"))

    edit(filled, change, tmp_path / "x.docx")
    found = told(tmp_path / "x.docx", rubric)
    last = rubric.parts[0].factors[-1].indicators[-1].text
    assert found[0] == ("typed_over", None, "bovenaan het formulier", "Beste Marja")
    assert found[1][2].startswith(f"na factor {rubric.parts[0].factors[-1].number}, “{last[:20]}")
    assert found[1][3] == "Factor 8: score 3"
    assert found[2] == ("typed_over", None, LAST, "Score 3 is bedoeld\nGroet,")


def test_a_heading_typed_behind_keeps_what_was_typed(filled, rubric, tmp_path):
    def change(root: etree._Element) -> None:
        band = find_all(root, ".//w:p[w:pPr/w:pStyle/@w:val='Heading1']")[0]
        type_behind(band, ": alles 3")

    edit(filled, change, tmp_path / "x.docx")
    ((_, _, _, raw),) = told(tmp_path / "x.docx", rubric)
    assert raw == ": alles 3"


def test_a_question_that_was_reworded_is_a_question(filled, rubric, tmp_path):
    def change(root: etree._Element) -> None:
        retype(find_all(row_of(root, "f08_score"), "w:tc")[1], "De coach doet iets anders")

    edit(filled, change, tmp_path / "x.docx")
    assert told(tmp_path / "x.docx", rubric) == [
        ("typed_over", None, where_8(rubric), "De coach doet iets anders")
    ]


def test_an_own_text_that_stands_there_once_more_is_a_question(filled, rubric, tmp_path):
    seen = rubric.factors[3].indicators[1].text

    def change(root: etree._Element) -> None:
        find_all(root, ".//w:tbl")[-1].addnext(line_of(seen))

    edit(filled, change, tmp_path / "x.docx")
    assert told(tmp_path / "x.docx", rubric) == [("typed_over", None, LAST, seen)]


def test_a_control_of_somebody_elses_is_no_answer_and_not_lost(filled, rubric, tmp_path):
    """One in the cell of an answer counts as typed beside it."""

    def change(root: etree._Element) -> None:
        for place in (cell_of(root, "f08_score"), find_all(root, "w:body/w:p")[-1]):
            control = etree.SubElement(find_all(place, "descendant-or-self::w:p")[0], name("w:sdt"))
            content = etree.SubElement(control, name("w:sdtContent"))
            run = etree.SubElement(content, name("w:r"))
            etree.SubElement(run, name("w:t")).text = "3"

    edit(filled, change, tmp_path / "x.docx")
    assert told(tmp_path / "x.docx", rubric) == [("typed_over", None, LAST, "3")]
    assert record(tmp_path / "x.docx", rubric).values["f08_score"] == 3


def test_what_is_read_by_its_bookmark_in_a_line_is_no_stray(filled, rubric, tmp_path):
    def change(root: etree._Element) -> None:
        marks = find_all(root, ".//w:bookmarkStart[@w:name='doel']")
        number = marks[0].get(name("w:id"))
        marks += find_all(root, f".//w:bookmarkEnd[@w:id='{number}']")
        drop(control_of(root, "doel"))
        line = line_of("Luisteren")
        line.insert(0, marks[0])
        line.append(marks[1])
        type_behind(line, " (en vragen)")
        find_all(root, ".//w:tbl")[0].addnext(line)

    edit(filled, change, tmp_path / "x.docx")
    assert record(tmp_path / "x.docx", rubric).values["doel"] == "Luisteren"
    ((_, _, _, raw),) = told(tmp_path / "x.docx", rubric)
    assert raw == "(en vragen)"


def test_the_header_is_the_organisations(filled, rubric, tmp_path):
    edit(
        filled,
        lambda root: root.append(line_of("Noorderpoort · vertrouwelijk")),
        tmp_path / "x.docx",
        "word/header1.xml",
    )
    assert told(tmp_path / "x.docx", rubric) == []


# --- comments, footnotes, drawings


@pytest.mark.parametrize("part", ["comments", "footnotes"])
def test_a_comment_or_footnote_is_a_question(filled, rubric, tmp_path, part):
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    notes = f"""<w:{part} xmlns:w="{space}">
    <w:footnote w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
    <w:comment w:id="1" w:author="Anna"><w:p><w:r><w:t>Dit is een 3,</w:t></w:r></w:p>
    <w:p><w:r><w:delText>2</w:delText><w:t>denk ik</w:t></w:r></w:p></w:comment></w:{part}>"""
    with zipfile.ZipFile(filled) as old, zipfile.ZipFile(tmp_path / "x.docx", "w") as new:
        for each in old.namelist():
            new.writestr(each, old.read(each))
        new.writestr(f"word/{part}.xml", notes)
    ((code, field_id, where, raw),) = told(tmp_path / "x.docx", rubric)
    assert (code, field_id, where) == ("typed_over", None, "opmerking of voetnoot")
    assert raw.split() == ["Dit", "is", "een", "3,", "denk", "ik"]


def test_drawings_are_one_question(filled, rubric, tmp_path):
    def change(root: etree._Element) -> None:
        for field_id in ("f08_score", "f08_i01"):
            run = etree.SubElement(find_all(cell_of(root, field_id), "w:p")[0], name("w:r"))
            etree.SubElement(run, name("w:drawing"))

    edit(filled, change, tmp_path / "x.docx")
    ((code, field_id, where, _),) = told(tmp_path / "x.docx", rubric)
    assert (code, field_id) == ("drawn_over", None)
    assert where.startswith(where_8(rubric) + " / factor 8, “")


def test_a_shape_with_text_in_it_is_told_by_its_text(filled, rubric, tmp_path):
    def change(root: etree._Element) -> None:
        run = etree.SubElement(find_all(cell_of(root, "f08_score"), "w:p")[0], name("w:r"))
        box = etree.SubElement(etree.SubElement(run, name("w:drawing")), name("w:txbxContent"))
        box.append(line_of("3!"))

    edit(filled, change, tmp_path / "x.docx")
    assert told(tmp_path / "x.docx", rubric) == [("typed_over", None, "tekstvak", "3!")]
