"""What was typed on a form beside its boxes, written about its cells, or on sheets of one's own."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from s2c_forms.form.fields import Field, field_index
from s2c_forms.form.filled import Doubt
from s2c_forms.form.kinds import parse
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.stamp import Stamp
from s2c_forms.media.excel import fixed
from s2c_forms.media.excel.book import Book, Cell, Sheet
from s2c_forms.media.excel.labels import plain
from s2c_forms.media.excel.places import Place
from s2c_forms.media.excel.sheet import ANSWER_MARK, FIELD_MARK, STAMP_SHEET, cell_name
from s2c_forms.media.excel.stamps import entries_of

MOST = 20  # texts that are told one by one: who typed more than that typed another form
_FEW = 3  # fields that make a sheet ours: a word such as `datum` may stand on anybody's
_MARKS = {FIELD_MARK, ANSWER_MARK}
_BOXES = {"TRUE", "FALSE", "1", "0"}  # LibreOffice may make numbers of the two beside the marks
_Places = Mapping[str, tuple[Place, ...]]


@dataclass(frozen=True)
class _Page:
    """A sheet with the fields that are answered on it.

    Attributes:
        sheet: the sheet.
        rubric: the form's.
        fields: the fields in each row, with what each of their cells there says.
        answers: the cells that answer a field.
    """

    sheet: Sheet
    rubric: Rubric
    fields: Mapping[int, list[tuple[Field, str]]]
    answers: frozenset[Cell]


def foreign_texts(book: Book, rubric: Rubric, places: _Places) -> list[Doubt]:
    """Return a doubt for each text that isn't the form's, and one for each sheet that isn't."""
    own: list[Doubt] = []
    others: list[Doubt] = []
    for sheet in book.sheets:
        page = _page(sheet, rubric, places)
        here = {field.id for found in page.fields.values() for field, _ in found}
        if len(here) >= min(_FEW, len(field_index(rubric))):
            own += [_doubt(page, cell, text) for cell, text in _on_form(page)]
        elif not _has_stamp(sheet):
            others += _on_another(page)
    found = own + others
    more = [Doubt("typed_over", "", raw=f"… (+{len(found) - MOST})")] if len(found) > MOST else []
    return found[:MOST] + more


def _page(sheet: Sheet, rubric: Rubric, places: _Places) -> _Page:
    index = field_index(rubric)
    fields: dict[int, list[tuple[Field, str]]] = defaultdict(list)
    cells = [
        (field_id, place.cell)
        for field_id, found in places.items()
        for place in found
        if place.sheet == sheet.name
    ]
    for field_id, cell in cells:
        fields[cell[0]].append((index[field_id], sheet.cells.get(cell, "")))
    return _Page(sheet, rubric, fields, frozenset(cell for _, cell in cells))


def _has_stamp(sheet: Sheet) -> bool:
    return sheet.name == STAMP_SHEET or Stamp.from_entries(entries_of(sheet)) is not None


def _on_form(page: _Page) -> Iterator[tuple[Cell, str]]:
    """Give what the form doesn't say itself, row by row, and every note."""
    rows: dict[int, list[tuple[Cell, str]]] = defaultdict(list)
    for cell, text in sorted({**page.sheet.unfinished, **page.sheet.cells}.items()):
        if cell not in page.answers and text.strip():
            rows[cell[0]].append((cell, text))
    for row, cells in rows.items():
        yield from _in_row(page, row, cells)
    yield from sorted(page.sheet.notes.items())


def _in_row(page: _Page, row: int, cells: list[tuple[Cell, str]]) -> Iterator[tuple[Cell, str]]:
    texts = {plain(text) for _, text in cells}
    fields = page.fields.get(row) or _labelled(page, texts)
    expected = Counter(fixed.UNTICKED if fields and row not in page.fields else ())
    for field, answer in fields:
        expected |= fixed.beside(field, answer, page.rubric)
    formulas_left = int(_has_formula(page, texts, fields))
    for cell, text in cells:
        if formulas_left and _is_formula(page.sheet, cell, text):
            formulas_left -= 1
        elif expected[plain(text)]:
            expected[plain(text)] -= 1
        elif texts & expected.keys() or not _is_ours(page, text, texts):
            yield cell, text


def _labelled(page: _Page, texts: set[str]) -> list[tuple[Field, str]]:
    """Return the fields whose label stands in a row, though their place is lost."""
    labels = fixed.fixed_of(page.rubric).labels
    return [(field, "") for text in texts for field in labels.get(text, ())]


def _has_formula(page: _Page, texts: set[str], fields: list[tuple[Field, str]]) -> bool:
    """Return whether the form has a formula in a row: beside scores, and in title and bands."""
    titles = fixed.fixed_of(page.rubric).titles
    return bool(texts & titles) or any(field.kind == "score" for field, _ in fields)


def _is_formula(sheet: Sheet, cell: Cell, text: str) -> bool:
    """Return whether a formula stands in a cell.

    In an .xls that can't be seen, but for results that LibreOffice writes there: 0, and errors.
    """
    if sheet.formulas is None:
        return text == "0" or text.startswith("#")
    return cell in sheet.formulas


def _is_ours(page: _Page, text: str, texts: set[str]) -> bool:
    """Return whether a text belongs in a row without fields, where these texts stand."""
    if fixed.is_anywhere(text, page.rubric):
        return True
    if texts == {"TRUE", "FALSE"} or (text in _BOXES and texts & _MARKS):  # the hidden row
        return True
    parts = fixed.fixed_of(page.rubric).parts
    inside = {parts[title] for title in texts & parts.keys()}
    scores = [
        answer
        for found in page.fields.values()
        for field, answer in found
        if field.kind == "score" and field.part in inside
    ]
    return fixed.is_mean(text, scores)


def _doubt(page: _Page, cell: Cell, text: str) -> Doubt:
    """Return the doubt about a text: about a field where it would be another answer to it."""
    where = f"{page.sheet.name}!{cell_name(*cell)}"
    about = [
        field.id
        for field, answer in page.fields.get(cell[0], [])
        if _answers(field, text) and parse(field, text).value != parse(field, answer).value
    ]
    return Doubt("typed_over", where, about[0] if about else None, text)


def _answers(field: Field, text: str) -> bool:
    """Return whether a text is an answer to a field that doesn't take just any text."""
    return field.kind not in ("text", "pseudonym") and bool(parse(field, text).value)


def _on_another(page: _Page) -> Iterator[Doubt]:
    """Give one doubt about a sheet that isn't the form, where something was typed on it."""
    found = {**page.sheet.unfinished, **page.sheet.cells}
    typed = [
        (cell, text)
        for cell, text in sorted(found.items())
        if text.strip() and not fixed.is_on_other_sheets(text, page.rubric)
    ]
    typed += sorted(page.sheet.notes.items())
    if typed:
        cell, text = typed[0]
        more = f" … (+{len(typed) - 1})" if len(typed) > 1 else ""
        yield Doubt("typed_over", f"{page.sheet.name}!{cell_name(*cell)}", raw=text + more)
