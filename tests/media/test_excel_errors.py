"""Formulas that failed: each error is a question about its own field, and costs no other."""

import pytest

from s2c_forms.form.fields import fields_of
from s2c_forms.form.form import Form
from tests.media.workbooks import (
    FORM_ID,
    codes,
    edited,
    read_form,
    read_record,
    repacked,
    with_cell,
)
from tests.media.workbooks import written as as_written

ERRORS = [
    "#NULL!",
    "#DIV/0!",
    "#VALUE!",
    "#REF!",
    "#NAME?",
    "#NUM!",
    "#N/A",
    "#DATA!",
    "#GETTING_DATA",
    "#SPILL!",
    "#CALC!",
    "#FIELD!",
    "#UNKNOWN!",
    "#BLOCKED!",
    "#CONNECT!",
    "#BUSY!",
    "#EXTERNAL!",
    "#PYTHON!",
    "#ERROR!",
]


@pytest.fixture
def filled(rubric, tmp_path):
    return edited(as_written(Form(rubric, FORM_ID), tmp_path), lambda book: type_all(book, rubric))


def type_all(book, rubric):
    page = book["Formulier"]
    for row in page.iter_rows(max_col=4):
        if row[0].value == "f02_score":
            row[3].value = 2


def place_of(data, field_id, rubric):
    (where,) = [a.where for a in read_form(data, rubric).answers if a.field_id == field_id]
    return where.split("!")[1]


@pytest.mark.parametrize(
    ("error", "field_id", "quote"),
    [
        *((error, "f01_score", '"') for error in ERRORS),
        ("#SPILL!", "f01_i01", "'"),
        ("#CALC!", "doel", '"'),
    ],
)
def test_an_error_is_a_question_about_its_own_field(filled, rubric, error, field_id, quote):
    content = f"<f>1/0</f><v>{error}</v>"
    place = place_of(filled, field_id, rubric)
    change = with_cell(place, content, f" t={quote}e{quote}")
    record = read_record(repacked(filled, sheet1=change), rubric)
    assert codes(record) == [("formula_error", field_id)]
    assert record.problems[0].raw == error
    assert record.problems[0].where == f"Formulier!{place}"
    assert record.values[field_id] is None
    assert record.values["f02_score"] == 2


def test_cells_that_do_not_say_where_they_stand_stand_where_they_stand(filled, rubric):
    """Some programs leave out the places of cells; then they follow each other."""
    place = place_of(filled, "f01_score", rubric)
    row = place[1:]

    def change(xml):
        failed = with_cell(place, "<v>#SPILL!</v>", ' t="e"')(xml)
        start = failed.index(f'<row r="{row}"')
        end = failed.index("</row>", start)
        cells = failed[start:end]
        for column in "ABCDE":
            cells = cells.replace(f' r="{column}{row}"', "")
        return failed[:start] + cells + failed[end:]

    record = read_record(repacked(filled, sheet1=change), rubric)
    assert codes(record) == [("formula_error", "f01_score")]
    assert set(record.values) == {field.id for field in fields_of(rubric)}
