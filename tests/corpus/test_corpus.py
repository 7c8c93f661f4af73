"""Every case leads to what the table says."""

import json
import shutil
from pathlib import Path

import pytest

from s2c_forms import api
from s2c_forms.cli import run
from s2c_forms.errors import ExitCode
from tests.conftest import need_program
from tests.corpus.answers import CLEAR
from tests.corpus.bench import Bench
from tests.corpus.case import Case, Refused
from tests.corpus.check import check
from tests.corpus.table import CASES

LONG = {"pdf: metadata of a gigabyte", "pdf: a file of a gigabyte inside", "pdf: 100,000 links"}


def marks(case: Case) -> tuple[pytest.MarkDecorator, ...]:
    """Return how a row is marked: what needs a program takes long to start it."""
    slow = (pytest.mark.slow,) if case.needs or case.title in LONG else ()
    return (pytest.mark.programs, *slow) if case.needs else slow


ROWS = [pytest.param(case, id=case.title, marks=marks(case)) for case in CASES]


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
    titles = {case.title for case in CASES}
    assert len(titles) == len(CASES)
    assert titles >= LONG


@pytest.mark.parametrize("case", ROWS)
def test_a_case_leads_to_what_it_must(case: Case, bench: Bench):
    check(case, made(case, bench), bench)


@pytest.fixture(scope="module")
def refused(bench: Bench, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return a folder of all that is refused and a good form: the code of each by its path."""
    folder = tmp_path_factory.mktemp("refused")
    codes: dict[str, str] = {}
    for case in CASES:
        if isinstance(case.leads_to, Refused) and not case.needs:
            copy = shutil.copy(made(case, bench), folder)
            codes[str(copy)] = case.leads_to.code
    shutil.copy(bench.filled(".xlsx", CLEAR), folder / GOOD)
    assert len(codes) > 50
    return codes


GOOD = "zz-good.xlsx"


def test_a_folder_of_all_that_is_refused_gives_the_good_form(
    refused: dict[str, str], capsys: pytest.CaptureFixture[str]
):
    folder = Path(next(iter(refused))).parent
    exit_code = run(["read", str(folder), "--json"])
    told = {line["file"]: line for line in map(json.loads, capsys.readouterr().out.splitlines())}
    good = told.pop(str(folder / GOOD))
    assert (good["status"], good["values"]["f08_score"]) == ("ok", 3)
    codes = {path: [problem["code"] for problem in line["problems"]] for path, line in told.items()}
    assert codes == {path: [code] for path, code in refused.items()}
    assert {line["status"] for line in told.values()} == {"refused"}
    assert exit_code == ExitCode.REFUSED


def test_a_merge_of_all_that_is_refused_keeps_the_good_form(
    refused: dict[str, str], tmp_path: Path
):
    folder = Path(next(iter(refused))).parent
    report = api.merge([folder], tmp_path / "master.xlsx")
    assert report.exit_code == ExitCode.REFUSED
    assert (report.counts["refused"], report.counts["merged"]) == (len(refused), 1)
    assert report.forms == 1
