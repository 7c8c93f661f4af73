"""`s2c-forms export`: where the files are on stdout, talk on stderr, and its exit codes."""

import json
from pathlib import Path

import pytest

from s2c_forms import api
from s2c_forms.cli import run
from s2c_forms.export import FORMATS, frames
from tests.api.test_exporting import returned


@pytest.fixture
def master(tmp_path, rubric, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    returned(tmp_path / "in", rubric, "a.xlsx")
    into: Path = tmp_path / "output" / "master.xlsx"
    api.merge([tmp_path / "in"], into)
    return into


def export(*arguments: object, lang: str = "en") -> int:
    return run(["export", "--lang", lang, *map(str, arguments)])


def test_it_prints_what_it_made_and_talks_beside_it(master, tmp_path, capsys):
    assert export("--to", tmp_path / "d.sav") == 0
    told = capsys.readouterr()
    assert told.out == f"{tmp_path / 'd.sav'}\n"
    assert told.err == "1 form exported.\n"


def test_json_is_one_object(master, tmp_path, capsys):
    assert export("--to", tmp_path / "d.csv", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["files"] == [str(tmp_path / "d.csv")]
    assert (told["forms"], told["to_check"]) == (1, 0)


def test_csv_has_two_dialects(master, tmp_path):
    assert export("--to", tmp_path / "e.csv") == 0
    assert export("--to", tmp_path / "p.csv", "--csv", "plain", "--table", "scores") == 0
    assert (tmp_path / "e.csv").read_bytes().startswith(b"\xef\xbb\xbfrecord;form_id;")
    assert (tmp_path / "p.csv").read_bytes().startswith(b"record,form_id,")


def test_another_ending_is_wrong_usage_and_says_which_there_are(master, tmp_path, capsys):
    assert export("--to", tmp_path / "d.xls", lang="nl") == 2
    told = capsys.readouterr().err
    assert ".xls is geen formaat" in told
    assert all(ending in told for ending in FORMATS)
    assert not (tmp_path / "d.xls").exists()


def test_the_endings_that_are_told_are_those_that_can_be_written():
    assert set(api.exporting.ENDINGS) == set(FORMATS)


def test_without_the_libraries_it_is_exit_code_8(master, tmp_path, monkeypatch, capsys):
    def gone(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(frames, "import_module", gone)
    for to in ("d.sav", "d.parquet", "map"):
        assert export("--to", tmp_path / to, lang="nl") == 8
        assert 'pip install "s2c-forms[research]"' in capsys.readouterr().err
        assert not (tmp_path / to).exists()
    assert export("--to", tmp_path / "d.csv") == 0


def test_a_missing_store_and_a_place_that_is_taken_have_their_codes(master, tmp_path):
    assert export("--from", tmp_path / "nowhere.xlsx", "--to", tmp_path / "d.csv") == 4
    (tmp_path / "d.csv").write_text("mine")
    assert export("--to", tmp_path / "d.csv") == 7
    assert export("--to", tmp_path / "d.csv", "--replace") == 0


def test_what_is_not_sure_or_not_merged_yet_is_said_beside_it(master, tmp_path, rubric, capsys):
    returned(tmp_path / "in", rubric, "b.xlsx", gesprek_nr=3, f01_score=9)
    api.merge([tmp_path / "in"], master)
    master.write_bytes(master.read_bytes() + b" ")
    assert export("--to", tmp_path / "d.csv", lang="nl") == 0
    told = capsys.readouterr().err.splitlines()
    assert told[0] == "2 formulieren geëxporteerd."
    assert told[1].startswith("Bij 1 formulier is iets na te kijken")
    assert "is na de laatste samenvoeging veranderd" in told[2]
    assert len(told) == 3
