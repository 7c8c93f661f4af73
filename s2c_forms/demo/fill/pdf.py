"""Fill in a PDF form with pypdf, which had no part in writing it."""

import datetime as dt
from pathlib import Path

from pypdf import PdfReader, PdfWriter

from s2c_forms.demo.fill import Answers
from s2c_forms.form.kinds import Value, show_date


def fill(source: Path, answers: Answers, target: Path) -> None:
    """Copy a form with answers typed and marked in it."""
    writer = PdfWriter(clone_from=PdfReader(source))
    buttons = _buttons(writer)
    typed = {
        name: _typed(value, is_button=name in buttons)
        for name, value in answers.items()
        if value is not None
    }
    for page in writer.pages:
        writer.update_page_form_field_values(page, typed, auto_regenerate=False)
    writer.write(target)


def _buttons(writer: PdfWriter) -> set[str]:
    fields = writer.root_object["/AcroForm"]["/Fields"]  # type: ignore[index]
    objects = [field.get_object() for field in fields]
    return {field["/T"] for field in objects if field["/FT"] == "/Btn"}


def _typed(value: Value, *, is_button: bool) -> str:
    if isinstance(value, bool):
        return "/Yes" if value else "/Off"
    text = show_date(value) if isinstance(value, dt.date) else str(value)
    return f"/{text}" if is_button else text
