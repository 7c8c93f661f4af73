"""What stands in an .ods or .xls, seen without the programs that save them."""

import io
import zipfile

import pytest

from s2c_forms.errors import RefusedError
from s2c_forms.media.excel.book import DefinedName
from s2c_forms.media.excel.ooxml import reference
from s2c_forms.media.excel.reader import load_book
from s2c_forms.media.sniff import medium_of

SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in {
        "office": "office",
        "table": "table",
        "text": "text",
        "meta": "meta",
    }.items()
)
OWN = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def ods(rows, names="", local="", **parts):
    content = f"""<office:document-content {SPACES} {OWN}><office:body><office:spreadsheet>
      <table:table table:name="It's">{rows}{named(local)}</table:table>{named(names)}
      </office:spreadsheet></office:body></office:document-content>"""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("mimetype", TYPE)
        target.writestr("content.xml", content)
        for stem, text in parts.items():
            target.writestr("META-INF/manifest.xml" if stem == "manifest" else f"{stem}.xml", text)
    return stream.getvalue()


def named(inside):
    return f"<table:named-expressions>{inside}</table:named-expressions>" if inside else ""


def row(*cells, times=1):
    repeated = f' table:number-rows-repeated="{times}"' if times > 1 else ""
    return f"<table:table-row{repeated}>{''.join(cells)}</table:table-row>"


def cell(inside="", **attributes):
    told = " ".join(
        f'{key.replace("__", ":").replace("_", "-")}="{value}"' for key, value in attributes.items()
    )
    return f"<table:table-cell {told}>{inside}</table:table-cell>"


def only_cell(inside="", **attributes):
    (sheet,) = load_book(ods(row(cell(inside, **attributes)))).sheets
    return sheet.cells.get((0, 0), "")


P = "<text:p>{}</text:p>"


@pytest.mark.parametrize(
    ("inside", "attributes", "expected"),
    [
        (P.format("3"), {"office__value_type": "float", "office__value": "3"}, "3"),
        (P.format("☑"), {"office__value_type": "float", "office__value": "1"}, "1"),
        (
            P.format("WAAR"),
            {"office__value_type": "boolean", "office__boolean_value": "true"},
            "TRUE",
        ),
        (
            P.format("22 nov"),
            {"office__value_type": "date", "office__date_value": "2026-11-22"},
            "2026-11-22",
        ),
        (
            P.format("?"),
            {"office__value_type": "date", "office__date_value": "-0044-03-15"},
            "-0044-03-15",
        ),
        (
            P.format("#N/A"),
            {"office__value_type": "string", "calcext__value_type": "error"},
            "#N/A",
        ),
        (
            P.format("#REF!"),
            {"office__value_type": "float", "office__value": "0", "calcext__value_type": "error"},
            "#REF!",
        ),
        (P.format("een") + P.format("") + P.format("drie"), {}, "een\n\ndrie"),
        (P.format('a<text:s/>b<text:s text:c="2"/>c<text:tab/>d'), {}, "a b  c\td"),
        (P.format("a<text:line-break/>b"), {}, "a\nb"),
        (P.format("vet <text:span>en<text:span> s</text:span></text:span>!"), {}, "vet en s!"),
        (f"<office:annotation>{P.format('notitie')}</office:annotation>{P.format('2')}", {}, "2"),
        (P.format("een<!-- iets -->twee"), {}, "eentwee"),
    ],
)
def test_a_cell_arrives_as_text(inside, attributes, expected):
    assert only_cell(inside, **attributes) == expected


def test_a_formula_without_a_result_is_told():
    (sheet,) = load_book(ods(row(cell(), cell(table__formula="of:=A1+1")))).sheets
    assert sheet.unfinished == {(0, 1): "=A1+1"}
    assert sheet.cells == {}


def test_rows_and_cells_that_are_repeated_stand_where_they_stand():
    rows = (
        row(cell(table__number_columns_repeated="16384"), times=5)
        + row(cell(table__number_columns_repeated="2"), cell(P.format("x")))
        + row(cell(P.format("y"), table__number_columns_repeated="2"), times=2)
        + row(cell(), times=1_048_000)
    )
    (sheet,) = load_book(ods(rows)).sheets
    assert sheet.cells == {
        (5, 2): "x",
        (6, 0): "y",
        (6, 1): "y",
        (7, 0): "y",
        (7, 1): "y",
    }


def test_names_are_found_in_the_workbook_and_in_its_sheets():
    def name(name, address):
        return f'<table:named-range table:name="{name}" table:cell-range-address="{address}"/>'

    told = name("Coach", "$'It''s'.$D$18") + name("datum", "$Blad1.$AA$2:.$AB$2")
    lost = name("doel", "$Blad1.#REF!")
    assert load_book(ods("", told + lost, name("coach", "$Kopie.$A$1"))).names == (
        DefinedName("coach", "It's", (17, 3)),
        DefinedName("datum", "Blad1", (1, 26)),
        DefinedName("doel", None),
        DefinedName("coach", "Kopie", (0, 0)),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Formulier!$D$18", DefinedName("coach", "Formulier", (17, 3))),
        ("'It''s'!$D$18:$E$18", DefinedName("coach", "It's", (17, 3))),
        ("Formulier!D18", DefinedName("coach", "Formulier", (17, 3))),
        ("Formulier!#REF!", DefinedName("coach", None)),
        ("#REF!", DefinedName("coach", None)),
        ("[1]Formulier!$D$18", DefinedName("coach", None)),
        ('"tekst"', DefinedName("coach", None)),
    ],
)
def test_what_a_name_points_to(text, expected):
    assert reference("Coach", text) == expected


def refusal(data):
    try:
        assert medium_of("form", data) == "excel"
        load_book(data)
    except RefusedError as error:
        return error.code
    return "read"


def repeated(inside, times, rows=1):
    return row(cell(inside, table__number_columns_repeated=times), times=rows)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (ods(repeated(P.format("x"), 16384)), "far_cell"),
        (ods(row(cell(P.format("x")), times=1_048_576)), "far_cell"),
        (ods(repeated(P.format("x"), -1)), "far_cell"),
        (ods(repeated(P.format("x"), 1000, rows=1000)), "far_cell"),
        (ods(repeated(P.format("x"), "veel")), "damaged"),
        (ods(row(cell(P, office__value_type="float", office__value="drie"))), "damaged"),
        (ods("<kapot>"), "damaged"),
        (ods("", manifest="<encryption-data/>"), "encrypted"),
        (ods("", meta="<!DOCTYPE x><x/>"), "unsafe_xml"),
    ],
)
def test_files_that_no_form_is_are_refused(data, code):
    assert refusal(data) == code


def test_an_ods_without_its_content_is_damaged():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        target.writestr("mimetype", TYPE)
    assert refusal(stream.getvalue()) == "damaged"


def test_an_xls_that_was_cut_off_is_damaged():
    start = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "Workbook".encode("utf-16-le")
    assert refusal(start) == "damaged"
    assert refusal(start + bytes(5000)) == "damaged"
