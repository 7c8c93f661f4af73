"""A field → the variable that its answers are, and an answer → the cell."""

import datetime as dt
from dataclasses import replace

from s2c_forms.export.model import Cell, Measure, Type, Variable
from s2c_forms.form.fields import Field, Option, field_index
from s2c_forms.form.kinds import Value
from s2c_forms.master import Book
from s2c_forms.records.merge import Merged
from s2c_forms.records.missing import MISSING_CODES, missing_code, takes_codes
from s2c_forms.words import say


def of_all_versions(book: Book, field: Field) -> Field:
    """Return a field that takes what any version's takes; of two kinds, it is a text."""
    found = [
        index[field.id] for r in reversed(book.rubrics) if field.id in (index := field_index(r))
    ]
    if any(one.kind != field.kind for one in found):
        return replace(field, kind="text", options=(), minimum=None)
    options = {option.value: option for one in reversed(found) for option in one.options}
    least = [one.minimum for one in found]
    known = [minimum for minimum in least if minimum is not None]
    return replace(
        field,
        options=_in_order(field, options),
        minimum=min(known) if len(known) == len(least) else None,
    )


def _in_order(field: Field, options: dict[int | str, Option]) -> tuple[Option, ...]:
    """Return options, those of the newest version first; of a scale, from low to high."""
    if field.kind == "score":
        return tuple(options[value] for value in sorted(options))
    newest = {option.value: option for option in field.options}
    return tuple((newest | options).values())


def code_labels(language: str) -> list[tuple[int, str]]:
    """Return what the codes of missing answers mean."""
    return [(code, say(text, language)) for code, text in MISSING_CODES.items()]


_MEASURES: dict[str, Measure] = {"number": "scale", "date": "scale", "score": "ordinal"}


def variable_of(book: Book, field: Field) -> Variable:
    """Return the variable of a field."""
    lang = book.language
    labels: tuple[tuple[str | int, str], ...] = tuple((o.value, o.label) for o in field.options)
    if field.kind == "tick":
        labels = ((0, say("not ticked", lang)), (1, say("ticked", lang)))
    number = field.kind in ("number", "score", "tick")
    type_: Type = "date" if field.kind == "date" else "integer" if number else "text"
    versions = [r.version for r in book.rubrics if field.id in field_index(r)]
    return Variable(
        field.id,
        type_,
        field.label,
        _MEASURES.get(field.kind, "nominal"),
        labels,
        field.minimum,
        takes_codes(field),
        versions=tuple(dict.fromkeys(versions)),
    )


def cell_of(record: Merged, field: Field) -> Cell:
    """Return an answer as data: a tick as 1 or 0; where it is missing a code, or nothing."""
    value = record.values.get(field.id)
    if value is not None:
        return (
            value if isinstance(value, dt.date) and field.kind == "date" else _plain(value, field)
        )
    code = missing_code(record, field.id) if takes_codes(field) else None
    return str(code) if code and field.kind == "choice" else code


def _plain(value: Value, field: Field) -> str | int:
    """Return a value as a number or a text, whichever its variable holds."""
    is_number = field.kind in ("number", "score", "tick")
    return int(value) if is_number and isinstance(value, int) else str(value)
