"""A key's file: what it may be, what is told of it, and what it is after names were added."""

import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.table import Table

from s2c_forms.api import KeyFile
from s2c_forms.api.key_file import extend_key
from s2c_forms.api.keys import read_key
from s2c_forms.errors import RosterError, WriteError

NEW = {"Łukasz Żak": "J-9", "=cmd": "J-10"}


def csv_key(folder: Path, data: bytes) -> Path:
    path = folder / "key.csv"
    path.write_bytes(data)
    return path


def codes(path: Path) -> dict[str, str]:
    return dict(read_key(KeyFile(path), ()).key.codes)


def extended(path: Path) -> dict[str, str]:
    opened = read_key(KeyFile(path), ())
    extend_key(opened.file, NEW, opened.columns)
    return codes(path)


@pytest.mark.parametrize(
    "data",
    [
        b"naam;code\r\nAnna;C-1",
        b"code,name\nC-1,Anna\n",
        "naam\tcode\nAnna\tC-1\n".encode("utf-16"),
        "sep=;\nNaam;Code\nAnna;C-1\n".encode("utf-8-sig"),
        "naam;code;klas\nAnna;C-1;caf\xe9\n".encode("cp1252"),
    ],
)
def test_a_text_file_gets_names_in_its_own_manner(tmp_path, data):
    path = csv_key(tmp_path, data)
    assert codes(path) == {"Anna": "C-1"}
    assert extended(path) == {"Anna": "C-1", **NEW}
    assert path.read_bytes()[:2] == data[:2] or b"klas" in data
    assert (b"\r\n" in path.read_bytes()) == (b"\r\n" in data)


def test_a_workbook_gets_names_in_its_table(tmp_path):
    book = openpyxl.Workbook()
    book.create_sheet("leeg", 0)
    sheet = book["Sheet"]
    for row in [("Klas", "Naam", "Code"), ("2b", "Anna", "C-1")]:
        sheet.append(row)
    sheet.add_table(Table(displayName="sleutel", ref="A1:C2"))
    path = tmp_path / "key.xlsx"
    book.save(path)
    assert extended(path) == {"Anna": "C-1", **NEW}
    (table,) = openpyxl.load_workbook(path)["Sheet"].tables.values()
    assert table.ref == "A1:C4"
    assert openpyxl.load_workbook(path)["Sheet"]["B4"].value == "=cmd"
    assert openpyxl.load_workbook(path)["Sheet"]["B4"].data_type == "s"


def test_other_formats_are_read_and_not_added_to(tmp_path):
    spaces = ' xmlns:office="o" xmlns:table="t" xmlns:text="x"'
    cells = [("naam", "code"), ("Anna", "C-1")]
    body = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{c}</text:p></table:table-cell>" for c in row)
        + "</table:table-row>"
        for row in cells
    )
    content = (
        f"<office:document-content{spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="a">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    path = tmp_path / "key.ods"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("content.xml", content)
    before = path.read_bytes()
    assert codes(path) == {"Anna": "C-1"}
    with pytest.raises(RosterError, match="nothing can be added"):
        extended(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"naam;klas\nAnna;2b\n", "one column for names"),
        (b"naam;name;code\nAnna;Anna;C-1\n", "one column for names"),
        (b"", "one column for names"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "neither a workbook"),
        (b"PK\x03\x04 and no more", "not a workbook"),
    ],
)
def test_what_is_no_key_is_told(tmp_path, data, told):
    with pytest.raises(RosterError, match=told):
        read_key(KeyFile(csv_key(tmp_path, data)), ())


def test_a_key_that_is_not_there_is_told(tmp_path):
    with pytest.raises(RosterError, match="can't be opened"):
        read_key(KeyFile(tmp_path / "gone.xlsx"), ())


def test_two_names_with_one_code_are_told_by_row(tmp_path, caplog):
    read_key(KeyFile(csv_key(tmp_path, b"naam;code\nAnna Bos;C-1\nA. Bos;C-1\n")), ())
    assert caplog.messages == []
    read_key(KeyFile(csv_key(tmp_path, b"naam;code\nAnna Bos;C-1\nPiet Vos;C-1\n")), ())
    assert caplog.messages == ["The key has one code for different names, in rows 2, 3."]


def test_codes_without_a_name_are_never_given_again(tmp_path):
    opened = read_key(KeyFile(csv_key(tmp_path, b"naam;code\n;C-7\nAnna;C-1\n")), ())
    assert opened.key.reserved == {"C-1", "C-7"}
    assert "Anna" not in repr(opened.file)


def test_a_key_that_cannot_be_written_is_as_it_was(tmp_path, monkeypatch):
    path = csv_key(tmp_path, b"naam;code\nAnna;C-1\n")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(WriteError, match="No space left"):
        extended(path)
    assert path.read_bytes() == b"naam;code\nAnna;C-1\n"
    assert [one.name for one in tmp_path.iterdir()] == ["key.csv"]
