"""A workbook each for supervisors or coaches, besides the whole one."""

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from s2c_forms import api
from s2c_forms.errors import ExitCode, RefusedError


def receive(coordinator, name, **head):
    coordinator.receive(coordinator.hand_out(), name, head)


def merge_by(coordinator, by, *paths):
    return api.merge(paths, coordinator.master, besides=api.Besides(by=by))


def parts(coordinator, by):
    return sorted(coordinator.master.with_name(f"master-{by}").glob("*"))


def texts_in(path):
    """Every text in a workbook, on hidden sheets as well."""
    book = CalamineWorkbook.from_path(path)
    rows = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
    return "\n".join(str(cell) for row in rows for cell in row if cell != "")


@pytest.fixture
def three(coordinator):
    """Three forms of two supervisors, one of which is written in two ways."""
    receive(coordinator, "a.xlsx", coach="C-101", supervisor="S-01", gesprek_nr=1)
    receive(coordinator, "b.xlsx", coach="C-102", supervisor="s-01", gesprek_nr=2)
    receive(coordinator, "c.xlsx", coach="C-103", supervisor="S-02", gesprek_nr=3)
    return coordinator


def test_each_gets_a_workbook_of_their_own_forms_and_nobody_elses(three):
    report = merge_by(three, "supervisor", three.inbox)
    assert report.exit_code is ExitCode.DONE
    first, second = parts(three, "supervisor")
    assert (first.name, second.name) == ("supervisor-S-01.xlsx", "supervisor-S-02.xlsx")
    assert "C-101" in texts_in(first)
    assert "C-102" in texts_in(first)
    assert "C-103" not in texts_in(first)
    assert "c.xlsx" not in texts_in(first)
    assert "C-101" not in texts_in(second)
    assert len(three.rows("Formulieren")) == 3
    assert any(notice.text().startswith("2 workbooks in ") for notice in report.notices)


def test_nothing_can_be_typed_in_a_part_and_it_says_where_to(three):
    merge_by(three, "coach", three.inbox)
    first, *_others = parts(three, "coach")
    book = openpyxl.load_workbook(first)
    assert all(page.protection.sheet for page in book.worksheets)
    assert all(page.sheet_state == "visible" for page in book.worksheets)
    assert "master.xlsx" in texts_in(first)
    assert "Typen kan hier niet" in texts_in(first)


def test_forms_that_do_not_say_whose_they_are_are_told_and_in_the_whole_only(three):
    receive(three, "d.xlsx", coach="C-104", supervisor=None, gesprek_nr=4)
    report = merge_by(three, "supervisor", three.inbox)
    told = "\n".join(notice.text() for notice in report.notices)
    assert "1 form without an answer" in told
    assert len(parts(three, "supervisor")) == 2
    assert len(three.rows("Formulieren")) == 4


@pytest.mark.parametrize("by", ["superviser", "f01_score", "reflectie", "f01_i01"])
def test_a_field_that_there_is_not_is_refused_with_those_that_there_are(three, by):
    with pytest.raises(RefusedError, match=r"beoordelaar, coach.*supervisor") as told:
        merge_by(three, by, three.inbox)
    assert told.value.code == "no_such_field"
    assert not three.store.exists()


def test_a_part_that_nobody_is_left_in_goes_and_a_strangers_file_stays(three):
    merge_by(three, "supervisor", three.inbox)
    folder = three.master.with_name("master-supervisor")
    theirs = openpyxl.Workbook()
    theirs.save(folder / "notes.xlsx")
    form = three.rows("Formulieren")[2]
    assert form["supervisor"] == "S-02"
    book = openpyxl.load_workbook(three.master)
    page = book["Formulieren"]
    column = next(c.column for c in page[3] if c.value == "supervisor")
    page.cell(6, column).value = "S-01"
    book.save(three.master)
    merge_by(three, "supervisor")
    assert [path.name for path in parts(three, "supervisor")] == [
        "notes.xlsx",
        "supervisor-S-01.xlsx",
    ]
    assert "C-103" in texts_in(folder / "supervisor-S-01.xlsx")


def test_file_names_are_safe_and_differ(coordinator):
    names = ["Anna/Bo", "Anna\\Bo", "..", "a" * 200]
    for number, name in enumerate(names):
        receive(coordinator, f"{number}.xlsx", supervisor=name, gesprek_nr=number + 1)
    merge_by(coordinator, "supervisor", coordinator.inbox)
    found = parts(coordinator, "supervisor")
    assert len(found) == len(names)
    assert all(len(path.name) < 90 for path in found)


def test_a_name_where_a_code_belongs_names_no_part_and_stands_in_none(three):
    receive(three, "e.xlsx", coach="Anna de Vries", supervisor="S-02", gesprek_nr=5)
    merge_by(three, "coach", three.inbox)
    assert [path.stem for path in parts(three, "coach")] == [
        "coach-C-101",
        "coach-C-102",
        "coach-C-103",
    ]
    merge_by(three, "supervisor")
    for path in parts(three, "supervisor"):
        assert "Vries" not in texts_in(path)


def test_who_forgets_somebody_is_told_of_the_parts_that_still_hold_them(three):
    merge_by(three, "coach", three.inbox)
    done = api.forget("C-101", three.master)
    assert any("coach-C-101.xlsx" in name for name in done.kept)


def test_a_part_is_no_form_and_is_not_read(three):
    merge_by(three, "coach", three.inbox)
    (one, *_others) = parts(three, "coach")
    report = three.merge(one)
    (file,) = report.files
    assert file.refusal.code == "master_workbook"
