"""Why a cell has its value, for whoever asks: on the command line, or as data."""

import base64
import json
import re

import pytest

from s2c_forms import api, words
from s2c_forms.cli import run
from s2c_forms.errors import ExitCode, S2cError
from s2c_forms.form.stamp import new_form_id, spaced
from s2c_forms.store import open_store
from tests.master.stack import WRITTEN, note_stack
from tests.records.made import FORM
from tests.scenarios.coordinator import Coordinator

pytestmark = pytest.mark.slow


@pytest.fixture
def decided(coordinator: Coordinator) -> str:
    """A form that came back twice, and what holds was decided; its id."""
    form = coordinator.hand_out()
    coordinator.receive(form, "a.xlsx", {"f02_score": 1})
    coordinator.receive(form, "b.xlsx", {"f02_score": 3})
    coordinator.merge(coordinator.inbox)
    coordinator.answer("3", remark="nagevraagd")
    coordinator.merge()
    return form.stem


def test_every_version_and_decision_is_told(coordinator: Coordinator, decided):
    (told,) = api.explain(decided, "f02_score", coordinator.master)
    assert (told.value, told.label) == ("3", coordinator.rubric.factors[1].text)
    assert [(said.file, said.value, said.raw[0][1]) for said in told.said] == [
        ("a.xlsx", "1", "1"),
        ("b.xlsx", "3", "3"),
    ]
    assert all(re.fullmatch(r"Formulier!D\d+", said.raw[0][0]) for said in told.said)
    assert {said.folder for said in told.said} == {"../in"}
    ((line),) = told.settled
    assert (line.old, line.new, line.event, line.remark) == ("", "3", "to_check", "nagevraagd")
    assert told.questions == ()


@pytest.mark.parametrize("spell", [str.lower, spaced, lambda form: f" {form[:4]} {form[4:]} "])
def test_a_form_may_be_spelled_as_people_do(coordinator: Coordinator, decided, spell):
    assert api.explain(spell(decided), "F02_Score", coordinator.master)[0].value == "3"


def test_a_row_may_be_named_by_its_key(coordinator: Coordinator, decided):
    key = coordinator.form()["record"]
    assert api.explain(key, "f02_score", coordinator.master)[0].form_ids == (spaced(decided),)


def test_a_copied_form_is_told_for_each_of_its_records(coordinator: Coordinator):
    form = coordinator.hand_out()
    coordinator.receive(form, "a.xlsx")
    coordinator.receive(form, "b.xlsx", {"jongere": "J-8"})
    coordinator.merge(coordinator.inbox)
    told = api.explain(form.stem, "jongere", coordinator.master)
    assert sorted(one.value for one in told) == ["J-7", "J-8"]
    assert all(one.questions for one in told)


def test_what_is_not_sure_is_told_with_what_stood_there(coordinator: Coordinator):
    form = coordinator.hand_out()
    coordinator.merge(coordinator.receive(form, "a.xlsx", {"f02_score": 7}))
    (told,) = api.explain(form.stem, "f02_score", coordinator.master)
    assert told.value == ""
    assert told.said[0].raw[0][1] == "7"
    assert told.said[0].problem
    assert len(told.questions) == 1


def test_names_are_left_out_here_too(coordinator: Coordinator):
    form = coordinator.hand_out()
    coordinator.merge(coordinator.receive(form, "a.xlsx", {"coach": "Jan Jansen"}))
    (told,) = api.explain(form.stem, "coach", coordinator.master)
    assert "Jan" not in json.dumps(told.told())


@pytest.mark.parametrize(
    ("form", "field", "words_"),
    [
        ("zomaar", "f02_score", "is no id of a form"),
        ("3333333R", "f02_score", "didn't come back yet"),
        ("", "f99_score", "There is no field f99_score"),
    ],
)
def test_what_is_not_known_is_told(coordinator: Coordinator, decided, form, field, words_):
    with pytest.raises(S2cError) as told:
        api.explain(form or decided, field, coordinator.master)
    assert words_ in told.value.text("en")


def test_without_a_store_there_is_nothing_to_tell(coordinator: Coordinator):
    with pytest.raises(S2cError, match="no store"):
        api.explain(new_form_id(), "f02_score", coordinator.master)
    assert not coordinator.store.exists()


def test_the_command_tells_it_in_dutch_and_as_json(coordinator: Coordinator, decided, capsys):
    before = words.spoken()
    try:
        assert run(["explain", decided, "f02_score", "--lang", "nl"]) == ExitCode.DONE
        out = capsys.readouterr().out
        assert run(["explain", decided, "f02_score", "--json"]) == ExitCode.DONE
        (line,) = capsys.readouterr().out.splitlines()
        assert run(["explain", "zomaar", "f02_score", "--lang", "nl"]) == ExitCode.INPUT
        assert "zomaar" in capsys.readouterr().err
    finally:
        words.speak(before)
    assert f"f02_score van formulier {spaced(decided)}: 3" in out
    assert re.search(r"Formulier!D\d+: “1”", out)
    assert "nagevraagd" in out
    assert json.loads(line)["said"][1]["file"] == "b.xlsx"


@pytest.fixture
def scanned(coordinator: Coordinator) -> Coordinator:
    """A stack of paper that was read."""
    coordinator.store.parent.mkdir()
    with open_store(coordinator.store) as store:
        note_stack(store, coordinator.rubric)
    coordinator.merge()
    return coordinator


def test_what_stands_on_paper_is_shown(scanned: Coordinator, capsys):
    (told,) = api.explain(FORM, "f02_score", scanned.master)
    assert told.said[0].picture == WRITTEN["f02_score"]
    assert told.said[0].where == ("pagina 1",)
    assert run(["explain", FORM, "f02_score"]) == ExitCode.DONE
    out = capsys.readouterr().out
    assert "█" in out
    assert "pagina 1" in out
    assert run(["explain", FORM, "f02_score", "--json"]) == ExitCode.DONE
    (said,) = json.loads(capsys.readouterr().out)["said"]
    assert base64.b64decode(said["picture"]) == WRITTEN["f02_score"]


def test_a_picture_is_written_to_a_file(scanned: Coordinator, capsys):
    target = scanned.folder / "vakje.png"
    assert run(["explain", FORM, "coach", "--picture", str(target)]) == ExitCode.DONE
    assert target.read_bytes() == WRITTEN["coach"]
    assert str(target) in capsys.readouterr().err
    target.unlink()
    assert run(["explain", FORM, "f05_score", "--picture", str(target)]) == ExitCode.INPUT
    assert "no picture" in capsys.readouterr().err
    assert not target.exists()
    nowhere = scanned.folder / "nowhere" / "vakje.png"
    assert run(["explain", FORM, "coach", "--picture", str(nowhere)]) == ExitCode.WRITE


def test_what_has_no_picture_says_so_in_json(coordinator: Coordinator, decided, capsys):
    assert run(["explain", decided, "f02_score", "--json"]) == ExitCode.DONE
    told = json.loads(capsys.readouterr().out)
    assert [said["picture"] for said in told["said"]] == [None, None]
