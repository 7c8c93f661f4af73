"""Form → workbook, by XlsxWriter, built as shared/design.md's "Excel forms" found to be safe."""

import datetime as dt
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from s2c_forms.errors import WriteError
from s2c_forms.form.form import Form
from s2c_forms.media.excel import rows, rules, sheet
from s2c_forms.media.excel.copies import copied
from s2c_forms.media.excel.desk import Desk
from s2c_forms.media.excel.plan import FROZEN, WIDTHS, lines_of, page_breaks, rows_by_field
from s2c_forms.media.excel.styles import Styles, styles_of
from s2c_forms.words import mark, say

# Fixed, so that the same form is the same file; when a form was made is the store's to know.
CREATED = dt.datetime(2026, 1, 1)  # noqa: DTZ001  XlsxWriter writes it as UTC


def write_workbook(form: Form, path: Path) -> None:
    """Write the form to `path`, which is overwritten.

    Raises:
        WriteError: the file can't be made there.
    """
    try:
        path.write_bytes(copied(form, drawn))
    except OSError as error:
        raise WriteError(
            mark("The form can't be written to {name}: {reason}."),
            mark("Close it in other programs, or choose another folder."),
            name=path.name,
            reason=error,
        ) from error


def drawn(form: Form) -> bytes:
    """Return the form as a workbook, all of it drawn anew."""
    data = io.BytesIO()
    book = Workbook(data, {"in_memory": True})
    _write_form(book, form)
    book.close()
    return data.getvalue()


def _write_form(book: Any, form: Form) -> None:
    language = form.rubric.language
    styles = styles_of(book)
    page = book.add_worksheet(say("Form", language))
    if form.guide and form.rubric.guide:
        _write_guide(book.add_worksheet(say("Guide", language)), form, styles)
    hidden = book.add_worksheet(sheet.STAMP_SHEET)
    lines = lines_of(form)
    desk = Desk(book, page, hidden, form, styles, rows_by_field(lines))
    _write_marks(desk)
    for row, line in enumerate(lines, start=1):
        page.set_row(row, line.height)
        rows.write_row(desk, row, line)
    rules.add_rules(desk)
    _set_view(desk)
    _set_paper(page, form, page_breaks(lines), len(lines))
    _write_stamp(desk)
    _name_answers(desk)
    _describe(book, form)


def _write_marks(desk: Desk) -> None:
    """Write the hidden row: what the columns are, and the two values that a box can have."""
    style = desk.styles["anchor"]
    for column, width in enumerate(WIDTHS):
        hidden = {"hidden": True} if column == sheet.ANCHOR else {}
        desk.page.set_column(column, column, width, desk.styles["plain"], hidden)
    desk.page.write_string(sheet.MARKS, sheet.ANCHOR, sheet.FIELD_MARK, style)
    desk.page.write_boolean(sheet.MARKS, sheet.NUMBER, True, style)
    desk.page.write_boolean(sheet.MARKS, sheet.TEXT, False, style)
    desk.page.write_string(sheet.MARKS, sheet.ANSWER, sheet.ANSWER_MARK, style)
    desk.page.set_row(sheet.MARKS, None, None, {"hidden": True})


def _set_view(desk: Desk) -> None:
    page = desk.page
    first = min(desk.rows.values(), default=FROZEN)
    page.hide_gridlines(2)
    page.freeze_panes(FROZEN, 0)
    page.set_selection(first, sheet.ANSWER, first, sheet.ANSWER)
    page.protect("", {"format_columns": True, "format_rows": True})
    page.activate()


def _set_paper(page: Any, form: Form, breaks: list[int], last: int) -> None:
    page.set_portrait()
    page.set_paper(9)  # A4
    page.set_margins(left=0.45, right=0.45, top=0.5, bottom=0.65)
    page.center_horizontally()
    page.fit_to_pages(1, 0)
    page.set_h_pagebreaks(breaks)
    page.repeat_rows(1, FROZEN - 1)
    page.print_area(1, sheet.NUMBER, last, sheet.HINT)
    pages = say("Page {page} of {pages}", form.rubric.language, page="&P", pages="&N")
    # A blank after the size: a stamp that starts with a digit would be read as part of it.
    page.set_footer(f"&L&8 {form.stamp.line().replace('&', '&&')}&R&8 {pages}", {"margin": 0.3})


def _write_stamp(desk: Desk) -> None:
    """Write the stamp where no one sees it: in properties, and on a very hidden sheet."""
    desk.hidden.very_hidden()
    for row, (name, text) in enumerate(desk.form.stamp.entries().items()):
        desk.hidden.write_string(row, 0, name)
        desk.hidden.write_string(row, 1, text)
        desk.book.define_name(name, f"={sheet.STAMP_SHEET}!$B${row + 1}")
        desk.book.set_custom_property(name, text, "text")


def _name_answers(desk: Desk) -> None:
    """Give every answer its field's id as a defined name.

    Raises:
        WriteError: a program that opens workbooks would not keep the name.
    """
    quoted = desk.page.get_name().replace("'", "''")
    for field_id, row in desk.rows.items():
        place = f"='{quoted}'!${sheet.cell_name(0, sheet.ANSWER)[:-1]}${row + 1}"
        if desk.book.define_name(field_id, place) != 0:
            raise WriteError(
                mark("A workbook can't have a cell named {name}."),
                mark("Give that field another id in the rubric."),
                name=field_id,
            )


def _describe(book: Any, form: Form) -> None:
    rubric = form.rubric
    book.set_properties(
        {
            "title": rubric.title,
            "subject": rubric.running_head,
            "company": rubric.organisation,
            "author": rubric.organisation,
            "keywords": form.stamp.line(),
            "created": CREATED,
        }
    )
    book.set_custom_property("Language", rubric.language, "text")


def _write_guide(page: Any, form: Form, styles: Styles) -> None:
    told: Mapping[str, str] = form.rubric.placeholders
    page.set_column(0, 0, 96, styles["plain"])
    page.hide_gridlines(2)
    row = 1
    for block in form.rubric.guide:
        texts = [
            (block.heading, "guide_heading", 1.6),
            (block.paragraph, "guide", 1.0),
            *((item, "guide_list", 1.0) for item in block.list),
        ]
        for text, style, size in texts:
            if text:
                shown = text.format_map(told)
                page.set_row(row, 14.5 * size * (len(shown) * size // 104 + 1) + 5)
                page.write_string(row, 0, shown, styles[style])
                row += 1
    page.protect("", {"format_columns": True, "format_rows": True})
    page.set_portrait()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
