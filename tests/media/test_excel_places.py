"""Where an answer stands when names, marks and labels don't say the same."""

import pytest
from openpyxl import Workbook

from s2c_forms.demo.fill.excel import cell_named, type_in
from s2c_forms.form.fields import fields_of
from s2c_forms.form.form import Form
from s2c_forms.form.kinds import Value
from tests.media.workbooks import FORM_ID, codes, edited, read_record, saved, written

ANSWERS: dict[str, Value] = {"coach": "C-012", "f01_score": 2, "f01_i02": True}


def type_all(book):
    for field_id, value in ANSWERS.items():
        type_in(cell_named(book, field_id), value)


def tell(record):
    return {id_: value for id_, value in record.values.items() if value not in (None, False)}


@pytest.fixture
def filled(rubric, tmp_path):
    return edited(written(Form(rubric, FORM_ID), tmp_path), type_all)


def lose(book, field_id):
    book.defined_names[field_id].attr_text = "Formulier!#REF!"


def test_a_row_deleted_where_names_stay_put_is_a_question(filled, rubric):
    """openpyxl moves cells but no names: the deleted row's name now stands on another's row."""
    record = read_record(
        edited(filled, lambda b: b["Formulier"].delete_rows(cell_named(b, "f01_i02").row)), rubric
    )
    assert ("place_lost", "f01_i02") in codes(record)
    assert record.values["f01_i02"] is None
    # Every other field has its mark; where its name says otherwise, both are evidence.
    doubted = {field_id for _, field_id in codes(record)}
    expected = {"coach": "C-012", "f01_score": 2}
    assert {id_: v for id_, v in tell(record).items() if id_ not in doubted} == expected


def test_an_answer_dragged_over_another_is_a_question_about_both(filled, rubric):
    def drag(book):
        source, target = cell_named(book, "f01_i02"), cell_named(book, "f01_i03")
        target.value, source.value = source.value, None
        book.defined_names["f01_i02"].attr_text = f"Formulier!$D${target.row}"
        lose(book, "f01_i03")

    record = read_record(edited(filled, drag), rubric)
    assert sorted(codes(record)) == [("place_lost", "f01_i03"), ("places_differ", "f01_i02")]
    assert tell(record) == {"coach": "C-012", "f01_score": 2}


@pytest.mark.parametrize("field_id", ["f01_score", "coach"])
def test_a_name_that_points_nowhere_while_its_mark_is_there_is_a_question(filled, rubric, field_id):
    record = read_record(edited(filled, lambda book: lose(book, field_id)), rubric)
    assert codes(record) == [("place_lost", field_id)]
    assert record.problems[0].where.startswith("Formulier!D")
    assert record.values[field_id] is None


def test_a_mark_that_is_gone_while_its_name_is_there_is_a_question(filled, rubric):
    def change(book):
        cell = cell_named(book, "f01_score")
        cell.parent.cell(cell.row, 1).value = None

    assert codes(read_record(edited(filled, change), rubric)) == [("place_lost", "f01_score")]


def test_names_that_all_point_nowhere_were_lost_by_a_program(filled, rubric):
    """So they do where the form's tab was copied and the first one deleted."""

    def change(book):
        for field in fields_of(rubric):
            lose(book, field.id)

    record = read_record(edited(filled, change), rubric)
    assert record.problems == ()
    assert tell(record) == ANSWERS


def pasted(data, columns, *, first_row=1, left=2):
    """Return a new workbook with the values of some columns of a form, and nothing else."""
    target = Workbook()
    page = target.create_sheet("Geplakt")

    def paste(book):
        for row in book["Formulier"].iter_rows(min_row=first_row):
            for cell in (cell for cell in row if cell.coordinate[0] in columns):
                page.cell(cell.row + 3, cell.column + left).value = cell.value

    edited(data, paste)
    return saved(target)


@pytest.mark.parametrize("first_row", [1, 2])
def test_without_names_and_marks_labels_tell(each_rubric, tmp_path, first_row):
    fields = fields_of(each_rubric)
    score = next(field for field in fields if field.kind == "score")
    tick = next(field for field in fields if field.kind == "tick")
    text = next(field for field in fields if field.kind == "text")
    answers: dict[str, Value] = {
        score.id: 2,
        tick.id: True,
        text.id: score.label,
        fields[0].id: "C-012",
    }

    def change(book):
        for field_id, value in answers.items():
            type_in(cell_named(book, field_id), value)
        page = cell_named(book, score.id).parent
        page.title = "Formulier"

    data = edited(written(Form(each_rubric, FORM_ID), tmp_path), change)
    record = read_record(pasted(data, "BCDE", first_row=first_row), each_rubric)
    assert tell(record) == answers
    assert record.problems == ()


def test_a_label_that_stands_twice_tells_nothing(filled, rubric):
    def double(book):
        cell = cell_named(book, "f01_score")
        label = cell.parent.cell(cell.row, 3)
        cell.parent.cell(99, 3).value = label.value

    record = read_record(pasted(edited(filled, double), "BCD"), rubric)
    assert ("place_lost", "f01_score") in codes(record)
    assert record.values["f01_score"] is None
    assert record.values["f01_i02"] is True


def test_answers_without_anything_beside_them_are_one_question(filled, rubric):
    def stamp(book):
        book["Formulier"]["D120"].value = Form(rubric, FORM_ID).stamp.line()

    record = read_record(pasted(edited(filled, stamp), "D"), rubric)
    assert ("places_lost", None) in codes(record)
    assert "place_lost" not in dict(codes(record))
    assert tell(record) == {}
