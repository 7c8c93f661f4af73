"""Every case leads to what the table says."""

import shutil
from pathlib import Path

import pytest

from s2c_forms import api
from s2c_forms.errors import ExitCode
from tests.conftest import need_program
from tests.corpus.answers import ANSWERS
from tests.corpus.bench import Bench
from tests.corpus.case import Case, Refused
from tests.corpus.check import check
from tests.corpus.table import CASES

ROWS = [
    pytest.param(case, id=case.title, marks=pytest.mark.programs if case.needs else ())
    for case in CASES
]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand where no rubric or store lies about."""
    monkeypatch.chdir(tmp_path)


def made(case: Case, bench: Bench) -> Path:
    """Return the file of a case, made once."""
    key = ("case", case.title)
    if key not in bench.made:
        for program in case.needs:
            need_program(program)
        data = case.make(bench)
        path = bench.path(case.suffix)
        path.write_bytes(data)
        bench.made[key] = path
    return bench.made[key]


def test_no_two_cases_have_the_same_name():
    assert len({case.title for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", ROWS)
def test_a_case_leads_to_what_it_must(case: Case, bench: Bench, capsys: pytest.CaptureFixture[str]):
    check(case, made(case, bench), bench, lambda: capsys.readouterr().out)


def test_a_merge_of_all_that_is_refused_keeps_the_good_file(bench: Bench, tmp_path: Path):
    folder = tmp_path / "in"
    folder.mkdir()
    refused = [case for case in CASES if isinstance(case.leads_to, Refused) and not case.needs]
    for case in refused:
        shutil.copy(made(case, bench), folder)
    contents = {path.read_bytes() for path in folder.iterdir()}
    shutil.copy(bench.filled(".xlsx", ANSWERS), folder / "good.xlsx")
    report = api.merge([folder], tmp_path / "master.xlsx")
    assert len(contents) > 50
    assert report.exit_code == ExitCode.REFUSED
    assert (report.counts["refused"], report.counts["merged"]) == (len(refused), 1)
    assert report.forms == 1
