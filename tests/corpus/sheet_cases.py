"""Rows: Excel forms as programs fill them in, and what people do to workbooks."""

from tests.corpus import harm
from tests.corpus.case import SAME, Asks, Case, Make, Outcome
from tests.corpus.sheet_changes import (
    changed,
    copied,
    copied_and_changed,
    filled_by,
    filled_in_calc,
    marks_only,
    moved,
    name_astray,
    names_only,
    noted,
    pasted,
    row_deleted,
    stamped_by_two,
    typed,
    unprotected,
    with_content,
    with_parts,
    written_beside,
)

CALC = (".xlsx", ".ods", ".xls")


def _x(name: str, make: Make, leads_to: Outcome = SAME) -> Case:
    return Case(name, ".xlsx", make, leads_to)


CASES = [
    # filled in by
    *(Case("filled in by LibreOffice", s, filled_in_calc(s), SAME, ("soffice",)) for s in CALC),
    _x("filled in by openpyxl", filled_by("openpyxl")),
    _x("filled in by pandas", filled_by("pandas")),
    Case("filled in by ExcelJS", ".xlsx", filled_by("ExcelJS"), SAME, ("node",)),
    *(
        Case("filled in by SheetJS", suffix, filled_by("SheetJS", suffix), SAME, ("node",))
        for suffix in CALC
    ),
    # rows, columns and sheets, by a program that lets names follow
    *(
        Case(f"{what} in LibreOffice", suffix, filled_in_calc(suffix, change), SAME, ("soffice",))
        for what, change in (
            ("rows and columns inserted, tab renamed and moved", "insert,rename,move"),
            ("tab copied", "copy"),
        )
        for suffix in CALC
    ),
    # the same by programs that don't
    _x("protection removed", changed(unprotected)),
    _x("tab renamed and moved", changed(moved)),
    _x("rows and columns inserted, names gone", changed(marks_only)),
    _x("hidden marks gone", changed(names_only)),
    _x("a row deleted", changed(row_deleted), Asks("f01_i01", "place_lost")),
    _x("a name that points elsewhere", changed(name_astray), Asks("f01_score", "places_differ")),
    _x(
        "tab copied and scored otherwise",
        changed(copied_and_changed),
        Asks("f08_score", "two_marked"),
    ),
    _x("values pasted into another workbook", pasted),
    # values pasted over, and formulas
    _x("a score pasted over as text", changed(typed("f08_score", " 3 "))),
    _x("a score pasted over with its meaning", changed(typed("f08_score", "3 - Goed"))),
    _x(
        "a score that there isn't",
        changed(typed("f08_score", 4)),
        Asks("f08_score", "not_on_scale"),
    ),
    _x("half a score", changed(typed("f08_score", 2.5)), Asks("f08_score", "not_a_score")),
    _x("a tick that says maybe", changed(typed("f01_i01", "?")), Asks("f01_i01", "not_a_tick")),
    _x("a date in two digits", changed(typed("datum", "3-4-26")), Asks("datum", "ambiguous_date")),
    _x("a formula with a result", with_content("f08_score", "<f>1+2</f><v>3</v>")),
    _x("a tick by formula", with_content("f01_i01", "<f>TRUE()</f><v>1</v>", ' t="b"')),
    _x(
        "a formula without a result",
        with_content("f08_score", "<f>B1+1</f>"),
        Asks("f08_score", "formula"),
    ),
    _x(
        "a formula that failed",
        with_content("f08_score", "<f>1/0</f><v>#DIV/0!</v>", ' t="e"'),
        Asks("f08_score", "formula_error"),
    ),
    _x("a formula from another workbook", with_content("f08_score", "<f>[1]Blad1!A1</f><v>3</v>")),
    # written beside it
    _x("a note about a cell", changed(noted), Asks(None, "typed_over")),
    _x("text beside the form", changed(written_beside), Asks(None, "typed_over")),
    _x("stamps of two forms", with_parts(custom=stamped_by_two), Asks(None, "stamps_differ")),
    # what it would do
    _x("macros", harm.sheet_macros),
    Case("macros", ".xlsm", harm.sheet_macros, SAME),
    _x("external links", harm.sheet_links),
    Case("macros and links", ".ods", harm.open_document(".ods"), SAME, ("soffice",)),
]
CASES.append(_x("tab copied by openpyxl", changed(copied), SAME))
