"""What every variable is: label, kind, values, missing codes, part and factor."""

from s2c_forms.form.fields import Field, field_index
from s2c_forms.form.kinds import KIND_NAMES
from s2c_forms.master.book import Book
from s2c_forms.master.cells import Cell
from s2c_forms.master.sheet import Column, Sheet, distinct
from s2c_forms.records.missing import MISSING_CODES, takes_codes
from s2c_forms.words import say


def codebook(book: Book) -> Sheet:
    """Return the sheet with one row a variable."""
    lang = book.language
    columns = [
        Column(say("Variable", lang)),
        Column(say("Label", lang), widest=44),
        Column(say("Kind", lang)),
        Column(say("Values", lang), widest=26),
        Column(say("Missing codes in exports", lang)),
        Column(say("Part", lang), widest=30),
        Column(say("Factor", lang), widest=30),
        Column(say("In versions of the rubric", lang)),
        Column(say("Note", lang), widest=44),
    ]
    rows = [_row(book, field) for field in book.fields]
    codes = ", ".join(f"{code} {say(text, lang)}" for code, text in MISSING_CODES.items())
    lead = say(
        "What every column of {sheet} holds. What is missing is an empty cell here, and in"
        " exports a code: {codes}.",
        lang,
        sheet=say("Forms", lang),
        codes=codes,
    )
    return Sheet(say("Codebook", lang), "s2c_codebook", lead, distinct(columns), rows)


def _row(book: Book, field: Field) -> list[Cell]:
    lang = book.language
    parts = {part.id: part for rubric in book.rubrics for part in rubric.parts}
    factors = {factor.id: factor for rubric in book.rubrics for factor in rubric.factors}
    part, factor = parts.get(field.part), factors.get(field.factor)
    versions = [r.version for r in book.rubrics if field.id in field_index(r)]
    return [
        field.id,
        field.label,
        say(KIND_NAMES[field.kind], lang),
        _values(field, lang),
        _codes(field, lang),
        f"{part.number} {part.title}" if part else None,
        f"{factor.number} {factor.text}" if factor else None,
        ", ".join(dict.fromkeys(versions)),
        _note(book, field),
    ]


def _codes(field: Field, lang: str) -> str:
    if takes_codes(field):
        return ", ".join(map(str, MISSING_CODES))
    return say("empty; the table `missing` says why", lang)


def _values(field: Field, lang: str) -> str | None:
    if field.kind == "tick":
        return say("1 = ticked\n0 = not ticked", lang)
    if field.kind == "date":
        return say("a date (in exports year-month-day)", lang)
    if field.minimum is not None:
        return say("{least} or more", lang, least=field.minimum)
    return "\n".join(f"{option.value} = {option.label}" for option in field.options) or None


def _note(book: Book, field: Field) -> str | None:
    lang = book.language
    notes = []
    if field.kind == "tick":
        notes.append(
            say(
                "0 only where its factor has a score or any tick; where a factor is untouched,"
                " its indicators are missing.",
                lang,
            )
        )
    every = dict.fromkeys(rubric.version for rubric in book.rubrics)
    asked = {rubric.version for rubric in book.rubrics if field.id in field_index(rubric)}
    if unasked := [version for version in every if version not in asked]:
        notes.append(
            say(
                "Not asked in version {versions}: there it is empty, without a code.",
                lang,
                versions=", ".join(unasked),
            )
        )
    if field.id in book.rubric.identity:
        notes.append(say("Tells whose form it is.", lang))
    return " ".join(notes) or None
