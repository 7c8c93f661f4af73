"""Several coordinators merge into one store on a server, each with a workbook of their own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from s2c_forms import api
from s2c_forms.demo.fill.excel import fill
from s2c_forms.form.form import Form
from s2c_forms.form.stamp import new_form_id
from s2c_forms.media import excel
from s2c_forms.places import Server
from s2c_forms.store import files_of, open_store, tables, versions_of
from tests.records.made import full

FORMS = 4


@pytest.fixture
def laptops(tmp_path: Path, rubric) -> list[Path]:
    """Two folders: each with a form of its own, and with two that both have."""
    folders = [tmp_path / name for name in ("noord", "zuid")]
    blank = tmp_path / "blank.xlsx"
    for number in range(FORMS):
        excel.write(Form(rubric, new_form_id()), blank)
        answers = {**full(rubric), "gesprek_nr": number + 1, "jongere": f"J-{number}"}
        mine = folders if number >= 2 else folders[number : number + 1]
        for folder in mine:
            (folder / "in").mkdir(parents=True, exist_ok=True)
            target = folder / "in" / f"{number}.xlsx"
            if folder is mine[0]:
                fill(blank, answers, target)
            else:
                shutil.copy(mine[0] / "in" / target.name, target)
    return folders


def merging(folder: Path, server: Server) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "s2c_forms", "merge", "in", "--into", "master.xlsx"]
    environment = {**os.environ, "S2C_STORE": server.url, "LANGUAGE": "en"}
    return subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_two_that_merge_at_once_lose_and_double_nothing(laptops, server, rubric):
    processes = [merging(folder, server) for folder in laptops]
    told = [process.communicate(timeout=500)[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0], told
    assert all(line.startswith("3 files in = ") for line in told), told
    assert sum("= 3 merged" in line for line in told) == 1, told
    assert sum("= 1 merged + 2 the same as before" in line for line in told) == 1, told
    with open_store(server, writing=False) as store:
        assert len(versions_of(store, {rubric.hash: rubric})) == FORMS
        assert len({file.sha256 for file in files_of(store)}) == FORMS
    for folder in laptops:
        report = api.merge([], folder / "master.xlsx", store=Server(server.url))
        assert report.forms == FORMS


def test_who_is_forgotten_on_one_is_gone_from_all(laptops, server, rubric):
    for folder in laptops:
        api.merge([folder / "in"], folder / "master.xlsx", store=Server(server.url))
    north, south = laptops
    assert api.forget("J-1", north / "master.xlsx", Server(server.url)).forms == 1
    assert b"J-1" in (south / "master.local.sqlite").read_bytes()
    report = api.merge([], south / "master.xlsx", store=Server(server.url))
    assert report.forms == FORMS - 1
    assert b"J-1" not in (south / "master.local.sqlite").read_bytes()


def test_what_is_private_outlives_a_server_that_knows_nothing_of_it(laptops, server, rubric):
    """Who names another server by mistake, or a new one, loses nothing that is only here."""
    into = laptops[0] / "master.xlsx"
    api.merge([laptops[0] / "in"], into, store=Server(server.url))
    with open_store(Server(server.url, into.with_suffix(".local.sqlite"))) as store:
        before = {(file.name, file.folder) for file in files_of(store.here)}
        for table in (tables.versions, tables.files):
            store.connection.execute(table.delete())
    assert len(before) == 3
    api.merge([], into, store=Server(server.url))
    with open_store(Server(server.url, into.with_suffix(".local.sqlite"))) as store:
        assert {(file.name, file.folder) for file in files_of(store.here)} == before
        assert len(versions_of(store.here, {rubric.hash: rubric})) == 3
