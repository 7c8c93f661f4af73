"""Files in, a workbook out: every file counted once, and nothing changed by doing it twice."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from s2c_forms import api
from s2c_forms.api import taking
from s2c_forms.api.reading import FileOutcome
from s2c_forms.demo.fill.excel import fill
from s2c_forms.errors import ExitCode, RefusedError
from s2c_forms.form.form import Form
from s2c_forms.form.kinds import Value
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.stamp import new_form_id
from s2c_forms.media import excel
from s2c_forms.store import files_of, note_rubric, open_store, versions_of
from tests.conftest import SECOND
from tests.records.made import full

pytestmark = pytest.mark.slow

Make = Callable[..., Path]
Rows = list[list[Any]]
Answers = Mapping[str, Value | None]


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for what comes back, in a place without rubrics of its own."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


@pytest.fixture
def into(tmp_path: Path) -> Path:
    return tmp_path / "output" / "master.xlsx"


@pytest.fixture(scope="module")
def blanks(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Path]:
    """Forms that were written already, by rubric and form id."""
    return {}


@pytest.fixture
def make(
    inbox: Path, rubric: Rubric, blanks: dict[tuple[str, str], Path], tmp_path_factory
) -> Make:
    """Put a filled-in form in the inbox."""

    def made(name: str, answers: Answers, form_id: str, of: Rubric = rubric) -> Path:
        blank = blanks.get((of.hash, form_id))
        if blank is None:
            blank = tmp_path_factory.mktemp("blank") / "form.xlsx"
            excel.write(Form(of, form_id), blank)
            blanks[of.hash, form_id] = blank
        fill(blank, answers, inbox / name)
        return inbox / name

    return made


IDS = [new_form_id() for _ in range(11)]


def answers(rubric: Rubric, number: int = 1) -> dict[str, Value | None]:
    return {**full(rubric), "gesprek_nr": number}


def rows(path: Path, sheet: str) -> Rows:
    found = CalamineWorkbook.from_path(path).get_sheet_by_name(sheet)
    return [list(row) for row in found.to_python()][3:]


def test_every_file_is_counted_once(make, inbox, into, rubric):
    for number in range(9):
        make(f"{number}.xlsx", answers(rubric, number + 1), IDS[number])
    shutil.copy(inbox / "8.xlsx", inbox / "9 (1).xlsx")
    make("unsure.xlsx", answers(rubric, 50) | {"f01_score": 4}, IDS[9])
    (inbox / "zomaar.txt").write_text("geen formulier")
    report = api.merge([inbox], into)
    sum_, refused = report.lines("en")
    assert sum_ == ("12 files in = 9 merged + 1 the same as before + 1 to check + 1 refused")
    assert refused == (
        f"{inbox / 'zomaar.txt'}: This is not a form of ours: plain text."
        " Move it out of the folder, or ask for the form that belongs here."
    )
    assert report.lines("nl")[0] == (
        "12 bestanden erin = 9 samengevoegd + 1 hetzelfde als eerder + 1 na te kijken + 1 geweigerd"
    )
    assert report.exit_code == ExitCode.REFUSED
    assert (report.forms, report.questions) == (10, 1)
    assert report.told()["counts"] == {"merged": 9, "same": 1, "to_check": 1, "refused": 1}
    assert len(rows(into, "Formulieren")) == 10
    origin = rows(into, "Herkomst")
    assert len(origin) == 12
    assert {row[1] for row in origin} == {"../in"}  # nothing of this machine's own folders


def test_merging_twice_changes_nothing(make, inbox, into, rubric):
    make("a.xlsx", answers(rubric), IDS[0])
    make("b.xlsx", answers(rubric) | {"f02_score": 1}, IDS[0])
    make("c.xlsx", answers(rubric, 2), IDS[1])
    (inbox / "d.txt").write_text("geen formulier")
    first = api.merge([inbox], into)
    files = (into, into.with_suffix(".sqlite"))
    before = [path.read_bytes() for path in files]
    second = api.merge([inbox], into)
    assert [path.read_bytes() for path in files] == before
    assert first.exit_code == second.exit_code == ExitCode.REFUSED
    assert first.counts == {"merged": 1, "same": 0, "to_check": 2, "refused": 1}
    assert second.counts == {"merged": 0, "same": 1, "to_check": 2, "refused": 1}
    again = api.merge([inbox / "c.xlsx"], into)
    assert again.lines("en") == ["1 file in = 1 the same as before"]
    assert again.exit_code == ExitCode.DONE
    assert api.merge([], into).exit_code == ExitCode.TO_CHECK  # of all there is


def test_the_order_of_files_does_not_matter(make, inbox, into, rubric):
    one = make("a.xlsx", answers(rubric), IDS[0])
    two = make("b.xlsx", answers(rubric) | {"f02_score": 1}, IDS[0])
    three = make("c.xlsx", answers(rubric, 2), IDS[0])
    seen: list[tuple[Rows, Rows]] = []
    for order in ([[one], [two], [three]], [[three], [two], [one]], [[two, three, one]]):
        target = into.with_name(f"{len(seen)}.xlsx")
        for batch in order:
            api.merge(batch, target)
        seen.append((rows(target, "Formulieren"), rows(target, "Nakijken")))
    assert seen[0] == seen[1] == seen[2]
    assert len(seen[0][0]) == 2
    assert len(seen[0][1]) == 3  # one conflict, and a copy that is remarked on at both


def test_the_same_answers_saved_anew_are_the_same(make, inbox, into, rubric):
    api.merge([make("a.xlsx", answers(rubric), IDS[0])], into)
    other = make("kopie.xlsx", answers(rubric) | {"doel": "  Kennismaken "}, IDS[0])
    report = api.merge([other], into)
    assert report.lines("en") == ["1 file in = 1 the same as before"]
    assert [row[2] for row in rows(into, "Herkomst")] == ["opgenomen", "zegt hetzelfde als a.xlsx"]


def test_a_revised_form_is_to_check(make, into, rubric):
    api.merge([make("a.xlsx", answers(rubric), IDS[0])], into)
    report = api.merge([make("b.xlsx", answers(rubric) | {"f02_score": 1}, IDS[0])], into)
    assert report.lines("en") == ["1 file in = 1 to check"]
    assert report.exit_code == ExitCode.TO_CHECK
    assert report.forms == 1


def test_a_workbook_that_is_held_keeps_everything_in_the_store(make, into, rubric, monkeypatch):
    file = make("a.xlsx", answers(rubric), IDS[0])

    def held(*_: object) -> None:
        raise PermissionError(13, "held")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", held)
        report = api.merge([file], into)
    assert report.exit_code == ExitCode.WRITE
    assert report.unwritten is not None
    assert "open in Excel" in report.unwritten.text("en")
    assert report.counts["merged"] == 1
    assert not into.exists()
    assert api.merge([], into).exit_code == ExitCode.DONE
    assert len(rows(into, "Formulieren")) == 1


def test_a_merge_that_fails_leaves_the_store_as_it_was(make, into, rubric, monkeypatch):
    api.merge([make("a.xlsx", answers(rubric), IDS[0])], into)

    def fail(*_: object) -> None:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr("s2c_forms.master.book_of", fail)
        with pytest.raises(MemoryError):
            api.merge([make("b.xlsx", answers(rubric, 2), IDS[1])], into)
    with open_store(into.with_suffix(".sqlite")) as store:
        assert len(files_of(store)) == len(versions_of(store, {rubric.hash: rubric})) == 1


def test_forms_of_another_rubric_are_refused(make, into, rubric, second_rubric):
    api.merge([make("a.xlsx", answers(rubric), IDS[0])], into)
    other = make("b.xlsx", full(second_rubric), IDS[10], second_rubric)
    report = api.merge([other], into, rubric=SECOND)
    assert report.exit_code == ExitCode.INPUT
    (file,) = report.files
    assert file.refusal is not None
    assert file.refusal.code == "other_rubric"
    assert second_rubric.id in file.refusal.text("en")
    assert report.told()["files"][0]["problem"]["code"] == "other_rubric"
    own = into.with_name("lessons.xlsx")
    assert api.merge([other], own, rubric=SECOND).forms == 1
    assert rows(own, "Origin")[0][0] == "b.xlsx"


def test_a_form_whose_rubric_comes_later_is_taken_up_then(make, into, second_rubric):
    file = make("b.xlsx", full(second_rubric), IDS[10], second_rubric)
    report = api.merge([file], into)
    assert report.files[0].refusal is not None
    assert report.files[0].refusal.code == "unknown_rubric"
    assert api.merge([file], into, rubric=SECOND).counts["merged"] == 1
    assert api.merge([file], into).counts["same"] == 1  # now the store knows the rubric
    assert len(rows(into, "Origin")) == 1


def test_what_the_merge_itself_writes_is_no_input(make, inbox, rubric):
    make("a.xlsx", answers(rubric), IDS[0])
    into = inbox / "master.xlsx"
    for _ in range(2):
        assert len(api.merge([inbox], into).files) == 1


def test_another_master_is_refused_as_one(make, inbox, into, rubric):
    api.merge([make("a.xlsx", answers(rubric), IDS[0])], into)
    report = api.merge([into], into.with_name("other.xlsx"))
    assert report.files[0].refusal is not None
    assert report.files[0].refusal.code == "master_workbook"


def test_our_own_bugs_are_not_held_against_a_file(make, into, rubric, monkeypatch):
    file = make("a.xlsx", answers(rubric), IDS[0])
    bug = RefusedError("our_bug", reason="KeyError: 'x'")

    def stumble(paths: list[Path], *_how: object) -> Iterator[FileOutcome]:
        yield from (FileOutcome(path, "0" * 64, 9, None, "", (), bug) for path in paths)

    with monkeypatch.context() as patch:
        patch.setattr(taking, "read_files", stumble)
        report = api.merge([file], into)
    assert report.exit_code == ExitCode.INPUT
    assert report.counts["refused"] == 1
    with open_store(into.with_suffix(".sqlite")) as store:
        assert files_of(store) == []
    assert api.merge([file], into).counts["merged"] == 1


def test_a_file_that_changes_while_it_is_looked_at_is_taken_up_once(
    make, into, rubric, monkeypatch
):
    file = make("a.xlsx", answers(rubric), IDS[0])
    api.merge([file], into)
    monkeypatch.setattr(taking, "_digest", lambda _path: "")
    assert api.merge([file], into).lines("en") == ["1 file in = 1 the same as before"]
    assert len(rows(into, "Formulieren")) == 1


@pytest.mark.parametrize("name", ["gone.xlsx", "~$a.xlsx"])
def test_all_refused_is_an_input_error(inbox, into, name):
    report = api.merge([inbox / name], into)
    assert report.exit_code == ExitCode.INPUT
    assert report.lines("en")[0] == "1 file in = 1 refused"
    assert len(rows(into, "Herkomst")) == 1


def test_an_empty_folder_is_no_error(inbox, into):
    report = api.merge([inbox], into)
    assert report.lines("en") == ["0 files in"]
    assert report.exit_code == ExitCode.DONE
    assert into.exists()


def test_the_store_may_lie_elsewhere(make, inbox, into, rubric, tmp_path):
    store = tmp_path / "safe" / "s.sqlite"
    report = api.merge([make("a.xlsx", answers(rubric), IDS[0])], into, store=store)
    assert report.store == store
    assert store.exists()
    assert [path.name for path in into.parent.iterdir()] == ["master.xlsx"]
    start = CalamineWorkbook.from_path(into).get_sheet_by_name("Start").to_python()
    assert ["Opslag", "../safe/s.sqlite"] in start


def test_a_newer_version_of_the_rubric_merges_into_the_same_workbook(make, into, rubric):
    newer = replace(rubric, version="2")
    api.merge([make("a.xlsx", answers(rubric), IDS[0])], into)
    file = make("b.xlsx", answers(newer, 2), IDS[1], newer)
    assert api.merge([file], into).files[0].refusal is not None  # nobody knows version 2 yet
    with open_store(into.with_suffix(".sqlite")) as store:
        note_rubric(store, newer)
    assert api.merge([file], into).counts["merged"] == 1
    assert len(rows(into, "Formulieren")) == 2


def test_a_file_that_cannot_be_opened_is_refused(make, into, rubric, monkeypatch):
    file = make("a.xlsx", answers(rubric), IDS[0])
    really_open = Path.open

    def held(path: Path, *args: Any, **options: Any) -> Any:
        if path == file:
            raise PermissionError(13, "held by another program")
        return really_open(path, *args, **options)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", held)
        report = api.merge([file], into)
    assert report.files[0].refusal is not None
    assert report.files[0].refusal.code == "cannot_open"
    assert api.merge([file], into).counts["merged"] == 1


def test_a_store_on_another_drive_is_named_in_full(make, into, rubric, tmp_path, monkeypatch):
    def other_drive(*_: object) -> str:
        raise ValueError

    monkeypatch.setattr("os.path.relpath", other_drive)
    store = tmp_path / "far" / "s.sqlite"
    api.merge([make("a.xlsx", answers(rubric), IDS[0])], into, store=store)
    start = CalamineWorkbook.from_path(into).get_sheet_by_name("Start").to_python()
    assert ["Opslag", store.as_posix()] in start
