"""The store: whole or not at all, and it gives back what it was given."""

import datetime as dt
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s2c_forms.errors import RefusedError, WriteError
from s2c_forms.form.kinds import Value
from s2c_forms.form.rubric import Rubric
from s2c_forms.places import Place
from s2c_forms.records.problems import Problem
from s2c_forms.store import (
    Copy,
    Store,
    StoredFile,
    copy_of,
    display_names,
    drop_versions,
    files_of,
    layout_of,
    name_and_folder,
    note_copies,
    note_file,
    note_layout,
    note_rubric,
    note_version,
    open_store,
    opening,
    own_by,
    own_rubric,
    rubrics_of,
    tables,
    versions_of,
    was_read,
)
from s2c_forms.store.coding import (
    decode_message_values,
    decode_values,
    encode_message_values,
    encode_values,
)
from s2c_forms.words import Message
from tests.records.made import full, record, version

WHEN = dt.datetime(2026, 11, 22, 14, 3, tzinfo=dt.UTC)


@pytest.fixture
def store(place: Place) -> Iterator[Store]:
    with open_store(place) as opened:
        yield opened


def stored(sha256: str = "a" * 64, name: str = "a.xlsx", folder: str = "in") -> StoredFile:
    return StoredFile(sha256, name, folder, 9, "excel", "LibreOffice", WHEN)


def test_a_rubric_comes_back_equal_and_in_the_order_it_was_met(store, each_rubric):
    newer = replace(each_rubric, version="2")
    for rubric in (newer, each_rubric, newer):
        note_rubric(store, rubric)
    assert rubrics_of(store) == [newer, each_rubric]
    assert [rubric.hash for rubric in rubrics_of(store)] == [newer.hash, each_rubric.hash]


def test_copies_and_layouts_come_back(store, rubric):
    note_rubric(store, rubric)
    note_layout(store, "L1", "{}")
    note_layout(store, "L1", "something else")
    prefilled: dict[str, Value] = {
        "coach": "Łukasz ’€",
        "datum": dt.date(2026, 11, 22),
        "gesprek_nr": 3,
    }
    copy = Copy("K7QF2M9X", rubric.hash, "L1", ("pdf", "excel"), prefilled)
    note_copies(store, [copy, Copy("A", rubric.hash, None, ("word",), {})])
    note_copies(store, [copy])
    assert copy_of(store, "K7QF2M9X") == copy
    assert copy_of(store, "nobody") is None
    assert layout_of(store, "L1") == "{}"
    assert layout_of(store, "L2") is None


def test_versions_come_back_equal(store, rubric):
    problem = Problem("not_on_scale", "f01_score", "Formulier!D9", "4 \x00 \ud800")
    mine = version(record(rubric, full(rubric) | {"f01_score": None}, problems=(problem,)))
    note_rubric(store, rubric)
    note_file(store, stored(mine.sha256))
    note_version(store, mine, rubric)
    assert versions_of(store, {rubric.hash: rubric}) == [mine]


def test_versions_that_are_read_anew_keep_their_place(store, rubric):
    note_rubric(store, rubric)
    first, second = (version(record(rubric, full(rubric)), f"{n}.xlsx", n) for n in (1, 2))
    for one in (first, second):
        note_version(store, one, rubric)
        note_file(store, stored(one.sha256, one.file))
    drop_versions(store, first.sha256)
    note_version(store, first, rubric)
    note_file(store, stored(first.sha256, "first again.xlsx"))
    assert versions_of(store, {rubric.hash: rubric}) == [first, second]


@given(value=st.one_of(st.text(), st.dates(), st.integers(0, 10**9), st.booleans()))
def test_any_answer_comes_back_equal(rubric, value):
    field_id = {dt.date: "datum", int: "gesprek_nr", bool: "f01_i01"}.get(type(value), "reflectie")
    values = record(rubric, {field_id: value}).values
    back = decode_values(encode_values(values), rubric)
    assert back == values
    assert type(back[field_id]) is type(value)


def test_versions_are_found_by_form_and_by_whose_they_are(store, rubric):
    note_rubric(store, rubric)
    whole = version(record(rubric, full(rubric)), "a.xlsx")
    gap = version(record(rubric, full(rubric) | {"datum": None}), "b.xlsx")
    for one in (whole, gap):
        note_version(store, one, rubric)
    rows = store.connection.execute(tables.versions.select()).all()
    assert [len(row.identity) for row in rows] == [12, 0]
    indexed = {tuple(index.columns.keys()) for index in tables.versions.indexes}
    assert indexed == {("form_id",), ("identity",)}


def test_a_file_that_was_noted_keeps_its_time(store):
    note_file(store, stored())
    note_file(store, replace(stored(), merged_at=WHEN + dt.timedelta(days=7)))
    assert files_of(store) == [stored()]


def test_a_refused_file_that_can_be_read_now_is_noted_anew(store):
    refusal = RefusedError("damaged", reason=Message("an XML file"))
    note_file(store, replace(stored(), refusal=refusal))
    (before,) = files_of(store)
    assert before.refusal is not None
    assert before.refusal.text("en") == refusal.text("en")
    assert was_read(store, "a" * 64) is None
    note_file(store, stored())
    assert files_of(store) == [stored()]
    assert was_read(store, "a" * 64) == stored()


def test_values_of_messages_come_back():
    inner = Message("it is larger than {limit} MB", {"limit": 100})
    values = {"reason": inner, "n": 3, "path": Path("a")}
    assert decode_message_values(encode_message_values(values)) == {**values, "path": "a"}


def test_files_of_the_same_name_are_told_apart_by_their_folder():
    files = [stored(), stored("b" * 64, folder="C:/week 2"), stored("c" * 64, "c.pdf")]
    assert display_names(files) == {
        "a" * 64: "in/a.xlsx",
        "b" * 64: "week 2/a.xlsx",
        "c" * 64: "c.pdf",
    }


def test_names_that_no_database_takes_are_cleaned():
    assert name_and_folder(Path("map/form\udcff\n.xlsx")) == ("form\n.xlsx", "map")


def test_the_store_belongs_to_one_rubric(store):
    assert own_rubric(store) is None
    own_by(store, "reflectie")
    assert own_rubric(store) == "reflectie"


def _fail(path: Path, rubric: Rubric) -> None:
    with open_store(path) as store:
        note_rubric(store, rubric)
        raise KeyboardInterrupt


def test_what_fails_halfway_leaves_nothing(tmp_path, rubric):
    path = tmp_path / "master.sqlite"
    with pytest.raises(KeyboardInterrupt):
        _fail(path, rubric)
    with open_store(path) as store:
        assert rubrics_of(store) == []


def test_the_store_is_one_file(tmp_path, rubric):
    with open_store(tmp_path / "map" / "master #1.sqlite") as store:
        note_rubric(store, rubric)
    assert [path.name for path in (tmp_path / "map").iterdir()] == ["master #1.sqlite"]


def test_reading_a_store_changes_no_byte(tmp_path, rubric):
    path = tmp_path / "master.sqlite"
    with open_store(path) as store:
        note_rubric(store, rubric)
    before = path.read_bytes()
    path.chmod(0o444)
    with open_store(path, writing=False) as store:
        assert rubrics_of(store) == [rubric]
    assert path.read_bytes() == before


def test_a_newer_store_is_refused_with_what_to_do(tmp_path):
    path = tmp_path / "master.sqlite"
    with open_store(path) as store:
        newer = str(tables.SCHEMA_VERSION + 1)
        store.connection.execute(tables.meta.update().values(value=newer))
    with pytest.raises(WriteError, match="newer s2c-forms"), open_store(path):
        pytest.fail("opened")


def test_an_older_store_is_brought_up_to_date(tmp_path, monkeypatch):
    path = tmp_path / "master.sqlite"
    with open_store(path):
        pass
    done: list[int] = []
    now = tables.SCHEMA_VERSION
    monkeypatch.setattr(tables, "SCHEMA_VERSION", now + 2)
    steps = {now: lambda _connection: done.append(1), now + 1: lambda _connection: done.append(2)}
    monkeypatch.setattr(opening, "MIGRATIONS", steps)
    for _ in range(2):
        with open_store(path) as store:
            versions = store.connection.execute(tables.meta.select()).all()
            assert [row.value for row in versions] == [str(now + 2)]
    assert done == [1, 2]


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"this is no database, whatever its name says" * 99, "is no store"), (None, "else")],
)
def test_what_is_no_store_is_refused(tmp_path, content, reason):
    path = tmp_path / "master.sqlite"
    if content:
        path.write_bytes(content)
    else:
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE strangers (name TEXT)")
        connection.close()
    with pytest.raises(WriteError, match=reason), open_store(path):
        pytest.fail("opened")


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with (
        pytest.raises(WriteError, match="can't be used"),
        open_store(tmp_path / "file" / "m.sqlite"),
    ):
        pytest.fail("opened")


def test_of_two_merges_one_waits_and_says_so_in_the_end(tmp_path, monkeypatch):
    monkeypatch.setattr(opening, "_WAIT", 0.01)
    path = tmp_path / "master.sqlite"
    with (
        open_store(path),
        pytest.raises(WriteError, match="held by another"),
        open_store(path),
    ):
        pytest.fail("opened twice")
