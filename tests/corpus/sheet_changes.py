"""What programs and people do to an Excel form that was filled in."""

import io
from collections.abc import Callable
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from s2c_forms.demo.fill.excel import cell_named, type_in
from tests.corpus.answers import ANSWERS, Answers
from tests.corpus.bench import Bench
from tests.corpus.case import Make
from tests.media.workbooks import edited, repacked, saved, with_cell
from tests.programs import sheets
from tests.programs.office import HERE

Change = Callable[[Workbook], object]
PAGE = "Formulier"


def changed(change: Change, answers: Answers = ANSWERS) -> Make:
    """Return the filled-in form, changed by openpyxl."""
    return lambda bench: edited(bench.filled(".xlsx", answers).read_bytes(), change)


def with_parts(added: dict[str, str] | None = None, **changes: Any) -> Make:
    """Return the filled-in form with parts of its zip changed or added: see `repacked`."""
    return lambda bench: repacked(bench.filled(".xlsx", ANSWERS).read_bytes(), added, **changes)


def filled_by(library: str, suffix: str = ".xlsx", answers: Answers = ANSWERS) -> Make:
    """Return the form as a library fills it in."""

    def make(bench: Bench) -> bytes:
        path = bench.path(suffix)
        sheets.FILL[library](bench.blank(".xlsx"), answers, path)
        return path.read_bytes()

    return make


def filled_in_calc(suffix: str, changes: str = "", answers: Answers = ANSWERS) -> Make:
    """Return the form as it is filled in in LibreOffice, which saves it in three formats at once.

    Args:
        suffix: which of them is meant.
        changes: what is done to the workbook before: see `uno_fill_calc.py`.
        answers: what is typed.
    """

    def make(bench: Bench) -> bytes:
        key = ("calc", changes, tuple(sorted(answers.items())))
        if key not in bench.made:
            base = bench.path("")
            base.mkdir()
            targets = [base / f"back{ending}" for ending in (".xlsx", ".ods", ".xls")]
            script, said = HERE / "uno_fill_calc.py", sheets.told(answers, base)
            bench.office().run_uno(script, bench.blank(".xlsx"), said, changes, *targets)
            bench.made[key] = base
        return (bench.made[key] / f"back{suffix}").read_bytes()

    return make


def place_of(bench: Bench, field_id: str) -> str:
    """Return the cell that answers a field, such as `D18`."""
    book = load_workbook(io.BytesIO(bench.blank(".xlsx").read_bytes()))
    return str(cell_named(book, field_id).coordinate)


def with_content(field_id: str, content: str, attributes: str = "") -> Make:
    """Return the filled-in form with other content in the cell of a field: `<f>…</f><v>…</v>`."""

    def make(bench: Bench) -> bytes:
        change = with_cell(place_of(bench, field_id), content, attributes)
        return repacked(bench.filled(".xlsx", ANSWERS).read_bytes(), sheet1=change)

    return make


def typed(field_id: str, value: Any) -> Change:
    """Return what types something else in the cell of a field."""
    return lambda book: type_in(cell_named(book, field_id), value)


def unprotected(book: Workbook) -> None:
    """Take protection off all sheets."""
    for page in book:
        page.protection.disable()


def moved(book: Workbook) -> None:
    """Rename the form's tab, and put others before it."""
    book[PAGE].title = "Jan's formulier"
    for name in book.defined_names.values():
        name.attr_text = name.attr_text.replace(f"{PAGE}!", "'Jan''s formulier'!")
    book.move_sheet("Jan's formulier", offset=1)
    book.create_sheet("Eerst", 0)


def copied(book: Workbook) -> None:
    """Copy the form's tab as it is."""
    book.copy_worksheet(book[PAGE])


def copied_and_changed(book: Workbook) -> None:
    """Copy the form's tab, and score otherwise in the copy."""
    copy = book.copy_worksheet(book[PAGE])
    copy[cell_named(book, "f08_score").coordinate].value = 2


def marks_only(book: Workbook) -> None:
    """Take names away, and insert rows and columns: the hidden marks are still there."""
    book.defined_names.clear()
    book[PAGE].insert_rows(12, amount=2)
    book[PAGE].insert_cols(4)
    book[PAGE].insert_cols(1, amount=2)


def names_only(book: Workbook) -> None:
    """Take the hidden marks away."""
    for row in book[PAGE].iter_rows(max_col=1):
        row[0].value = None
    book[PAGE]["D1"].value = None


def row_deleted(book: Workbook) -> None:
    """Leave of a deleted row what Excel leaves: a name that points nowhere."""
    place = cell_named(book, "f01_i01")
    for cell in place.parent[place.row]:
        cell.value = None
    book.defined_names["f01_i01"].attr_text = f"{PAGE}!#REF!"


def name_astray(book: Workbook) -> None:
    """Let a name point to another cell than the mark beside its field."""
    book.defined_names["f01_score"].attr_text = f"{PAGE}!$E$1"


def noted(book: Workbook) -> None:
    """Write a comment about a text's cell."""
    cell_named(book, "doel").comment = Comment("kijk hier nog eens naar", "Jan")


def written_beside(book: Workbook) -> None:
    """Type something beside the form."""
    book[PAGE]["H30"].value = "nog bespreken"


def stamped_by_two(text: str) -> str:
    """Give the properties another form's id than the rest of the file has."""
    return text.replace("K7QF2M9M", "2222222W")


def pasted(bench: Bench) -> bytes:
    """Return another workbook into which the values of the form were pasted."""
    target = Workbook()
    page = target.create_sheet("Verzameld")

    def paste(book: Workbook) -> None:
        for down, row in enumerate(book[PAGE].iter_rows(), start=7):
            for across, cell in enumerate(row, start=3):
                page.cell(down, across).value = cell.value

    edited(bench.filled(".xlsx", ANSWERS).read_bytes(), paste)
    return saved(target)
