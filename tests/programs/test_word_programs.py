"""The Word form in LibreOffice Writer: opened, filled in, saved, printed."""

import datetime as dt
import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from s2c_forms.form.form import Form
from s2c_forms.form.kinds import Value
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.shelf import shelf_of
from s2c_forms.media import medium, word
from s2c_forms.records.record import Record, record_of
from tests.conftest import need_program
from tests.programs.office import HERE, Office

pytestmark = [pytest.mark.programs, pytest.mark.slow]
FORM_ID = "K7QF2M9M"
HEAD: dict[str, Value] = {"supervisor": "Łukasz 名 ’s €", "gesprek_nr": 3, "video": "nee"}
# As they are typed and chosen, and what they say.
TYPED: dict[str, str | bool] = {
    "coach": "C-012 好",
    "datum": "22-11-2026",
    "beoordelaar": "Collega",
    "f01_score": "2",
    "f01_i02": True,
    "f14_score": "3",
    "f14_i03": True,
    "reflectie": "Eén regel\nнаконец 😀 עברית",
}
SAID: dict[str, Value] = {
    **{key: value for key, value in TYPED.items() if isinstance(value, bool)},
    **{key: TYPED[key] for key in ("coach", "reflectie")},
    **HEAD,
    "datum": dt.date(2026, 11, 22),
    "beoordelaar": "collega",
    "f01_score": 2,
    "f14_score": 3,
}


def record(path: Path, rubric: Rubric) -> Record:
    read = word.read(path.read_bytes(), shelf_of([rubric]))
    assert read.origin.program.startswith("LibreOffice")
    return record_of(read.forms[0], rubric)


def pages(path: Path) -> int:
    told = subprocess.run(
        [need_program("pdfinfo"), str(path)], check=True, capture_output=True, text=True
    )
    return int(told.stdout.split("Pages:")[1].split()[0])


def test_what_writer_fills_in_is_read_from_docx_and_odt(
    rubric: Rubric, office: Office, tmp_path: Path
):
    source, answers = tmp_path / "form.docx", tmp_path / "answers.json"
    word.write(Form(rubric, FORM_ID, HEAD), source)
    answers.write_text(json.dumps(TYPED), encoding="utf-8")
    saved = [tmp_path / f"back{ending}" for ending in (".docx", ".odt")]
    office.run_uno(HERE / "uno_fill_writer.py", source, answers, *saved)
    for path in saved:
        made = record(path, rubric)
        assert made.problems == ()
        assert {key: made.values[key] for key in SAID} == SAID
        assert made.values["f01_i01"] is False
        untouched = [key for key in made.values if key.startswith("f05")]
        assert {made.values[key] for key in untouched} == {None}


def test_what_writer_saves_a_second_time_is_read(rubric: Rubric, office: Office, tmp_path: Path):
    """From its own .docx, in which a text of two scripts stands several times.

    Ends of lines in it are gone when Writer 7.4 opens it again: that is out of our hands.
    """
    source, first = tmp_path / "form.docx", tmp_path / "first.docx"
    word.write(Form(rubric, FORM_ID, {**HEAD, "coach": "C-012 好"}), source)
    office.convert(source, first)
    again = [tmp_path / f"again{ending}" for ending in (".docx", ".odt")]
    office.convert(first, *again)
    for path in again:
        values = record(path, rubric).values
        assert (values["coach"], values["supervisor"]) == ("C-012 好", HEAD["supervisor"])


def test_what_writer_only_opened_and_saved_is_an_empty_form(
    rubric: Rubric, office: Office, tmp_path: Path
):
    source = tmp_path / "form.docx"
    word.write(Form(rubric, FORM_ID), source)
    saved = [tmp_path / f"back{ending}" for ending in (".docx", ".odt")]
    office.convert(source, *saved)
    # Saved once more from what it saved itself, as somebody who looks twice does.
    again = [tmp_path / f"again{ending}" for ending in (".docx", ".odt")]
    office.convert(saved[0], *again)
    for path in (*saved, *again):
        made = record(path, rubric)
        assert [found.code for found in made.problems] == ["nothing_filled_in"]
        assert set(made.values.values()) == {None}


@pytest.mark.parametrize("remarks", [True, False])
def test_it_prints_on_as_many_pages_as_the_pdf(
    rubric: Rubric, office: Office, tmp_path: Path, remarks
):
    source, form = tmp_path / "form.docx", Form(rubric, FORM_ID, remarks=remarks)
    word.write(form, source)
    medium("pdf").write(form, tmp_path / "paper.pdf")
    office.convert(source, tmp_path / "form.pdf")
    assert pages(tmp_path / "form.pdf") == pages(tmp_path / "paper.pdf") == 2 + remarks
    text = _text_of(tmp_path / "form.pdf")
    assert rubric.factors[6].indicators[-1].text[:40] in text[0]
    assert rubric.parts[1].title in text[1]
    assert rubric.factors[-1].indicators[-1].text[:40] in text[1]


def test_a_shorter_rubric_takes_fewer_pages(rubric: Rubric, office: Office, tmp_path: Path):
    short = replace(rubric, parts=rubric.parts[2:])
    word.write(Form(short, FORM_ID, remarks=False), tmp_path / "form.docx")
    office.convert(tmp_path / "form.docx", tmp_path / "form.pdf")
    assert pages(tmp_path / "form.pdf") == 1


def _text_of(path: Path) -> list[str]:
    """Return the text of a PDF, page by page."""
    told = subprocess.run(
        [need_program("pdftotext"), "-layout", str(path), "-"], check=True, capture_output=True
    )
    return told.stdout.decode().split("\f")
