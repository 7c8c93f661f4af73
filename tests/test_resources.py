"""Which rubric is used when none is named."""

from pathlib import Path

import pytest

from s2c_forms.errors import RubricError
from s2c_forms.resources import DEFAULT_RUBRIC, default_rubric


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rubric").mkdir()
    return tmp_path / "rubric"


def chosen(folder: Path, *names: str) -> str:
    for name in names:
        (folder / name).touch()
    return default_rubric().name


def test_without_an_own_one_it_is_the_shipped(folder):
    assert chosen(folder) == DEFAULT_RUBRIC


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("mine.yaml",), "mine.yaml"),
        (("mine-1.yaml", "mine-10.yaml", "mine-9.yaml"), "mine-10.yaml"),
        (("mine-2026.1.yaml", "mine-2026.2.yaml"), "mine-2026.2.yaml"),
        (("mine_v1.yaml", "mine_v2.yml"), "mine_v2.yml"),
        ((DEFAULT_RUBRIC, "other.yaml"), DEFAULT_RUBRIC),
        ((DEFAULT_RUBRIC, "reflectie-coachgesprekken-2.yaml"), "reflectie-coachgesprekken-2.yaml"),
    ],
)
def test_of_one_rubric_it_is_the_newest_version(folder, names, expected):
    assert chosen(folder, *names) == expected


def test_of_several_rubrics_a_person_says_which(folder):
    with pytest.raises(RubricError, match=r"2 rubrics.*mine-1\.yaml, other-1\.yaml"):
        chosen(folder, "mine-1.yaml", "other-1.yaml")
