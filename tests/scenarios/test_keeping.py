"""Whatever a person does to the workbook: nothing of it is lost, and nothing is taken for more."""

import shutil
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference

from s2c_forms.errors import ExitCode
from tests.scenarios.coordinator import Coordinator

pytestmark = pytest.mark.slow

Hand = Callable[[Any], None]


def two_forms(coordinator: Coordinator) -> None:
    coordinator.receive(coordinator.hand_out(), "a.xlsx", {"gesprek_nr": 1, "f02_score": 4})
    coordinator.receive(coordinator.hand_out(), "b.xlsx", {"gesprek_nr": 2})
    coordinator.merge(coordinator.inbox)


def by_hand(coordinator: Coordinator, do: Hand) -> None:
    book = openpyxl.load_workbook(coordinator.master)
    do(book)
    book.save(coordinator.master)


def swap_rows(book: Any) -> None:
    for sheet in ("Formulieren", "Herkomst", "Scores"):
        page = book[sheet]
        for column in range(1, page.max_column + 1):
            one, other = page.cell(4, column), page.cell(5, column)
            one.value, other.value = other.value, one.value


def hide_and_fold(book: Any) -> None:
    page = book["Formulieren"]
    page.column_dimensions["C"].hidden = True
    page.row_dimensions[4].hidden = True
    page.freeze_panes = None


def move_a_column(book: Any) -> None:
    page = book["Formulieren"]
    page.insert_cols(3, 2)


def rename_and_reorder(book: Any) -> None:
    book["Nakijken"].title = "Te doen"
    book.move_sheet("Formulieren", 3)


@pytest.mark.parametrize("do", [swap_rows, hide_and_fold, move_a_column, rename_and_reorder])
def test_sorting_and_hiding_does_no_harm(coordinator: Coordinator, do: Hand):
    two_forms(coordinator)
    before = coordinator.rows("Formulieren"), coordinator.questions()
    by_hand(coordinator, do)
    report = coordinator.merge()
    assert (report.decided, report.notices) == (0, ())
    assert (coordinator.rows("Formulieren"), coordinator.questions()) == before
    assert coordinator.kept_aside() == []


def test_a_sorted_sheet_is_corrected_in_the_right_row(coordinator: Coordinator):
    two_forms(coordinator)
    by_hand(coordinator, swap_rows)
    coordinator.correct("f03_score", 1, 0)  # now the second conversation
    coordinator.merge()
    assert [row["f03_score"] for row in coordinator.rows("Formulieren")] == [2, 1]


def own_sheet(book: Any) -> None:
    book.create_sheet("Mijn analyse")["A1"] = "gemiddelde van alles"


def own_chart(book: Any) -> None:
    for _ in range(12):
        chart = BarChart()
        chart.add_data(Reference(book["Scores"], min_col=1, min_row=3, max_row=9))
        book["Scores"].add_chart(chart, "M5")


def beside_the_table(book: Any) -> None:
    book["Formulieren"].cell(4, 200).value = "let op!"


def own_column(book: Any) -> None:
    page = book["Formulieren"]
    page.insert_cols(3)
    page.cell(3, 3).value = "klas"
    page.cell(4, 3).value = "3B"


def new_row(book: Any) -> None:
    book["Formulieren"].append(["", "C-1", "J-1"])


def in_another_sheet(book: Any) -> None:
    page = book["Scores"]
    header = [cell.value for cell in page[3]]
    page.cell(4, 1 + header.index("score")).value = 1


def over_what_was_read(book: Any) -> None:
    page = book["Nakijken"]
    header = [cell.value for cell in page[3]]
    page.cell(4, 1 + header.index("Wat te doen")).value = "bellen"


@pytest.mark.parametrize(
    "do",
    [
        own_sheet,
        own_chart,
        beside_the_table,
        own_column,
        new_row,
        in_another_sheet,
        over_what_was_read,
    ],
)
def test_what_we_do_not_read_is_kept_aside_whole(coordinator: Coordinator, do: Hand):
    two_forms(coordinator)
    by_hand(coordinator, do)
    coordinator.answer("2")  # what we do read is taken over all the same
    typed = coordinator.master.read_bytes()
    report = coordinator.merge()
    (kept,) = coordinator.kept_aside()
    assert kept.read_bytes() == typed
    (notice,) = report.notices
    assert kept.name in notice.text("nl")
    assert report.decided == 1
    assert coordinator.form()["f02_score"] == 2
    assert coordinator.merge().notices == ()  # once for each change
    assert len(coordinator.kept_aside()) == 1


def test_a_workbook_that_is_open_is_not_written_under_its_program(coordinator: Coordinator):
    two_forms(coordinator)
    before = coordinator.master.read_bytes()
    lock = coordinator.master.with_name(f".~lock.{coordinator.master.name}#")
    lock.write_text(",anneke,laptop,23.11.2026 10:00,file:///home;")
    new = coordinator.receive(coordinator.hand_out(), "c.xlsx", {"gesprek_nr": 3})
    report = coordinator.merge(new)
    assert report.exit_code == ExitCode.WRITE
    assert report.unwritten is not None
    assert "anneke" in report.unwritten.text("nl")
    assert lock.name in report.unwritten.text("nl")
    assert coordinator.master.read_bytes() == before
    lock.unlink()
    assert coordinator.merge().forms == 3  # what was read was kept
    assert len(coordinator.rows("Formulieren")) == 3


def test_excels_own_lock_file_names_who_has_it(coordinator: Coordinator):
    two_forms(coordinator)
    lock = coordinator.master.with_name(f"~${coordinator.master.name}")
    lock.write_bytes(bytes([6]) + b"Jannie".ljust(54) + "Jannie".encode("utf-16-le").ljust(110))
    coordinator.receive(coordinator.hand_out(), "c.xlsx", {"gesprek_nr": 3})
    report = coordinator.merge(coordinator.inbox)
    assert report.unwritten is not None
    assert "Jannie" in report.unwritten.text("nl")


def test_an_open_workbook_to_which_nothing_changes_is_no_error(coordinator: Coordinator):
    two_forms(coordinator)
    coordinator.master.with_name(f"~${coordinator.master.name}").write_bytes(b"")
    assert coordinator.merge(coordinator.inbox).unwritten is None


def test_a_workbook_that_the_system_keeps_to_itself(coordinator: Coordinator, monkeypatch):
    two_forms(coordinator)
    coordinator.answer("2")
    new = coordinator.receive(coordinator.hand_out(), "c.xlsx", {"gesprek_nr": 3})
    really = type(new).read_bytes

    def held(path: Any) -> bytes:
        if path == coordinator.master:
            raise PermissionError(13, "held")
        return really(path)

    with monkeypatch.context() as patch:
        patch.setattr(type(new), "read_bytes", held)
        assert coordinator.merge(new).exit_code == ExitCode.WRITE
    assert coordinator.merge().decided == 1
    assert len(coordinator.rows("Formulieren")) == 3


def test_leftovers_of_a_killed_merge_are_cleaned_up(coordinator: Coordinator):
    two_forms(coordinator)
    left = coordinator.master.with_name(".s2c-master-abc.tmp")
    others = coordinator.master.with_name(".s2c-other-abc.tmp")
    left.write_bytes(b"half")
    others.write_bytes(b"half")
    coordinator.merge()
    assert not left.exists()
    assert others.exists()


def test_the_workbook_lost_is_written_anew(coordinator: Coordinator):
    two_forms(coordinator)
    coordinator.answer("2")
    coordinator.merge()
    before = coordinator.master.read_bytes()
    coordinator.master.unlink()
    coordinator.merge()
    assert coordinator.master.read_bytes() == before


def test_the_store_lost_is_made_again_of_the_workbook(coordinator: Coordinator):
    two_forms(coordinator)
    coordinator.correct("f03_score", 1, 1)
    coordinator.merge()
    before = coordinator.rows("Formulieren"), [field for field, _ in coordinator.questions()]
    coordinator.store.unlink()
    report = coordinator.merge()
    told = report.notices[0].text("nl")
    assert "2 formulieren" in told or "2 forms" in told
    assert "niet worden teruggehaald" in told
    assert [row["Nieuw"] for row in coordinator.rows("Logboek")] == ["1"]
    assert (
        coordinator.rows("Formulieren"),
        [field for field, _ in coordinator.questions()],
    ) == before
    coordinator.answer("2")
    coordinator.merge()
    again = coordinator.merge(coordinator.inbox)  # the forms themselves are read anew
    assert again.counts["refused"] == 0
    rows = coordinator.rows("Formulieren")
    assert [(row["f02_score"], row["f03_score"]) for row in rows] == [(2, 2), (2, 1)]
    assert coordinator.questions() == []
    assert [row["Bestand"] for row in coordinator.rows("Herkomst")] == ["a.xlsx", "b.xlsx"]


def test_an_older_workbook_put_back_is_kept_aside(coordinator: Coordinator, tmp_path):
    two_forms(coordinator)
    older = tmp_path / "backup.xlsx"
    shutil.copy(coordinator.master, older)
    coordinator.correct("f03_score", 1, 1)
    coordinator.merge()
    shutil.copy(older, coordinator.master)
    coordinator.correct("f03_score", 3, 1)
    coordinator.correct("f04_score", 3, 1)
    report = coordinator.merge()
    assert report.decided == 1
    assert len(coordinator.kept_aside()) == 1
    assert "het ouder is dan de opslag" in report.notices[0].text("nl")
    assert coordinator.rows("Formulieren")[1]["f03_score"] == 1  # never undone
    assert coordinator.rows("Formulieren")[1]["f04_score"] == 3
    assert [field for field, _ in coordinator.questions()] == ["f02_score", "f03_score"]


def test_a_damaged_workbook_is_kept_aside(coordinator: Coordinator):
    two_forms(coordinator)
    whole = coordinator.master.read_bytes()
    coordinator.master.write_bytes(whole[:2000])
    report = coordinator.merge()
    assert report.unwritten is None
    (kept,) = coordinator.kept_aside()
    assert kept.read_bytes() == whole[:2000]
    assert coordinator.master.read_bytes() == whole


def test_another_merge_that_wrote_in_between_is_not_undone(coordinator: Coordinator, monkeypatch):
    """What is drawn when another merge or a person writes is drawn again."""
    from s2c_forms.api import publishing

    two_forms(coordinator)
    really, calls = publishing._put, []

    def put(*args: Any) -> bool:
        calls.append(1)
        if len(calls) == 1:
            coordinator.answer("3")
        return really(*args)

    coordinator.receive(coordinator.hand_out(), "c.xlsx", {"gesprek_nr": 3})
    with monkeypatch.context() as patch:
        patch.setattr(publishing, "_put", put)
        report = coordinator.merge(coordinator.inbox)
    assert (report.decided, report.unwritten, len(calls)) == (1, None, 2)
    assert [row["f02_score"] for row in coordinator.rows("Formulieren")] == [3, 2, 2]
