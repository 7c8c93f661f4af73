"""PDFium, as Chromium has it: clicked in and typed into."""

import ctypes
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as c


def fill(source: Path, texts: Mapping[str, str], target: Path) -> None:
    """Click boxes and type texts, as a person would.

    Args:
        source: the blank form.
        texts: what is typed, by field id; of a button, the state of it that is clicked.
        target: where it is saved.
    """
    document = pypdfium2.PdfDocument(source)
    document.init_forms()
    environment = document.formenv.raw
    for page in document:
        for widget in _widgets(environment, page):
            said = texts.get(_told(c.FPDFAnnot_GetFormFieldName, environment, widget))
            kind = c.FPDFAnnot_GetFormFieldType(environment, widget)
            if said is not None and kind == c.FPDF_FORMFIELD_TEXTFIELD:
                _click(environment, page, widget)
                _type(environment, page, said)
            elif said and said == _told(c.FPDFAnnot_GetFormFieldExportValue, environment, widget):
                _click(environment, page, widget)
        c.FORM_ForceToKillFocus(environment)
    document.save(target)
    document.close()


def flatten(source: Path, target: Path) -> None:
    """Make a picture of every field, as printing to PDF does."""
    document = pypdfium2.PdfDocument(source)
    document.init_forms()
    for page in document:
        page.flatten()
    document.save(target)
    document.close()


def join(sources: Sequence[Path], target: Path) -> None:
    """Put the pages of several files into one."""
    document = pypdfium2.PdfDocument.new()
    for source in sources:
        with pypdfium2.PdfDocument(source) as one:
            document.import_pages(one)
    document.save(target)
    document.close()


def _widgets(environment: Any, page: Any) -> Iterator[Any]:
    for number in range(c.FPDFPage_GetAnnotCount(page)):
        annotation = c.FPDFPage_GetAnnot(page, number)
        if c.FPDFAnnot_GetFormFieldType(environment, annotation) >= 0:
            yield annotation
        c.FPDFPage_CloseAnnot(annotation)


def _click(environment: Any, page: Any, widget: Any) -> None:
    box = c.FS_RECTF()
    c.FPDFAnnot_GetRect(widget, box)
    place = ((box.left + box.right) / 2, (box.top + box.bottom) / 2)
    c.FORM_OnMouseMove(environment, page, 0, *place)
    c.FORM_OnLButtonDown(environment, page, 0, *place)
    c.FORM_OnLButtonUp(environment, page, 0, *place)


def _type(environment: Any, page: Any, text: str) -> None:
    c.FORM_SelectAllText(environment, page)
    letters = ctypes.create_string_buffer(text.encode("utf-16-le") + b"\0\0")
    c.FORM_ReplaceSelection(environment, page, ctypes.cast(letters, c.FPDF_WIDESTRING))


def _told(ask: Any, environment: Any, widget: Any) -> str:
    size = ask(environment, widget, None, 0)
    letters = ctypes.create_string_buffer(size)
    ask(environment, widget, ctypes.cast(letters, ctypes.POINTER(c.FPDF_WCHAR)), size)
    return letters.raw[: size - 2].decode("utf-16-le")
