"""The command line as a person or a script meets it: what is printed where, and exit codes."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from s2c_forms import __version__, media, words
from s2c_forms.api import MergeReport
from s2c_forms.cli import commands, run, running
from s2c_forms.demo import Demo
from s2c_forms.demo.fill import Answers, filler
from s2c_forms.errors import ExitCode, MissingPartError, S2cError, WriteError
from s2c_forms.form.fields import fields_of
from tests.conftest import ROOT, SECOND

SHIPPED = ROOT / "rubric" / "reflectie-coachgesprekken-1.yaml"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    """Stand in an empty folder, speak English, and leave the language as it was."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANGUAGE", "en")
    before = words.spoken()
    yield tmp_path
    words.speak(before)


def lines(text):
    return [json.loads(line) for line in text.splitlines()]


def made(folder, suffix):
    (path,) = folder.glob(f"*{suffix}")
    return path


@pytest.fixture(params=["excel", "pdf"])
def filled(request, elsewhere, capsys):
    """Hand out one form, fill it in, and return the file that comes back."""
    assert run(["generate", request.param, "-o", "out", "--rubric", str(SHIPPED)]) == 0
    capsys.readouterr()
    suffix = media.medium(request.param).SUFFIX
    back = elsewhere / f"back{suffix}"
    answers: Answers = {"coach": "Łukasz’", "f01_score": 2, "f01_i01": True, "datum": None}
    filler(request.param)(made(elsewhere / "out", suffix), answers, back)
    return back


def test_generate_prints_the_files_it_made(elsewhere, capsys):
    assert run(["generate", "--copies", "2", "-o", "out"]) == ExitCode.DONE
    out, err = capsys.readouterr()
    assert [line.rpartition(".")[2] for line in out.splitlines()] == ["pdf"] * 2 + ["xlsx"] * 2 + [
        "docx"
    ] * 2
    assert all((elsewhere / line).is_file() for line in out.splitlines())
    assert "6 files made." in err
    assert (elsewhere / "out" / "master.sqlite").is_file()


def test_generate_from_a_roster_with_another_rubric_and_store(elsewhere, capsys):
    with (elsewhere / "roster.csv").open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows([["teacher", "shoe"], ["Łukasz", "43"], ["’s", "44"]])
    arguments = ["generate", "word", "--roster", "roster.csv", "--rubric", str(SECOND)]
    assert run([*arguments, "--store", "kept.sqlite", "-o", "."]) == ExitCode.DONE
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 2
    assert "shoe" in err
    assert (elsewhere / "kept.sqlite").is_file()


def test_a_bad_roster_makes_nothing_and_tells_every_cell(elsewhere, capsys):
    (elsewhere / "roster.csv").write_text("datum;gesprek_nr\nx;y\n", encoding="utf-8")
    assert run(["generate", "--roster", "roster.csv", "-o", "out"]) == ExitCode.INPUT
    out, err = capsys.readouterr()
    assert out == ""
    assert "row 2, column datum" in err
    assert "row 2, column gesprek_nr" in err
    assert not (elsewhere / "out").exists()


def test_read_prints_a_table_that_a_person_understands(filled, capsys):
    assert run(["read", str(filled)]) == ExitCode.DONE
    out, err = capsys.readouterr()
    assert filled.name in out
    assert "Łukasz’" in out
    assert "1/14" in out
    assert "1/55" in out
    assert err.strip() == "1 file in = 1 read + 0 to check + 0 refused"


def test_read_keeps_the_contract_to_the_letter(filled, rubric, capsys):
    assert run(["read", str(filled), "gone.pdf", "--json"]) == ExitCode.REFUSED
    read, refused = lines(capsys.readouterr().out)
    keys = ["file", "medium", "status", "form_id", "rubric", "rubric_version", "rubric_hash"]
    assert list(read) == list(refused) == [*keys, "values", "problems"]
    assert read["file"] == str(filled)
    assert (read["status"], read["problems"]) == ("ok", [])
    assert read["rubric_hash"] == rubric.hash
    assert list(read["values"]) == [field.id for field in fields_of(rubric)]
    assert read["values"]["coach"] == "Łukasz’"
    assert read["values"]["f01_score"] == 2
    assert read["values"]["f01_i01"] is True
    assert read["values"]["f01_i02"] is False
    assert read["values"]["f02_i01"] is None
    assert (refused["status"], refused["values"], refused["form_id"]) == ("refused", None, None)
    (problem,) = refused["problems"]
    assert list(problem) == ["code", "field", "where", "raw", "message"]
    assert problem["code"] == "no_such_file"


def test_read_tells_what_is_not_sure(elsewhere, capsys):
    run(["generate", "excel", "-o", "out", "--rubric", str(SHIPPED)])
    capsys.readouterr()
    assert run(["read", "out/" + made(elsewhere / "out", ".xlsx").name]) == ExitCode.TO_CHECK
    assert "Nothing is filled in" in " ".join(capsys.readouterr().out.split())
    assert run(["--lang", "nl", "read", "out", "--json"]) == ExitCode.REFUSED
    form, store = lines(capsys.readouterr().out)
    assert form["status"] == "to_check"
    assert form["problems"][0]["message"].startswith("Op dit formulier is niets ingevuld")
    assert store["problems"][0]["code"] == "own_store"


def test_a_form_of_a_rubric_not_known_says_which_it_needs(elsewhere, capsys, second_rubric):
    run(["generate", "excel", "-o", "out", "--rubric", str(SECOND)])
    capsys.readouterr()
    path = str(made(elsewhere / "out", ".xlsx"))
    assert run(["read", path, "--json"]) == ExitCode.INPUT
    (refused,) = lines(capsys.readouterr().out)
    assert refused["rubric"] == "lesson-observation"
    assert refused["rubric_hash"] == second_rubric.hash
    assert run(["read", path, "--rubric", str(SECOND)]) == ExitCode.TO_CHECK
    assert run(["read", path, "--store", "out/master.sqlite"]) == ExitCode.TO_CHECK


def test_refusals_have_their_reason_on_one_line(elsewhere, capsys):
    (elsewhere / "page.xlsx").write_text("<html></html>", encoding="utf-8")
    assert run(["read", "page.xlsx"]) == ExitCode.INPUT
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines()[0].startswith("page.xlsx: This is not a form of ours: a web page")


def test_files_of_the_same_name_are_told_apart(elsewhere, capsys):
    for folder in ("a", "b"):
        run(["generate", "excel", "-o", folder])
        made(elsewhere / folder, ".xlsx").rename(elsewhere / folder / "form.xlsx")
    capsys.readouterr()
    run(["read", "a/form.xlsx", "b/form.xlsx"])
    out = capsys.readouterr().out
    assert os.path.join("a", "form.xlsx") in out  # noqa: PTH118  as it was named
    assert os.path.join("b", "form.xlsx") in out  # noqa: PTH118


def test_merge_accounts_for_every_file(filled, elsewhere, capsys):
    arguments = ["merge", str(filled), "gone.pdf", "--names", "allow", "--into", "m/master.xlsx"]
    assert run(arguments) == ExitCode.REFUSED
    out, _ = capsys.readouterr()
    assert out.splitlines()[0] == "2 files in = 1 merged + 1 refused"
    assert "gone.pdf: There is no such file." in out
    assert (elsewhere / "m" / "master.xlsx").is_file()
    assert (elsewhere / "m" / "master.sqlite").is_file()
    assert run([*arguments, "--json"]) == ExitCode.REFUSED
    (report,) = lines(capsys.readouterr().out)
    assert report["counts"] == {"merged": 0, "same": 1, "to_check": 0, "refused": 1}


def test_a_workbook_that_cannot_be_written_is_told(filled, elsewhere, capsys):
    (elsewhere / "master.xlsx").mkdir()
    assert run(["merge", str(filled), "--into", "master.xlsx"]) == ExitCode.WRITE
    assert "can't be written" in capsys.readouterr().err


@pytest.mark.parametrize("unwritten", [None, WriteError("no room", "make some")])
def test_demo_says_where_everything_is(elsewhere, monkeypatch, capsys, unwritten):
    report = MergeReport((), Path("d/master.xlsx"), Path("d/master.sqlite"), 9, 2, unwritten)
    done = Demo(Path("d/out"), Path("d/back"), Path("d/master.xlsx"), report)
    asked = []

    def note(folder):
        asked.append(folder)
        return done

    monkeypatch.setattr("s2c_forms.demo.run", note)
    code = run(["demo", "-o", "d"])
    out, err = capsys.readouterr()
    assert asked == [Path("d")]
    assert f"came back: {Path('d/back')}" in out
    if unwritten:
        assert code == ExitCode.WRITE
        assert "no room" in err
    else:
        assert code == ExitCode.DONE
        assert f"{Path('d/master.xlsx')}: 9 forms, 2 things to check." in out


def test_check_says_that_a_file_is_sound_and_what_is_in_it(capsys):
    assert run(["check", str(SHIPPED)]) == ExitCode.DONE
    out, err = capsys.readouterr()
    assert "is sound" in out
    assert "3 parts, 14 factors, 55 indicators, 11 other questions, a scale of 3" in out
    assert err == ""


def test_check_tells_every_finding_with_its_line(elsewhere, capsys):
    text = SECOND.read_text(encoding="utf-8").replace("id: goal", "id: with")
    (elsewhere / "mine.yaml").write_text(text.replace("value: 4", "value: 3"), encoding="utf-8")
    assert run(["check", "mine.yaml"]) == ExitCode.RUBRIC
    out, err = capsys.readouterr()
    found = out.splitlines()
    assert len(found) == 2
    assert found[0].startswith("mine.yaml: line 15: The scale has “3”")
    assert "word of SPSS" in found[1]
    assert err.strip() == "2 things to mend."
    assert run(["check", "mine.yaml", "--json"]) == ExitCode.RUBRIC
    assert lines(capsys.readouterr().out)[0]["line"] == 15
    assert run(["generate", "--rubric", "mine.yaml", "-o", "out"]) == ExitCode.RUBRIC
    assert "line 15" in capsys.readouterr().err
    assert not (elsewhere / "out").exists()


def test_a_rubric_that_is_not_there_is_told(capsys):
    assert run(["check", "none.yaml"]) == ExitCode.RUBRIC
    assert "can't be opened" in capsys.readouterr().err


def test_fields_are_listed_for_people_and_programs(capsys, each_rubric, tmp_path):
    path = SHIPPED if each_rubric.id == "reflectie-coachgesprekken" else SECOND
    assert run(["fields", "--rubric", str(path), "--json"]) == ExitCode.DONE
    told = lines(capsys.readouterr().out)
    assert [item["id"] for item in told] == [field.id for field in fields_of(each_rubric)]
    scores = [item for item in told if item["kind"] == "score"]
    assert all(item["values"] == [p.value for p in each_rubric.scale] for item in scores)
    assert run(["fields", "--rubric", str(path)]) == ExitCode.DONE
    out = capsys.readouterr().out
    assert all(field.id in out for field in fields_of(each_rubric))


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["reed"],
        ["read"],
        ["generate", "pfd"],
        ["generate", "--copies", "0"],
        ["generate", "--copies", "x"],
        ["generate", "word", "--bundle"],
        ["check"],
        ["check", "a", "b"],
        ["read", "--lang", "fr", "x"],
        ["read", "--colour", "x"],
    ],
)
def test_wrong_usage_is_2_and_says_how_to_get_help(arguments, capsys):
    assert run(arguments) == ExitCode.USAGE
    out, err = capsys.readouterr()
    assert out == ""
    assert "Usage: s2c-forms" in err
    assert "Traceback" not in err


def test_an_option_without_its_value_is_wrong_usage(capsys):
    assert run(["merge", "--into"]) == ExitCode.USAGE
    assert capsys.readouterr().err == "Error: Option '--into' requires an argument.\n"


@pytest.mark.parametrize(
    ("raised", "code"),
    [
        (KeyboardInterrupt(), ExitCode.INTERRUPTED),
        (WriteError("no room", "make some"), ExitCode.WRITE),
        (MissingPartError("not here", "pip install it"), ExitCode.PART),
        (S2cError("unreadable", "ask again"), ExitCode.INPUT),
    ],
)
def test_every_error_has_its_exit_code(raised, code, monkeypatch, capsys):
    def stop(*_arguments, **_options):
        raise raised

    monkeypatch.setattr("s2c_forms.api.check", stop)
    assert run(["check", "x"]) == code
    err = capsys.readouterr().err
    assert "Traceback" not in err
    assert ("Interrupted" in err) == (code == ExitCode.INTERRUPTED)


def test_a_traceback_of_a_refused_file_is_shown_on_demand(filled, monkeypatch, capsys):
    def broken(name):
        raise ZeroDivisionError("here")

    monkeypatch.setattr(media, "medium", broken)
    assert run(["read", str(filled)]) == ExitCode.INPUT
    assert "Traceback" not in capsys.readouterr().err
    assert run(["read", str(filled), "--verbose"]) == ExitCode.INPUT
    assert "Traceback" in capsys.readouterr().err
    assert run(["--verbose", "read", str(filled)]) == ExitCode.INPUT
    assert "Traceback" in capsys.readouterr().err
    monkeypatch.setenv("S2C_FORMS_VERBOSE", "1")
    assert run(["read", str(filled)]) == ExitCode.INPUT
    assert "Traceback" in capsys.readouterr().err


def test_the_version_is_said(capsys):
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.strip() == f"s2c-forms {__version__}"


def test_main_leaves_with_the_exit_code(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["s2c-forms", "reed"])
    with pytest.raises(SystemExit) as left:
        running.main()
    assert left.value.code == ExitCode.USAGE


def test_every_command_and_option_has_help():
    for name, command in commands.program.commands.items():
        assert command.help, name
        assert command.short_help, name
        options = [option for option in command.params if isinstance(option, click.Option)]
        assert all(option.help for option in options), name


def program(*arguments, **environment):
    return subprocess.run(
        [sys.executable, "-m", "s2c_forms", *arguments],
        env={**os.environ, "LANGUAGE": "en", **environment},
        capture_output=True,
        check=False,
    )


def test_the_program_itself_leaves_with_the_exit_code_and_speaks_the_machines_language():
    done = program("read", "none.pdf", LANGUAGE="nl")
    assert done.returncode == ExitCode.INPUT
    assert "1 bestand erin" in done.stderr.decode()
    assert done.stdout == b""


def test_letters_that_a_console_lacks_do_no_harm(filled):
    done = program("read", str(filled), PYTHONIOENCODING="cp1252")
    assert done.returncode == ExitCode.DONE, done.stderr
    done = program("read", str(filled), "--json", PYTHONIOENCODING="cp1252")
    told = json.loads(done.stdout)
    assert told["values"]["coach"] == "Łukasz’"


def test_a_reader_that_leaves_early_is_no_error():
    with subprocess.Popen(
        [sys.executable, "-m", "s2c_forms", "fields", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""


HEAVY = (
    *("lxml", "openpyxl", "pikepdf", "pydantic", "docx", "python_calamine", "reportlab", "rich"),
    *("sqlalchemy", "xlsxwriter", "yaml", "json", "s2c_forms.form", "s2c_forms.api"),
)


@pytest.mark.parametrize("arguments", [["--help"], ["generate", "--help"], ["--version"]])
def test_help_imports_next_to_nothing(arguments):
    code = (
        "import sys; from s2c_forms.cli import run; code = run(sys.argv[1:]); "
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr.strip() == "[]"
