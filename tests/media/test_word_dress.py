"""What people highlight or strike out in a Word form: asked about, never guessed."""

from pathlib import Path

import pytest
from lxml import etree

from s2c_forms.demo.fill.word import control_of, edit, find_all, name, put_text
from s2c_forms.form.rubric import Rubric
from tests.media.documents import (
    cell_of,
    drop,
    filled_form,
    record,
    retype,
    row_of,
    told,
    where_8,
    write,
)


@pytest.fixture
def filled(rubric: Rubric, tmp_path: Path) -> Path:
    return filled_form(rubric, tmp_path)


def dress(run: etree._Element, **how: str) -> None:
    properties = etree.Element(name("w:rPr"))
    run.insert(0, properties)
    for key, value in how.items():
        attribute = "fill" if key == "shd" else "val"
        etree.SubElement(properties, name(f"w:{key}")).set(name(f"w:{attribute}"), value)


def part_prompt(root: etree._Element, field_id: str, chosen: str, **how: str) -> None:
    """Part a prompt in three runs as Word does, the chosen words of it dressed."""
    content = find_all(control_of(root, field_id), "w:sdtContent")[0]
    (run,) = find_all(content, "w:r")
    before, found, after = (find_all(run, "w:t")[0].text or "").partition(chosen)
    content.remove(run)
    for text in filter(None, (before, found, after)):
        made = etree.SubElement(content, name("w:r"))
        write(made, text)
        if text == chosen:
            dress(made, **how)


@pytest.mark.parametrize(
    "how",
    [
        {"highlight": "yellow"},
        {"shd": "FFFF00"},
        {"strike": "1"},
        {"u": "single"},
        {"b": "1"},
        {"color": "FF0000"},
        {"bdr": "single"},
    ],
)
def test_a_point_of_a_prompt_that_was_marked_is_a_question(filled, rubric, tmp_path, how):
    edit(filled, lambda root: part_prompt(root, "f08_score", "2", **how), tmp_path / "x.docx")
    assert told(tmp_path / "x.docx", rubric) == [
        ("marked_by_hand", "f08_score", where_8(rubric), "2")
    ]


@pytest.mark.parametrize(
    "how", [{"highlight": "none"}, {"shd": "auto"}, {"strike": "0"}, {"u": "none"}, {}]
)
def test_a_prompt_that_was_only_parted_is_a_prompt(filled, rubric, tmp_path, how):
    edit(filled, lambda root: part_prompt(root, "f08_score", "2", **how), tmp_path / "x.docx")
    assert told(tmp_path / "x.docx", rubric) == []


def test_a_prompt_whose_blanks_were_lost_is_a_prompt(filled, rubric, tmp_path):
    def change(root: etree._Element) -> None:
        for text in find_all(control_of(root, "f08_score"), ".//w:t"):
            text.text = "123"

    edit(filled, change, tmp_path / "x.docx")
    assert told(tmp_path / "x.docx", rubric) == []


def test_a_prompt_of_words_own_is_looked_at_too(filled, rubric, tmp_path):
    def change(root: etree._Element) -> None:
        put_text(control_of(root, "f08_score"), "Kies een item.")
        dress(find_all(control_of(root, "f08_score"), ".//w:r")[0], highlight="yellow")

    edit(filled, change, tmp_path / "x.docx")
    assert told(tmp_path / "x.docx", rubric) == [
        ("marked_by_hand", "f08_score", where_8(rubric), "Kies een item.")
    ]


def test_a_box_and_an_option_that_were_highlighted_are_questions(filled, rubric, tmp_path):
    def change(root: etree._Element) -> None:
        dress(find_all(control_of(root, "f08_i01"), ".//w:r")[0], highlight="green")
        part_prompt(root, "video", "Ja", highlight="yellow")

    edit(filled, change, tmp_path / "x.docx")
    assert [(code, field, raw) for code, field, _, raw in told(tmp_path / "x.docx", rubric)] == [
        ("marked_by_hand", "video", "Ja"),
        ("marked_by_hand", "f08_i01", "☐"),
    ]


@pytest.mark.parametrize("stroke", ["strike", "dstrike"])
def test_an_answer_with_a_stroke_through_it_is_a_question(filled, rubric, tmp_path, stroke):
    def change(root: etree._Element) -> None:
        for flag in find_all(control_of(root, "video"), "w:sdtPr/w:showingPlcHdr"):
            drop(flag)
        put_text(control_of(root, "video"), "Ja")
        for field_id in ("video", "f01_i02"):
            dress(find_all(control_of(root, field_id), ".//w:r")[0], **{stroke: "1"})

    edit(filled, change, tmp_path / "x.docx")
    made = record(tmp_path / "x.docx", rubric)
    assert (made.values["video"], made.values["f01_i02"]) == (None, None)
    assert [(p.code, p.field_id, p.raw) for p in made.problems] == [
        ("marked_by_hand", "video", "Ja"),
        ("marked_by_hand", "f01_i02", "☒"),
    ]


def test_an_answer_that_is_highlighted_is_an_answer(filled, rubric, tmp_path):
    edit(
        filled,
        lambda root: dress(find_all(control_of(root, "f01_score"), ".//w:r")[0], highlight="red"),
        tmp_path / "x.docx",
    )
    assert told(tmp_path / "x.docx", rubric) == []


def test_an_answer_struck_out_without_its_control_is_a_question(filled, rubric, tmp_path):
    def change(root: etree._Element) -> None:
        retype(cell_of(root, "f08_score"), "3")
        dress(find_all(find_all(row_of_text(root, rubric), "w:tc")[2], ".//w:r")[0], strike="1")

    edit(filled, change, tmp_path / "x.docx")
    assert told(tmp_path / "x.docx", rubric) == [
        ("marked_by_hand", "f08_score", where_8(rubric), "3")
    ]


def row_of_text(root: etree._Element, rubric: Rubric) -> etree._Element:
    text = rubric.factors[7].text
    return find_all(root, f".//w:tr[w:tc/w:p/w:r/w:t[.='{text}']]")[0]


def test_a_question_highlighted_or_struck_out_is_a_question(filled, rubric, tmp_path):
    def change(root: etree._Element) -> None:
        dress(find_all(find_all(row_of(root, "f08_score"), "w:tc")[1], ".//w:r")[0], strike="1")

    edit(filled, change, tmp_path / "x.docx")
    assert told(tmp_path / "x.docx", rubric) == [
        ("marked_by_hand", None, where_8(rubric), rubric.factors[7].text)
    ]
