"""A store on a server: what goes wrong is told without a password, and names stay here."""

import datetime as dt
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from s2c_forms.errors import ExitCode, MissingPartError, S2cError, WriteError
from s2c_forms.form.filled import Cutout, RawAnswer
from s2c_forms.form.rubric import Rubric
from s2c_forms.places import Server, server_at, store_for
from s2c_forms.store import (
    Copy,
    StoredFile,
    copies_of,
    evidence_of,
    files_of,
    meta_of,
    note_copies,
    note_file,
    note_pictures,
    note_rubric,
    note_version,
    open_store,
    opening,
    rubrics_of,
    set_meta,
    tables,
    versions_of,
)
from s2c_forms.store import server as on_server
from s2c_forms.store.forgetting import kept_before
from s2c_forms.store.names import allow_names
from tests.postgres import Cluster
from tests.records.made import full, record, version

WHEN = dt.datetime(2026, 11, 22, 14, 3, tzinfo=dt.UTC)
SECRET = "Zeer!geheim"  # noqa: S105  of a server that is gone with the test


def dump(server: Server) -> str:
    """Everything that a server keeps, as text."""
    engine = sa.create_engine(server.url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        told = [connection.execute(sa.select(t)).all() for t in tables.metadata.tables.values()]
    engine.dispose()
    return repr(told)


def test_an_address_is_shown_without_its_password():
    server = server_at(f"postgresql://anna:{SECRET}@example.nl:5433/forms?sslpassword=x1y2")
    assert str(server) == "postgresql://example.nl:5433/forms"
    assert SECRET not in repr(server)
    assert set(server.secrets) == {SECRET, "x1y2"}
    assert store_for(server, Path("out/master.xlsx")) == replace(
        server, private=Path("out/master.local.sqlite")
    )


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:ge/heim@h/db",
        "postgresql://u:ge?heim@h:5432/db",
        "postgresql://u:ge#heim@h/db",
        "postgresql://u:geheim@h:port/db",
        "postgresql://u:geheim@h",
        "mysql://u:geheim@h/db",
    ],
)
def test_of_an_address_that_cannot_be_used_nothing_is_repeated(url):
    with pytest.raises(WriteError, match="PostgreSQL") as caught:
        server_at(url)
    assert "heim" not in caught.value.text()


def test_without_the_part_it_says_how_to_get_it(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    monkeypatch.delitem(sys.modules, "sqlalchemy.dialects.postgresql.psycopg", raising=False)
    server = Server("postgresql://u@127.0.0.1/db", tmp_path / "private.sqlite")
    with (
        pytest.raises(MissingPartError, match=r"s2c-forms\[postgres\]") as caught,
        open_store(server),
    ):
        pytest.fail("opened")
    assert caught.value.exit_code == ExitCode.PART


def test_a_server_that_is_not_there_is_told_with_its_mend(tmp_path):
    server = Server(f"postgresql://u:{SECRET}@127.0.0.1:1/db", tmp_path / "private.sqlite")
    with pytest.raises(WriteError, match="can't be reached") as caught, open_store(server):
        pytest.fail("opened")
    assert "127.0.0.1:1/db" in caught.value.text()
    assert SECRET not in caught.value.text()


def test_a_wrong_password_is_never_repeated(cluster: Cluster, tmp_path):
    cluster.execute(f"CREATE ROLE locked LOGIN PASSWORD '{SECRET}'")
    path = f"127.0.0.1:{cluster.port}"
    server = Server(cluster.url("public", f"locked:{SECRET}x", path), tmp_path / "private.sqlite")
    told = "password authentication failed"
    with pytest.raises(WriteError, match=told) as caught, open_store(server):
        pytest.fail("opened")
    assert SECRET not in caught.value.text()
    right = Server(cluster.url("public", f"locked:{SECRET}", path), tmp_path / "private.sqlite")
    with pytest.raises(WriteError, match="permission denied"), open_store(right):
        pytest.fail("may make tables")


def test_a_schema_that_is_not_there_is_told(cluster: Cluster, tmp_path):
    server = Server(cluster.url("nowhere"), tmp_path / "private.sqlite")
    with pytest.raises(WriteError, match="schema isn't there"), open_store(server):
        pytest.fail("opened")


def test_of_two_merges_one_waits_and_says_so_in_the_end(server, tmp_path, monkeypatch):
    monkeypatch.setattr(on_server, "_WAIT", 0.05)
    other = replace(server, private=tmp_path / "other.sqlite")
    with open_store(server), pytest.raises(WriteError, match="held by another"), open_store(other):
        pytest.fail("opened twice")


def stopped(server: Server, rubric: Rubric) -> None:
    with open_store(server) as store:
        note_rubric(store, rubric)
        raise KeyboardInterrupt


def test_what_fails_halfway_leaves_nothing_and_reading_changes_nothing(server, rubric):
    with open_store(server, writing=False) as store:
        assert rubrics_of(store) == []
    with pytest.raises(KeyboardInterrupt):
        stopped(server, rubric)
    with open_store(server, writing=False) as store:
        assert rubrics_of(store) == []
        note_rubric(store, rubric)
    with open_store(server) as store:
        assert rubrics_of(store) == []


def test_an_older_store_is_kept_and_a_newer_one_refused(server, rubric, monkeypatch):
    with open_store(server) as store:
        note_rubric(store, rubric)
        newer = {"value": str(tables.SCHEMA_VERSION + 1)}
        mine = tables.meta.c.key == "schema_version"
        store.connection.execute(tables.meta.update().where(mine).values(newer))
    with pytest.raises(WriteError, match="newer s2c-forms"), open_store(server):
        pytest.fail("opened")
    now = tables.SCHEMA_VERSION
    monkeypatch.setattr(tables, "SCHEMA_VERSION", now + 2)
    monkeypatch.setattr(opening, "MIGRATIONS", {now: lambda _: None, now + 1: lambda _: None})
    with open_store(server) as store:
        assert rubrics_of(store) == [rubric]
        kept = [str(place) for place in kept_before(store)]
        table = f"rubrics_v{now + 1}"
        (number,) = store.connection.exec_driver_sql(f"SELECT count(*) FROM {table}").one()  # noqa: S608
    assert number == 1
    assert f"{server}/{table}" in kept
    assert any(name.endswith(f"private-v{now}.sqlite") for name in kept)


def test_names_stay_on_this_computer(server, rubric):
    told = record(rubric, full(rubric) | {"jongere": "Sanne de Wit", "reflectie": "Sanne belde."})
    told = replace(told, evidence=(RawAnswer("jongere", "Sanne de Wit", "Formulier!D4"),))
    mine = version(told, "gesprek Sanne.xlsx")
    with open_store(server) as store:
        note_rubric(store, rubric)
        note_copies(store, [Copy("AAAA1111", rubric.hash, None, ("pdf",), {"jongere": "Sanne"})])
        author = ("Juf Sanne",)
        came = StoredFile(mine.sha256, mine.file, "in/Sanne", 9, "excel", "", WHEN, None, author)
        note_file(store, came)
        note_version(store, mine, rubric)
        note_pictures(store, mine.sha256, 1, [Cutout("jongere", b"Sanne, written")])
    assert "Sanne" not in dump(server)
    with open_store(server, writing=False) as store:
        (file,) = files_of(store)
        assert (file.name, file.folder, file.authors) == (mine.file, "in/Sanne", author)
        (found,) = versions_of(store, {rubric.hash: rubric})
        assert found.record.values["jongere"] is None
        assert found.record.values["reflectie"] == "[naam] belde."
        assert [one.raw for one in evidence_of(store, found)] == ["Sanne de Wit"]
        assert copies_of(store) == {"AAAA1111": {"jongere": "Sanne"}}
    with open_store(replace(server, private=None), writing=False) as elsewhere:
        (file,) = files_of(elsewhere)
        assert file.name.endswith(".xlsx")
        assert (file.folder, file.authors) == ("", ())
        assert copies_of(elsewhere) == {"AAAA1111": {}}


def test_names_cannot_be_allowed_there(server):
    with pytest.raises(S2cError, match="codes only"), open_store(server) as store:
        allow_names(store, "allow")


def test_each_computer_knows_its_own_workbook(server, tmp_path):
    other = replace(server, private=tmp_path / "other.sqlite")
    for place, text in ((server, "mine"), (other, "theirs")):
        with open_store(place) as store:
            set_meta(store, "workbook", text)
            set_meta(store, "scan_limits", text)
    for place, text in ((server, "mine"), (other, "theirs")):
        with open_store(place, writing=False) as store:
            assert {meta_of(store, "workbook"), meta_of(store, "scan_limits")} == {text}
