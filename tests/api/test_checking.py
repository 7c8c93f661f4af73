"""A rubric file is checked whole, its texts on paper included."""

import pytest

from s2c_forms.api import check, rubric_at, usable_rubric
from s2c_forms.errors import RubricError
from tests.conftest import ROOT, SECOND


@pytest.fixture
def edited(tmp_path):
    def edit(old, new):
        text = SECOND.read_text(encoding="utf-8")
        assert old in text
        path = tmp_path / "edited.yaml"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return path

    return edit


@pytest.mark.parametrize("path", [SECOND, ROOT / "rubric" / "reflectie-coachgesprekken-1.yaml"])
def test_a_sound_file_is_usable(path):
    checked = check(path)
    assert checked.findings == ()
    assert checked.is_usable
    assert usable_rubric(path) == checked.rubric == rubric_at(path)


def test_a_text_too_long_for_paper_is_found_on_its_line(edited):
    path = edited("title: Observation of a lesson", "title: " + "Teaching and more " * 10)
    (finding,) = check(path).findings
    line = path.read_text(encoding="utf-8").splitlines()[finding.line - 1]
    assert "Teaching and more" in line
    assert "too long" in finding.text("en")
    with pytest.raises(RubricError):
        usable_rubric(path)


def test_structure_and_sense_are_told_together_in_the_order_of_lines(edited):
    checked = check(edited("kind: choice", "kind: picture\n    id: goal"))
    assert checked.rubric is None
    assert not checked.is_usable
    assert len(checked.findings) >= 2
    lines = [finding.line for finding in checked.findings]
    assert lines == sorted(lines)


def test_a_warning_alone_leaves_a_rubric_usable(edited):
    checked = check(edited("language: en", "language: fy"))
    assert [finding.is_warning for finding in checked.findings] == [True]
    assert checked.is_usable


def test_all_findings_are_in_the_error(edited):
    with pytest.raises(RubricError) as caught:
        usable_rubric(edited("id: goal", "id: with"))
    assert "word of SPSS" in caught.value.findings[0]


def test_without_a_name_the_own_rubric_comes_before_the_shipped_one(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert rubric_at(None).id == "reflectie-coachgesprekken"
    (tmp_path / "rubric").mkdir()
    (tmp_path / "rubric" / "own.yaml").write_bytes(SECOND.read_bytes())
    assert rubric_at(None).id == "lesson-observation"
    (tmp_path / "rubric" / "other.yaml").write_bytes(SECOND.read_bytes())
    with pytest.raises(RubricError, match=r"other\.yaml, own\.yaml"):
        rubric_at(None)
