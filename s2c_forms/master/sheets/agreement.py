"""How far people agree who scored the same conversations."""

from collections.abc import Iterator, Mapping, Sequence

from s2c_forms.form.fields import field_index
from s2c_forms.form.roles import roles_of
from s2c_forms.master.book import Book
from s2c_forms.master.cells import Cell
from s2c_forms.master.sheet import Column, ColumnKind, Sheet, distinct
from s2c_forms.records.agreement import (
    LEAST,
    RESAMPLES,
    Agreement,
    Estimate,
    Reading,
    agreements,
)
from s2c_forms.records.coefficients import Table
from s2c_forms.records.figures import scored_forms
from s2c_forms.words import mark, say

# name of a measure → its column, what it is, and how it is written
_MEASURES: dict[str, tuple[str, str, ColumnKind]] = {
    "exact": (mark("Equal"), mark("Share of scores that are equal"), "percent"),
    "adjacent": (
        mark("At most one apart"),
        mark("Share of scores that are equal or one point of the scale apart"),
        "percent",
    ),
    "kappa_linear": (
        mark("Kappa, linear"),
        mark("Cohen's weighted kappa, linear weights"),
        "decimal",
    ),
    "kappa_quadratic": (
        mark("Kappa, quadratic"),
        mark("Cohen's weighted kappa, quadratic weights"),
        "decimal",
    ),
    "alpha": (mark("Alpha"), mark("Krippendorff's alpha, his ordinal metric"), "decimal"),
    "ac2": (mark("AC2"), mark("Gwet's AC2, quadratic weights"), "decimal"),
}
# how an agreement is to be read → the sentence that says so
_READINGS: dict[Reading, str] = {
    "too_few": mark("Too few: there are coefficients from {least} conversations on."),
    "no_variation": mark(
        "Every score is {score}. They agree, but without any difference no coefficient can be"
        " computed: whether they would also agree on other scores can't be told."
    ),
    "one_sided": mark(
        "They agree in {share} of the scores, and yet alpha is low: nearly all scores are {score},"
        " so that agreeing by chance is easy. Go by AC2 and the table, and look for conversations"
        " that differ more."
    ),
    "good": mark("Good: whoever scores, it comes out about the same (alpha 0.80 or more)."),
    "tentative": mark(
        "Fair: enough for careful conclusions (alpha from 0.67 to 0.80). Talk about the scores"
        " that differ."
    ),
    "low": mark(
        "Low: who scores makes a difference (alpha under 0.67). Look in the table where they part,"
        " and talk about what a score means."
    ),
}
_UNSURE = mark("But the interval of alpha is wide: more conversations will tell.")
_FIGURE_SPACE = "\u2007"  # as wide as a digit


def agreement_sheet(book: Book) -> Sheet:
    """Return the sheet with one row for each pair of raters, and each part and factor."""
    scale = sorted({point.value for rubric in book.rubrics for point in rubric.scale})
    forms = scored_forms(book.records, book.rubric)
    found = agreements(forms, book.rubric, scale)
    lang = book.language
    columns = [
        Column(say("Raters", lang), widest=26),
        Column(say("Part", lang), widest=28),
        Column(say("Factor", lang), widest=36),
        Column(say("Conversations", lang), "number", say("Scored by both", lang)),
        Column(say("Scores", lang), "number", say("That stand beside each other", lang)),
        Column(say("How to read it", lang), widest=52),
        *_measure_columns(lang),
        Column(
            say("Table", lang),
            label=say("Rows: what the first gave; columns: the other", lang),
        ),
        *_count_columns(scale, lang),
    ]
    rows = [_row(book, agreement, scale) for agreement in found]
    name = say("Agreement", lang)
    return Sheet(name, "s2c_agreement", _lead(book, found), distinct(columns), rows, wide=True)


def _lead(book: Book, found: tuple[Agreement, ...]) -> str:
    lang = book.language
    if not roles_of(book.rubric).rater:
        return say(
            "This rubric doesn't ask who scores, so nobody's scores can be set side by side.", lang
        )
    if not found:
        return say(
            "No conversation was scored by two people yet. When it is, what they gave stands here"
            " side by side.",
            lang,
        )
    return say(
        "How far people agree who scored the same conversation. Intervals hold 95 %, by bootstrap"
        " over conversations ({draws} draws).",
        lang,
        draws=RESAMPLES,
    )


def _measure_columns(lang: str) -> Iterator[Column]:
    for name, meaning, kind in _MEASURES.values():
        yield Column(say(name, lang), kind, say(meaning, lang))
        yield Column(say("{measure}, 95 %", lang, measure=say(name, lang)), "interval")


def _count_columns(scale: list[int], lang: str) -> Iterator[Column]:
    for first in scale:
        for other in scale:
            label = say("The first gave {first}, the other {other}", lang, first=first, other=other)
            yield Column(f"{first} · {other}", "number", label, grouped=True)


def _row(book: Book, agreement: Agreement, scale: list[int]) -> list[Cell]:
    lang = book.language
    parts = {part.id: f"{part.number} {part.title}" for part in book.rubric.parts}
    factors = {factor.id: f"{factor.number} {factor.text}" for factor in book.rubric.factors}
    return [
        " – ".join(_rater_names(book).get(rater, rater) for rater in agreement.raters),
        parts.get(agreement.part) or say("everything", lang),
        factors.get(agreement.factor),
        agreement.conversations,
        agreement.scores,
        _told(agreement, scale, lang),
        *(
            cell
            for name, (_, _, kind) in _MEASURES.items()
            for cell in _measured(agreement.estimates.get(name), kind, lang)
        ),
        _drawn(agreement.table, scale),
        *(count for row in agreement.table for count in row),
    ]


def _rater_names(book: Book) -> Mapping[str, str]:
    """Return what raters are called, by their value."""
    field = field_index(book.rubric).get(roles_of(book.rubric).rater)
    return {str(option.value): option.label for option in field.options} if field else {}


def _told(agreement: Agreement, scale: list[int], lang: str) -> str:
    given = [
        sum(row) + sum(column)
        for row, column in zip(agreement.table, zip(*agreement.table, strict=True), strict=True)
    ]
    exact = agreement.estimates.get("exact")
    sentence = say(
        _READINGS[agreement.reading],
        lang,
        least=LEAST,
        score=scale[given.index(max(given))],
        share=_percent(exact.value or 0) if exact else "",
    )
    return f"{sentence} {say(_UNSURE, lang)}" if _is_unsure(agreement) else sentence


def _is_unsure(agreement: Agreement) -> bool:
    """Return whether it is said to be good or fair, but may be neither."""
    alpha = agreement.estimates.get("alpha")
    praised = agreement.reading in ("good", "tentative")
    return praised and alpha is not None and (alpha.low is None or alpha.low < 2 / 3)


def _measured(estimate: Estimate | None, kind: ColumnKind, lang: str) -> tuple[Cell, Cell]:
    """Return the cells of a measure and of its interval; empty where there are too few."""
    if estimate is None:
        return None, None
    unknown = say("can't be computed", lang)
    if estimate.value is None:
        return unknown, unknown
    if estimate.low is None or estimate.high is None:
        return estimate.value, unknown
    write = _percent if kind == "percent" else lambda value: _decimal(value, lang)
    return estimate.value, f"{write(estimate.low)} – {write(estimate.high)}"


def _percent(value: float) -> str:
    return f"{value:.0%}".replace("%", " %")


def _decimal(value: float, lang: str) -> str:
    told = f"{value:.2f}".replace("-", "−")
    return told.replace(".", ",") if lang == "nl" else told


def _drawn(table: Table, scale: list[int]) -> str:
    """Return a table as lines of numbers that stand under each other."""
    side = max(len(str(value)) for value in scale)
    width = max(side, *(len(str(count)) for row in table for count in row))
    gap = _FIGURE_SPACE * 2
    lines: list[tuple[str, Sequence[int]]] = [
        ("·" * side, scale)
    ]  # a corner: blanks at the beginning of a cell are lost
    lines += [
        (str(value).ljust(side, _FIGURE_SPACE), row)
        for value, row in zip(scale, table, strict=True)
    ]
    return "\n".join(
        gap.join((begin, *(str(count).rjust(width, _FIGURE_SPACE) for count in row)))
        for begin, row in lines
    )
