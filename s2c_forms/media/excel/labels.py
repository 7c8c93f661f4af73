"""What stands beside each answer, and where answers are by that alone.

It serves where a form's cells were pasted into another workbook without the hidden column.
"""

from collections import Counter
from functools import lru_cache

from s2c_forms.form.fields import Field, fields_of
from s2c_forms.form.rubric import Rubric
from s2c_forms.media.excel.book import Cell, Sheet
from s2c_forms.media.excel.sheet import ANSWER, NUMBER, TEXT
from s2c_forms.words import say


def hint_of(field: Field, language: str) -> str:
    """Return what stands behind the label of a field, in quiet letters."""
    if field.place == "remarks":
        return say("Alt+Enter starts a new line.", language)
    if field.kind == "date":
        return say("dd-mm-yyyy", language)
    return say("choose from the list", language) if field.kind == "choice" else ""


def label_of(field: Field, language: str) -> str:
    """Return all that stands in the cell of a field's label."""
    hint = "" if field.place == "body" else hint_of(field, language)
    between = "\n" if field.place == "remarks" else "  "
    return f"{field.label}{between}{hint}" if hint else field.label


def plain(text: str) -> str:
    """Return a text as one compares it: programs change blanks and line ends."""
    return " ".join(text.split())


def labelled(sheet: Sheet, rubric: Rubric) -> list[tuple[str, Cell]]:
    """Return the cells of a sheet that stand beside the label of a field.

    A label that several fields have, or that stands there more than once, tells nothing.
    """
    labels = _labels(rubric)
    seen = [
        (known[0], (row, column + known[1]))
        for (row, column), text in sheet.cells.items()
        if (known := labels.get(plain(text)))
    ]
    columns = Counter(column for _, (_, column) in seen)
    # A label typed elsewhere, as an answer, say, is none: most labels point to one column.
    answers = max(columns, key=lambda column: (columns[column], -column), default=0)
    found = [(field_id, cell) for field_id, cell in seen if cell[1] == answers]
    times = Counter(field_id for field_id, _ in found)
    return [(field_id, cell) for field_id, cell in found if times[field_id] == 1]


@lru_cache(maxsize=64)
def _labels(rubric: Rubric) -> dict[str, tuple[str, int]]:
    """Return by each label its field, and how many columns before the answer it stands."""
    labels = [(plain(label_of(field, rubric.language)), field) for field in fields_of(rubric)]
    times = Counter(label for label, _ in labels)
    return {
        label: (field.id, ANSWER - (TEXT if field.place == "body" else NUMBER))
        for label, field in labels
        if times[label] == 1
    }
