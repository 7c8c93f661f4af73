"""A roster in every shape that people save it in, and everything that can be wrong with it."""

import datetime as dt
import logging

import openpyxl
import pytest

from s2c_forms.api.roster import read_roster
from s2c_forms.errors import RosterError

NAMES = ["Łukasz", "Zoë’s", "€ 5", "İçğş", "李"]


def workbook(path, rows, *, before=()):
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for title in before:
        book.create_sheet(title, 0)
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def test_a_workbook_with_real_dates_and_numbers(tmp_path, rubric):
    path = workbook(
        tmp_path / "roster.xlsx",
        [
            ["coach", "Jongere", "GESPREK_NR", "Datum  supervisie", "Wie scoort?"],
            ["C-1", 12, 3, dt.date(2026, 11, 22), "Coach zelf"],
            [None, None, None, None, None],
            [NAMES[0], "J-2", None, "22 nov 2026", "collega"],
        ],
        before=["Leeg"],
    )
    day = dt.date(2026, 11, 22)
    assert read_roster(path, rubric) == [
        {"coach": "C-1", "jongere": "12", "gesprek_nr": 3, "datum": day, "beoordelaar": "zelf"},
        {"coach": NAMES[0], "jongere": "J-2", "datum": day, "beoordelaar": "collega"},
    ]


@pytest.mark.parametrize("mark", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_text_in_every_encoding_with_every_mark(tmp_path, rubric, mark, encoding, end):
    lines = [mark.join(["coach", "doel"]), *(mark.join([name, f'"a{mark}b"']) for name in NAMES)]
    path = tmp_path / "roster.csv"
    path.write_bytes(end.join(lines).encode(encoding))
    expected = f"a{mark}b" if mark != "\t" else "a b"
    assert read_roster(path, rubric) == [{"coach": name, "doel": expected} for name in NAMES]


def test_text_as_a_dutch_excel_writes_it(tmp_path, rubric):
    path = tmp_path / "roster.csv"
    path.write_bytes("coach;doel\r\nZoë;€ 5 ’s morgens\r\n;\r\n".encode("cp1252"))
    assert read_roster(path, rubric) == [{"coach": "Zoë", "doel": "€ 5 ’s morgens"}]
    path.write_bytes(b"sep=|\r\ncoach|doel\r\nC-1|a;b\r\n")
    assert read_roster(path, rubric) == [{"coach": "C-1", "doel": "a;b"}]


def test_columns_that_are_not_ours_are_told_and_left_out(tmp_path, rubric, caplog):
    path = tmp_path / "roster.csv"
    path.write_text("e-mail;coach;;f01_score\nx@y;C-1;z;3\n", encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        assert read_roster(path, rubric) == [{"coach": "C-1"}]
    assert "e-mail, f01_score" in caplog.text


def test_every_bad_cell_is_told_with_row_and_column(tmp_path, rubric):
    path = tmp_path / "roster.csv"
    text = "coach;datum;gesprek_nr;video\nC-1;31-02-2026;0;ja\nC-2;22-11-2026;drie;soms\n"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RosterError) as caught:
        read_roster(path, rubric)
    findings = caught.value.findings
    assert [finding.split(":")[0] for finding in findings] == [
        "row 2, column datum",
        "row 2, column gesprek_nr",
        "row 3, column gesprek_nr",
        "row 3, column video",
    ]
    assert "“31-02-2026”" in findings[0]
    assert "1 up" in findings[1]
    assert "ja, nee" in findings[3]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b"naam;leeftijd\nJan;3\n", "no column that the form has a field for"),
        (b"coach;doel\n", "no rows under"),
        (b"coach;Coach\nA;B\n", "two columns for `coach`"),
        (b"PK\x03\x04half a workbook", "not a workbook that can be read"),
        (b"\xd0\xcf\x11\xe0half a workbook", "not a workbook that can be read"),
        (b"%PDF-1.7\n\x00\x01\x81", "neither a workbook nor a csv file"),
        (b"coach\n" + b'"' + b"x" * 200_000, "not a csv file that can be read"),
    ],
)
def test_what_is_no_roster_is_told(tmp_path, rubric, content, what):
    path = tmp_path / "roster.csv"
    path.write_bytes(content)
    with pytest.raises(RosterError, match=what):
        read_roster(path, rubric)


def test_an_empty_workbook_and_a_missing_file_are_told(tmp_path, rubric):
    with pytest.raises(RosterError, match="is empty"):
        read_roster(workbook(tmp_path / "roster.xlsx", []), rubric)
    with pytest.raises(RosterError, match="can't be opened"):
        read_roster(tmp_path / "none.xlsx", rubric)


@pytest.mark.parametrize(
    ("cell", "what"), [("#REF!", "that failed: #REF!"), ("=A1&2", "without a result")]
)
def test_a_formula_that_failed_or_never_ran_is_a_finding(tmp_path, rubric, cell, what):
    path = workbook(tmp_path / "roster.xlsx", [["coach"], [cell]])
    with pytest.raises(RosterError) as caught:
        read_roster(path, rubric)
    (finding,) = caught.value.findings
    assert finding.startswith("row 2, column coach")
    assert what in finding


def test_a_head_of_another_rubric(tmp_path, second_rubric):
    path = tmp_path / "roster.csv"
    path.write_text(
        "Teacher,Lesson_Date,group_size,subject\nT-1,2026-11-22,0,arts & crafts\n", encoding="utf-8"
    )
    assert read_roster(path, second_rubric) == [
        {"teacher": "T-1", "lesson_date": dt.date(2026, 11, 22), "group_size": 0, "subject": "art"}
    ]
