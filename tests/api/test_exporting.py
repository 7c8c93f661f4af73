"""From a workbook to data: what comes out is what was merged and decided."""

import csv
import shutil
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pyreadstat
import pytest

from s2c_forms import api
from s2c_forms.demo.fill.excel import fill
from s2c_forms.errors import RefusedError, WriteError
from s2c_forms.form.form import Form
from s2c_forms.form.kinds import Value
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.stamp import new_form_id
from s2c_forms.media import excel
from tests.conftest import FILES
from tests.records.made import full

pytestmark = pytest.mark.slow


def returned(folder: Path, rubric: Rubric, name: str, **changes: Value) -> Path:
    """A form that came back."""
    folder.mkdir(exist_ok=True)
    blank = folder.parent / "blank.xlsx"
    excel.write(Form(rubric, new_form_id()), blank)
    fill(blank, full(rubric) | changes, folder / name)
    blank.unlink()
    return folder / name


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


@pytest.fixture
def master(tmp_path, rubric, monkeypatch) -> Path:
    """The workbook of one form."""
    monkeypatch.chdir(tmp_path)
    returned(tmp_path / "in", rubric, "a.xlsx")
    into: Path = tmp_path / "output" / "master.xlsx"
    api.merge([tmp_path / "in"], into)
    return into


def test_a_table_goes_to_a_file(master, tmp_path):
    done = api.export(master, tmp_path / "data.csv")
    assert (done.files, done.forms, done.notices) == ((tmp_path / "data.csv",), 1, ())
    (row,) = rows(tmp_path / "data.csv")
    assert (row["coach"], row["datum"], row["f01_score"]) == ("C-012", "2026-11-22", "2")
    api.export(master, tmp_path / "scores.csv", api.Wish("scores"))
    assert len(rows(tmp_path / "scores.csv")) == 14


def test_everything_goes_to_a_folder(master, tmp_path):
    done = api.export(master, tmp_path / "map")
    assert {file.suffix for file in done.files} >= {".sav", ".csv", ".parquet", ".json", ".yaml"}
    assert all(file.is_file() for file in done.files)
    assert done.told()["forms"] == 1


def test_a_folder_that_is_called_as_a_file_is_a_folder(master, tmp_path):
    (tmp_path / "data.csv").mkdir()
    assert not api.exporting.is_file(tmp_path / "data.csv")
    assert len(api.export(master, tmp_path / "data.csv").files) > 10


def test_what_was_typed_but_not_merged_is_not_in_it_and_that_is_said(master, tmp_path):
    workbook = openpyxl.load_workbook(master)
    page = workbook["Formulieren"]
    heads = [cell.value for cell in page[3]]
    page.cell(4, heads.index("f01_score") + 1, 3)
    workbook.save(master)
    done = api.export(master, tmp_path / "data.csv")
    (notice,) = [notice.text("en") for notice in done.notices]
    assert "changed since the last merge" in notice
    assert rows(tmp_path / "data.csv")[0]["f01_score"] == "2"
    api.merge([], master)
    done = api.export(master, tmp_path / "data.csv")
    assert done.notices == ()
    assert rows(tmp_path / "data.csv")[0]["f01_score"] == "3"


def test_a_store_that_is_not_there_is_told(tmp_path, master):
    alone = tmp_path / "alone.xlsx"
    shutil.copy(master, alone)
    with pytest.raises(RefusedError, match="there is no store") as refused:
        api.export(alone, tmp_path / "data.csv")
    assert refused.value.code == "no_store"
    with pytest.raises(RefusedError) as refused:
        api.export(tmp_path / "nowhere.xlsx", tmp_path / "data.csv")
    assert refused.value.code == "no_such_file"
    done = api.export(alone, tmp_path / "data.csv", store=master.with_suffix(".sqlite"))
    assert done.forms == 1


def test_the_store_is_only_read(master, tmp_path):
    store = master.with_suffix(".sqlite")
    before = store.read_bytes()
    api.export(master, tmp_path / "map")
    assert store.read_bytes() == before


def test_a_file_of_somebody_else_is_left_alone(master, tmp_path):
    (tmp_path / "data.csv").write_text("mine")
    with pytest.raises(WriteError):
        api.export(master, tmp_path / "data.csv")
    api.export(master, tmp_path / "data.csv", api.Wish(replace=True))
    assert len(rows(tmp_path / "data.csv")) == 1


def test_both_versions_of_a_rubric_merge_and_export(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rubric").mkdir()
    names = ("second-instrument-1.yaml", "second-instrument-2.yaml")
    first, second = (api.rubric_at(FILES / name) for name in names)
    shutil.copy(FILES / names[0], tmp_path / "rubric")
    into = tmp_path / "output" / "master.xlsx"
    returned(tmp_path / "in", first, "a.xlsx", teacher="T-1", explains_words=True)
    returned(tmp_path / "in", second, "b.xlsx", teacher="T-2", explains_terms=False)
    report = api.merge([tmp_path / "in"], into)
    (refused,) = [file.refusal for file in report.files if file.refusal]
    assert refused.code == "unknown_rubric"
    assert "version 2026.2" in refused.text("en")
    assert "Put that rubric file into the folder `rubric`" in refused.text("en")
    shutil.copy(FILES / names[1], tmp_path / "rubric")
    report = api.merge([tmp_path / "in"], into)
    assert (report.forms, report.counts["refused"]) == (2, 0)
    api.export(into, tmp_path / "data.csv")
    found = {row["teacher"]: row for row in rows(tmp_path / "data.csv")}
    assert found["T-1"]["explains_terms"] == "1"
    assert found["T-2"]["explains_terms"] == "0"
    assert [found[name]["rubric_version"] for name in ("T-1", "T-2")] == ["2026.1", "2026.2"]
    assert found["T-1"]["warmth_smiles"] == ""
    page = openpyxl.load_workbook(into)["Forms"]
    heads = [cell.value for cell in page[3]]
    assert {"explains_terms", "lesson_day", "explains_example"} <= set(heads)
    assert "explains_words" not in heads


def test_no_name_is_in_any_file_of_an_export(tmp_path, rubric, monkeypatch):
    monkeypatch.chdir(tmp_path)
    told = {"jongere": "Fatima Bouzid", "reflectie": "Fatima was blij met het gesprek."}
    returned(tmp_path / "in", rubric, "gesprek met Fatima Bouzid.xlsx", **told)
    into = tmp_path / "output" / "master.xlsx"
    api.merge([tmp_path / "in"], into)
    done = api.export(into, tmp_path / "map")
    for file in done.files:
        texts = [file.read_bytes()]
        if file.suffix == ".parquet":  # its pages are packed
            texts.append(str(pq.read_table(file).to_pylist()).encode())
        elif file.suffix == ".sav":
            texts.append(str(pyreadstat.read_sav(str(file), output_format="dict")).encode())
        assert not [text for text in texts if b"fatima" in text.lower()], file
        assert not [text for text in texts if b"bouzid" in text.lower()], file
    (row,) = rows(tmp_path / "map" / "forms-excel.csv")
    assert row["coach"] == "C-012"
    (missing,) = [
        r for r in rows(tmp_path / "map" / "missing-excel.csv") if r["variable"] == "jongere"
    ]
    assert missing["reason"] == "-96"
