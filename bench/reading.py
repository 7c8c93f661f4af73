"""Rows about reading a folder of forms that came back, up to judged records."""

import warnings
from pathlib import Path
from typing import Any

from bench.forms import filled
from bench.rows import Goal, Place, Row, Way
from s2c_forms.form.filled import MediumName


def _ours(place: Place) -> None:
    """Read a folder as `read` and `merge` do: what is at hand, every file, every record."""
    from s2c_forms import api

    shelf = api.shelf_at_hand(None, None)
    outcomes = list(api.read_files(api.files_in([place.given]), shelf))
    read = [record for outcome in outcomes for record in outcome.records]
    if len(read) != place.n:
        raise RuntimeError(f"{len(read)} of {place.n} forms were read: {outcomes[0].refusal}")


def _pandas(place: Place) -> None:
    import pandas as pd

    warnings.simplefilter("ignore")  # a later version will have another engine: not this one
    for path in place.given.iterdir():
        pd.read_excel(path, sheet_name=0, engine="openpyxl")


def _calamine(place: Place) -> None:
    from python_calamine import CalamineWorkbook

    for path in place.given.iterdir():
        CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def _pypdf(place: Place) -> None:
    from pypdf import PdfReader

    for path in place.given.iterdir():
        PdfReader(path).get_fields()


def _pikepdf(place: Place) -> None:
    import pikepdf

    for path in place.given.iterdir():
        with pikepdf.open(path) as pdf:
            notes = (note for page in pdf.pages for note in page.obj.get("/Annots", ()))
            {_field_name(note): str(note.get("/V", note.get("/AS", ""))) for note in notes}


def _field_name(note: Any) -> str:
    return str(note.get("/Parent", note).get("/T", ""))


def _python_docx(place: Place) -> None:
    from docx import Document

    for path in place.given.iterdir():
        tables = Document(str(path)).tables
        [cell.text for table in tables for row in table.rows for cell in row.cells]


def _zip_lxml(place: Place) -> None:
    from zipfile import ZipFile

    from lxml import etree

    name = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    for path in place.given.iterdir():
        with ZipFile(path) as archive:
            root = etree.fromstring(archive.read("word/document.xml"))
        ["".join(control.itertext(f"{name}t")) for control in root.iter(f"{name}sdt")]


def _row(medium: MediumName, job: str, ways: tuple[Way, Way], faster: float) -> Row:
    def prepare(folder: Path, number: int) -> None:
        filled(medium, folder, number)

    naive, floor = ways
    ours = Way("", _ours)
    return Row(f"read-{medium}", job, prepare, ours, Goal(faster), naive, floor, warm=10)


ROWS: tuple[Row, ...] = (
    _row(
        "excel",
        "read {n} Excel forms",
        (Way("pandas.read_excel, one sheet", _pandas), Way("calamine", _calamine)),
        12,
    ),
    _row(
        "pdf",
        "read {n} fillable PDFs",
        (Way("pypdf get_fields", _pypdf), Way("pikepdf", _pikepdf)),
        9,
    ),
    _row(
        "word",
        "read {n} Word forms",
        (Way("python-docx, all cells", _python_docx), Way("zipfile and lxml", _zip_lxml)),
        3.5,
    ),
)
