"""A folder with everything, described so that programs can read it without us."""

import csv
import datetime as dt
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from s2c_forms.errors import WriteError
from s2c_forms.export import Dataset, dataset_of, document, folder, whole, write_folder
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.rubric_file import load_rubric
from tests.conftest import FILES
from tests.export.readers import READERS
from tests.master.test_workbook import book
from tests.records.made import OTHER_FORM, full, record, version

TYPES: Mapping[str, Callable[[str], Any]] = {
    "string": str,
    "integer": int,
    "date": dt.date.fromisoformat,
}


@pytest.fixture
def data(tmp_path, second_rubric) -> Dataset:
    """Two forms, of two versions of a rubric, with gaps."""
    newer = load_rubric(FILES / "second-instrument-2.yaml")
    old = full(second_rubric) | {"teacher": "T-1", "notes": "-99", "goal": 'a,b;\n"c" 李'}
    new = {**full(newer), "teacher": "T-2", "calm_score": None, "goal": None, "subject": None}
    versions = [
        version(record(second_rubric, old), "a.xlsx", 1),
        version(record(newer, new, OTHER_FORM), "b.xlsx", 2),
    ]
    made = book(tmp_path, newer, versions, rubrics=[second_rubric])
    return dataset_of(made, [second_rubric, newer])


def package(to: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((to / "datapackage.json").read_text(encoding="utf-8"))
    return told


def by_schema(to: Path, resource: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Read a table as somebody does who knows only its Table Schema, and hold it to that."""
    fields = {field["name"]: field for field in resource["schema"]["fields"]}
    with (to / resource["path"]).open(encoding=resource["encoding"], newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter=resource["dialect"]["delimiter"]))
    return [{name: cast(fields[name], cell) for name, cell in row.items()} for row in rows]


def cast(field: Mapping[str, Any], cell: str) -> Any:
    constraints = field.get("constraints", {})
    if cell in field.get("missingValues", [""]):
        assert not constraints.get("required"), field
        return None
    value = TYPES[field["type"]](cell)
    assert value in constraints.get("enum", [value]), field
    assert constraints.get("minimum", value) <= value
    return value


def test_the_schema_alone_reads_back_what_the_store_holds(data, tmp_path):
    write_folder(data, tmp_path / "out")
    told = package(tmp_path / "out")
    tables = {each["name"]: by_schema(tmp_path / "out", each) for each in told["resources"]}
    for row, stored in zip(tables["forms"], data.book.records, strict=True):
        for field in data.fields:
            value = stored.values.get(field.id)
            assert row[field.id] == (int(value) if isinstance(value, bool) else value), field.id
    assert tables["forms"][0]["notes"] == "-99"  # somebody typed that: it's no code
    assert {row["reason"] for row in tables["missing"]} == {-99}


def test_keys_are_keys_and_point_at_forms(data, tmp_path):
    write_folder(data, tmp_path / "out")
    told = package(tmp_path / "out")
    tables = {each["name"]: by_schema(tmp_path / "out", each) for each in told["resources"]}
    for resource in told["resources"]:
        rows = tables[resource["name"]]
        key = resource["schema"]["primaryKey"]
        assert len({tuple(row[name] for name in key) for row in rows}) == len(rows)
        for foreign in resource["schema"].get("foreignKeys", []):
            there = {row["record"] for row in tables[foreign["reference"]["resource"]]}
            assert {row["record"] for row in rows} <= there
    linked = {each["name"] for each in told["resources"] if "foreignKeys" in each["schema"]}
    assert linked == {"scores", "indicators", "missing"}


def test_everything_is_there_and_named(data, tmp_path):
    files = write_folder(data, tmp_path / "out")
    assert sorted(files) == sorted((tmp_path / "out").iterdir())
    told = package(tmp_path / "out")
    named = {each["path"] for each in (*told["resources"], *told["files"])}
    assert {file.name for file in files} == named | {"datapackage.json"}
    for name, (read, is_plain) in READERS.items():
        stem = "forms-excel" if name == "data.csv" else "forms"
        path = tmp_path / "out" / f"{stem}{Path(name).suffix}"
        assert len(read(path, data.table("forms"))) == 2, (name, is_plain)


def test_the_codebook_has_every_variable_of_every_table(data, tmp_path):
    write_folder(data, tmp_path / "out")
    with (tmp_path / "out" / "codebook.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == sum(len(table.variables) for table in data.tables)
    (dropped,) = [row for row in rows if row["variable"] == "explains_example"]
    assert dropped["rubric_versions"] == "2026.1"
    assert dropped["note"].startswith("Not asked in version 2026.2")
    assert dropped["factor"] == "B1 Explains so that pupils understand"
    (score,) = [row for row in rows if (row["table"], row["variable"]) == ("scores", "score")]
    assert score["values"].startswith("0 = Not seen\n1 = Weak")
    assert "-96 = not readable" in score["missing"]


def test_every_version_of_the_rubric_is_there_as_its_file_has_it(data, tmp_path):
    write_folder(data, tmp_path / "out")
    for rubric in data.rubrics:
        read = load_rubric(tmp_path / "out" / f"{rubric.id}-{rubric.version}.yaml")
        assert (read, read.hash) == (rubric, rubric.hash)


def test_a_rubric_comes_back_from_its_own_file(each_rubric, tmp_path):
    path = tmp_path / "r.yaml"
    path.write_text(folder.rubric_yaml(each_rubric), encoding="utf-8")
    assert load_rubric(path) == each_rubric


def test_two_rubrics_of_one_version_have_files_of_their_own(each_rubric):
    names = [name for name, _ in folder.rubric_files((each_rubric, each_rubric))]
    assert len(set(names)) == 2


def test_it_is_replaced_whole_and_only_where_it_is_ours(data, tmp_path):
    out = tmp_path / "out"
    write_folder(data, out)
    write_folder(data, out)
    (out / "mine.txt").write_text("mine")
    with pytest.raises(WriteError, match="other things than an export"):
        write_folder(data, out)
    assert (out / "mine.txt").read_text() == "mine"
    other = tmp_path / "other"
    other.mkdir()
    write_folder(data, other)  # an empty one is free
    (other / "datapackage.json").write_text("[]")
    with pytest.raises(WriteError):
        write_folder(data, other)


def test_a_stop_halfway_leaves_the_old_and_nothing_half(data, tmp_path, monkeypatch):
    out = tmp_path / "out"
    write_folder(data, out)
    before = {file.name: file.read_bytes() for file in out.iterdir()}

    def stop(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(document, "write_json", stop)
    with pytest.raises(WriteError, match="No space left"):
        write_folder(data, out)
    assert {file.name: file.read_bytes() for file in out.iterdir()} == before
    assert {path.name for path in tmp_path.iterdir()} == {"out", "master.sqlite"}


def test_where_the_last_step_fails_the_old_is_put_back(data, tmp_path, monkeypatch):
    out = tmp_path / "out"
    write_folder(data, out)
    rename = Path.rename

    def fails(self: Path, target: Path) -> Path:
        if self.name.endswith("-new"):
            raise PermissionError(13, "held")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fails)
    with pytest.raises(WriteError, match="held"):
        write_folder(data, out)
    assert (out / "datapackage.json").is_file()
    assert {path.name for path in tmp_path.iterdir()} == {"out", "master.sqlite"}


def test_what_a_killed_run_left_is_cleared(data, tmp_path):
    left = tmp_path / ".out.s2c-new"
    left.mkdir()
    (left / "half.csv").write_text("half")
    write_folder(data, tmp_path / "out")
    assert not left.exists()
    assert whole.DESCRIPTION in {file.name for file in (tmp_path / "out").iterdir()}


def test_an_empty_store_has_a_folder_too(each_rubric: Rubric, tmp_path):
    made = dataset_of(book(tmp_path, each_rubric), [each_rubric])
    write_folder(made, tmp_path / "out")
    assert by_schema(tmp_path / "out", package(tmp_path / "out")["resources"][0]) == []
