"""The Excel form in other programs: opened, filled in, saved in their formats, printed."""

import datetime as dt
import json
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from s2c_forms.errors import RefusedError
from s2c_forms.form.form import Form
from s2c_forms.form.kinds import Value
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.shelf import shelf_of
from s2c_forms.media import excel
from s2c_forms.media.sniff import medium_of
from s2c_forms.records.record import Record, record_of
from tests.conftest import need_program
from tests.programs.office import HERE, Office

pytestmark = [pytest.mark.programs, pytest.mark.slow]
FORM_ID = "K7QF2M9M"
HEAD: dict[str, Value] = {"supervisor": "Łukasz 名 ’s €", "gesprek_nr": 3, "video": "nee"}
TYPED: dict[str, Value] = {
    "coach": "007",
    "jongere": "2-3",
    "doel": "  twee  blanks\ten een tab <&> ",
    "datum": dt.date(2026, 11, 22),
    "f01_score": 2,
    "f01_i02": True,
    "f14_score": 3,
    "f14_i03": True,
    "reflectie": "Eén regel\nнаконец 😀 עברית",
}
SAID = {**HEAD, **TYPED, "doel": "twee blanks en een tab <&>"}


@pytest.fixture
def blank(rubric: Rubric, tmp_path: Path) -> Path:
    path = tmp_path / "blank.xlsx"
    excel.write(Form(rubric, FORM_ID, HEAD), path)
    return path


def told(answers: Mapping[str, object], folder: Path) -> Path:
    path = folder / "answers.json"
    plain = {
        id_: {"date": value.isoformat()} if isinstance(value, dt.date) else value
        for id_, value in answers.items()
    }
    path.write_text(json.dumps(plain), encoding="utf-8")
    return path


Calc = Callable[..., list[Path]]


@pytest.fixture
def calc(office: Office, blank: Path, tmp_path: Path) -> Calc:
    """Return what fills in a form in LibreOffice Calc and saves it in three formats."""

    def fill(changes: str = "", answers: Mapping[str, object] = TYPED, form: Path = blank):
        targets = [tmp_path / f"back{suffix}" for suffix in (".xlsx", ".ods", ".xls")]
        script = HERE / "uno_fill_calc.py"
        office.run_uno(script, form, told(answers, tmp_path), changes, *targets)
        return targets

    return fill


def record(path: Path, rubric: Rubric) -> Record:
    data = path.read_bytes()
    assert medium_of(path.name, data) == "excel"
    (form,) = excel.read(data, shelf_of([rubric])).forms
    return record_of(form, rubric)


def said(found: Record) -> dict[str, Value]:
    return {id_: value for id_, value in found.values.items() if value is not None and value}


@pytest.mark.parametrize("changes", ["", "insert", "insert,rename,move", "copy"])
def test_calc_saves_what_was_filled_in(calc: Calc, rubric, changes):
    for target in calc(changes):
        found = record(target, rubric)
        assert found.problems == (), target.suffix
        assert said(found) == SAID, target.suffix
        assert found.stamp.form_id == FORM_ID


def test_calc_says_that_it_saved_the_file(calc: Calc, rubric):
    for target in calc()[:2]:
        read = excel.read(target.read_bytes(), shelf_of([rubric]))
        assert read.origin.program.startswith("LibreOffice/"), target.suffix


def test_formulas_work_in_calc(calc: Calc):
    from openpyxl import load_workbook

    page = load_workbook(calc()[0], data_only=True)["Formulier"]
    texts = {cell.value for row in page.iter_rows() for cell in row}
    assert {"Nog te scoren: 12", "Acceptabel", "Goed", "nog te scoren"} <= texts
    means = [page.cell(r, 4).value for r in range(1, 95) if page.cell(r, 5).value == "gemiddelde"]
    assert means == [2, "–", 3]


def test_formulas_that_fail_are_a_question(calc: Calc, rubric):
    typed = {"f01_score": {"formula": "=NA()"}, "f02_score": {"formula": "=1+1"}}
    for target in calc(answers=typed):
        found = record(target, rubric)
        assert [(p.code, p.field_id, p.raw) for p in found.problems] == [
            ("formula_error", "f01_score", "#N/A")
        ], target.suffix
        assert found.values["f02_score"] == 2


def test_a_row_deleted_in_calc_is_a_lost_place(calc: Calc, rubric):
    for target in calc("delete", {k: v for k, v in TYPED.items() if k != "f01_i01"}):
        found = record(target, rubric)
        assert [(p.code, p.field_id) for p in found.problems] == [("place_lost", "f01_i01")]
        assert said(found) == SAID, target.suffix


def test_notes_and_texts_beside_the_boxes_are_told(calc: Calc, rubric):
    for target in calc("note"):
        found = record(target, rubric)
        told = sorted((p.code, p.raw, p.where.split("!")[1][0]) for p in found.problems)
        assert told == [
            ("typed_over", "eigenlijk 3", "D"),
            ("typed_over", "goed gezien", "F"),
        ], target.suffix
        assert said(found) == SAID


def test_a_password_is_told(calc: Calc, rubric):
    for target in calc("lock")[1:]:  # to .xlsx this way saves without
        with pytest.raises(RefusedError) as refused:
            record(target, rubric)
        assert refused.value.code == "encrypted", target.suffix


def test_symbols_chosen_in_calc_are_ticks(calc: Calc, rubric, tmp_path):
    form = tmp_path / "symbols.xlsx"
    excel.write(Form(rubric, FORM_ID, boxes="symbols"), form)
    for target in calc(answers={"f01_i01": "☑", "f01_i02": "☐"}, form=form):
        assert said(record(target, rubric)) == {"f01_i01": True}, target.suffix


def test_it_prints_on_three_pages_with_every_word(office, blank, rubric, tmp_path):
    need_program("pdftotext")
    paper = tmp_path / "paper.pdf"
    office.convert(blank, paper)
    info = subprocess.run(["pdfinfo", paper], check=True, capture_output=True, text=True).stdout
    assert "Pages:           3" in info
    text = subprocess.run(
        ["pdftotext", "-layout", paper, "-"], check=True, capture_output=True, text=True
    ).stdout
    words = set(text.split())
    for factor in rubric.factors:
        for shown in (factor.text, *(indicator.text for indicator in factor.indicators)):
            assert set(shown.split()) <= words
    assert "Pagina 3 van 3" in text
    assert text.count("K7QF-2M9M") == 4  # in the foot of each page, and under the form


@pytest.mark.parametrize(
    "library",
    ["exceljs to .xlsx", "sheetjs to .xlsx", "sheetjs to .ods", "sheetjs to .xls"],
)
def test_libraries_in_another_language_save_what_was_filled_in(library, blank, rubric, tmp_path):
    name, suffix = library.split(" to ")
    node, target = need_program("node"), tmp_path / f"back{suffix}"
    script = HERE / f"fill_{name}.mjs"
    subprocess.run([node, script, blank, told(TYPED, tmp_path), target], check=True)
    found = record(target, rubric)
    assert found.problems == ()
    assert said(found) == SAID
    assert found.stamp.form_id == FORM_ID
