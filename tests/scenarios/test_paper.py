"""A coordinator with a stack of paper: what is decided holds, whatever comes in later."""

from dataclasses import replace

import pytest

from s2c_forms.form.filled import Cutout
from s2c_forms.records.merge import Version
from s2c_forms.records.problems import Problem
from s2c_forms.store import (
    StoredFile,
    note_file,
    note_pictures,
    note_rubric,
    note_version,
    open_store,
    own_by,
    own_rubric,
)
from tests.master.stack import WHEN, WRITTEN, note_stack
from tests.records.made import FORM, full, scan
from tests.scenarios.coordinator import Coordinator

pytestmark = pytest.mark.slow

Rows = dict[str, dict[str, object]]


def take_in(coordinator: Coordinator, *versions: Version) -> None:
    """Take versions into the store as a merge does, and merge."""
    rubric = coordinator.rubric
    coordinator.store.parent.mkdir(exist_ok=True)
    with open_store(coordinator.store) as store:
        note_rubric(store, rubric)
        if own_rubric(store) is None:
            own_by(store, rubric.id)
        for one in versions:
            note_version(store, one, rubric)
            note_file(store, StoredFile(one.sha256, one.file, "in", 9, "scan", "", WHEN))
    coordinator.merge()


def by_file(coordinator: Coordinator, column: str) -> dict[str, object]:
    return {row["Bestand"]: row[column] for row in coordinator.rows("Herkomst")}


def asked(coordinator: Coordinator) -> list[str]:
    """The fields that are asked about; empty for the whole form."""
    return [row["Veld"] for row in coordinator.rows("Nakijken")]


@pytest.fixture
def scanned(coordinator: Coordinator) -> Coordinator:
    coordinator.store.parent.mkdir()
    with open_store(coordinator.store) as store:
        note_stack(store, coordinator.rubric)
    coordinator.merge()
    return coordinator


def test_a_form_waits_for_its_second_page_with_what_is_there(coordinator: Coordinator):
    values = full(coordinator.rubric)
    take_in(coordinator, scan(coordinator.rubric, values, [1], "maandag.pdf"))
    first = coordinator.form()
    assert (first["f01_score"], first["f14_score"], first["status"]) == (2, "", "nakijken")
    assert asked(coordinator) == [""]
    take_in(coordinator, scan(coordinator.rubric, values, [2], "dinsdag.pdf", number=2))
    (whole,) = coordinator.rows("Formulieren")
    assert (whole["f14_score"], whole["status"]) == (2, "in orde")
    assert coordinator.questions() == []
    became = by_file(coordinator, "Wat ermee gebeurd is")
    assert became["maandag.pdf"] == "opgenomen"
    assert "maandag.pdf" in str(became["dinsdag.pdf"])
    assert by_file(coordinator, "Formulier")["dinsdag.pdf"] == "AAAA-1111 (p. 2)"


def test_that_a_page_will_not_come_is_agreed(coordinator: Coordinator):
    take_in(coordinator, scan(coordinator.rubric, full(coordinator.rubric), [1]))
    coordinator.answer("akkoord")
    coordinator.merge()
    assert coordinator.questions() == []
    assert coordinator.form()["status"] == "in orde"


def test_decisions_hold_when_the_stack_is_read_again_with_other_thresholds(scanned: Coordinator):
    for field_id, text in (("f02_score", "3 = Goed"), ("coach", "C-12"), ("f03_i01", "ja")):
        scanned.answer(text, asked(scanned).index(field_id))
        scanned.merge()
    before = scanned.form()
    assert (before["f02_score"], before["coach"], before["f03_i01"]) == (3, "C-12", 1)
    again = scan(scanned.rubric, full(scanned.rubric) | {"f02_score": 1}, file="stapel.pdf")
    take_in(scanned, again)
    rows = {row["form_id"]: row for row in scanned.rows("Formulieren")}
    row = rows["AAAA-1111"]
    assert (row["f02_score"], row["coach"], row["f03_i01"]) == (3, "C-12", 1)


def test_decisions_hold_when_the_sheet_is_scanned_again(scanned: Coordinator):
    for field_id, text in (("f02_score", "3 = Goed"), ("coach", "C-12")):
        scanned.answer(text, asked(scanned).index(field_id))
        scanned.merge()
    (first,) = (v for v in _versions(scanned) if v.form_id == FORM)
    take_in(scanned, replace(first, sha256="d" * 64, file="opnieuw.pdf"))
    rows = [row for row in scanned.rows("Formulieren") if row["form_id"] == "AAAA-1111"]
    (row,) = rows
    assert (row["f02_score"], row["coach"]) == (3, "C-12")
    assert {"f02_score", "coach"}.isdisjoint(asked(scanned))
    told = by_file(scanned, "Wat ermee gebeurd is")["opnieuw.pdf"]
    assert told == "zegt hetzelfde als stapel.pdf"


def _versions(coordinator: Coordinator) -> list[Version]:
    from s2c_forms.store import versions_of

    with open_store(coordinator.store) as store:
        return versions_of(store, {coordinator.rubric.hash: coordinator.rubric})


def test_photocopies_are_told_apart_and_decided_each(coordinator: Coordinator):
    rubric = coordinator.rubric
    doubt = Problem("photocopied", None, "pagina 1", "AAAA-1111")
    by_hand = Problem("handwritten", "coach", "pagina 1")
    copies = [
        scan(
            rubric,
            full(rubric, score) | {"coach": None},
            file="stapel.pdf",
            place=place,
            problems=(by_hand, doubt),
        )
        for place, score in enumerate((1, 2))
    ]
    take_in(coordinator, *copies)
    assert len(coordinator.rows("Formulieren")) == 2
    assert asked(coordinator) == ["", "coach", "", "coach"]
    first = coordinator.form()["f01_score"]
    coordinator.answer("C-1", 1)
    coordinator.merge()
    told = {row["f01_score"]: row["coach"] for row in coordinator.rows("Formulieren")}
    assert told == {first: "C-1", 3 - first: ""}
    while "" in asked(coordinator):
        coordinator.answer("akkoord", asked(coordinator).index(""))
        coordinator.merge()
    assert asked(coordinator) == ["coach"]


def test_a_lost_store_is_made_again_and_the_stack_read_anew(scanned: Coordinator):
    scanned.store.unlink()
    told = scanned.merge().notices[0].text("en")
    assert "pictures of what stands on paper" in told
    assert len(scanned.rows("Formulieren")) == 2
    assert set(asked(scanned)) == {"coach", "f02_score", "f03_i01", "reflectie"}
    with open_store(scanned.store) as store:
        note_stack(store, scanned.rubric)
        note_pictures(store, _sha(scanned), 1, [Cutout("coach", WRITTEN["coach"])])
    scanned.merge()
    assert sorted(asked(scanned)) == ["", "coach", "f02_score", "f03_i01", "reflectie"]


def _sha(coordinator: Coordinator) -> str:
    return str(coordinator.rows("Herkomst")[0]["SHA-256"])
