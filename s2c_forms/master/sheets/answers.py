"""What was answered: one row a form, and one row for each score and each indicator."""

from collections.abc import Iterator
from dataclasses import replace

from s2c_forms.form.rubric import Factor, Part, Rubric
from s2c_forms.master.book import Book
from s2c_forms.master.cells import Cell
from s2c_forms.master.sheet import Column, Sheet, distinct
from s2c_forms.master.sheets import common
from s2c_forms.records.merge import Merged
from s2c_forms.words import say


def forms(book: Book) -> Sheet:
    """Return the sheet with one row a form, and a column for every field."""
    lang = book.language
    columns = [
        Column("form_id", label=say("Form", lang)),
        *(common.field_column(field) for field in book.fields),
        Column("status", label=say("Anything to check?", lang)),
        Column("rubric_version", label=say("Version of the rubric", lang)),
        Column("medium", label=say("Came back as", lang)),
        Column("record", label=say("Key of this row", lang)),
    ]
    rows = [_form(book, record) for record in book.records]
    lead = say(
        "One row for each form. An empty cell was not filled in; an orange one waits for a"
        " decision: see the sheet {sheet}. Ticked is 1, not ticked is 0.",
        lang,
        sheet=say("To check", lang),
    )
    frozen = 1 + sum(field.id in book.rubric.identity[:2] for field in book.fields[:2])
    name = say("Forms", lang)
    sheet = Sheet(name, "s2c_forms", lead, distinct(columns), rows)
    return replace(sheet, frozen=frozen, wide=True, lines=2)


def _form(book: Book, record: Merged) -> list[Cell]:
    lang = book.language
    return [
        common.form_names(record),
        *(common.value_cell(record, field.id) for field in book.fields),
        say("to check", lang) if record.questions else say("in order", lang),
        ", ".join(dict.fromkeys(v.record.stamp.version for v in record.versions)),
        ", ".join(common.medium_name(medium, lang) for medium in record.media),
        record.key,
    ]


def scores(book: Book) -> Sheet:
    """Return the sheet with one row for each factor of each form."""
    lang = book.language
    columns = [
        Column("form_id", label=say("Form", lang)),
        *common.identity_columns(book),
        *_factor_columns(lang),
        Column("score", "score", say("Score", lang)),
        Column("score_label", label=say("What the score means", lang)),
        Column("record", label=say("Key of the row in {sheet}", lang, sheet=say("Forms", lang))),
    ]
    rows = [row for record in book.records for row in _scores(book, record)]
    lead = say("One row for each factor of each form: what a pivot table starts from.", lang)
    return Sheet(say("Scores", lang), "s2c_scores", lead, distinct(columns), rows)


def _scores(book: Book, record: Merged) -> Iterator[list[Cell]]:
    rubric = book.rubric_of(record)
    labels = {point.value: point.label for point in rubric.scale}
    whose = [common.form_names(record), *common.identity_cells(book, record)]
    for part, factor in _factors(rubric):
        score = common.value_cell(record, factor.score)
        label = labels.get(score) if isinstance(score, int) else None
        yield [*whose, *_factor_cells(part, factor), score, label, record.key]


def indicators(book: Book) -> Sheet:
    """Return the sheet with one row for each indicator of each form."""
    lang = book.language
    columns = [
        Column("form_id", label=say("Form", lang)),
        *common.identity_columns(book),
        *_factor_columns(lang)[:2],  # the factor's text stands in the sheet of scores
        Column("indicator", label=say("Indicator", lang)),
        Column("indicator_text", label=say("Text of the indicator", lang), widest=64),
        Column("ticked", "tick", say("Ticked (1), or not (0)", lang)),
        Column("record", label=say("Key of the row in {sheet}", lang, sheet=say("Forms", lang))),
    ]
    rows = [row for record in book.records for row in _indicators(book, record)]
    lead = say(
        "One row for each indicator of each form. Empty where nothing of its factor was filled"
        " in: then not ticking says nothing.",
        lang,
    )
    return Sheet(say("Indicators", lang), "s2c_indicators", lead, distinct(columns), rows)


def _indicators(book: Book, record: Merged) -> Iterator[list[Cell]]:
    whose = [common.form_names(record), *common.identity_cells(book, record)]
    for part, factor in _factors(book.rubric_of(record)):
        about = [*whose, *_factor_cells(part, factor)[:2]]
        for indicator in factor.indicators:
            ticked = common.value_cell(record, indicator.id)
            yield [*about, indicator.id, indicator.text, ticked, record.key]


def _factors(rubric: Rubric) -> Iterator[tuple[Part, Factor]]:
    return ((part, factor) for part in rubric.parts for factor in part.factors)


def _factor_columns(lang: str) -> list[Column]:
    return [
        Column("part", label=say("Part", lang)),
        Column("factor", label=say("Factor", lang)),
        Column("factor_text", label=say("Text of the factor", lang), widest=54),
    ]


def _factor_cells(part: Part, factor: Factor) -> list[Cell]:
    return [part.number, factor.id, factor.text]
