"""Columns that several sheets have."""

from s2c_forms.form.fields import Field
from s2c_forms.form.kinds import Value
from s2c_forms.form.stamp import spaced
from s2c_forms.master.book import Book
from s2c_forms.master.cells import Cell, Mark
from s2c_forms.master.sheet import Column, ColumnKind
from s2c_forms.records.merge import Merged
from s2c_forms.words import mark, say

_KINDS: dict[str, ColumnKind] = {
    "number": "number",
    "date": "date",
    "score": "score",
    "tick": "tick",
}
MEDIUM_NAMES = {"excel": "Excel", "pdf": "PDF", "word": "Word", "scan": mark("Paper")}


def field_column(field: Field) -> Column:
    """Return the column of a field: its name is the field's id."""
    kind = _KINDS.get(field.kind, "text")
    widest = 60 if field.lines else 30
    return Column(field.id, kind, field.label, widest, grouped=field.kind == "tick")


def identity_columns(book: Book) -> list[Column]:
    """Return the columns that say whose form it is."""
    return [field_column(field) for field in book.identity]


def identity_cells(book: Book, record: Merged) -> list[Cell]:
    """Return the cells that say whose form it is."""
    return [value_cell(record, field.id) for field in book.identity]


def value_cell(record: Merged, field_id: str) -> Cell:
    """Return the cell of an answer; one that waits for a decision is empty in a way that shows."""
    value = record.values.get(field_id)
    if value is None:
        return Mark.UNDECIDED if field_id in record.undecided else None
    return number_of(value)


def number_of(value: Value) -> Value:
    """Return a tick as 1 or 0, and any other value as it is."""
    return int(value) if isinstance(value, bool) else value


def form_names(record: Merged) -> str:
    """Return a record's form ids as they stand on the forms."""
    return ", ".join(map(spaced, record.form_ids))


def medium_name(medium: str | None, language: str) -> str:
    """Return what people call a medium."""
    return say(MEDIUM_NAMES.get(medium or "", ""), language)
