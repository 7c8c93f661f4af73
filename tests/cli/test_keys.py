"""The options about names, and where a key's password comes from."""

import io
import sys
from pathlib import Path

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from s2c_forms.cli.running import run
from s2c_forms.demo.fill import filler
from s2c_forms.errors import ExitCode
from s2c_forms.form.form import Form
from s2c_forms.form.stamp import new_form_id
from s2c_forms.media import excel
from tests.records.made import full

MERGE = ["merge", "in", "--into", "out/master.xlsx"]


@pytest.fixture
def key(tmp_path, monkeypatch, rubric) -> Path:
    """A key under a password, beside a form with a name in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("S2C_KEY_PASSWORD", raising=False)
    (tmp_path / "in").mkdir()
    excel.write(Form(rubric, new_form_id()), tmp_path / "blank.xlsx")
    answers = {**full(rubric), "coach": "Anna de Vries"}
    filler("excel")(tmp_path / "blank.xlsx", answers, tmp_path / "in" / "a.xlsx")
    book = openpyxl.Workbook()
    for row in [("Naam", "Code"), ("Anna de Vries", "C-031")]:
        book.worksheets[0].append(row)
    plain = io.BytesIO()
    book.save(plain)
    path = Path(tmp_path) / "sleutel.xlsx"
    with path.open("wb") as stream:
        OOXMLFile(plain).encrypt("geheim", stream)
    return path


def test_the_password_comes_from_a_file(key, capsys):
    key.with_name("word.txt").write_text("geheim\n", encoding="utf-8")
    assert run([*MERGE, "--key", str(key), "--key-password-file", "word.txt"]) == ExitCode.DONE
    key.with_name("word.txt").write_text("", encoding="utf-8")
    assert run([*MERGE, "--key", str(key), "--key-password-file", "word.txt"]) == ExitCode.INPUT
    assert "first line" in capsys.readouterr().err


def test_the_password_comes_from_the_environment(key, monkeypatch):
    monkeypatch.setenv("S2C_KEY_PASSWORD", "geheim")
    assert run([*MERGE, "--key", str(key)]) == ExitCode.DONE


def test_the_password_is_asked_for_at_a_terminal(key, monkeypatch, capsys):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr("click.termui.hidden_prompt_func", lambda _: "geheim")
    assert run([*MERGE, "--key", str(key)]) == ExitCode.DONE


def test_without_a_terminal_it_says_how_to_give_the_password(key, monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert run(["--lang", "nl", *MERGE, "--key", str(key)]) == ExitCode.INPUT
    assert "--key-password-file" in capsys.readouterr().err


def test_a_wrong_password_is_told(key, monkeypatch, capsys):
    monkeypatch.setenv("S2C_KEY_PASSWORD", "fout")
    assert run(["--lang", "nl", *MERGE, "--key", str(key)]) == ExitCode.INPUT
    assert "klopt niet" in capsys.readouterr().err


def test_extending_needs_a_key(key, capsys):
    assert run([*MERGE, "--extend-key"]) == ExitCode.USAGE
    assert "--key" in capsys.readouterr().err


def test_what_waits_for_a_code_is_told(key, capsys):
    assert run(["--lang", "nl", *MERGE]) == ExitCode.TO_CHECK
    captured = capsys.readouterr()
    assert "1 naam op de plaats van een code" in captured.out + captured.err
    assert run([*MERGE, "--names", "allow"]) == ExitCode.DONE
