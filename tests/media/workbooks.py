"""What tests of the Excel form share: make one, change what is in it, read it back."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from openpyxl import Workbook, load_workbook

from s2c_forms.form.filled import FilledForm
from s2c_forms.form.form import Form
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.shelf import shelf_of
from s2c_forms.media import excel
from s2c_forms.records.record import Record, record_of

FORM_ID = "K7QF2M9M"
OTHER_ID = "2222222W"


def written(form: Form, folder: Path) -> bytes:
    """Return a form as the medium writes it."""
    path = folder / "form.xlsx"
    excel.write(form, path)
    return path.read_bytes()


def edited(data: bytes, change: Callable[[Workbook], object]) -> bytes:
    """Return a workbook changed by openpyxl."""
    book = load_workbook(io.BytesIO(data))
    change(book)
    return saved(book)


def saved(book: Workbook) -> bytes:
    """Return a workbook of openpyxl as a file's content."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def repacked(
    data: bytes, added: Mapping[str, str] | None = None, **changes: Callable[[str], str] | None
) -> bytes:
    """Return a zip with parts changed as text, left out or added; `sheet1` names `…/sheet1.xml`."""
    source, stream = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            stem = Path(name).stem.replace(".", "_")
            change = changes.get(stem, str)
            if change:
                target.writestr(name, change(source.read(name).decode()))
        for name, text in (added or {}).items():
            target.writestr(name, text)
    return stream.getvalue()


def with_cell(reference: str, content: str, attributes: str = "") -> Callable[[str], str]:
    """Return what gives a cell of a sheet's XML other content: `<f>…</f><v>…</v>`."""

    def change(xml: str) -> str:
        pattern = rf'<c r="{reference}"((?: s="\d+")?)[^>]*?(?:/>|>.*?</c>)'
        cell = rf'<c r="{reference}"\1{attributes}>{content}</c>'
        changed, times = re.subn(pattern, cell, xml, flags=re.DOTALL)
        assert times == 1, reference
        return changed

    return change


def read_form(data: bytes, rubric: Rubric) -> FilledForm:
    """Return the only form in a workbook."""
    (form,) = excel.read(data, shelf_of([rubric])).forms
    return form


def read_record(data: bytes, rubric: Rubric) -> Record:
    """Return the record of the only form in a workbook."""
    return record_of(read_form(data, rubric), rubric)


def codes(record: Record) -> list[tuple[str, str | None]]:
    """Return what is wrong with a record, field by field."""
    return [(problem.code, problem.field_id) for problem in record.problems]
