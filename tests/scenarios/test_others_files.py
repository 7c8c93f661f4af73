"""Files that belong to somebody else, on a computer with more users than one."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from s2c_forms.errors import WriteError
from tests.scenarios.coordinator import Coordinator

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may be somebody else"
    ),
]
NOBODY = 65_534


@contextlib.contextmanager
def somebody_else() -> Iterator[None]:
    """Have the rights of a user who owns nothing; every library must be imported by then."""
    os.setegid(NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)


def opened(*paths: Path) -> None:
    """Let everybody look into folders, and into those above them."""
    for path in paths:
        for folder in (path, *path.parents):
            if folder.stat().st_uid == os.geteuid() and folder.is_relative_to("/tmp"):  # noqa: S108
                folder.chmod(folder.stat().st_mode | 0o055)


@pytest.fixture
def merged(coordinator: Coordinator) -> Coordinator:
    coordinator.receive(coordinator.hand_out(), "a.xlsx", {"gesprek_nr": 1})
    coordinator.merge(coordinator.inbox)
    opened(coordinator.inbox, coordinator.master.parent)
    return coordinator


def contents(coordinator: Coordinator) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in coordinator.master.parent.iterdir()}


@pytest.mark.parametrize("mode", [0o600, 0o644])
def test_a_store_of_somebody_else_is_told_and_stays(merged: Coordinator, mode: int):
    merged.receive(merged.hand_out(), "2.xlsx", {"gesprek_nr": 2})
    for path in merged.master.parent.iterdir():
        path.chmod(mode)
    before = contents(merged)
    with somebody_else(), pytest.raises(WriteError) as told:
        merged.merge(merged.inbox)
    assert "master" in told.value.text("en")
    assert contents(merged) == before


def test_a_form_of_somebody_else_is_refused_and_the_others_are_in(merged: Coordinator):
    for number in (2, 3):
        merged.receive(merged.hand_out(), f"{number}.xlsx", {"gesprek_nr": number})
    closed = merged.inbox / "2.xlsx"
    closed.chmod(0o600)
    for path in (merged.master.parent, *merged.master.parent.iterdir()):
        os.chown(path, NOBODY, NOBODY)
    with somebody_else():
        done = merged.merge(merged.inbox)
    refused = [one for one in done.files if one.path == closed]
    assert [str(one.status) for one in refused] == ["refused"]
    assert sorted(row["gesprek_nr"] for row in merged.rows("Formulieren")) == [1, 3]


def test_a_workbook_of_somebody_else_is_told_once_the_store_has_everything(merged: Coordinator):
    merged.receive(merged.hand_out(), "2.xlsx", {"gesprek_nr": 2})
    before = merged.master.read_bytes()
    merged.master.chmod(0o600)
    for path in merged.master.parent.iterdir():
        if path != merged.master:
            os.chown(path, NOBODY, NOBODY)
    os.chown(merged.master.parent, NOBODY, NOBODY)
    with somebody_else():
        done = merged.merge(merged.inbox)
    assert done.unwritten is not None
    assert merged.master.read_bytes() == before
    assert merged.merge().unwritten is None
    assert sorted(row["gesprek_nr"] for row in merged.rows("Formulieren")) == [1, 2]
