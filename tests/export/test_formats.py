"""What is read back from an export is what the store holds, in every format."""

import datetime as dt
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pyreadstat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from s2c_forms.errors import MissingPartError, WriteError
from s2c_forms.export import Dataset, dataset_of, frames, write_file
from s2c_forms.export.frames import cut
from s2c_forms.export.text import FORMULA_STARTS, armed, defused
from s2c_forms.form.fields import Field, fields_of
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.rubric_file import load_rubric
from s2c_forms.records.merge import Merged, Version
from s2c_forms.records.problems import Problem
from tests.conftest import FILES
from tests.export.readers import READERS, document
from tests.master.test_workbook import book
from tests.records.made import FORM, OTHER_FORM, full, record, version
from tests.strategies import answers, as_recorded

pytestmark = pytest.mark.slow

CODED = ("score", "tick", "choice")


def data_of(
    folder: Path, rubric: Rubric, versions: Sequence[Version], rubrics: Sequence[Rubric] = ()
) -> Dataset:
    return dataset_of(book(folder, rubric, versions, rubrics=rubrics), [*rubrics, rubric])


def as_data(record: Merged, field: Field) -> Any:
    """A cell of a form that nothing is the matter with."""
    value = record.values[field.id]
    takes_code = field.kind in CODED or (field.kind == "number" and field.minimum is not None)
    if value is None and takes_code:
        return "-99" if field.kind == "choice" else -99
    return int(value) if isinstance(value, bool) else value


@pytest.mark.parametrize("name", READERS)
@given(data=st.data())
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_read_back_equals_the_store(name, each_rubric, data):
    read, is_plain = READERS[name]
    both = [data.draw(answers(each_rubric)) for _ in range(2)]
    versions = [
        version(record(each_rubric, as_recorded(each_rubric, told), form_id), f"{form_id}.xlsx", n)
        for n, (form_id, told) in enumerate(zip((FORM, OTHER_FORM), both, strict=True), start=1)
    ]
    with tempfile.TemporaryDirectory() as folder:
        made = data_of(Path(folder), each_rubric, versions)
        path = Path(folder) / name
        write_file(made, path, plain=is_plain)
        rows = read(path, made.table("forms"))
    assert len(rows) == len(made.book.records)
    for row, stored in zip(rows, made.book.records, strict=True):
        for field in fields_of(each_rubric):
            if len(stored.versions) == 1:
                assert row[field.id] == as_data(stored, field), field.id
        assert row["record"] == stored.key


@given(data=st.data())
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_json_document_has_values_as_the_store_has_them(each_rubric, data):
    told = as_recorded(each_rubric, data.draw(answers(each_rubric)))
    with tempfile.TemporaryDirectory() as folder:
        made = data_of(Path(folder), each_rubric, [version(record(each_rubric, told))])
        write_file(made, Path(folder) / "d.json")
        read = document(Path(folder) / "d.json")
    (stored,) = made.book.records
    (found,) = read["records"]
    plain = {k: v.isoformat() if isinstance(v, dt.date) else v for k, v in stored.values.items()}
    assert found["values"] == plain
    assert set(found["missing"]) == {k for k, v in plain.items() if v is None}
    assert [variable["id"] for variable in read["variables"]] == list(plain)


@pytest.fixture
def four(tmp_path, rubric) -> Dataset:
    """A whole form; one with gaps; one that isn't readable; and two versions that differ."""
    head = {"gesprek_nr": 2, "doel": None, "f03_score": None, "video": None}
    bad = Problem("not_on_scale", "f02_score", "Formulier!D18", "4")
    versions = [
        version(record(rubric, full(rubric) | {"gesprek_nr": 1}), "a.xlsx", 1),
        version(record(rubric, {**full(rubric), **head}, OTHER_FORM), "b.xlsx", 2),
        version(
            record(
                rubric,
                {**full(rubric), "gesprek_nr": 3, "f02_score": None},
                "CCCC3333",
                problems=(bad,),
            ),
            "c.xlsx",
            3,
        ),
        version(record(rubric, full(rubric) | {"gesprek_nr": 4}, "DDDD4444"), "d.xlsx", 4),
        version(
            record(rubric, full(rubric) | {"gesprek_nr": 4, "f02_score": 1}, "DDDD4444"),
            "e.xlsx",
            5,
        ),
    ]
    return data_of(tmp_path, rubric, versions)


@pytest.mark.parametrize("name", READERS)
def test_the_code_tells_why_an_answer_is_missing(name, four, tmp_path):
    read, is_plain = READERS[name]
    write_file(four, tmp_path / name, plain=is_plain)
    rows = read(tmp_path / name, four.table("forms"))
    assert [row["f02_score"] for row in rows] == [2, 2, -96, -95]
    assert (rows[1]["f03_score"], rows[1]["video"], rows[1]["doel"]) == (-99, "-99", None)
    assert [row["status"] for row in rows] == ["ok", "to_check", "to_check", "to_check"]


@pytest.mark.parametrize("name", READERS)
def test_long_tables_have_a_row_for_each_score_and_indicator(name, four, tmp_path, rubric):
    read, is_plain = READERS[name]
    sizes = {"scores": len(rubric.factors), "indicators": len(rubric.indicators)}
    for table, size in sizes.items():
        path = tmp_path / f"{table}-{name}"
        write_file(four, path, table, plain=is_plain)
        rows = read(path, four.table(table))
        assert len(rows) == 4 * size
    scores = read(tmp_path / f"scores-{name}", four.table("scores"))
    assert [row["score"] for row in scores if row["factor"] == "f02"] == [2, 2, -96, -95]
    assert {row["part"] for row in scores} == {part.id for part in rubric.parts}
    assert {row["beoordelaar"] for row in scores} == {"zelf"}


def test_a_table_says_why_texts_are_missing(four, tmp_path):
    write_file(four, tmp_path / "m.csv", "missing", plain=True)
    key = four.book.records[1].key
    assert (tmp_path / "m.csv").read_text() == f"record,variable,reason\n{key},doel,-99\n"


def spss(path: Path, *, user_missing: bool = False) -> tuple[Any, Any]:
    return pyreadstat.read_sav(str(path), user_missing=user_missing, output_format="dict")


def test_spss_knows_what_everything_means(four, tmp_path):
    write_file(four, tmp_path / "d.sav")
    columns, meta = spss(tmp_path / "d.sav")
    assert meta.column_names_to_labels["f01_score"] == "De coach luistert goed en is geduldig"
    codes = {-99: "niet ingevuld", -96: "niet leesbaar"}
    scale = {1: "Verdient aandacht", 2: "Acceptabel", 3: "Goed"}
    assert meta.variable_value_labels["f01_score"].items() >= (scale | codes).items()
    assert meta.variable_value_labels["f01_i01"].items() >= {0: "niet aangevinkt"}.items()
    assert meta.variable_value_labels["beoordelaar"]["zelf"] == "Coach zelf"
    _, told = spss(tmp_path / "d.sav", user_missing=True)
    missing = [span["lo"] for span in told.missing_ranges["f01_score"]]
    assert missing == [-99, -96, -95]
    assert [span["lo"] for span in told.missing_ranges["video"]] == ["-99", "-96", "-95"]
    assert "doel" not in told.missing_ranges
    measures = [meta.variable_measure[name] for name in ("f01_score", "f01_i01", "gesprek_nr")]
    assert measures == ["ordinal", "nominal", "scale"]
    assert meta.original_variable_types["datum"] == "EDATE10"
    assert list(columns["f02_score"]) == [2, 2, None, None]  # the codes are user-missing


def test_spss_cuts_what_it_has_no_room_for_between_letters(tmp_path, rubric):
    long = "é€" * 10_000
    told = full(rubric) | {"reflectie": long, "doel": "x"}
    made = data_of(tmp_path, rubric, [version(record(rubric, told))])
    write_file(made, tmp_path / "d.sav")
    columns, _ = pyreadstat.read_sav(str(tmp_path / "d.sav"), output_format="dict")
    (read,) = columns["reflectie"]
    assert read.endswith("…")
    assert long.startswith(read[:-1])
    assert 32_760 < len(read.encode()) <= 32_767
    assert cut("kort", 4) == "kort"


def test_parquet_describes_itself(four, tmp_path):
    write_file(four, tmp_path / "d.parquet")
    told = pq.read_metadata(tmp_path / "d.parquet").metadata
    about = {key.decode(): value.decode() for key, value in told.items()}
    assert about["made_by"] == "s2c-forms"
    assert "Verdient aandacht" in about["variables"]
    assert str(pq.read_schema(tmp_path / "d.parquet").field("datum").type) == "date32[day]"


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_a_text_that_excel_takes_for_a_formula_is_defused(start, tmp_path, rubric):
    typed = f"{start}cmd|' /C calc'!A0"
    made = data_of(tmp_path, rubric, [version(record(rubric, full(rubric)))])
    (row,) = made.table("forms").rows
    names = [variable.name for variable in made.table("forms").variables]
    cells = [typed if name == "doel" else cell for name, cell in zip(names, row, strict=True)]
    table = replace(made.table("forms"), rows=[tuple(cells)])
    for name, is_plain in (("x.csv", False), ("p.csv", True)):
        write_file(replace(made, tables=(table,)), tmp_path / name, plain=is_plain)
    assert f"'{typed}" in (tmp_path / "x.csv").read_bytes().decode("utf-8-sig")
    assert f"'{typed}" not in (tmp_path / "p.csv").read_bytes().decode()


@given(st.text())
def test_any_defused_text_is_armed_again(text):
    assert armed(defused(text)) == text
    assert not defused(text).startswith(FORMULA_STARTS)


def test_codes_are_numbers_in_excel(four, tmp_path):
    write_file(four, tmp_path / "d.csv")
    assert "'-9" not in (tmp_path / "d.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("name", ["d.sav", "d.parquet"])
def test_without_the_libraries_the_message_has_the_line_that_installs_them(
    name, four, tmp_path, monkeypatch
):
    def gone(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(frames, "import_module", gone)
    with pytest.raises(MissingPartError, match=r'pip install "s2c-forms\[research\]"'):
        write_file(four, tmp_path / name)
    write_file(four, tmp_path / "d.json")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("d.")] == ["d.json"]


@pytest.mark.parametrize("name", ["d.sav", "d.parquet", "d.csv", "d.json"])
def test_an_earlier_export_is_replaced_and_nothing_else(name, four, tmp_path):
    path = tmp_path / name
    write_file(four, path)
    first = path.read_bytes()
    write_file(four, path)
    assert path.read_bytes()[200:] == first[200:]  # SPSS notes the time
    path.write_bytes(b"my own things")
    with pytest.raises(WriteError, match="no export"):
        write_file(four, path)
    assert path.read_bytes() == b"my own things"
    write_file(four, path, replace=True)
    assert path.read_bytes()[200:] == first[200:]


def test_a_failed_export_leaves_what_was_there(four, tmp_path, monkeypatch):
    path = tmp_path / "d.csv"
    write_file(four, path)
    before = path.read_bytes()

    def held(*_: object) -> None:
        raise PermissionError(13, "held by Excel")

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(WriteError, match="held by Excel"):
        write_file(four, path)
    assert path.read_bytes() == before
    assert {file.name for file in tmp_path.iterdir()} == {"d.csv", "master.sqlite"}


@pytest.mark.parametrize("name", READERS)
def test_an_empty_store_is_exported_too(name, each_rubric, tmp_path):
    read, is_plain = READERS[name]
    made = data_of(tmp_path, each_rubric, [])
    write_file(made, tmp_path / name, plain=is_plain)
    assert read(tmp_path / name, made.table("forms")) == []


@pytest.mark.parametrize("name", READERS)
def test_two_versions_of_a_rubric_stand_in_the_same_columns(name, second_rubric, tmp_path):
    read, is_plain = READERS[name]
    newer = load_rubric(FILES / "second-instrument-2.yaml")
    told = full(second_rubric) | {"teacher": "T-1", "explains_words": True, "order_score": 4}
    new = full(newer) | {"teacher": "T-2", "calm_score": 1}
    versions = [
        version(record(second_rubric, told), "a.xlsx", 1),
        version(record(newer, new, OTHER_FORM), "b.xlsx", 2),
    ]
    made = data_of(tmp_path, newer, versions, [second_rubric])
    write_file(made, tmp_path / name, plain=is_plain)
    old, young = read(tmp_path / name, made.table("forms"))
    assert [old["rubric_version"], young["rubric_version"]] == ["2026.1", "2026.2"]
    assert (old["explains_terms"], old["calm_score"], young["calm_score"]) == (1, 4, 1)
    assert "explains_words" not in old
    assert (old["warmth_smiles"], young["explains_example"]) == (None, None)  # by design: no code
    assert old["explains_example"] is not None
    codebook = {v.name: v.versions for v in made.table("forms").variables}
    assert codebook["warmth_smiles"] == ("2026.2",)
    assert codebook["explains_example"] == ("2026.1",)
    long = tmp_path / f"long-{name}"
    write_file(made, long, "indicators", plain=is_plain)
    of_old = [row for row in read(long, made.table("indicators")) if row["record"] == old["record"]]
    assert {row["indicator"] for row in of_old} >= {"explains_example", "explains_terms"}
    assert "warmth_smiles" not in {row["indicator"] for row in of_old}


def test_a_field_that_changed_its_kind_is_a_text(second_rubric, tmp_path):
    question = next(q for q in second_rubric.header if q.id == "group_size")
    others = [q for q in second_rubric.header if q is not question]
    free = replace(question, kind="text", minimum=None)
    newer = replace(second_rubric, version="2026.2", header=(*others, free))
    versions = [
        version(record(second_rubric, full(second_rubric) | {"group_size": 7}), "a.xlsx", 1),
        version(
            record(newer, full(newer) | {"teacher": "T-2", "group_size": "a few"}, OTHER_FORM),
            "b.xlsx",
            2,
        ),
    ]
    made = data_of(tmp_path, newer, versions, [second_rubric])
    write_file(made, tmp_path / "d.sav")
    columns, _ = pyreadstat.read_sav(str(tmp_path / "d.sav"), output_format="dict")
    assert sorted(columns["group_size"]) == ["7", "a few"]
