"""Word forms to test with: made, filled in, and edited as people edit them."""

import datetime as dt
import zipfile
from pathlib import Path

from lxml import etree

from s2c_forms.demo.fill.word import control_of, fill, find_all, name
from s2c_forms.form.form import Form
from s2c_forms.form.kinds import Value
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.shelf import shelf_of
from s2c_forms.media import word
from s2c_forms.records.record import Record, record_of

FORM_ID = "K7QF2M9M"
ANSWERS: dict[str, Value] = {
    "coach": "Łukasz’ €",
    "gesprek_nr": 3,
    "datum": dt.date(2026, 11, 22),
    "beoordelaar": "supervisor",
    "f01_score": 2,
    "f01_i02": True,
    "reflectie": "Eén regel\nen nog één",
}
ENGLISH = """
id: lessons
version: 2
language: en
title: Looking at lessons
scale: [{value: 1, label: Rarely}, {value: 2, label: Now and then}, {value: 5, label: Always}]
header: [{id: teacher, kind: pseudonym, label: Teacher}]
parts:
  - id: a
    number: A
    title: Opening
    factors:
      - {id: a1, score: a1_score, number: 1, text: Is there, indicators: [{id: a1_x, text: Greets}]}
      - {id: a2, score: a2_score, number: 2, text: Begins, indicators: [{id: a2_x, text: Greets}]}
"""


def empty_form(rubric: Rubric, folder: Path) -> Path:
    """Return the form as it is handed out."""
    word.write(Form(rubric, FORM_ID), folder / "empty.docx")
    return folder / "empty.docx"


def filled_form(rubric: Rubric, folder: Path) -> Path:
    """Return the form with ANSWERS filled in."""
    fill(empty_form(rubric, folder), ANSWERS, folder / "filled.docx")
    return folder / "filled.docx"


def record(path: Path, rubric: Rubric) -> Record:
    read = word.read(path.read_bytes(), shelf_of([rubric]))
    return record_of(read.forms[0], rubric)


def raws(path: Path, rubric: Rubric, field_id: str) -> list[str]:
    read = word.read(path.read_bytes(), shelf_of([rubric]))
    return [answer.raw for answer in read.forms[0].answers if answer.field_id == field_id]


def problem(path: Path, rubric: Rubric, field_id: str | None) -> str:
    """Return the code of the only problem on a field, of which no value may be left."""
    made = record(path, rubric)
    codes = [found.code for found in made.problems if found.field_id == field_id]
    assert len(codes) == 1
    assert field_id is None or made.values[field_id] is None
    return codes[0]


def main_part(path: Path) -> etree._Element:
    with zipfile.ZipFile(path) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def text_of(node: etree._Element) -> str:
    return "".join(map(str, node.itertext()))


def drop(node: etree._Element) -> None:
    parent = node.getparent()
    assert parent is not None
    parent.remove(node)


def cell_of(root: etree._Element, field_id: str) -> etree._Element:
    return find_all(control_of(root, field_id), "ancestor::w:tc[1]")[0]


def retype(cell: etree._Element, text: str, keep: str = "") -> None:
    """Replace what a cell holds by typed text, keeping what the XPath `keep` finds."""
    line = find_all(cell, "w:p")[0]
    kept = find_all(line, keep) if keep else []
    for child in list(line):
        line.remove(child)
    line.extend(kept)
    run = etree.SubElement(line, name("w:r"))
    etree.SubElement(run, name("w:t")).text = text


def told(path: Path, rubric: Rubric) -> list[tuple[str, str | None, str, str]]:
    return [(p.code, p.field_id, p.where, p.raw) for p in record(path, rubric).problems]


def row_of(root: etree._Element, field_id: str) -> etree._Element:
    return find_all(control_of(root, field_id), "ancestor::w:tr[1]")[0]


def type_behind(cell: etree._Element, text: str) -> etree._Element:
    """Type behind what stands in a cell, or in a paragraph."""
    line = find_all(cell, "descendant-or-self::w:p")[-1]
    run = etree.SubElement(line, name("w:r"))
    write(run, text)
    return run


def write(run: etree._Element, text: str) -> None:
    """Write text into a run as Word does, blanks kept."""
    made = etree.SubElement(run, name("w:t"))
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    made.text = text


def line_of(text: str) -> etree._Element:
    line = etree.Element(name("w:p"))
    type_behind(line, text)
    return line


def where_8(rubric: Rubric) -> str:
    factor = rubric.factors[7]
    words = factor.text if len(factor.text) <= 40 else factor.text[:40].rpartition(" ")[0] + " …"
    return f"factor {factor.number}, “{words}”"
