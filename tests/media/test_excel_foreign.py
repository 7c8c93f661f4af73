"""What people type beside the boxes, note about cells, or put on sheets of their own."""

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from s2c_forms.demo.fill.excel import cell_named, type_in
from s2c_forms.form.fields import fields_of
from s2c_forms.form.form import Form
from s2c_forms.form.kinds import Value
from s2c_forms.media.excel.reader import load_book
from tests.media.test_excel_ods import P, cell, ods, row
from tests.media.workbooks import (
    FORM_ID,
    edited,
    read_form,
    read_record,
    repacked,
    saved,
    written,
)

ANSWERS: dict[str, Value] = {"coach": "C-012", "f01_score": 2, "f01_i02": True}


def type_all(book):
    for field_id, value in ANSWERS.items():
        type_in(cell_named(book, field_id), value)


@pytest.fixture
def filled(rubric, tmp_path):
    return edited(written(Form(rubric, FORM_ID), tmp_path), type_all)


def told(record):
    """Return place, field and text of everything that was typed over."""
    assert {problem.code for problem in record.problems} <= {"typed_over"}
    return [(p.where.split("!")[-1], p.field_id, p.raw) for p in record.problems]


def tell(record):
    return {id_: value for id_, value in record.values.items() if value not in (None, False)}


@pytest.mark.parametrize("boxes", ["checks", "symbols"])
@pytest.mark.parametrize("remarks", [True, False])
def test_a_form_as_it_is_written_says_nothing_foreign(each_rubric, tmp_path, boxes, remarks):
    head = {field.id: "x y" for field in fields_of(each_rubric) if field.kind == "text"}
    head = {id_: text for id_, text in head.items() if id_ in {h.id for h in each_rubric.header}}
    form = Form(each_rubric, FORM_ID, head, remarks=remarks, guide=True, boxes=boxes)
    data = written(form, tmp_path)
    assert read_form(data, each_rubric).doubts == ()
    assert read_form(edited(data, lambda book: None), each_rubric).doubts == ()


def test_the_two_hidden_booleans_may_have_become_numbers(filled, rubric):
    def change(book):
        book["Formulier"]["B1"].value, book["Formulier"]["C1"].value = 1, 0

    assert read_record(edited(filled, change), rubric).problems == ()


def beside(book, field_id, steps):
    found = cell_named(book, field_id)
    return found.parent.cell(found.row, found.column + steps)


@pytest.mark.parametrize(
    "typed",
    [
        ("f01_i01", 1, "x", True),
        ("f01_i01", -2, "v", True),
        ("f02_score", 1, 3, True),
        ("f02_score", 2, 3, True),
        ("f01_score", 2, 1, True),
        ("f01_score", 1, "Goed", True),
        ("f01_score", 2, "2", False),
        ("f01_i02", 2, "x", False),
        ("f01_i01", 1, "goed gezien", False),
        ("f01_i01", 2, "=1+1", False),
        ("coach", 2, "Jan", False),
        ("reflectie", 3, "en nog iets", False),
    ],
)
def test_what_stands_beside_a_box_is_told(filled, rubric, typed):
    """It is about the field where it would be another answer to it than the box gives."""
    field_id, steps, value, is_about = typed
    about, where = field_id if is_about else None, []

    def change(book):
        cell = beside(book, field_id, steps)
        cell.value = value
        where.append(cell.coordinate)

    record = read_record(edited(filled, change), rubric)
    assert told(record) == [(where[0], about, str(value))]
    assert tell(record) == {id_: v for id_, v in ANSWERS.items() if id_ != about}


@pytest.mark.parametrize("place", ["B96", "A200", "ZZ300", "E2", "D1", "B3"])
def test_what_stands_anywhere_else_is_told(filled, rubric, place):
    def change(book):
        book["Formulier"].unmerge_cells("B4:E4")
        book["Formulier"][place].value = "score factor 2 moet 3 zijn"

    record = read_record(edited(filled, change), rubric)
    assert told(record) == [(place, None, "score factor 2 moet 3 zijn")]
    assert tell(record) == ANSWERS


def test_a_label_with_something_written_behind_it_is_told(filled, rubric):
    def change(book):
        label = beside(book, "f01_i01", -1)
        label.value = f"{label.value} NEE"

    ((_, field_id, raw),) = told(read_record(edited(filled, change), rubric))
    assert field_id is None
    assert raw.endswith(" NEE")


def band(book):
    """Return the cell with the mean of the first part."""
    page = book["Formulier"]
    return next(row[3] for row in page.iter_rows() if row[4].value == "gemiddelde")


@pytest.mark.parametrize(("mean", "foreign"), [(2, False), ("–", False), ("2,0", False), (3, True)])
def test_a_mean_is_known_by_the_scores(filled, rubric, mean, foreign):
    def change(book):
        band(book).value = mean

    record = read_record(edited(filled, change), rubric)
    assert [raw for _, _, raw in told(record)] == ([str(mean)] if foreign else [])


@pytest.mark.parametrize(
    ("hint", "foreign"),
    [("Acceptabel", False), ("nog te scoren", False), ("Goed", True), ("Nog te scoren: 3", True)],
)
def test_the_result_of_a_formula_is_known_by_the_score(filled, rubric, hint, foreign):
    def change(book):
        beside(book, "f01_score", 1).value = hint

    record = read_record(edited(filled, change), rubric)
    assert [raw for _, _, raw in told(record)] == ([hint] if foreign else [])


def test_a_note_on_a_cell_is_told(filled, rubric):
    def change(book):
        cell_named(book, "f01_score").comment = Comment("eigenlijk 3", "Jan")
        cell_named(book, "f02_score").comment = Comment("3", "Jan")

    record = read_record(edited(filled, change), rubric)
    assert [entry[1:] for entry in told(record)] == [(None, "eigenlijk 3"), ("f02_score", "3")]
    assert tell(record) == ANSWERS


def with_part(data, kind, part, xml):
    """Return a workbook whose first sheet has one more part."""
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId9" Type="http://x/relationships/{kind}" Target="../{part}"/>'
        "</Relationships>"
    )
    return repacked(
        data, added={f"xl/{part}": xml, "xl/worksheets/_rels/sheet1.xml.rels": relation}
    )


THREADS = """<ThreadedComments xmlns="http://x/threadedcomments">
  <threadedComment ref="D20"><text>eigenlijk 3</text></threadedComment>
  <threadedComment ref="D20"><text>ja hoor</text></threadedComment></ThreadedComments>"""
DRAWING = """<xdr:wsDr xmlns:xdr="http://x/xdr" xmlns:a="http://x/a"><xdr:twoCellAnchor>
  <xdr:from><xdr:col>3</xdr:col><xdr:row>19</xdr:row></xdr:from><xdr:sp><xdr:txBody>
  <a:p><a:r><a:t>eigen</a:t></a:r><a:r><a:t>lijk 3</a:t></a:r></a:p><a:p><a:r><a:t>ja hoor</a:t>
  </a:r></a:p></xdr:txBody></xdr:sp></xdr:twoCellAnchor></xdr:wsDr>"""


@pytest.mark.parametrize(
    ("kind", "xml", "expected"),
    [
        ("threadedComment", THREADS, [("D20", None, "eigenlijk 3\nja hoor")]),
        ("drawing", DRAWING, [("D20", None, "eigenlijk 3\nja hoor")]),
        ("drawing", "<kapot", [("A1", None, "xl/extra/part.xml")]),
        ("drawing", '<xdr:wsDr xmlns:xdr="http://x/xdr"/>', []),
        ("hyperlink", THREADS, []),
    ],
)
def test_threads_and_boxes_of_text_are_told(filled, rubric, kind, xml, expected):
    record = read_record(with_part(filled, kind, "extra/part.xml", xml), rubric)
    assert told(record) == expected
    assert tell(record) == ANSWERS


def test_twenty_texts_are_told_one_by_one(filled, rubric):
    def change(book):
        for number in range(30):
            book["Formulier"].cell(120 + number, 7).value = f"tekst {number}"

    found = told(read_record(edited(filled, change), rubric))
    assert len(found) == 21
    assert found[19] == ("G139", None, "tekst 19")
    assert found[20] == ("", None, "… (+10)")


def test_a_sheet_of_ones_own_is_told_once(filled, rubric):
    def change(book):
        notes = book.create_sheet("Aantekeningen", 0)
        notes["B2"].value = "datum"
        notes["B3"].value = "eerste gesprek"
        notes["B4"].value = 7
        book.create_sheet("Leeg")

    record = read_record(edited(filled, change), rubric)
    assert [(p.where, p.raw) for p in record.problems if p.code == "typed_over"] == [
        ("Aantekeningen!B2", "datum … (+2)")
    ]


def test_what_is_typed_on_the_guide_is_told(rubric, tmp_path):
    data = written(Form(rubric, FORM_ID, guide=True), tmp_path)

    def change(book):
        type_all(book)
        book.worksheets[1]["A90"].value = "niet gelezen"

    assert told(read_record(edited(data, change), rubric)) == [("A90", None, "niet gelezen")]


def test_labels_pasted_beside_other_text_show_that_text(filled, rubric):
    target = Workbook()
    page = target.create_sheet("Blad")
    target.remove(target.worksheets[0])

    def paste(book):
        for cells in book["Formulier"].iter_rows(min_col=2, max_col=4, values_only=True):
            page.append(cells)

    edited(filled, paste)
    page["F20"].value = "let op"
    record = read_record(saved(target), rubric)
    assert told(record) == [("F20", None, "let op")]
    assert tell(record) == ANSWERS


def test_notes_and_boxes_of_text_in_an_ods():
    note = f"<office:annotation>{P.format('eigenlijk')}{P.format('3')}</office:annotation>"
    frame = f'<draw:frame xmlns:draw="urn:draw">{P.format("vak")}</draw:frame>'
    rows = row(cell(), cell(note + P.format("2")))
    (sheet,) = load_book(ods(f"<table:shapes>{frame}</table:shapes>{rows}")).sheets
    assert sheet.notes == {(0, 0): "vak", (0, 1): "eigenlijk\n3"}
    assert sheet.cells == {(0, 1): "2"}
