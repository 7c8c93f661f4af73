"""Three kinds of sameness: of bytes, of answers, and of a conversation with its rater."""

import shutil

import pytest

from s2c_forms.demo.fill import filler
from s2c_forms.errors import ExitCode
from s2c_forms.form.filled import MediumName
from s2c_forms.form.form import Form
from s2c_forms.form.stamp import new_form_id
from s2c_forms.media import MEDIA, medium
from tests.records.made import full
from tests.scenarios.coordinator import Coordinator

pytestmark = pytest.mark.slow


def test_the_same_bytes_under_any_name(coordinator: Coordinator):
    form = coordinator.receive(coordinator.hand_out(), "form.xlsx")
    coordinator.merge(coordinator.inbox)
    for name in ("form (1).xlsx", "form (conflicted copy 2026-11-23).xlsx", "~ form.bak"):
        shutil.copy(form, coordinator.inbox / name)
    report = coordinator.merge(coordinator.inbox)
    assert (report.counts["same"], report.questions, report.forms) == (4, 0, 1)
    became = {row["Bestand"]: row["Wat ermee gebeurd is"] for row in coordinator.rows("Herkomst")}
    assert became["form (1).xlsx"] == "hetzelfde bestand als form.xlsx"
    assert len(became) == 4


def test_the_same_answers_in_another_file(coordinator: Coordinator):
    """Saved once more by a program that writes other bytes."""
    form = coordinator.hand_out()
    coordinator.merge(coordinator.receive(form, "form.xlsx"))
    again = coordinator.receive(form, "form (1).xlsx", {"doel": "  Kennismaken "})
    assert again.read_bytes() != (coordinator.inbox / "form.xlsx").read_bytes()
    report = coordinator.merge(again)
    assert (report.counts["same"], report.questions, report.forms) == (1, 0, 1)


def test_the_same_answers_in_every_medium(coordinator: Coordinator):
    for name in MEDIA:
        receive_as(coordinator, name)
    report = coordinator.merge(coordinator.inbox)
    assert (report.forms, report.questions) == (1, 0)
    assert (report.counts["merged"], report.counts["same"]) == (1, len(MEDIA) - 1)
    assert coordinator.form()["medium"] == "Excel, PDF, Word"
    assert coordinator.form()["form_id"].count("-") == len(MEDIA)


def receive_as(coordinator: Coordinator, name: MediumName) -> None:
    blank = coordinator.folder / f"blank{medium(name).SUFFIX}"
    medium(name).write(Form(coordinator.rubric, new_form_id()), blank)
    filler(name)(blank, full(coordinator.rubric), coordinator.inbox / f"back{blank.suffix}")


def test_the_same_conversation_and_rater_with_other_answers(coordinator: Coordinator):
    coordinator.merge(coordinator.receive(coordinator.hand_out(), "a.xlsx"))
    other = coordinator.receive(coordinator.hand_out(), "b.xlsx", {"f02_score": 3})
    report = coordinator.merge(other)
    assert (report.exit_code, report.forms) == (ExitCode.TO_CHECK, 1)
    assert [field for field, _ in coordinator.questions()] == ["f02_score"]
    assert coordinator.form()["f02_score"] == ""


def test_another_rater_is_another_record(coordinator: Coordinator):
    coordinator.receive(coordinator.hand_out(), "a.xlsx", {"beoordelaar": "zelf"})
    coordinator.receive(
        coordinator.hand_out(), "b.xlsx", {"beoordelaar": "supervisor", "f02_score": 3}
    )
    report = coordinator.merge(coordinator.inbox)
    assert (report.forms, report.questions) == (2, 0)


def test_a_form_refilled_for_another_conversation_is_remarked_on(coordinator: Coordinator):
    form = coordinator.hand_out()
    coordinator.merge(coordinator.receive(form, "a.xlsx"))
    report = coordinator.merge(coordinator.receive(form, "b.xlsx", {"gesprek_nr": 3}))
    assert (report.forms, report.questions) == (2, 2)
    assert all("gekopieerd" in what for _, what in coordinator.questions())
    became = {row["Bestand"]: row["Wat ermee gebeurd is"] for row in coordinator.rows("Herkomst")}
    assert "a.xlsx" in became["b.xlsx"]
