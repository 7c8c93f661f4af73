"""What every variable of every table is, as a table."""

from s2c_forms.export.model import Dataset, Row, Table, Variable
from s2c_forms.export.variables import code_labels
from s2c_forms.form.fields import field_index
from s2c_forms.words import mark, say

_TYPES = {"text": mark("text"), "integer": mark("whole number"), "date": mark("date")}
_MEASURES = {"nominal": mark("nominal"), "ordinal": mark("ordinal"), "scale": mark("scale")}


def codebook_of(data: Dataset) -> Table:
    """Return the codebook of a data set."""
    lang = data.book.language
    variables = tuple(
        Variable(name, "text", say(label, lang), required=name in ("table", "variable"))
        for name, label in (
            ("table", mark("Table")),
            ("variable", mark("Variable")),
            ("label", mark("Label")),
            ("type", mark("Kind")),
            ("measure", mark("Measurement level")),
            ("values", mark("Values")),
            ("missing", mark("When it is missing")),
            ("part", mark("Part")),
            ("factor", mark("Factor")),
            ("rubric_versions", mark("In versions of the rubric")),
            ("note", mark("Note")),
        )
    )
    rows = [_row(data, table, variable) for table in data.tables for variable in table.variables]
    title = say("What every variable is.", lang)
    return Table("codebook", title, variables, rows, ("table", "variable"))


def _row(data: Dataset, table: Table, variable: Variable) -> Row:
    lang = data.book.language
    part, factor = _place(data, variable.name)
    return (
        table.name,
        variable.name,
        variable.label,
        say(_TYPES[variable.type], lang),
        say(_MEASURES[variable.measure], lang),
        "\n".join(f"{value} = {label}" for value, label in variable.labels) or None,
        _missing(variable, lang),
        part,
        factor,
        ", ".join(variable.versions) or None,
        _note(data, variable),
    )


def _place(data: Dataset, name: str) -> tuple[str | None, str | None]:
    """Return part and factor that a variable belongs to, as people know them."""
    for rubric in reversed(data.book.rubrics):
        if field := field_index(rubric).get(name):
            parts = [f"{p.number} {p.title}" for p in rubric.parts if p.id == field.part]
            factors = [f"{f.number} {f.text}" for f in rubric.factors if f.id == field.factor]
            return next(iter(parts), None), next(iter(factors), None)
    return None, None


def _missing(variable: Variable, lang: str) -> str | None:
    if variable.required:
        return None
    if variable.has_codes:
        return "\n".join(f"{code} = {label}" for code, label in code_labels(lang))
    return say("empty; the table `missing` says why", lang)


def _note(data: Dataset, variable: Variable) -> str | None:
    lang = data.book.language
    every = dict.fromkeys(rubric.version for rubric in data.book.rubrics)
    unasked = [version for version in every if version not in variable.versions]
    if not variable.versions or not unasked:
        return None
    return say(
        "Not asked in version {versions}: there it is empty, without a code.",
        lang,
        versions=", ".join(unasked),
    )
