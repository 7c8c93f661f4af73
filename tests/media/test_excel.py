"""What comes back from a spreadsheet, whatever people and programs did to it."""

import datetime as dt
import io
import zipfile

import pytest
from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName

from s2c_forms.demo.fill.excel import cell_named, type_in
from s2c_forms.errors import RefusedError
from s2c_forms.form.fields import fields_of
from s2c_forms.form.form import Form
from s2c_forms.form.kinds import Value
from s2c_forms.form.shelf import shelf_of
from s2c_forms.media import excel
from s2c_forms.media.excel import sheet
from s2c_forms.media.excel.book import text_of
from s2c_forms.media.sniff import medium_of
from tests.media.workbooks import (
    FORM_ID,
    OTHER_ID,
    codes,
    edited,
    read_form,
    read_record,
    repacked,
    saved,
    with_cell,
    written,
)

ANSWERS: dict[str, Value] = {
    "coach": "C-012",
    "datum": dt.date(2026, 11, 22),
    "f01_score": 2,
    "f01_i02": True,
}


def type_all(book, answers=None):
    for field_id, value in (answers or ANSWERS).items():
        type_in(cell_named(book, field_id), value)


def tell(record):
    return {id_: value for id_, value in record.values.items() if value not in (None, False)}


@pytest.fixture
def blank(rubric, tmp_path):
    return written(Form(rubric, FORM_ID), tmp_path)


@pytest.fixture
def filled(blank):
    return edited(blank, type_all)


def place_of(data, field_id, rubric):
    """Return the cell of a field, such as `D18`."""
    answers = read_form(data, rubric).answers
    (where,) = [answer.where for answer in answers if answer.field_id == field_id]
    return where.split("!")[1]


def test_name_and_mark_on_the_same_cell_are_one_piece_of_evidence(filled, rubric):
    form = read_form(filled, rubric)
    assert [answer.field_id for answer in form.answers] == [f.id for f in fields_of(rubric)]
    assert form.stamp == Form(rubric, FORM_ID).stamp
    assert form.doubts == ()
    assert tell(read_record(filled, rubric)) == ANSWERS
    assert {answer.where.split("!")[0] for answer in form.answers} == {"Formulier"}


def test_marks_are_found_without_names_after_rows_and_columns_were_inserted(filled, rubric):
    def change(book):
        book.defined_names.clear()
        page = book["Formulier"]
        page.insert_rows(12, amount=2)
        page.insert_cols(4)
        page.insert_cols(1, amount=2)
        page.title = "Blad 'van' mij"

    record = read_record(edited(filled, change), rubric)
    assert tell(record) == ANSWERS
    assert record.problems == ()


def test_names_are_found_without_marks(filled, rubric):
    def change(book):
        page = book["Formulier"]
        for row in page.iter_rows(max_col=1):
            row[0].value = None
        page["D1"].value = None

    assert tell(read_record(edited(filled, change), rubric)) == ANSWERS


def test_names_follow_a_renamed_and_moved_sheet(filled, rubric):
    def change(book):
        book["Formulier"].title = "Jan's form!"
        for name in book.defined_names.values():
            name.attr_text = name.attr_text.replace("Formulier!", "'Jan''s form!'!")
        book.move_sheet("Jan's form!", offset=1)
        book.create_sheet("Eerst", 0)

    form = read_form(edited(filled, change), rubric)
    assert form.answers[0].where == "Jan's form!!D5"
    assert len(form.answers) == len(fields_of(rubric))


def test_where_name_and_mark_differ_both_are_given(filled, rubric):
    def change(book):
        book.defined_names["f01_score"].attr_text = "Formulier!$E$1"

    record = read_record(edited(filled, change), rubric)
    assert codes(record) == [("places_differ", "f01_score")]
    assert record.values["f01_score"] is None


def test_a_copied_tab_that_is_filled_in_otherwise_is_a_question(filled, rubric):
    def change(book):
        copy = book.copy_worksheet(book["Formulier"])
        copy[cell_named(book, "f01_score").coordinate].value = 3

    record = read_record(edited(filled, change), rubric)
    assert codes(record) == [("two_marked", "f01_score")]
    assert "Formulier Copy!" in record.problems[0].where
    assert record.values["coach"] == "C-012"


def test_a_copied_tab_with_names_of_its_own_is_read_too(filled, rubric):
    def change(book):
        copy = book.copy_worksheet(book["Formulier"])
        for row in copy.iter_rows(max_col=1):
            row[0].value = None
        copy[cell_named(book, "coach").coordinate].value = "C-013"
        place = cell_named(book, "coach").coordinate
        target = f"'Formulier Copy'!${place[0]}${place[1:]}"
        copy.defined_names["coach"] = DefinedName("coach", attr_text=target)
        copy["D30"].value = None
        target = "'Formulier Copy'!$D$30:$E$30"
        copy.defined_names["f01_score"] = DefinedName("f01_score", attr_text=target)

    record = read_record(edited(filled, change), rubric)
    assert ("places_differ", "coach") in codes(record)


def test_an_untouched_copy_of_the_tab_says_nothing(blank, rubric):
    def change(book):
        book.copy_worksheet(book["Formulier"])
        type_all(book)

    record = read_record(edited(blank, change), rubric)
    assert tell(record) == ANSWERS
    assert record.problems == ()


def test_two_untouched_tabs_are_an_empty_form(blank, rubric):
    record = read_record(edited(blank, lambda b: b.copy_worksheet(b["Formulier"])), rubric)
    assert codes(record) == [("nothing_filled_in", None)]


def test_a_deleted_row_is_a_lost_place(filled, rubric):
    def change(book):
        place = cell_named(book, "f01_i01")
        place.parent.cell(place.row, 1).value = None
        book.defined_names["f01_i01"].attr_text = "Formulier!#REF!"

    record = read_record(edited(filled, change), rubric)
    assert codes(record) == [("place_lost", "f01_i01")]
    assert tell(record) == ANSWERS


def test_a_form_without_remarks_has_lost_nothing(rubric, tmp_path):
    data = edited(written(Form(rubric, FORM_ID, remarks=False), tmp_path), type_all)
    assert read_record(data, rubric).problems == ()


@pytest.mark.parametrize("from_row", [1, 2])
def test_values_pasted_into_another_workbook_are_read(filled, rubric, from_row):
    pasted = Workbook()
    page = pasted.create_sheet("Verzameld")

    def paste(book):
        for row in book["Formulier"].iter_rows(min_row=from_row):
            for cell in row:
                page.cell(cell.row + 6, cell.column + 2).value = cell.value

    edited(filled, paste)
    record = read_record(saved(pasted), rubric)
    assert tell(record) == ANSWERS
    assert record.stamp.form_id == FORM_ID
    assert record.problems == ()


def test_an_id_typed_as_an_answer_is_no_mark(blank, rubric):
    answers = {**ANSWERS, "doel": "jongere"}
    record = read_record(edited(blank, lambda book: type_all(book, answers)), rubric)
    assert tell(record) == answers
    assert record.problems == ()


@pytest.mark.parametrize(
    ("content", "attributes", "expected"),
    [
        ("<v>3</v>", "", "3"),
        ("<v>3.0</v>", ' t="n"', "3"),
        ("<v>2.5</v>", "", "2.5"),
        ("<f>1+1</f><v>2</v>", "", "2"),
        ("<f>TRUE()</f><v>1</v>", ' t="b"', "TRUE"),
        ("<v>0</v>", ' t="b"', "FALSE"),
        ("<f>NA()</f><v>#N/A</v>", ' t="e"', "#N/A"),
        ("<v>#REF!</v>", ' t="e"', "#REF!"),
        ("<is><t>een_x000D_\ntwee</t></is>", ' t="inlineStr"', "een\r\ntwee"),
        ('<f>""</f><v></v>', ' t="str"', ""),
        ("", "", ""),
    ],
)
def test_what_stands_in_a_cell_arrives_as_text(blank, rubric, content, attributes, expected):
    place = place_of(blank, "f01_score", rubric)
    data = repacked(blank, sheet1=with_cell(place, content, attributes))
    form = read_form(data, rubric)
    assert [a.raw for a in form.answers if a.field_id == "f01_score"] == [expected]
    assert form.doubts == ()


@pytest.mark.parametrize("field_id", ["f01_score", "f01_i01"])
def test_a_formula_without_a_result_is_a_question(blank, rubric, field_id):
    change = with_cell(place_of(blank, field_id, rubric), "<f>B1+1</f>")
    record = read_record(repacked(blank, sheet1=change), rubric)
    assert codes(record) == [("formula", field_id)]
    assert record.problems[0].raw == "=B1+1"
    assert record.values[field_id] is None


def test_a_failed_formula_is_a_question(blank, rubric):
    place = place_of(blank, "f01_score", rubric)
    change = with_cell(place, "<f>1/0</f><v>#DIV/0!</v>", ' t="e"')
    record = read_record(repacked(blank, sheet1=change), rubric)
    assert codes(record) == [("formula_error", "f01_score")]
    assert record.problems[0].where == f"Formulier!{place}"


def test_the_serial_number_of_a_date_is_a_question(blank, rubric):
    def change(book):
        cell_named(book, "datum").value = 46348
        cell_named(book, "datum").number_format = "General"

    record = read_record(edited(blank, change), rubric)
    assert codes(record) == [("not_a_date", "datum")]
    assert record.problems[0].raw == "46348"


def test_choices_are_read_by_label(blank, rubric):
    def change(book):
        type_all(book)
        cell_named(book, "beoordelaar").value = "coach zelf "

    assert read_record(edited(blank, change), rubric).values["beoordelaar"] == "zelf"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (3.0, "3"),
        (0.1, "0.1"),
        (1e300, "1e+300"),
        (7, "7"),
        (True, "TRUE"),
        (dt.datetime.combine(dt.date(2026, 11, 22), dt.time()), "2026-11-22"),
        (dt.datetime.combine(dt.date(2026, 11, 22), dt.time(9, 30)), "2026-11-22T09:30:00"),
        (dt.date(2026, 11, 22), "2026-11-22"),
        (dt.time(9, 30), "09:30:00"),
        (dt.timedelta(hours=26), "1 day, 2:00:00"),
    ],
)
def test_text_of_a_value(value, expected):
    assert text_of(value) == expected


def test_each_place_of_the_stamp_is_enough(filled, rubric):
    def hide(book):
        for page in book:
            for row in page.iter_rows():
                for cell in row:
                    if isinstance(cell.value, str) and "·" in cell.value:
                        cell.value = "weg"

    unseen = edited(filled, hide)
    only_property = repacked(edited(unseen, lambda b: b.remove(b[sheet.STAMP_SHEET])))
    only_hidden = repacked(unseen, custom=None)
    only_seen = repacked(
        edited(filled, lambda book: book.remove(book[sheet.STAMP_SHEET])), custom=None
    )
    for data in (only_property, only_hidden, only_seen):
        assert read_form(data, rubric).stamp == Form(rubric, FORM_ID).stamp
    with pytest.raises(RefusedError) as refused:
        read_form(edited(only_hidden, lambda b: b.remove(b[sheet.STAMP_SHEET])), rubric)
    assert refused.value.code == "no_stamp"


def test_two_stamps_are_told(filled, rubric):
    data = repacked(filled, custom=lambda text: text.replace(FORM_ID, OTHER_ID))
    record = read_record(data, rubric)
    assert codes(record) == [("stamps_differ", None)]
    assert "2222-222W" in record.problems[0].raw
    assert "K7QF-2M9M" in record.problems[0].raw


def test_the_master_workbook_is_no_form(filled, rubric):
    data = repacked(filled, custom=lambda text: text.replace("s2c_form_id", "s2c_master"))
    with pytest.raises(RefusedError) as refused:
        read_form(data, rubric)
    assert refused.value.code == "master_workbook"


def test_an_unknown_rubric_is_named(filled):
    with pytest.raises(RefusedError) as refused:
        excel.read(filled, shelf_of([]))
    assert refused.value.code == "unknown_rubric"
    assert "reflectie-coachgesprekken" in refused.value.text("nl")


def test_the_program_that_saved_it_is_told(filled, rubric):
    assert "penpyxl" in excel.read(filled, shelf_of([rubric])).origin.program
    without = repacked(filled, app=None)
    assert excel.read(without, shelf_of([rubric])).origin.program == ""


def refusal(data, rubric):
    try:
        assert medium_of("form.xlsx", data) == "excel"
        read_form(data, rubric)
    except RefusedError as error:
        return error.code
    return "read"


def test_other_files_are_refused(filled, rubric):
    assert refusal(filled[: len(filled) // 2], rubric) == "damaged"
    assert refusal(saved(Workbook()), rubric) == "no_stamp"
    assert refusal(repacked(filled, sheet1=lambda text: text[:200]), rubric) == "damaged"
    entity = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    evil = repacked(filled, workbook=lambda text: entity + text)
    assert refusal(evil, rubric) == "unsafe_xml"


@pytest.mark.parametrize(
    "far",
    [
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        "<row r='1048576'><c s = \"1\" r = 'XFD1048576' ><v>1</v></c></row>",
        '<row r="1048576"><c x=">" r="XFD1048576"><v>1</v></c></row>',
        '<row r="1048576"><c><v>1</v></c></row><row r="1"><c r="XFD1"><v>1</v></c></row>',
    ],
)
def test_a_cell_in_the_far_corner_is_refused_before_it_fills_the_memory(filled, rubric, far):
    data = repacked(filled, sheet1=lambda text: text.replace("</sheetData>", far + "</sheetData>"))
    assert refusal(data, rubric) == "far_cell"


def test_empty_cells_may_stand_anywhere(filled, rubric):
    """LibreOffice writes the last row of all after a row was deleted."""
    far = '<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
    data = repacked(filled, sheet1=lambda text: text.replace("</sheetData>", far))
    assert tell(read_record(data, rubric)) == ANSWERS


def test_one_long_text_in_all_too_many_cells_is_refused(blank, rubric):
    def swollen(text):
        cells = "".join(f'<c r="G{row}" t="s"><v>0</v></c>' for row in range(1, 30_000))
        return text.replace("</sheetData>", f'<row r="1">{cells}</row></sheetData>')

    long = f"<si><t>{'x' * 99_000}</t></si></sst>"
    data = repacked(blank, sheet1=swollen, sharedStrings=lambda text: text.replace("</sst>", long))
    assert refusal(data, rubric) == "too_large"


def test_a_binary_workbook_is_to_be_saved_otherwise(rubric):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        target.writestr("xl/workbook.bin", b"\x83\x01\x00")
    assert refusal(stream.getvalue(), rubric) == "old_format"


def test_a_stray_cell_within_bounds_does_no_harm(filled, rubric):
    data = edited(filled, lambda book: book["Formulier"].cell(30_000, 90, "o"))
    assert tell(read_record(data, rubric)) == ANSWERS


def test_a_part_that_lies_about_its_size_is_refused(filled):
    source = zipfile.ZipFile(io.BytesIO(filled))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
        target.writestr("xl/media/bomb.bin", b"\0" * 60_000_000)
    with pytest.raises(RefusedError) as refused:
        medium_of("form.xlsx", stream.getvalue())
    assert refused.value.code == "too_large"
