"""What stands in the workbook less what was written: nothing where nobody typed."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from s2c_forms.errors import RefusedError
from s2c_forms.form.fields import fields_of
from s2c_forms.form.kinds import clean
from s2c_forms.master import write_workbook
from s2c_forms.master.sheet import HEADER_ROW
from s2c_forms.master.typed.aside import keep_aside
from s2c_forms.master.typed.baseline import baseline_of, entries
from s2c_forms.master.typed.held import holder
from s2c_forms.master.typed.saved import digest_of, open_saved, table_in
from s2c_forms.master.typed.texts import text_of
from s2c_forms.master.typed.typed import typed_in, written_in
from s2c_forms.master.workbook import sheets_of
from tests.master.test_workbook import book
from tests.records.made import full, record, version

WHEN = dt.datetime(2026, 11, 23, 2, 14, tzinfo=dt.UTC)
ODD = (
    "=1+1",
    "'apostrof",
    "_x0041_",
    "  blanks  ",
    "regel\nregel\ttab",
    "\u00a0hard\u00a0",
    "1.0",
    "01-02-2026",
    "TRUE",
    "\U0001f642 עברית",
    "e\u0301",
    "#N/A",
    "x" * 40_000,
)


def seen(tmp_path: Path, rubric, text: str):
    """What is told to be typed in a workbook in which nobody typed."""
    values = full(rubric) | {"reflectie": clean(text) or None, "doel": clean(text) or None}
    path = tmp_path / "m.xlsx"
    write_workbook(book(tmp_path, rubric, [version(record(rubric, values))]), path)
    saved = open_saved(path.read_bytes())
    baseline = written_in(saved)
    assert baseline is not None
    fields = frozenset(field.id for field in fields_of(rubric))
    return typed_in(saved, baseline, None, fields, rubric.language)


@pytest.mark.parametrize("text", ODD)
def test_no_text_is_taken_for_a_correction(tmp_path, rubric, text):
    found = seen(tmp_path, rubric, text)
    assert (found.corrected, found.answered, found.deleted) == ((), (), ())
    assert found.elsewhere == ()


@pytest.mark.slow
@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.text(min_size=1, max_size=60))
@example("\ufffe")
@example("\x85")
def test_nor_is_any_other(tmp_path_factory, rubric, text):
    found = seen(tmp_path_factory.mktemp("typed"), rubric, text)
    assert found.corrected == ()


@pytest.mark.parametrize(
    ("written", "saved"),
    [
        (2, 2.0),
        (1, True),
        (dt.date(2026, 11, 22), dt.datetime(2026, 11, 22)),  # noqa: DTZ001  as Excel has it
        ("tekst ", "tekst"),
        (None, ""),
        ("a\r\nb", "a\nb"),
    ],
)
def test_programs_save_the_same_in_other_ways(written, saved):
    assert text_of(written) == text_of(saved)


def test_a_baseline_that_was_touched_is_none(tmp_path, rubric):
    made = book(tmp_path, rubric, [version(record(rubric, full(rubric)))])
    sheets = {sheet.table: [sheet] for sheet in sheets_of(made)}
    rows: list[list[object]] = [
        list(row) for row in entries(made, sheets["s2c_forms"], sheets["s2c_to_check"])
    ]
    assert baseline_of(rows) is not None
    assert baseline_of([]) is None
    assert baseline_of([["something else"]]) is None
    assert baseline_of([rows[0], *rows[2:]]) is None


def test_a_table_is_found_wherever_it_is():
    rows: list[list[object]] = [["title"], [], ["", "key", "", "a"], ["", "k1", "beside", 1.0], []]
    table = table_in(rows, "key")
    assert table is not None
    assert table.rows == ({"key": "k1", "a": "1"},)
    assert table.outside == ("title", "beside")
    assert table_in(rows, "key", "b") is None
    assert HEADER_ROW == 2


def test_sorting_leaves_the_digest_as_it_was():
    assert digest_of([["a", 1], ["b", 2]]) == digest_of([[2.0, "b"], ["a", 1, None]])
    assert digest_of([["a"]]) != digest_of([["b"]])


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 half", b"text"])
def test_what_is_no_workbook_is_refused(data):
    with pytest.raises(RefusedError):
        open_saved(data)


def test_a_workbook_is_kept_aside_under_a_name_that_is_free(tmp_path):
    path = tmp_path / "master.xlsx"
    path.write_bytes(b"old")
    kept = [keep_aside(path, data, WHEN).name for data in (b"one", b"two")]
    assert kept == ["master 2026-11-23 0214.xlsx", "master 2026-11-23 0214 (2).xlsx"]
    assert [(tmp_path / name).read_bytes() for name in kept] == [b"one", b"two"]
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted([*kept, "master.xlsx"])


LOCKS = [
    (".~lock.m.xlsx#", b",anneke,laptop,23.11.2026 10:00,file:///x;", "anneke"),
    (".~lock.m.xlsx#", b"Anneke de Wit,anneke,laptop,,;", "Anneke de Wit"),
    (".~lock.m.xlsx#", b"", ""),
    ("~$m.xlsx", bytes([6]) + b"Jannie" + b" " * 48, "Jannie"),
    ("~$m.xlsx", b"", ""),
]


@pytest.mark.parametrize(("name", "content", "who"), LOCKS)
def test_a_lock_file_says_who_has_it(tmp_path, name, content, who):
    assert holder(tmp_path / "m.xlsx") is None
    (tmp_path / name).write_bytes(content)
    assert holder(tmp_path / "m.xlsx") == (tmp_path / name, who)
