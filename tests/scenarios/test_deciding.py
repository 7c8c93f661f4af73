"""Decided in the workbook, once: beside a question, or in the row of a form itself."""

import datetime as dt

import pytest

from s2c_forms.errors import ExitCode
from tests.scenarios.coordinator import Coordinator, as_day

pytestmark = pytest.mark.slow


def with_conflict(coordinator: Coordinator) -> None:
    """One form came back twice, with another score in the second."""
    form = coordinator.hand_out()
    coordinator.receive(form, "a.xlsx", {"f02_score": 1})
    coordinator.receive(form, "b.xlsx", {"f02_score": 3})
    coordinator.merge(coordinator.inbox)


def test_an_answer_is_applied_logged_and_never_asked_again(coordinator: Coordinator):
    with_conflict(coordinator)
    assert [field for field, _ in coordinator.questions()] == ["f02_score"]
    coordinator.answer("3 = Goed", remark="nagevraagd")
    report = coordinator.merge()
    assert (report.exit_code, report.decided, report.questions) == (ExitCode.DONE, 1, 0)
    assert coordinator.form()["f02_score"] == 3
    assert coordinator.form()["status"] == "in orde"
    assert coordinator.questions() == []
    (row,) = coordinator.rows("Logboek")
    assert (row["Veld"], row["Oud"], row["Nieuw"]) == ("f02_score", "", "3")
    assert (row["Hoe"], row["Opmerking"]) == ("beantwoord in Nakijken", "nagevraagd")
    before = coordinator.master.read_bytes(), coordinator.store.read_bytes()
    again = coordinator.merge(coordinator.inbox)
    assert (again.decided, again.counts["same"]) == (0, 2)
    assert (coordinator.master.read_bytes(), coordinator.store.read_bytes()) == before


def test_an_answer_that_cannot_be_used_stays_and_says_why(coordinator: Coordinator):
    with_conflict(coordinator)
    coordinator.answer("7", remark="weet ik zeker")
    assert coordinator.merge().decided == 0
    (row,) = coordinator.rows("Nakijken")
    assert (row["Antwoord"], row["Opmerking"]) == ("7", "weet ik zeker")
    assert "“7” staat niet op de schaal" in row["Wat er aan de hand is"]
    coordinator.answer("1", remark="toch niet")
    assert coordinator.merge().questions == 0
    assert coordinator.form()["f02_score"] == 1


def test_a_remark_survives_without_an_answer(coordinator: Coordinator):
    with_conflict(coordinator)
    coordinator.answer("", remark="vraag aan Jan")
    coordinator.merge()
    coordinator.receive(coordinator.hand_out(), "c.xlsx", {"gesprek_nr": 9})
    coordinator.merge(coordinator.inbox)
    assert [row["Opmerking"] for row in coordinator.rows("Nakijken")] == ["vraag aan Jan"]


@pytest.mark.parametrize(
    ("field_id", "typed", "told"),
    [
        ("f02_score", 3, 3),
        ("f01_i02", 1, 1),
        ("doel", "Een ander doel", "Een ander doel"),
        ("video", "nee", "nee"),
        ("gesprek_nr", 12, 12),
        ("coach", "C-099", "C-099"),
        ("datum", dt.date(2026, 10, 1), dt.date(2026, 10, 1)),
        ("datum", "1-10-2026", dt.date(2026, 10, 1)),
        ("f02_score", None, ""),
        ("jongere", None, ""),
    ],
)
def test_a_corrected_cell_is_a_decision(coordinator: Coordinator, field_id, typed, told):
    form = coordinator.hand_out()
    file = coordinator.receive(form, "a.xlsx")
    coordinator.merge(file)
    coordinator.correct(field_id, typed)
    for _ in range(2):  # never undone by a later merge
        assert coordinator.merge(file).questions == 0
        found = coordinator.form()[field_id]
        assert (as_day(found) if isinstance(found, dt.date) else found) == told
        assert len(coordinator.rows("Formulieren")) == 1
    ((field, _, _, how),) = coordinator.log()
    assert (field, how) == (field_id, "getypt in Formulieren")
    other = coordinator.receive(form, "nog eens.xlsx", {"feedback": "Iets anders"})
    report = coordinator.merge(other)  # says of this field what was known when it was decided
    assert [field for field, _ in coordinator.questions()] == ["feedback"]
    assert report.forms == 1


def test_a_correction_that_cannot_be_is_not_taken(coordinator: Coordinator):
    coordinator.merge(coordinator.receive(coordinator.hand_out(), "a.xlsx"))
    coordinator.correct("f02_score", 9)
    assert coordinator.merge().decided == 0
    assert coordinator.form()["f02_score"] == 2
    ((field, what),) = coordinator.questions()
    assert field == "f02_score"
    assert "“9”" in what
    coordinator.answer("3")
    coordinator.merge()
    assert (coordinator.form()["f02_score"], coordinator.questions()) == (3, [])


def test_a_revision_that_disagrees_with_a_correction_is_a_question(coordinator: Coordinator):
    form = coordinator.hand_out()
    coordinator.merge(coordinator.receive(form, "a.xlsx", {"f02_score": 1}))
    coordinator.correct("f02_score", 3)
    coordinator.merge()
    coordinator.merge(coordinator.receive(form, "same.xlsx", {"f02_score": 1, "doel": None}))
    assert "f02_score" not in [field for field, _ in coordinator.questions()]
    coordinator.merge(coordinator.receive(form, "agrees.xlsx", {"f02_score": 3, "doel": None}))
    assert "f02_score" not in [field for field, _ in coordinator.questions()]
    report = coordinator.merge(coordinator.receive(form, "b.xlsx", {"f02_score": 2, "doel": None}))
    assert report.exit_code == ExitCode.TO_CHECK
    assert coordinator.form()["f02_score"] == 3  # what was decided holds
    place = [field for field, _ in coordinator.questions()].index("f02_score")
    assert "“2” (b.xlsx)" in coordinator.questions()[place][1]
    coordinator.answer("2", place)
    coordinator.merge()
    assert coordinator.form()["f02_score"] == 2
    assert "f02_score" not in [field for field, _ in coordinator.questions()]


def test_whose_form_it_is_may_be_decided_too(coordinator: Coordinator):
    """Two forms of one conversation are one record as soon as the date of both is known."""
    coordinator.receive(coordinator.hand_out(), "a.xlsx")
    coordinator.receive(coordinator.hand_out(), "b.xlsx", {"datum": "11/12/26"})
    assert coordinator.merge(coordinator.inbox).forms == 2
    fields = [field for field, _ in coordinator.questions()]
    coordinator.answer("22-11-2026", fields.index("datum"))
    assert coordinator.merge().forms == 1
    assert coordinator.questions() == []


def test_two_answers_that_differ_are_asked_again(coordinator: Coordinator):
    with_conflict(coordinator)
    coordinator.answer("1")
    coordinator.correct("f02_score", 3)
    assert coordinator.merge().decided == 0
    assert coordinator.form()["f02_score"] == ""
    assert {field for field, _ in coordinator.questions()} == {"f02_score"}
    coordinator.answer("3", 0)
    coordinator.answer("3", 1)
    coordinator.merge()
    assert (coordinator.form()["f02_score"], coordinator.questions()) == (3, [])


def test_a_missing_score_is_asked_until_it_is_given_or_meant(coordinator: Coordinator):
    for number, name in enumerate(("a.xlsx", "b.xlsx")):
        answers = {"f02_score": None, "f02_i01": True, "gesprek_nr": number + 1}
        coordinator.receive(coordinator.hand_out(), name, answers)
    coordinator.merge(coordinator.inbox)
    assert [field for field, _ in coordinator.questions()] == ["f02_score"] * 2
    coordinator.answer("niet gescoord", 0)
    coordinator.answer("2 = Acceptabel", 1)
    coordinator.merge()
    assert [row["f02_score"] for row in coordinator.rows("Formulieren")] == ["", 2]
    assert coordinator.questions() == []
    assert [line[2] for line in coordinator.log()] == ["geen antwoord", "2"]


def test_a_deleted_row_is_a_question(coordinator: Coordinator):
    for number in (1, 2, 3):
        name = f"{number}.xlsx"
        coordinator.receive(coordinator.hand_out(), name, {"gesprek_nr": number})
    coordinator.merge(coordinator.inbox)
    coordinator.delete_row(1)
    coordinator.delete_row(1)
    coordinator.merge()
    assert len(coordinator.rows("Formulieren")) == 3
    assert len(coordinator.questions()) == 2
    coordinator.answer("laat weg", 0)
    coordinator.answer("zet terug", 1)
    report = coordinator.merge(coordinator.inbox)
    assert report.counts["same"] == 3
    assert [row["gesprek_nr"] for row in coordinator.rows("Formulieren")] == [1, 3]
    assert report.questions == 0
    became = {row["Bestand"]: row["Wat ermee gebeurd is"] for row in coordinator.rows("Herkomst")}
    assert became["2.xlsx"] == "weggelaten, zoals besloten"


def test_a_form_left_out_by_a_slip_can_be_taken_back(coordinator: Coordinator):
    form = coordinator.hand_out()
    coordinator.merge(coordinator.receive(form, "a.xlsx"))
    coordinator.delete_row()
    coordinator.merge()
    coordinator.answer("laat weg")
    assert (coordinator.merge().forms, len(coordinator.questions())) == (0, 1)
    coordinator.answer("neem weer op")
    report = coordinator.merge()
    assert (report.forms, report.questions, coordinator.questions()) == (1, 0, [])
    coordinator.merge(coordinator.receive(form, "b.xlsx", {"f02_score": 3}))
    assert [field for field, _ in coordinator.questions()] == ["f02_score"]


def test_a_form_left_out_is_asked_about_when_it_says_something_new(coordinator: Coordinator):
    form = coordinator.hand_out()
    coordinator.merge(coordinator.receive(form, "a.xlsx"))
    coordinator.delete_row()
    coordinator.merge()
    coordinator.answer("laat weg")
    assert coordinator.merge().forms == 0
    coordinator.merge(coordinator.receive(form, "b.xlsx", {"f02_score": 3}))
    assert any("weggelaten" in what for _, what in coordinator.questions())
    place = [field for field, _ in coordinator.questions()].index("")
    coordinator.answer("akkoord", place)
    assert coordinator.merge().forms == 1
    assert [field for field, _ in coordinator.questions()] == ["f02_score"]


def test_a_form_copied_and_filled_in_again_is_two_records(coordinator: Coordinator):
    form = coordinator.hand_out()
    coordinator.receive(form, "a.xlsx")
    coordinator.receive(form, "b.xlsx", {"jongere": "J-8", "f02_score": 3})
    report = coordinator.merge(coordinator.inbox)
    assert (report.forms, report.questions) == (2, 2)
    for place in (0, 1):
        coordinator.answer("akkoord", place)
    assert coordinator.merge().questions == 0
    coordinator.correct("f02_score", 1, 1)
    coordinator.merge()
    assert [row["f02_score"] for row in coordinator.rows("Formulieren")] == [2, 1]
    assert coordinator.merge(coordinator.inbox).questions == 0


def test_a_changed_mind_before_the_workbook_was_written(coordinator: Coordinator):
    """What was taken over from a workbook that couldn't be written can be taken back in it."""
    coordinator.merge(coordinator.receive(coordinator.hand_out(), "a.xlsx"))
    coordinator.correct("f02_score", 3)
    lock = coordinator.master.with_name(f".~lock.{coordinator.master.name}#")
    lock.write_text(",anneke,laptop,23.11.2026 10:00,file:///home;")
    held = coordinator.merge()
    assert (held.exit_code, held.decided) == (ExitCode.WRITE, 1)
    coordinator.correct("f02_score", 2)
    lock.unlink()
    coordinator.merge()
    assert coordinator.form()["f02_score"] == 2
    assert [line[3] for line in coordinator.log()] == ["getypt in Formulieren", "teruggenomen"]
