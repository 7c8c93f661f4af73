"""The first sheet: what this workbook is, how much is in it, and how to use it."""

from collections.abc import Sequence
from typing import Any, Protocol

from s2c_forms.form.kinds import show_date
from s2c_forms.master.book import Book
from s2c_forms.master.cells import text_for_cell
from s2c_forms.master.drawing import Pen
from s2c_forms.words import count, say

_TEXT_WIDTH = 92


class Listed(Protocol):
    """A sheet, as far as the first one tells of it."""

    @property
    def name(self) -> str:
        """Return what stands on its tab."""

    @property
    def lead(self) -> str:
        """Return a sentence or two on what stands there."""


def draw_start(
    pen: Pen, book: Book, sheets: Sequence[Listed], beside: Sequence[Listed] = ()
) -> None:
    """Draw the first sheet; `sheets` follow it, `beside` stands in files beside the workbook."""
    lang = book.language
    page = pen.workbook.add_worksheet(say("Start", lang))
    page.set_column(0, 0, 2)
    page.set_column(1, 1, 24)
    page.set_column(2, 2, _TEXT_WIDTH)
    page.hide_gridlines(2)
    row = _draw_title(pen, page, book)
    row = _draw_pairs(pen, page, row, say("How it stands", lang), _facts(book))
    row = _draw_links(pen, page, row, book, sheets)
    if beside:
        told = [(one.name, one.lead) for one in beside]
        row = _draw_pairs(pen, page, row, say("Beside this workbook", lang), told)
    advice = _advice_on_part(book) if book.part_of else _advice(book)
    _draw_pairs(pen, page, row, say("How to use it", lang), advice)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 1)


def _draw_title(pen: Pen, page: Any, book: Book) -> int:
    lang = book.language
    look = {"bold": True, "font_size": 20, "font_color": f"#{pen.theme.accent}"}
    page.set_row(1, 32)
    page.write_string(1, 1, text_for_cell(book.rubric.title), pen.format(**look, valign="vcenter"))
    what = say(
        "All forms that came back, in one workbook. s2c-forms makes it from the forms, and makes"
        " it anew at every merge.",
        lang,
    )
    if book.part_of:
        what = say("Some of the forms that came back: a part of {file}.", lang, file=book.part_of)
    page.write_string(2, 1, what, pen.format(font_color=f"#{pen.theme.quiet}", font_size=11))
    return 4


def _facts(book: Book) -> list[tuple[str, str]]:
    """Return the counts, and when and where: pairs of what, and how it is."""
    lang = book.language
    questions = sum(len(record.questions) for record in book.records)
    refused = sum(file.refusal is not None for file in book.files)
    changed = book.changed
    moment = f"{show_date(changed)} {changed:%H:%M}" if changed else say("nothing yet", lang)
    versions = ", ".join(dict.fromkeys(rubric.version for rubric in book.rubrics))
    rubric = say("{id}, version {version}", lang, id=book.rubric.id, version=versions)
    return [
        (say("Forms", lang), str(len(book.records))),
        (say("To check", lang), count("{n} question", "{n} questions", questions, lang)),
        (say("Files", lang), str(len(book.files))),
        (say("Refused", lang), count("{n} file", "{n} files", refused, lang)),
        (say("Last changed", lang), moment),
        (say("Rubric", lang), rubric),
        *([] if book.part_of else [(say("Store", lang), book.store)]),
    ]


def _advice(book: Book) -> list[tuple[str, str]]:
    """Return how to use the workbook: pairs of when, and what to do."""
    lang = book.language
    sheet = say("To check", lang)
    return [
        (
            say("New forms", lang),
            say("Put them in a folder and merge that folder; doing it twice does no harm.", lang),
        ),
        (
            say("Not sure", lang),
            say(
                "What isn't sure stays empty and is a row in {sheet}. Nothing is guessed.",
                lang,
                sheet=sheet,
            ),
        ),
        (
            say("Decide", lang),
            say(
                "Answer in {sheet}, or correct a cell in {forms}; save, close, and merge. It is"
                " taken over, logged, and holds.",
                lang,
                sheet=sheet,
                forms=say("Forms", lang),
            ),
        ),
        (
            say("Figures", lang),
            say("Every sheet is an Excel table: filter it, or start a pivot table from it.", lang),
        ),
        (
            say("Keep", lang),
            say(
                "Keep the store beside this workbook: everything that was read is in it. Sheets,"
                " charts and notes of your own go to a copy with the date in its name.",
                lang,
            ),
        ),
    ]


def _advice_on_part(book: Book) -> list[tuple[str, str]]:
    """Return how to use a part of another workbook: to read."""
    lang = book.language
    return [
        (
            say("To read", lang),
            say(
                "This is a part of {file}, to read. Nothing can be typed here, since it would not"
                " be taken over: who keeps {file} decides and corrects there.",
                lang,
                file=book.part_of,
            ),
        ),
        (
            say("Figures", lang),
            say("Every sheet is an Excel table: filter it, or copy it to a workbook.", lang),
        ),
    ]


def _draw_pairs(pen: Pen, page: Any, row: int, title: str, pairs: list[tuple[str, str]]) -> int:
    """Draw a block of two columns under a title; return the row under it."""
    row = _draw_band(pen, page, row, title)
    line = {"bottom": 1, "bottom_color": f"#{pen.theme.line}", "font_size": 11, "valign": "vcenter"}
    for name, text in pairs:
        page.write_string(row, 1, name, pen.format(**line, bold=True))
        page.write_string(row, 2, text_for_cell(text), pen.format(**line, text_wrap=True))
        page.set_row(row, 18 if len(text) <= _TEXT_WIDTH else 33)
        row += 1
    return row + 1


def _draw_links(pen: Pen, page: Any, row: int, book: Book, sheets: Sequence[Listed]) -> int:
    """Draw the list of sheets, each a link to it; return the row under it."""
    row = _draw_band(pen, page, row, say("The sheets", book.language))
    line = {"bottom": 1, "bottom_color": f"#{pen.theme.line}", "font_size": 11, "valign": "vcenter"}
    link = pen.format(**line, bold=True, underline=1, font_color=f"#{pen.theme.accent}")
    for sheet in sheets:
        page.write_url(row, 1, f"internal:'{sheet.name}'!A1", link, sheet.name)
        page.write_string(row, 2, sheet.lead, pen.format(**line, text_wrap=True))
        page.set_row(row, 18 if len(sheet.lead) <= _TEXT_WIDTH else 33)
        row += 1
    return row + 1


def _draw_band(pen: Pen, page: Any, row: int, title: str) -> int:
    accent = f"#{pen.theme.accent}"
    look = pen.format(
        bold=True, font_color="#FFFFFF", bg_color=accent, font_size=11, valign="vcenter"
    )
    page.write_string(row, 1, title, look)
    page.write_blank(row, 2, None, look)
    page.set_row(row, 18)
    return row + 1
