"""Decisions, notes and the log come out of the store as they went in."""

import datetime as dt

import pytest

from s2c_forms.records.decide import Desk
from s2c_forms.records.decision import Decision, Note, Target, Verdict
from s2c_forms.store import (
    LogEntry,
    desk_of,
    log_of,
    meta_of,
    note_decision,
    note_log,
    note_rubric,
    note_typed,
    open_store,
    set_meta,
    withdraw,
)

WHEN = dt.datetime(2026, 11, 23, 2, 14, tzinfo=dt.timezone(dt.timedelta(hours=1)))


@pytest.fixture
def store(place, rubric):
    with open_store(place) as opened:
        note_rubric(opened, rubric)
        yield opened


def target(field_id: str | None, code: str = "") -> Target:
    return Target(frozenset({"b:0", "a:1"}), "key", ("AAAA1111", "BBBB2222"), field_id, code)


@pytest.mark.parametrize(
    ("field_id", "value"),
    [
        ("f02_score", 3),
        ("f01_i01", True),
        ("f01_i01", False),
        ("datum", dt.date(2026, 11, 22)),
        ("doel", "2026-11-22"),
        ("doel", "Łukasz ‘’ \N{GRINNING FACE}\nregel"),
        ("f02_score", None),
        (None, None),
    ],
)
def test_a_decision_stays_what_it_is(store, rubric, field_id, value):
    verdict: Verdict = "value" if field_id else "left_out"
    made = Decision(target(field_id, "x"), verdict, value, "forms", WHEN, "een opmerking", "b1")
    note_decision(store, made)
    found = desk_of(store, [rubric])
    assert found == Desk((made,))
    assert type(found.decisions[0].value) is type(value)


def test_only_what_was_taken_back_is_withdrawn(store, rubric):
    mine = [
        Decision(target(field_id, code), "value", 3, "forms", WHEN, "", book)
        for field_id, code, book in (
            ("f02_score", "", "b2"),
            ("f02_score", "", "b1"),
            ("f03_score", "", "b2"),
            ("f02_score", "conflict", "b2"),
            (None, "", "b2"),
        )
    ]
    for decision in mine:
        note_decision(store, decision)
    withdraw(store, mine[0])
    assert desk_of(store, [rubric]).decisions == tuple(mine[1:])
    withdraw(store, mine[4])
    assert desk_of(store, [rubric]).decisions == tuple(mine[1:4])


def test_notes_are_replaced_and_the_log_grows(store, rubric):
    notes = (
        Note(target("f02_score"), "correction", "9", "not_on_scale"),
        Note(target(None), "deleted"),
    )
    note_typed(store, notes)
    assert desk_of(store, [rubric]).notes == notes
    note_typed(store, notes[1:])
    assert desk_of(store, [rubric]).notes == notes[1:]
    lines = [
        LogEntry(WHEN, ("AAAA1111",), "key", field_id, "conflict", "to_check", "1", "2", "waarom")
        for field_id in ("f02_score", None)
    ]
    for line in lines:
        note_log(store, line)
    assert log_of(store) == lines


def test_a_text_is_kept_under_a_name(store):
    assert meta_of(store, "workbook") == ""
    for text in ("one", "two", "two"):
        set_meta(store, "workbook", text)
    assert meta_of(store, "workbook") == "two"
