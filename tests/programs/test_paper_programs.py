"""Pictures in a master that was worked in with LibreOffice: they stay beside their questions."""

import pytest

from s2c_forms.store import open_store, pages_of
from tests.master.stack import WRITTEN, note_stack
from tests.master.test_paper import images
from tests.programs.office import Office
from tests.programs.test_deciding_programs import work
from tests.scenarios.conftest import coordinator
from tests.scenarios.coordinator import Coordinator

pytestmark = [pytest.mark.programs, pytest.mark.slow]
__all__ = ["coordinator"]


@pytest.fixture
def scanned(coordinator: Coordinator) -> Coordinator:
    """A workbook of a stack of paper that was read."""
    coordinator.store.parent.mkdir()
    with open_store(coordinator.store) as store:
        note_stack(store, coordinator.rubric)
    coordinator.merge()
    return coordinator


@pytest.mark.parametrize("changes", ["", "sort_questions", "hide"])
def test_answers_beside_pictures_are_taken_over(office: Office, scanned: Coordinator, changes):
    assert set(images(scanned.master)) == set(WRITTEN)
    asked = {row["Veld"]: row["s2c_id"] for row in scanned.rows("Nakijken")}
    typed: list[list[object]] = [
        ["Nakijken", "s2c_id", asked["f02_score"], "Antwoord", "3 = Goed"],
        ["Nakijken", "s2c_id", asked["coach"], "Antwoord", "C-12"],
    ]
    work(office, scanned, typed, changes)
    saved = images(scanned.master)
    assert {field: image._data() for field, image in saved.items()} == WRITTEN
    report = scanned.merge()
    assert (report.decided, report.notices) == (2, ())
    assert scanned.kept_aside() == []
    assert set(images(scanned.master)) == set(WRITTEN) - {"f02_score", "coach"}
    told = {row["form_id"]: (row["coach"], row["f02_score"]) for row in scanned.rows("Formulieren")}
    assert told["AAAA-1111"] == ("C-12", 3)


def test_pictures_are_there_again_after_every_merge(scanned: Coordinator):
    first = scanned.master.read_bytes()
    scanned.master.unlink()
    scanned.merge()
    assert scanned.master.read_bytes() == first
    assert set(images(scanned.master)) == set(WRITTEN)
    with open_store(scanned.store) as store:
        assert [len(pages) for pages in pages_of(store).values()] == [6]


def test_a_workbook_saved_by_another_library_keeps_them(scanned: Coordinator):
    places = [row["Veld"] for row in scanned.rows("Nakijken")]
    scanned.answer("akkoord", places.index(""))
    report = scanned.merge()
    assert (report.decided, report.notices) == (1, ())
    assert set(images(scanned.master)) == set(WRITTEN)
