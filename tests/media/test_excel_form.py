"""What the Excel form is when it's handed out."""

import datetime as dt
import io
import warnings
import zipfile
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from s2c_forms.demo.fill.excel import cell_named
from s2c_forms.errors import WriteError
from s2c_forms.form.fields import fields_of, head_of
from s2c_forms.form.form import Form
from s2c_forms.form.kinds import Value, show_date
from s2c_forms.form.rubric import Choice, GuideBlock, Question, Rubric
from s2c_forms.form.rubric_file import load_rubric
from s2c_forms.media import excel
from s2c_forms.media.excel import formulas
from s2c_forms.media.excel.plan import PAGE_POINTS, lines_of, page_breaks
from s2c_forms.media.excel.sheet import cell_name, column_number
from tests.conftest import ROOT
from tests.media.workbooks import FORM_ID, read_record, written


@pytest.fixture(scope="module")
def second() -> Rubric:
    return load_rubric(ROOT / "tests" / "files" / "second-instrument-1.yaml")


@pytest.fixture
def data(rubric, tmp_path):
    return written(Form(rubric, FORM_ID, guide=True), tmp_path)


def opened(data):
    return load_workbook(io.BytesIO(data))


def part(data, name):
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode()


def rules(page):
    return {
        coordinate: rule
        for rule in page.data_validations.dataValidation
        for cells in rule.sqref.ranges
        for row in page[cells.coord if ":" in cells.coord else f"{cells.coord}:{cells.coord}"]
        for coordinate in [cell.coordinate for cell in row]
    }


def test_the_same_form_is_the_same_file(rubric, tmp_path, data):
    assert written(Form(rubric, FORM_ID, guide=True), tmp_path) == data


def test_every_field_has_its_name_and_only_answers_are_open(rubric, data):
    book = opened(data)
    cells = {field.id: cell_named(book, field.id) for field in fields_of(rubric)}
    page = book["Formulier"]
    assert all(not cell.protection.locked for cell in cells.values())
    assert {cell.column for cell in cells.values()} == {4}
    assert all(page.cell(cell.row, 1).value == id_ for id_, cell in cells.items())
    rows = {cell.row for cell in cells.values()}
    unlocked = {cell.row for row in page.iter_rows() for cell in row if not cell.protection.locked}
    assert unlocked == rows
    assert page.protection.sheet
    assert not page.protection.password
    assert page.column_dimensions["A"].hidden
    assert page.row_dimensions[1].hidden


def test_a_score_is_a_list_of_numbers_with_a_dutch_message(rubric, data):
    book = opened(data)
    cell = cell_named(book, "f01_score")
    rule = rules(book["Formulier"])[cell.coordinate]
    assert (rule.type, rule.formula1) == ("list", '"1,2,3"')
    assert rule.error == (
        "Kies een score uit de lijst: 1 = Verdient aandacht, 2 = Acceptabel, 3 = Goed."
    )
    assert rule.errorTitle == "Dit past hier niet"
    assert cell.value is None


def test_an_indicator_is_a_check_box_with_a_list_of_two_hidden_booleans(data):
    book = opened(data)
    page, cell = book["Formulier"], cell_named(book, "f01_i01")
    assert cell.value is False
    assert cell.number_format == '"☑";"☑";"☐"'
    assert rules(page)[cell.coordinate].formula1 == "$B$1:$C$1"
    assert [page["B1"].value, page["C1"].value] == [True, False]
    assert "Checkbox" in part(data, "xl/featurePropertyBag/featurePropertyBag.xml")


def test_symbols_are_a_list_of_symbols(rubric, tmp_path):
    data = written(Form(rubric, FORM_ID, boxes="symbols"), tmp_path)
    book = opened(data)
    cell = cell_named(book, "f01_i01")
    assert cell.value == "☐"
    assert rules(book["Formulier"])[cell.coordinate].formula1 == '"☐,☑"'
    assert (
        "xl/featurePropertyBag/featurePropertyBag.xml"
        not in zipfile.ZipFile(io.BytesIO(data)).namelist()
    )
    cell.value = "☑"
    stream = io.BytesIO()
    book.save(stream)
    assert read_record(stream.getvalue(), rubric).values["f01_i01"] is True


def test_head_fields_take_what_they_should(data):
    book = opened(data)
    page = book["Formulier"]
    kinds = {id_: cell_named(book, id_) for id_ in ("datum", "gesprek_nr", "beoordelaar", "coach")}
    found = rules(page)
    date, number = found[kinds["datum"].coordinate], found[kinds["gesprek_nr"].coordinate]
    assert (date.type, kinds["datum"].number_format) == ("date", "dd-mm-yyyy")
    assert date.prompt == "Typ de datum als dd-mm-jjjj, bijvoorbeeld 22-11-2026."
    assert (number.type, number.formula1, number.error) == (
        "whole",
        "1",
        "Typ een heel getal, 1 of meer.",
    )
    assert found[kinds["beoordelaar"].coordinate].formula1 == '"Coach zelf,Collega,Supervisor"'
    assert kinds["coach"].coordinate not in found
    assert kinds["coach"].number_format == "@"


def test_choices_that_a_list_cannot_hold_stand_on_the_hidden_sheet(second, tmp_path):
    book = opened(written(Form(second, FORM_ID), tmp_path))
    cell = cell_named(book, "subject")
    assert rules(book["Form"])[cell.coordinate].formula1 == "s2c!$C$1:$C$4"
    listed = [row[0].value for row in book["s2c"]["C1:C4"]]
    assert listed == ["Mathematics", "Languages", "Arts & crafts", "Other, namely in the goal"]


def test_titles_and_messages_fit_whatever_the_labels_are(rubric, tmp_path):
    long = Question("lang", "date", "Een heel erg lang label dat nergens in past", minimum=None)
    whole = Question("heel", "number", "Heel getal")
    many = tuple(Choice(f"c{n}", f"Keuze met een wat langere naam {n}") for n in range(12))
    chosen = Question("keuze", "choice", "Keuze", choices=many)
    other = replace(rubric, header=(*rubric.header, long, whole, chosen))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        book = opened(written(Form(other, FORM_ID), tmp_path))
    found = rules(book["Formulier"])
    assert all(len(rule.errorTitle or "") <= 32 for rule in found.values())
    assert all(len(rule.promptTitle or "") <= 32 for rule in found.values())
    assert found[cell_named(book, "heel").coordinate].error == "Typ een heel getal."
    assert found[cell_named(book, "keuze").coordinate].formula1 == "s2c!$C$1:$C$12"


def test_the_stamp_stands_in_three_places(rubric, data):
    book = opened(data)
    stamp = Form(rubric, FORM_ID).stamp
    assert {p.name: p.value for p in book.custom_doc_props.props} == {
        **stamp.entries(),
        "Language": "nl",
    }
    assert book["s2c"].sheet_state == "veryHidden"
    assert cell_named(book, "s2c_form_id").value == FORM_ID
    texts = [cell.value for row in book["Formulier"].iter_rows() for cell in row]
    assert stamp.line() in texts
    assert stamp.line() in str(book["Formulier"].oddFooter.left.text)


def test_it_prints_as_a_form(data):
    page = opened(data)["Formulier"]
    assert (page.page_setup.paperSize, page.page_setup.orientation) == (9, "portrait")
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.page_setup.fitToWidth in (None, 1)  # one is what it is by default
    assert page.page_setup.fitToHeight == 0
    assert page.print_title_rows == "$2:$3"
    assert page.freeze_panes == "A4"
    assert page.oddFooter.right.text.strip() == "Pagina &P van &N"
    assert not page.sheet_view.showGridLines


@pytest.mark.parametrize("which", ["rubric", "second"])
def test_pages_end_between_factors_and_hold_what_is_on_them(which, request):
    lines = lines_of(Form(request.getfixturevalue(which), FORM_ID))
    breaks = page_breaks(lines)
    starts = [0, *(row - 1 for row in breaks)]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        assert lines[start].kind in ("title", "score", "gap", "remark")
        assert sum(line.height for line in lines[start:end]) <= PAGE_POINTS
    assert all(lines[row - 2].kind != "band" for row in breaks)


def test_our_form_prints_on_three_pages(rubric):
    assert len(page_breaks(lines_of(Form(rubric, FORM_ID)))) == 2


def test_formulas_count_and_have_a_value_before_anyone_calculated(rubric, data):
    plain = opened(data)["Formulier"]
    shown = load_workbook(io.BytesIO(data), data_only=True)["Formulier"]
    assert plain["E2"].value.startswith("=IF(COUNTIF(E")
    assert shown["E2"].value == "Nog te scoren: 14"
    row = cell_named(opened(data), "f01_score").row
    assert shown.cell(row, 5).value == "nog te scoren"
    assert shown.cell(row - 1, 4).value == "–"
    assert plain.cell(row - 1, 4).value.count("D") == 2 * 7


def test_labels_are_quoted_in_formulas(rubric):
    options = fields_of(rubric)[8].options
    quoted = [replace(option, label='zegt "goed"') for option in options]
    formula, _ = formulas.status(17, quoted, "nl")
    assert '"zegt ""goed"""' in formula


def test_what_is_known_beforehand_is_written_as_what_it_is(rubric, tmp_path):
    prefilled: dict[str, Value] = {
        "coach": "Łukasz ’t €uro 😀",
        "jongere": "007",
        "doel": "=1+1",
        "gesprek_nr": 3,
        "datum": dt.date(2026, 11, 22),
        "beoordelaar": "zelf",
    }
    data = written(Form(rubric, FORM_ID, prefilled), tmp_path)
    book = opened(data)
    assert cell_named(book, "beoordelaar").value == "Coach zelf"
    assert cell_named(book, "datum").value.date() == dt.date(2026, 11, 22)
    assert cell_named(book, "gesprek_nr").value == 3
    assert cell_named(book, "doel").data_type == "s"
    values = read_record(data, rubric).values
    assert {id_: values[id_] for id_ in prefilled} == prefilled


@pytest.mark.parametrize("date", [dt.date(1850, 2, 3), dt.date(1900, 1, 1), dt.date(9999, 12, 31)])
def test_dates_that_excel_does_not_know_are_kept(rubric, tmp_path, date):
    data = written(Form(rubric, FORM_ID, {"datum": date}), tmp_path)
    record = read_record(data, rubric)
    (problem,) = record.problems
    assert problem.code == "unlikely_year"
    assert problem.raw in (date.isoformat(), show_date(date))


def test_the_guide_is_a_sheet_with_its_numbers_filled_in(rubric, data, tmp_path):
    guide = opened(data)["Handleiding"]
    texts = [row[0].value for row in guide.iter_rows() if row[0].value]
    assert any("14 factoren" in text for text in texts)
    assert len(texts) == sum(
        bool(b.heading) + bool(b.paragraph) + len(b.list) for b in rubric.guide
    )
    assert guide.protection.sheet
    assert "Handleiding" not in opened(written(Form(rubric, FORM_ID), tmp_path)).sheetnames


def test_another_instrument_speaks_its_own_language(second, tmp_path):
    guided = replace(second, guide=(GuideBlock(heading="How to", list=("one", "two")),))
    book = opened(written(Form(guided, FORM_ID, guide=True), tmp_path))
    assert book.sheetnames == ["Form", "Guide", "s2c"]
    texts = " ".join(str(c.value) for row in book["Form"].iter_rows() for c in row if c.value)
    assert "still to score" in texts
    assert "0 = Not seen" in texts.replace("  ", " ")
    for field in head_of(second):
        assert cell_named(book, field.id).value is None


def test_a_name_that_no_workbook_takes_is_an_error(rubric, tmp_path):
    bad = replace(rubric, header=(*rubric.header, Question("ab12", "text", "Cel")))
    with pytest.warns(UserWarning, match="looks like a cell name"), pytest.raises(WriteError):
        excel.write(Form(bad, FORM_ID), tmp_path / "form.xlsx")


def test_a_folder_that_is_not_there_is_an_error(rubric, tmp_path):
    with pytest.raises(WriteError):
        excel.write(Form(rubric, FORM_ID), tmp_path / "no" / "form.xlsx")


@pytest.mark.parametrize(
    ("row", "column", "name"), [(0, 0, "A1"), (17, 3, "D18"), (0, 26, "AA1"), (9, 16383, "XFD10")]
)
def test_cells_have_names(row, column, name):
    assert cell_name(row, column) == name
    assert column_number(name.rstrip("0123456789")) == column
