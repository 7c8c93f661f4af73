"""Reading by other hands: any executor of the standard library, and a cluster of two workers."""

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from s2c_forms import api
from s2c_forms.api.paper import Reading, read_files
from s2c_forms.errors import ExitCode, S2cError
from s2c_forms.form.form import Form
from s2c_forms.form.stamp import new_form_id
from s2c_forms.media.excel import write
from s2c_forms.store import open_store, rubrics_of, versions_of
from tests.api.test_paper import alike, batch, shelf, stack
from tests.conftest import SECOND
from tests.media.scan.drawn import answers, fill_in, pages_of, save

pytestmark = pytest.mark.slow

__all__ = ["batch", "shelf", "stack"]
PATIENCE = 120


class Gone(Executor):
    """A cluster whose workers all died."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        future.set_exception(ConnectionError(f"nobody is here to do {fn} {args} {kwargs}"))
        return future


@pytest.fixture(params=["threads", "processes", "nobody"])
def executor(request: pytest.FixtureRequest) -> Iterator[Executor]:
    if request.param == "nobody":
        yield Gone()
    elif request.param == "threads":
        with ThreadPoolExecutor(2) as threads:
            yield threads
    else:
        with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as processes:
            yield processes


def test_any_executor_says_the_same_in_the_same_order(batch, shelf, executor):
    assert alike(
        list(read_files(batch, shelf, Reading(jobs=1))),
        list(read_files(batch, shelf, Reading(executor=executor))),
    )


class Elsewhere(Executor):
    """A computer on which other files lie at the same paths, or none at all."""

    def __init__(self, disk: dict[str, bytes | None]):
        self.disk = disk

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        here = {path: Path(path).read_bytes() for path in self.disk}
        try:
            for path, data in self.disk.items():
                Path(path).write_bytes(data) if data is not None else Path(path).unlink()
            future.set_result(fn(*args, **kwargs))
        except OSError as error:
            future.set_exception(error)
        finally:
            for path, data in here.items():
                Path(path).write_bytes(data)
        return future


def test_what_a_worker_read_elsewhere_is_never_taken_for_what_lies_here(batch, shelf, caplog):
    alone = list(read_files(batch, shelf, Reading(jobs=1)))
    stack_, form, single = batch[1], batch[2], batch[4]
    own = {str(path): path.read_bytes() for path in (stack_, form, single)}
    disk = {str(stack_): None, str(form): b"another file", str(single): own[str(stack_)]}
    found = list(read_files(batch, shelf, Reading(executor=Elsewhere(disk))))
    assert {str(path): path.read_bytes() for path in (stack_, form, single)} == own
    assert alike(alone, found)
    told = [record for record in caplog.records if "on the cluster" in record.getMessage()]
    assert len(told) == 1  # of pages; what was begun elsewhere was no failure


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[tuple[str, list["subprocess.Popen[bytes]"]]]:
    """The address of a scheduler on this computer, and its two workers: programs of their own."""
    dask = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    told = tmp_path / "scheduler.json"
    here = ["--host", "127.0.0.1", "--dashboard-address", "127.0.0.1:0"]
    dask += [*here, "--port", "0", "--scheduler-file", str(told)]
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", "--scheduler-file", str(told)]
    worker += [*here, "--no-nanny", "--nthreads", "1"]
    quiet = subprocess.DEVNULL
    programs = [subprocess.Popen(dask, cwd=tmp_path, stdout=quiet, stderr=quiet)]
    try:
        wait_for(told.exists)
        programs += [
            subprocess.Popen(worker, cwd="/", stdout=quiet, stderr=quiet) for _ in range(2)
        ]
        yield address_in(told), programs[1:]
    finally:
        for program in programs:
            program.kill()
            program.wait()


def wait_for(ready: Callable[[], object]) -> None:
    until = time.monotonic() + PATIENCE
    while not ready():
        assert time.monotonic() < until
        time.sleep(0.2)


def address_in(told: Path) -> str:
    return str(json.loads(told.read_text(encoding="utf-8"))["address"])


@pytest.fixture
def inbox(tmp_path, second_rubric) -> Path:
    """Two stacks of paper, of three forms each, and forms of Excel."""
    folder: Path = tmp_path / "in"
    folder.mkdir()
    for number in range(2):
        images = []
        for turn in range(3):
            pages = pages_of(Form(second_rubric, new_form_id(), remarks=False))
            fill_in(pages, answers(second_rubric, turn))
            images.append(pages[0].image)
        save(images, folder / f"stack-{number}.tif")
    write(Form(second_rubric, new_form_id()), folder / "form.xlsx")
    return folder


def said(store: Path) -> list[tuple[str, dict[str, object]]]:
    with open_store(store) as opened:
        known = {one.hash: one for one in rubrics_of(opened)}
        found = versions_of(opened, known)
    return sorted((one.form_id, dict(one.record.values)) for one in found)


@pytest.mark.filterwarnings("default")  # of the cluster's own threads and sockets
def test_a_worker_killed_half_way_loses_nothing_and_doubles_nothing(workers, inbox, tmp_path):
    address, programs = workers

    def watch(done: int, _total: int) -> None:
        if done == 2:
            os.kill(programs[0].pid, signal.SIGKILL)

    with api.cluster(address) as executor:
        how = Reading(watch=watch, executor=executor)
        into = tmp_path / "cluster" / "master.xlsx"
        done = api.merge([inbox], into, rubric=SECOND, besides=api.Besides(how))
    assert programs[0].wait() == -signal.SIGKILL
    alone = tmp_path / "alone" / "master.xlsx"
    same = api.merge([inbox], alone, rubric=SECOND, besides=api.Besides(Reading(jobs=1)))
    assert done.counts == same.counts
    assert len(said(into.with_suffix(".sqlite"))) == 7
    assert said(into.with_suffix(".sqlite")) == said(alone.with_suffix(".sqlite"))


def test_the_command_reads_on_a_cluster(workers, inbox, tmp_path):
    command = [sys.executable, "-m", "s2c_forms", "merge", "in", "--scheduler", workers[0]]
    command += ["--rubric", str(SECOND), "--into", "m.xlsx"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode in (ExitCode.DONE, ExitCode.TO_CHECK), done.stderr
    assert len(said(tmp_path / "m.sqlite")) == 7


def test_a_scheduler_that_is_not_there_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr("s2c_forms.api.clusters._PATIENCE", 1)
    with (
        pytest.raises(S2cError, match="can't be reached"),
        api.cluster("tcp://127.0.0.1:1"),
    ):
        pytest.fail("there is no cluster")
