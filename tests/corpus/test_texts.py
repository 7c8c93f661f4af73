"""What somebody typed stays a text, all the way to the workbook, the export and the report."""

import csv
import zipfile
from pathlib import Path

import openpyxl
import pytest
from pikepdf import Pdf

from s2c_forms import api
from s2c_forms.export.text import FORMULA_STARTS, armed
from s2c_forms.form.stamp import new_form_id
from tests.corpus.answers import CLEAR
from tests.corpus.bench import Bench
from tests.corpus.text_cases import FORMULA, SUFFIXES, TEXTS

FIELDS = ("doel", "reflectie", "feedback", "oefenen")


@pytest.fixture(scope="module")
def merged(bench: Bench, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workbook of forms in each medium, with texts that would like to be something else.

    The names of their files would, too.
    """
    folder = tmp_path_factory.mktemp("in")
    texts = iter(TEXTS.values())
    for number, suffix in enumerate(SUFFIXES, start=1):
        typed = dict(zip(FIELDS, texts, strict=False))
        answers = {**CLEAR, "gesprek_nr": number, **typed}
        form = bench.filled(suffix, answers, new_form_id())
        (folder / f"{FORMULA.replace('/', '')}{suffix}").write_bytes(form.read_bytes())
    master = tmp_path_factory.mktemp("out") / "master.xlsx"
    report = api.merge([folder], master)
    assert report.counts["merged"] == len(SUFFIXES), report.lines("en")
    return master


def test_in_the_workbook(merged: Path, bench: Bench):
    book = openpyxl.load_workbook(merged)
    cells = [cell for sheet in book for row in sheet for cell in row if cell.value is not None]
    assert {str(cell.value) for cell in cells if cell.data_type == "s"} >= set(TEXTS.values())
    formulas = [str(cell.value) for cell in cells if cell.data_type == "f"]
    assert not any("cmd" in told or "127.0.0.1" in told for told in formulas)
    with zipfile.ZipFile(merged) as archive:
        links = [archive.read(name) for name in archive.namelist() if name.endswith(".rels")]
    assert not any(b"127.0.0.1" in part or b"cmd" in part for part in links)


def test_in_the_export(merged: Path, tmp_path: Path):
    api.export(merged, tmp_path / "for-excel.csv")
    with (tmp_path / "for-excel.csv").open(encoding="utf-8-sig", newline="") as stream:
        cells = {cell for row in csv.reader(stream, delimiter=";") for cell in row}
    texts = {cell for cell in cells if not cell.lstrip("-").isdecimal()}
    assert not any(text.startswith(FORMULA_STARTS) for text in texts)
    assert {armed(text) for text in texts} >= set(TEXTS.values())


def test_in_the_report(merged: Path, tmp_path: Path):
    done = api.report(merged, tmp_path)
    assert done.files
    for file in done.files:
        with Pdf.open(file) as pdf:
            assert not any("/Annots" in page for page in pdf.pages)
            assert not {"/OpenAction", "/AA", "/Names"} & set(pdf.Root.keys())
