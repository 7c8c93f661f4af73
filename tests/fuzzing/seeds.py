"""Real forms that mutations start from: as the writers and fillers make them, and LibreOffice."""

import datetime as dt
import io
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from s2c_forms.demo.fill import filler
from s2c_forms.form.fields import Field, fields_of
from s2c_forms.form.form import Form
from s2c_forms.form.kinds import Value
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.rubric_file import load_rubric
from s2c_forms.form.shelf import Shelf, shelf_of
from s2c_forms.media import medium
from tests.conftest import FILES, SECOND

FORM_ID = "K7QF2M9M"
_DPI = 110  # enough to be read as a form; a finer picture only costs time


@cache
def rubric() -> Rubric:
    """Return the instrument that the seeds are forms of: a small one, so that reading is quick."""
    return load_rubric(SECOND)


@cache
def shelf() -> Shelf:
    """Return what the seeds are read with."""
    return shelf_of([rubric()])


@cache
def seed(suffix: str) -> bytes:
    """Return a form with every answer filled in, as a file with this suffix."""
    if suffix in (".ods", ".odt", ".xls"):
        return (FILES / f"filled{suffix}").read_bytes()
    if suffix in _PICTURES:
        return _PICTURES[suffix]()
    with tempfile.TemporaryDirectory() as folder:
        blank, filled = (Path(folder) / f"{name}{suffix}" for name in ("blank", "filled"))
        name = {".xlsx": "excel", ".docx": "word", ".pdf": "pdf"}[suffix]
        medium(name).write(Form(rubric(), FORM_ID), blank)  # type: ignore[arg-type]
        filler(name)(blank, _answers(), filled)
        return filled.read_bytes()


def _answers() -> dict[str, Value | None]:
    return {field.id: _answer(field, place) for place, field in enumerate(fields_of(rubric()))}


def _answer(field: Field, place: int) -> Value:
    if field.options:
        return field.options[place % len(field.options)].value
    simple: dict[str, Value] = {"number": 3, "date": dt.date(2026, 11, 22), "pseudonym": "T-01"}
    if field.kind == "tick":
        return place % 2 == 0
    return simple.get(field.kind, "Eén tekst\nen nog één" if field.lines else "een tekst")


@cache
def _pages() -> list[Any]:
    """Return the form's pages as pictures, with marks on them."""
    from s2c_forms.demo.fill.paper import fill_stack
    from s2c_forms.media.pdf import layout_of

    form = Form(rubric(), FORM_ID)
    with tempfile.TemporaryDirectory() as folder:
        blank, scan = Path(folder) / "form.pdf", Path(folder) / "scan.pdf"
        medium("pdf").write(form, blank)
        fill_stack([(blank, _answers())], layout_of(form), scan)
        import pypdfium2

        with pypdfium2.PdfDocument(scan) as document:
            return [page.render(scale=_DPI / 72).to_pil().convert("L") for page in document]


def _picture(kind: str, **options: Any) -> Callable[[], bytes]:
    def made() -> bytes:
        first, *others = _pages()
        stream = io.BytesIO()
        more = {"save_all": True, "append_images": others} if kind in ("TIFF", "PDF") else {}
        first.save(stream, kind, **more, **options)
        return stream.getvalue()

    return made


_PICTURES: dict[str, Callable[[], bytes]] = {
    ".png": _picture("PNG"),
    ".jpg": _picture("JPEG", quality=60),
    ".tif": _picture("TIFF", compression="tiff_lzw"),
    ".scan.pdf": _picture("PDF", resolution=_DPI, quality=60),
}
