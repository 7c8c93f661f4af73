"""A store of an older version: brought up to date, with a copy of it kept as it was."""

import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa

from s2c_forms.errors import WriteError
from s2c_forms.form.fields import fields_of
from s2c_forms.store import (
    Store,
    copy_of,
    evidence_of,
    files_of,
    open_store,
    opening,
    pages_of,
    rubrics_of,
    tables,
    versions_of,
)
from s2c_forms.store.older import copies_before
from tests.conftest import FILES


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A store of version 1, with a form in it."""
    path = tmp_path / "master.sqlite"
    connection = sqlite3.connect(path)
    connection.executescript((FILES / "store-1.sql").read_text(encoding="utf-8"))
    connection.close()
    return path


def shape(store: Store) -> dict[str, set[tuple[str, str, bool]]]:
    """The tables of a store and their columns."""
    seen = sa.inspect(store.connection)
    return {
        name: {(c["name"], str(c["type"]), c["nullable"]) for c in seen.get_columns(name)}
        for name in seen.get_table_names()
    }


def test_nothing_of_it_is_lost(older, second_rubric):
    with open_store(older) as store:
        (rubric,) = rubrics_of(store)
        assert rubric == second_rubric
        (version,) = versions_of(store, {rubric.hash: rubric})
        assert (version.file, version.record.values["explains_score"]) == ("a.xlsx", 2)
        assert [problem.raw for problem in version.record.problems] == ["9"]
        assert (version.record.sheets, version.record.absent) == ((), ())
        assert [one.where for one in evidence_of(store, version)] == ["Form!D4"]
        assert [file.name for file in files_of(store)] == ["a.xlsx"]
        copy = copy_of(store, "AAAA1111")
        assert copy is not None
        assert copy.prefilled == {"teacher": "T-12"}
        assert pages_of(store) == {}


def test_it_becomes_what_a_new_one_is(older, tmp_path):
    with open_store(older) as one, open_store(tmp_path / "new.sqlite") as other:
        assert shape(one) == shape(other)
        version = one.connection.execute(
            sa.select(tables.meta.c.value).where(tables.meta.c.key == "schema_version")
        ).scalar()
        assert version == str(tables.SCHEMA_VERSION)


def test_it_is_kept_as_it_was_under_another_name_once(older):
    before = older.read_bytes()
    for _ in range(2):
        with open_store(older):
            pass
    (copy,) = copies_before(older)
    assert copy.name == "master-v1.sqlite"
    assert copy.read_bytes() == before
    copy.write_bytes(b"somebody's own")
    older.write_bytes(before)
    with open_store(older):
        pass
    names = [path.name for path in copies_before(older)]
    assert names == ["master-v1 (2).sqlite", "master-v1.sqlite"]
    assert copy.read_bytes() == b"somebody's own"


def test_a_step_that_fails_leaves_it_as_it_was(older, monkeypatch):
    before = older.read_bytes()

    def fail(connection: sa.Connection) -> None:
        connection.exec_driver_sql("ALTER TABLE versions ADD COLUMN half TEXT")
        raise KeyboardInterrupt

    monkeypatch.setattr(opening, "MIGRATIONS", {1: fail})
    with pytest.raises(KeyboardInterrupt), open_store(older):
        pytest.fail("opened")
    assert older.read_bytes() == before


def test_without_room_for_the_copy_nothing_changes(older, monkeypatch):
    before = older.read_bytes()

    def full(_path: Path, _content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("s2c_forms.store.older._write_whole", full)
    with pytest.raises(WriteError, match="No space left"), open_store(older):
        pytest.fail("opened")
    assert older.read_bytes() == before


def test_reading_it_changes_no_byte_and_needs_no_room(older, second_rubric):
    before = older.read_bytes()
    older.chmod(0o444)
    with open_store(older, writing=False) as store:
        (version,) = versions_of(store, {second_rubric.hash: second_rubric})
        assert set(version.record.values) == {field.id for field in fields_of(second_rubric)}
    assert older.read_bytes() == before
    assert copies_before(older) == []
