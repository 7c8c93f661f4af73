"""What lies on the desk while a form is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from s2c_forms.form.form import Form
from s2c_forms.media.excel.styles import Styles


@dataclass(frozen=True)
class Desk:
    """The workbook in the making.

    Attributes:
        book: XlsxWriter's workbook.
        page: the sheet that people see.
        hidden: the sheet that nobody sees.
        form: what is written.
        styles: the formats, by name.
        rows: the row of each field's answer, counted from 0.
    """

    book: Any
    page: Any
    hidden: Any
    form: Form
    styles: Styles
    rows: Mapping[str, int]

    @property
    def language(self) -> str:
        """Return the language that the form speaks."""
        return self.form.rubric.language
