"""What a data set is made of: tables of variables and rows."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from s2c_forms.form.fields import Field
from s2c_forms.form.rubric import Rubric
from s2c_forms.master import Book

Cell = str | int | dt.date | None
Type = Literal["text", "integer", "date"]
Measure = Literal["nominal", "ordinal", "scale"]
Row = tuple[Cell, ...]

KEY = "record"


@dataclass(frozen=True)
class Variable:
    """A column of a table.

    Attributes:
        name: in every format.
        type: what its cells hold.
        label: what it means.
        measure: its measurement level.
        labels: what its values mean, where they are a list.
        minimum: the least that a number can be.
        has_codes: whether a code stands where an answer is missing; else such a cell is empty.
        required: whether no cell is empty.
        versions: of the rubric, in which it is asked; empty for what is no answer.
        note: what else there is to know.
    """

    name: str
    type: Type
    label: str
    measure: Measure = "nominal"
    labels: tuple[tuple[str | int, str], ...] = ()
    minimum: int | None = None
    has_codes: bool = False
    required: bool = False
    versions: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Rows:
    """Rows that are made when they are asked for: there may be tens of millions."""

    make: Callable[[], Iterator[Row]]

    def __iter__(self) -> Iterator[Row]:
        return self.make()


@dataclass(frozen=True)
class Table:
    """A table.

    Attributes:
        name: of the table, and of its files.
        title: what it holds.
        variables: from left to right.
        rows: from top to bottom, each as long as `variables`; of a long table they are made anew
            each time that they are asked for.
        key: the variables that tell one row from every other.
    """

    name: str
    title: str
    variables: tuple[Variable, ...]
    rows: Iterable[Row]
    key: tuple[str, ...]


@dataclass(frozen=True)
class Dataset:
    """Everything that is exported.

    Attributes:
        book: what it is made of.
        rubrics: every version of the rubric as its file has it, oldest first.
        fields: what any version asks, each with every value that any version allows.
        tables: forms, scores, indicators, and why texts and dates are missing.
    """

    book: Book
    rubrics: tuple[Rubric, ...]
    fields: tuple[Field, ...]
    tables: tuple[Table, ...]

    def table(self, name: str) -> Table:
        """Return a table by its name."""
        return next(table for table in self.tables if table.name == name)
