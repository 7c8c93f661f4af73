"""Limits that a school changed: used, or refused with place and mend."""

from pathlib import Path

import pytest

from s2c_forms.errors import RubricError
from s2c_forms.media.scan.tuning import load_tuning
from tests.conftest import ROOT

SHIPPED = (ROOT / "templates" / "scan.yaml").read_text(encoding="utf-8")


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A folder of one's own, in which `templates/scan.yaml` is written."""
    (tmp_path / "templates").mkdir()
    monkeypatch.chdir(tmp_path)
    load_tuning.cache_clear()
    yield tmp_path / "templates" / "scan.yaml"
    load_tuning.cache_clear()


def changed(old: str, new: str) -> str:
    assert SHIPPED.count(old) == 1
    return SHIPPED.replace(old, new)


def test_a_limit_of_ones_own_is_used_and_told_apart(own: Path):
    shipped = load_tuning()
    own.write_text(changed("ink: 0.30 ", "ink: 0.25 "), encoding="utf-8")
    load_tuning.cache_clear()
    assert load_tuning().ink == 0.25
    assert load_tuning().print != shipped.print


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("ink: 0.30 ", "ink: 0,30 ", "`ink` is no number"),
        ("ink: 0.30 ", "ink: 2 ", "`ink` is no number above 0 and up to 1"),
        ("ink: 0.30 ", "inkt: 0.30 ", "`ink` is no number"),
        ("ink: 0.30 ", "ink: [", "can't be read"),
        ("empty_share: 0.03 ", "empty_share: 0.30 ", "`empty_share` is above `marked_share`"),
        ("black_share: 0.90 ", "black_share: 0.70 ", "`scribble_share` is above `black_share`"),
    ],
)
def test_a_limit_that_cannot_be_meant_is_refused_with_its_place(own: Path, old, new, told):
    own.write_text(changed(old, new), encoding="utf-8")
    with pytest.raises(RubricError) as refused:
        load_tuning()
    assert told in refused.value.text("en")
    assert str(Path("templates/scan.yaml")) in refused.value.text("en")


def test_a_file_in_another_encoding_is_refused(own: Path):
    own.write_bytes(SHIPPED.encode("cp1252"))
    with pytest.raises(RubricError):
        load_tuning()
