"""Power cuts, full disks and merges at once, by really doing them to the real program."""

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from s2c_forms.errors import ExitCode
from s2c_forms.store import files_of, open_store
from tests.scenarios.coordinator import Coordinator

pytestmark = pytest.mark.slow

KILLS = 24
MERGE = (sys.executable, "-m", "s2c_forms", "merge")
# What a merge leaves, less the moment at which it was.
SHEETS = {
    "Formulieren": (),
    "Nakijken": (),
    "Logboek": ("Wanneer",),
    "Herkomst": ("Samengevoegd op",),
}
Result = dict[str, list[dict[str, Any]]]


def command(*paths: Path) -> list[str]:
    return [*MERGE, *map(str, paths), "--into", "output/master.xlsx", "--lang", "nl"]


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}


def run(folder: Path, *paths: Path, **how: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*paths),
        check=False,
        capture_output=True,
        text=True,
        cwd=folder,
        env=environment(),
        **how,
    )


def result(coordinator: Coordinator) -> Result:
    return {
        sheet: [
            {name: cell for name, cell in row.items() if name not in without}
            for row in coordinator.rows(sheet)
        ]
        for sheet, without in SHEETS.items()
    }


@pytest.fixture
def before(coordinator: Coordinator) -> Coordinator:
    """A workbook in which something was typed, and new forms that came back."""
    form = coordinator.hand_out()
    coordinator.receive(form, "a.xlsx", {"f02_score": 1})
    coordinator.receive(form, "b.xlsx", {"f02_score": 3})
    coordinator.merge(coordinator.inbox)
    coordinator.answer("3", remark="nagevraagd")
    coordinator.correct("f03_score", 1)
    for number in (5, 6):
        name = f"{number}.xlsx"
        coordinator.receive(coordinator.hand_out(), name, {"gesprek_nr": number})
    return coordinator


def copy_of(coordinator: Coordinator, name: str) -> Coordinator:
    folder = coordinator.folder.with_name(f"{coordinator.folder.name}-{name}")
    shutil.copytree(coordinator.folder, folder)
    return Coordinator(folder, coordinator.rubric)


def killed_after(seconds: float, folder: Path) -> bool:
    """Kill a merge outright after some time; return whether it was still at it."""
    process = subprocess.Popen(
        command(Path("in")),
        cwd=folder,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    time.sleep(seconds)
    was_running = process.poll() is None
    if was_running:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return was_running


def test_a_merge_killed_at_any_moment_loses_nothing(before: Coordinator):
    untouched = copy_of(before, "untouched")
    started = time.monotonic()
    assert run(untouched.folder, Path("in")).returncode == ExitCode.DONE
    lasts = time.monotonic() - started
    right, old = result(untouched), before.master.read_bytes()
    chance = random.Random(3)  # noqa: S311  moments, not secrets
    killed = 0
    for number in range(KILLS):
        coordinator = copy_of(before, str(number))
        # Most of them while it reads and writes, not while Python starts.
        killed += killed_after(lasts * chance.uniform(0.3, 1.0), coordinator.folder)
        content = coordinator.master.read_bytes()
        with zipfile.ZipFile(coordinator.master) as archive:
            assert archive.testzip() is None
        if content != old:
            assert len(coordinator.rows("Formulieren")) == 3
        with open_store(coordinator.store) as store:
            assert len(files_of(store)) in (2, 4)
        assert coordinator.merge(coordinator.inbox).unwritten is None
        assert result(coordinator) == right, number
        assert list(coordinator.master.parent.glob(".s2c-*")) == []
        assert coordinator.kept_aside() == []
        shutil.rmtree(coordinator.folder)
    assert killed >= KILLS // 2


def test_a_file_that_cannot_grow_loses_nothing(before: Coordinator):
    """The system refuses the workbook when it is nearly whole, as a full disk does."""
    old, limit = before.master.read_bytes(), before.store.stat().st_size // 3

    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = run(before.folder, preexec_fn=small)
    assert done.returncode == ExitCode.WRITE, done.stderr
    assert "Traceback" not in done.stderr
    assert before.master.read_bytes() == old
    assert before.merge(before.inbox).unwritten is None
    assert before.form()["f02_score"] == 3


def mounted(before: Coordinator, mount: str) -> subprocess.CompletedProcess[str]:
    """Merge with something mounted at the folder of the workbook, which nobody else sees."""
    unshare = shutil.which("unshare")
    tried = unshare and subprocess.run(
        [unshare, "--mount", "mount", "-t", "tmpfs", "tmpfs", before.inbox],
        check=False,
        capture_output=True,
    )
    if not unshare or not tried or tried.returncode:
        pytest.skip("this user may not mount anything")
    merge = " ".join(command(Path("in")))
    script = f"cp -r output held && {mount} && {merge}; code=$?; cp -r output after; exit $code"
    return subprocess.run(
        [unshare, "--mount", "sh", "-c", script],
        check=False,
        capture_output=True,
        text=True,
        cwd=before.folder,
        env=environment(),
    )


def test_a_full_disk_loses_nothing(before: Coordinator):
    size = sum(path.stat().st_size for path in before.master.parent.iterdir()) // 1024 + 40
    done = mounted(before, f"mount -t tmpfs -o size={size}k tmpfs output && cp held/* output")
    assert done.returncode == ExitCode.WRITE, done.stderr
    assert "Traceback" not in done.stderr
    after = before.folder / "after"
    assert (after / "master.xlsx").read_bytes() == before.master.read_bytes()
    assert [path.name for path in after.glob(".s2c-*")] == []
    with open_store(after / "master.sqlite") as store:
        assert len(files_of(store)) in (2, 4)


def test_a_folder_that_cannot_be_written_is_told(before: Coordinator):
    done = mounted(before, "mount --bind output output && mount -o remount,ro,bind output")
    assert done.returncode == ExitCode.WRITE, done.stderr
    assert "Traceback" not in done.stderr
    assert "output" in done.stderr


def test_merges_at_once_lose_nothing(before: Coordinator):
    before.merge()
    inboxes = []
    for number in range(3):
        inboxes.append(before.folder / f"in-{number}")
        inboxes[-1].mkdir()
        form = before.receive(before.hand_out(), f"n{number}.xlsx", {"gesprek_nr": 10 + number})
        form.rename(inboxes[-1] / form.name)
    together = [
        subprocess.Popen(
            command(inbox), cwd=before.folder, env=environment(), stdout=subprocess.DEVNULL
        )
        for inbox in inboxes
    ]
    assert [process.wait() for process in together] == [ExitCode.DONE] * 3
    assert [row["gesprek_nr"] for row in before.rows("Formulieren")] == [2, 10, 11, 12]
    assert before.kept_aside() == []
    assert "Traceback" not in str(together)
