"""The demonstration is the whole job: so this is the test that all of it works together."""

import pytest
from openpyxl import load_workbook

from s2c_forms.api import MEDIA
from s2c_forms.demo import run
from s2c_forms.demo.people import talks
from s2c_forms.errors import WriteError
from tests.conftest import SECOND


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    return run(tmp_path_factory.mktemp("work") / "demo")


def rows(path, sheet):
    """Return the rows of a table in the workbook, as dicts by column name."""
    book = load_workbook(path)
    table = next(iter(book[sheet].tables.values()))
    header, *body = [[cell.value for cell in row] for row in book[sheet][table.ref]]
    return [dict(zip(header, row, strict=True)) for row in body]


def test_every_file_is_accounted_for(demo):
    files = [path for path in demo.back.iterdir() if path.is_file()]
    assert demo.report.lines()[0].startswith(f"{len(files)} files in = ")
    names = {row["Bestand"] for row in rows(demo.master, "Herkomst")}
    assert {path.name for path in files} == {name.rsplit("/", 1)[-1] for name in names}


def test_what_was_filled_in_stands_in_the_workbook(demo, rubric):
    made = list(talks(rubric))
    found = rows(demo.master, "Formulieren")
    assert len(found) == len(made)
    keyed = {(row["coach"], row["gesprek_nr"], row["beoordelaar"]): row for row in found}
    undecided = 0
    for talk in made:
        head = talk.head
        row = keyed[head["coach"], head["gesprek_nr"], head["beoordelaar"]]
        for factor in rubric.factors:
            expected = talk.answers.get(factor.score)
            undecided += row[factor.score] != expected
    assert undecided == 3, "one score came back in two versions, two aren't on the scale"


def test_the_forms_were_made_in_every_medium(demo):
    suffixes = {path.suffix for path in demo.blank.iterdir()}
    assert suffixes == {".pdf", ".xlsx", ".docx"}
    assert len(MEDIA) == len(suffixes)


def test_who_is_still_to_come_stands_in_the_workbook(demo):
    states = [row["Stand"] for row in rows(demo.master, "Voortgang")]
    assert sorted(states) == ["binnen"] * 12 + ["ontbreekt"] * 3


def test_each_coach_has_a_page_for_the_next_supervision(demo):
    pages = sorted(path.name for path in demo.master.parent.glob("supervisie/*"))
    assert pages == [f"supervisie-C-{number}.pdf" for number in (101, 102, 103)]


def test_a_rubric_that_says_not_whose_a_form_is_has_a_demonstration_too(tmp_path, monkeypatch):
    text = SECOND.read_text(encoding="utf-8")
    (tmp_path / "rubric").mkdir()
    bare = text.replace("identity: [teacher, lesson_date]", "identity: []")
    (tmp_path / "rubric" / "bare.yaml").write_text(bare, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    done = run(tmp_path / "demo")
    assert done.report.forms == 12
    assert not (tmp_path / "demo" / "supervision").exists()


def test_it_runs_again_in_its_own_folder(tmp_path):
    first = run(tmp_path / "demo")
    again = run(tmp_path / "demo")
    assert first.report.lines() == again.report.lines()


def test_it_leaves_a_folder_alone_that_holds_something_else(tmp_path):
    mine = tmp_path / "mine.txt"
    mine.write_text("keep me")
    with pytest.raises(WriteError):
        run(tmp_path)
    assert mine.read_text() == "keep me"


def test_no_english_is_left_in_a_dutch_workbook(demo):
    from s2c_forms.words import _catalogue

    book = load_workbook(demo.master)
    texts = {
        str(cell.value).strip()
        for sheet in book.worksheets
        if sheet.sheet_state == "visible"
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
    }
    dutch = _catalogue("nl")
    known = [key for key in dutch._catalog if isinstance(key, str) and key]  # type: ignore[attr-defined]
    english = {key for key in known if dutch.gettext(key) != key and " " in key}
    assert texts & english == set()
    assert any(dutch.gettext(key) in texts for key in english), "the search itself works"
