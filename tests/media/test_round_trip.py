"""The same answers through every medium read equal. A new medium is covered by being registered."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from s2c_forms.demo.fill import filler
from s2c_forms.form.form import Form
from s2c_forms.form.kinds import Value
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.rubric_file import load_rubric
from s2c_forms.form.shelf import shelf_of
from s2c_forms.form.stamp import new_form_id
from s2c_forms.media import MEDIA, medium
from s2c_forms.media.sniff import medium_of
from s2c_forms.records.record import Record, record_of
from tests.conftest import ROOT
from tests.strategies import answers, as_recorded

pytestmark = pytest.mark.slow

# Each writes, fills in and reads a whole form; CI has the patience for more of them.
EXAMPLES = 40 if os.environ.get("CI") else 12
RUBRICS = {
    "own": load_rubric(ROOT / "rubric" / "reflectie-coachgesprekken-1.yaml"),
    "second": load_rubric(ROOT / "tests" / "files" / "second-instrument-1.yaml"),
}


def read_back(path: Path, rubric: Rubric) -> Record:
    data = path.read_bytes()
    (filled,) = medium(medium_of(path.name, data)).read(data, shelf_of([rubric])).forms
    return record_of(filled, rubric)


@pytest.mark.parametrize("which", sorted(RUBRICS))
@pytest.mark.parametrize("name", MEDIA)
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_what_is_filled_in_reads_back_equal(name, which, data, tmp_path):
    rubric = RUBRICS[which]
    filled: dict[str, Value | None] = data.draw(answers(rubric))
    form = Form(rubric, new_form_id())
    blank, back = tmp_path / f"blank{medium(name).SUFFIX}", tmp_path / f"back{medium(name).SUFFIX}"
    medium(name).write(form, blank)
    filler(name)(blank, filled, back)
    record = read_back(back, rubric)
    assert record.problems == ()
    assert dict(record.values) == as_recorded(rubric, filled)
    assert record.stamp == form.stamp
    assert record.medium == name


@pytest.mark.parametrize("name", MEDIA)
@settings(
    max_examples=EXAMPLES // 2,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_what_was_filled_in_beforehand_reads_back_equal(name, data, tmp_path):
    rubric = RUBRICS["own"]
    filled: dict[str, Value | None] = data.draw(answers(rubric))
    head = {id_: value for id_, value in list(filled.items())[:8] if value is not None}
    form = Form(rubric, new_form_id(), head)
    path = tmp_path / f"form{medium(name).SUFFIX}"
    medium(name).write(form, path)
    record = read_back(path, rubric)
    assert {id_: value for id_, value in record.values.items() if value is not None} == head
    assert [problem.code for problem in record.problems] == ["nothing_filled_in"]
