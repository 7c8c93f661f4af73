"""Workbook → FileRead: the stamp, then every piece of evidence on every field."""

from collections.abc import Iterator, Mapping

from s2c_forms.errors import RefusedError
from s2c_forms.form.fields import Field, fields_of
from s2c_forms.form.filled import Doubt, FileRead, FilledForm, Origin, RawAnswer
from s2c_forms.form.kinds import parse
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.shelf import Shelf
from s2c_forms.form.stamp import Stamp
from s2c_forms.media.excel.book import Book, Sheet
from s2c_forms.media.excel.foreign import foreign_texts
from s2c_forms.media.excel.places import Found, Place, places_of
from s2c_forms.media.excel.sheet import cell_name
from s2c_forms.media.excel.stamps import stamps_of
from s2c_forms.media.package import open_package

_ZIP = b"PK"


def read_workbook(data: bytes, shelf: Shelf) -> FileRead:
    """Return what a spreadsheet holds, of whatever format.

    Raises:
        RefusedError: it isn't a form, is damaged, or was made from a rubric not on the shelf.
    """
    book = load_book(data)
    stamps = stamps_of(book)
    rubric = shelf.rubric_of(stamps[0])
    answers, doubts = _evidence(book, rubric)
    form = FilledForm("excel", stamps[0], answers, (*_differing(stamps), *doubts))
    return FileRead((form,), Origin(book.program, book.authors))


def load_book(data: bytes) -> Book:
    """Return a spreadsheet as texts, names and properties.

    Raises:
        RefusedError: it is damaged, has a password, or is no spreadsheet.
    """
    if not data.startswith(_ZIP):
        from s2c_forms.media.excel.xls import load_xls

        return load_xls(data)
    package = open_package(data)
    if "xl/workbook.xml" in package.names:
        from s2c_forms.media.excel.xlsx import load_xlsx

        return load_xlsx(data, package)
    if "xl/workbook.bin" in package.names:
        raise RefusedError("old_format", format="Excel, .xlsb", newer=".xlsx")
    from s2c_forms.media.excel.ods import load_ods

    return load_ods(package)


def _differing(stamps: list[Stamp]) -> list[Doubt]:
    told = " / ".join(stamp.line() for stamp in stamps)
    return [Doubt("stamps_differ", "", raw=told)] if len(stamps) > 1 else []


def _evidence(book: Book, rubric: Rubric) -> tuple[tuple[RawAnswer, ...], list[Doubt]]:
    sheets = {sheet.name: sheet for sheet in book.sheets}
    found = places_of(book, rubric)
    places = found.places
    idle = _idle_sheets(sheets, places, rubric)
    answers: list[RawAnswer] = []
    doubts: list[Doubt] = []
    for field_id, cells in places.items():
        for place in cells:
            if place.sheet not in idle:
                answers.append(_answer(field_id, place, sheets[place.sheet]))
                doubts += _unfinished(field_id, place, sheets[place.sheet])
    return tuple(answers), [
        *doubts,
        *_torn(found),
        *_lost(places, rubric),
        *foreign_texts(book, rubric, places),
    ]


def _answer(field_id: str, place: Place, sheet: Sheet) -> RawAnswer:
    return RawAnswer(field_id, sheet.cells.get(place.cell, ""), _where(place))


def _unfinished(field_id: str, place: Place, sheet: Sheet) -> list[Doubt]:
    formula = sheet.unfinished.get(place.cell)
    return [Doubt("formula", _where(place), field_id, formula)] if formula else []


def _where(place: Place) -> str:
    return f"{place.sheet}!{cell_name(*place.cell)}"


def _torn(found: Found) -> Iterator[Doubt]:
    """Give the fields whose cell may hold the answer to another."""
    for field_id, places in found.places.items():
        if field_id in found.torn:
            yield Doubt("place_lost", " / ".join(map(_where, places)), field_id)


def _lost(places: Mapping[str, tuple[Place, ...]], rubric: Rubric) -> list[Doubt]:
    """Return the fields without a place; a form made without remarks never had those."""
    remarks = [field for field in fields_of(rubric) if field.place == "remarks"]
    has_remarks = any(places[field.id] for field in remarks)
    asked = [f for f in fields_of(rubric) if has_remarks or f.place != "remarks"]
    lost = [field for field in asked if not places[field.id]]
    if 2 * len(lost) > len(asked):  # the form fell apart: one question says that better
        return [Doubt("places_lost", "", raw=str(len(lost)))]
    return [Doubt("place_lost", "", field.id) for field in lost]


def _idle_sheets(
    sheets: Mapping[str, Sheet], places: Mapping[str, tuple[Place, ...]], rubric: Rubric
) -> set[str]:
    """Return copies of the form's tab that nobody filled in, where another tab is filled in.

    In such a copy nothing but the head is answered, and there no other than on the filled-in tab.
    """
    if len({place.sheet for found in places.values() for place in found}) < 2:
        return set()
    said: dict[str, dict[str, str]] = {}
    for field in fields_of(rubric):
        for place in places[field.id]:
            text = sheets[place.sheet].cells.get(place.cell, "")
            tab = said.setdefault(place.sheet, {})
            if _says_something(field, text) or place.cell in sheets[place.sheet].unfinished:
                tab[field.id] = text
    head = {field.id for field in fields_of(rubric) if field.place == "head"}
    filled_in = [tab for tab in said.values() if not tab.keys() <= head]
    return {
        name
        for name, tab in said.items()
        if tab.keys() <= head and any(tab.items() <= other.items() for other in filled_in)
    }


def _says_something(field: Field, text: str) -> bool:
    parsed = parse(field, text)
    return bool(parsed.problem) or parsed.value not in (None, False)
