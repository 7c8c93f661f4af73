"""The book → tables, the same for every format. Pure data.

`forms` is wide: one row a form. `scores` and `indicators` are long: one row a factor, or an
indicator, of a form. `missing` says why texts and dates are empty, where no code can stand.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from s2c_forms.export.model import KEY, Dataset, Row, Rows, Table, Variable
from s2c_forms.export.variables import (
    cell_of,
    code_labels,
    of_all_versions,
    variable_of,
)
from s2c_forms.form.fields import Field
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.stamp import spaced
from s2c_forms.master import Book
from s2c_forms.records.merge import Merged
from s2c_forms.records.missing import missing_code, takes_codes
from s2c_forms.words import say


def dataset_of(book: Book, rubrics: Iterable[Rubric]) -> Dataset:
    """Return a book as data, with the rubrics that its forms were made of."""
    fields = tuple(of_all_versions(book, field) for field in book.fields)
    whose = [field for field in fields if field.id in book.rubric.identity]
    tables = (
        _forms(book, fields),
        _scores(book, fields, whose),
        _indicators(book, fields, whose),
        _missing(book, fields),
    )
    return Dataset(book, tuple(rubrics), fields, tables)


def _forms(book: Book, fields: Sequence[Field]) -> Table:
    lang = book.language
    tail = (
        Variable("rubric_version", "text", say("Version of the rubric", lang), required=True),
        Variable("medium", "text", say("Came back as", lang), required=True),
        Variable(
            "status",
            "text",
            say("Anything to check?", lang),
            labels=(("ok", say("in order", lang)), ("to_check", say("to check", lang))),
            required=True,
        ),
    )
    asked = tuple(variable_of(book, field) for field in fields)
    rows = [
        (*_whose(record), *(cell_of(record, field) for field in fields), *_about(record))
        for record in book.records
    ]
    title = say("One row for each form.", lang)
    return Table("forms", title, (*_keys(lang), *asked, *tail), rows, (KEY,))


def _keys(lang: str) -> tuple[Variable, ...]:
    return (
        Variable(KEY, "text", say("Key of the form in this data set", lang), required=True),
        Variable("form_id", "text", say("Form", lang), required=True),
    )


def _whose(record: Merged) -> tuple[str, str]:
    return record.key, ", ".join(map(spaced, record.form_ids))


def _about(record: Merged) -> tuple[str, str, str]:
    return (
        _version(record),
        ", ".join(record.media),
        "to_check" if record.questions else "ok",
    )


def _version(record: Merged) -> str:
    return ", ".join(dict.fromkeys(v.record.stamp.version for v in record.versions))


def _scores(book: Book, fields: Sequence[Field], whose: Sequence[Field]) -> Table:
    lang = book.language
    scale = {point.value: point.label for r in book.rubrics for point in r.scale}
    labels = tuple(sorted(scale.items()))
    score = Variable("score", "integer", say("Score", lang), "ordinal", labels, has_codes=True)
    by_id = {field.id: field for field in fields}

    def rows() -> Iterator[Row]:
        for record, about, asked in _factors(book, whose):
            yield from ((*about, cell_of(record, by_id[field_id])) for field_id in asked.scores)

    title = say("One row for each factor of each form.", lang)
    variables = (*_long_head(book, whose), score)
    return Table("scores", title, variables, Rows(rows), (KEY, "factor"))


def _indicators(book: Book, fields: Sequence[Field], whose: Sequence[Field]) -> Table:
    lang = book.language
    by_id = {field.id: field for field in fields}
    texts = {i.id: i.text for rubric in book.rubrics for i in rubric.indicators}
    which = Variable("indicator", "text", say("Indicator", lang), labels=tuple(texts.items()))
    ticks = ((0, say("not ticked", lang)), (1, say("ticked", lang)))
    ticked = Variable("ticked", "integer", say("Ticked (1), or not (0)", lang), labels=ticks)
    variables = (
        *_long_head(book, whose),
        replace(which, required=True),
        replace(ticked, has_codes=True),
    )

    def rows() -> Iterator[Row]:
        for record, about, asked in _factors(book, whose):
            for field_id in asked.indicators:
                yield (*about, field_id, cell_of(record, by_id[field_id]))

    title = say("One row for each indicator of each form.", lang)
    return Table("indicators", title, variables, Rows(rows), (KEY, "indicator"))


def _long_head(book: Book, whose: Sequence[Field]) -> tuple[Variable, ...]:
    """Return the variables that long tables begin with: whose form it is, part and factor."""
    lang = book.language
    parts = {part.id: part.title for rubric in book.rubrics for part in rubric.parts}
    factors = {factor.id: factor.text for rubric in book.rubrics for factor in rubric.factors}
    version = Variable("rubric_version", "text", say("Version of the rubric", lang))
    part = Variable("part", "text", say("Part", lang), labels=tuple(parts.items()))
    factor = Variable("factor", "text", say("Factor", lang), labels=tuple(factors.items()))
    return (
        *_keys(lang),
        *(variable_of(book, field) for field in whose),
        *(replace(variable, required=True) for variable in (version, part, factor)),
    )


@dataclass(frozen=True)
class _Asked:
    """A factor with all that the rubrics of a record ask about it."""

    part: str
    factor: str
    scores: tuple[str, ...]
    indicators: tuple[str, ...]


def _factors(book: Book, head: Sequence[Field]) -> Iterator[tuple[Merged, Row, _Asked]]:
    """Yield every factor that each record was asked, with the cells that its rows begin with."""
    known: dict[frozenset[str], tuple[_Asked, ...]] = {}
    for record in book.records:
        hashes = frozenset(version.record.stamp.hash for version in record.versions)
        if hashes not in known:
            known[hashes] = _asked([r for r in reversed(book.rubrics) if r.hash in hashes])
        whose = (*_whose(record), *(cell_of(record, field) for field in head))
        version = _version(record)
        for asked in known[hashes]:
            yield record, (*whose, version, asked.part, asked.factor), asked


def _asked(rubrics: Iterable[Rubric]) -> tuple[_Asked, ...]:
    """Return every factor of rubrics, newest first, each with what any of them asks about it."""
    scores: dict[tuple[str, str], dict[str, None]] = {}
    indicators: dict[tuple[str, str], dict[str, None]] = {}
    places: dict[str, tuple[str, str]] = {}
    for rubric in rubrics:
        for part in rubric.parts:
            for factor in part.factors:
                place = places.setdefault(factor.id, (part.id, factor.id))
                scores.setdefault(place, {})[factor.score] = None
                mine = indicators.setdefault(place, {})
                mine |= {i.id: None for i in factor.indicators if i.id not in mine}
    return tuple(_Asked(*place, tuple(scores[place]), tuple(indicators[place])) for place in scores)


def _missing(book: Book, fields: Sequence[Field]) -> Table:
    lang = book.language
    uncoded = [field for field in fields if not takes_codes(field)]
    variables = (
        Variable(KEY, "text", say("Key of the form in this data set", lang), required=True),
        Variable("variable", "text", say("Variable", lang), required=True),
        Variable(
            "reason",
            "integer",
            say("Why it is missing", lang),
            labels=tuple(code_labels(lang)),
            required=True,
        ),
    )
    rows = [
        (record.key, field.id, code)
        for record in book.records
        for field in uncoded
        if (code := missing_code(record, field.id))
    ]
    title = say("Why texts and dates are empty: they have no room for a code.", lang)
    return Table("missing", title, variables, rows, (KEY, "variable"))
