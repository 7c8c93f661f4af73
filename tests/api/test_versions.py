"""A rubric's next version, as a coordinator meets it: forms of both, and decisions that stay."""

import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from s2c_forms import api
from s2c_forms.form.rubric import Rubric
from tests.api.test_exporting import returned
from tests.conftest import FILES

NAMES = ("second-instrument-1.yaml", "second-instrument-2.yaml")


@pytest.fixture
def both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Rubric, Rubric]:
    """Two versions, both in the folder `rubric`."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rubric").mkdir()
    for name in NAMES:
        shutil.copy(FILES / name, tmp_path / "rubric")
    first, second = (api.rubric_at(FILES / name) for name in NAMES)
    return first, second


def forms(into: Path) -> list[dict[str, Any]]:
    page = openpyxl.load_workbook(into)["Forms"]
    heads = [str(cell.value) for cell in page[3]]
    return [
        {head: cell.value for head, cell in zip(heads, row, strict=False)}
        for row in page.iter_rows(min_row=4, max_col=len(heads))
    ]


def correct(into: Path, field: str, value: int) -> None:
    workbook = openpyxl.load_workbook(into)
    page = workbook["Forms"]
    page.cell(4, [cell.value for cell in page[3]].index(field) + 1, value)
    workbook.save(into)


def test_a_version_that_is_only_handed_out_changes_no_column(both, tmp_path):
    first, second = both
    into = tmp_path / "output" / "master.xlsx"
    returned(tmp_path / "in", first, "a.xlsx", teacher="T-1", order_score=1)
    api.merge([tmp_path / "in"], into)
    order = api.Order(media=("excel",), rows=({},))
    api.generate(second, order, tmp_path / "output", into.with_suffix(".sqlite"))
    correct(into, "order_score", 4)
    report = api.merge([], into)
    assert (report.decided, report.notices) == (1, ())
    assert forms(into)[0]["order_score"] == 4


def test_what_was_decided_follows_a_renamed_question(both, tmp_path):
    first, second = both
    into = tmp_path / "output" / "master.xlsx"
    returned(tmp_path / "in", first, "a.xlsx", teacher="T-1", order_score=1)
    api.merge([tmp_path / "in"], into)
    correct(into, "order_score", 4)
    returned(tmp_path / "in", second, "b.xlsx", teacher="T-2", calm_score=0)
    assert api.merge([tmp_path / "in"], into).decided == 1
    found = {row["teacher"]: row for row in forms(into)}
    assert [found[name]["calm_score"] for name in ("T-1", "T-2")] == [4, 0]
    assert "order_score" not in found["T-1"]
    assert [found[name]["rubric_version"] for name in ("T-1", "T-2")] == ["2026.1", "2026.2"]
    form = str(found["T-1"]["form_id"])
    for asked in ("calm_score", "order_score"):  # by its new name, or by its old one
        (why,) = api.explain(form, asked, into)
        assert (why.field, why.value) == ("calm_score", "4")
        assert [raw for _, raw in why.said[0].raw] == ["1"]
        assert [(one.old, one.new) for one in why.settled] == [("1", "4")]
    correct(into, "calm_score", 3)  # once more, under its new name
    assert api.merge([], into).decided == 1
    assert {row["teacher"]: row["calm_score"] for row in forms(into)} == {"T-1": 3, "T-2": 0}
    again = api.merge([], into)
    assert (again.decided, again.notices) == (0, ())


def test_a_dropped_question_is_no_question_to_answer(both, tmp_path):
    first, second = both
    into = tmp_path / "output" / "master.xlsx"
    returned(tmp_path / "in", first, "a.xlsx", teacher="T-1")
    returned(tmp_path / "in", second, "b.xlsx", teacher="T-2")
    report = api.merge([tmp_path / "in"], into)
    assert report.questions == 0
    found = {row["teacher"]: row for row in forms(into)}
    assert found["T-2"]["explains_example"] is None
    assert found["T-1"]["room"] is None
    page = openpyxl.load_workbook(into)["Codebook"]
    notes = {row[0]: row[-1] for row in page.iter_rows(min_row=4, values_only=True)}
    assert "Not asked in version 2026.2" in str(notes["explains_example"])
    assert "Not asked in version 2026.1" in str(notes["room"])


def test_a_lost_store_is_made_again_of_both_versions(both, tmp_path):
    first, second = both
    into = tmp_path / "output" / "master.xlsx"
    told = {"order_score": 4, "explains_words": True, "explains_example": False}
    returned(tmp_path / "in", first, "a.xlsx", teacher="T-1", **told)
    returned(tmp_path / "in", second, "b.xlsx", teacher="T-2", calm_score=0)
    api.merge([tmp_path / "in"], into)
    before = forms(into)
    into.with_suffix(".sqlite").unlink()
    api.merge([], into)
    assert forms(into) == before
