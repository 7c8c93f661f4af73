"""Which form a workbook is: its stamp, from properties, from the hidden sheet, and in sight."""

from collections.abc import Iterator

from s2c_forms.errors import RefusedError
from s2c_forms.form.stamp import Stamp, find_stamp_line
from s2c_forms.media.excel.book import Book, Sheet
from s2c_forms.media.excel.sheet import MASTER_PROPERTY


def stamps_of(book: Book) -> list[Stamp]:
    """Return the stamps in a workbook: one, or several that differ.

    Raises:
        RefusedError: it has none, or it is a master workbook.
    """
    if MASTER_PROPERTY in book.properties:
        raise RefusedError("master_workbook")
    found = [stamp for stamp in _all_stamps(book) if stamp]
    if not found:
        raise RefusedError("no_stamp")
    return list(dict.fromkeys(found))


def _all_stamps(book: Book) -> Iterator[Stamp | None]:
    yield Stamp.from_entries(book.properties)
    for sheet in book.sheets:
        yield Stamp.from_entries(entries_of(sheet))
    for sheet in book.sheets:
        for text in sheet.cells.values():
            if "·" in text:
                yield find_stamp_line(text)


def entries_of(sheet: Sheet) -> dict[str, str]:
    """Return texts by the name that stands left of them: so the hidden sheet has the stamp."""
    return {
        text: sheet.cells.get((row, column + 1), "")
        for (row, column), text in sheet.cells.items()
        if text.startswith("s2c_")
    }
