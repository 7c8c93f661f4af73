"""A clock that is set back, by hand or by an empty battery."""

import datetime as dt

import pytest

from s2c_forms.api import merging
from tests.scenarios.coordinator import Coordinator

pytestmark = pytest.mark.slow
DATES = ((2026, 11, 28), (2026, 11, 27), (2001, 1, 1))
DAYS = [dt.datetime(*date, 12, tzinfo=dt.UTC) for date in DATES]


def test_the_last_word_is_the_last_whatever_the_clock_says(
    coordinator: Coordinator, monkeypatch: pytest.MonkeyPatch
):
    form = coordinator.hand_out()
    coordinator.receive(form, "a.xlsx", {"f02_score": 1})
    coordinator.receive(form, "b.xlsx", {"f02_score": 3})
    days = iter([*DAYS, DAYS[0]])
    monkeypatch.setattr(merging, "now", lambda: next(days))

    coordinator.merge(coordinator.inbox)
    assert coordinator.form()["f02_score"] == ""
    coordinator.answer("3")
    coordinator.merge()
    assert coordinator.form()["f02_score"] == 3
    coordinator.correct("f02_score", 2)
    coordinator.merge()
    assert coordinator.form()["f02_score"] == 2
    assert [new for field, _, new, _ in coordinator.log() if field == "f02_score"] == ["3", "2"]

    before, log = coordinator.form(), coordinator.log()
    done = coordinator.merge(coordinator.inbox)
    assert done.unwritten is None
    assert (coordinator.form(), coordinator.log()) == (before, log)
    assert coordinator.kept_aside() == []
