"""Rows about merging, the store, the workbook, and making forms."""

import datetime as dt
import re
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from bench.forms import answers
from bench.rows import Goal, Place, Row, Way
from s2c_forms import api
from s2c_forms.form.filled import MediumName
from s2c_forms.form.form import Form
from s2c_forms.form.kinds import Value
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.stamp import new_form_id
from s2c_forms.resources import default_rubric

_SHEET = "xl/worksheets/sheet1.xml"


@cache
def _rubric() -> Rubric:
    return api.usable_rubric(default_rubric())


def _forms(folder: Path, number: int) -> None:
    """Put so many filled-in forms in a folder, all of them different."""
    from s2c_forms.media import excel
    from s2c_forms.media.excel.plan import lines_of, rows_by_field

    rubric = _rubric()
    for place in range(number):
        form = Form(rubric, new_form_id())
        path = folder / f"{place:06}.xlsx"
        excel.write(form, path)
        _fill(path, answers(place), rows_by_field(lines_of(form)))


def _fill(path: Path, told: dict[str, Value | None], rows: dict[str, int]) -> None:
    """Fill in a form by its XML: a thousand by openpyxl take a quarter of an hour."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    for field_id, value in told.items():
        if value is not None and field_id in rows:
            cell = rf'<c r="D{rows[field_id] + 1}"( s="\d+")?[^>]*?(/>|>.*?</c>)'
            filled = rf'<c r="D{rows[field_id] + 1}"\1{_content(value)}</c>'
            parts[_SHEET] = re.sub(cell, filled, parts[_SHEET], count=1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)


def _content(value: Value) -> str:
    if isinstance(value, bool):
        return f' t="b"><v>{int(value)}</v>'
    if isinstance(value, dt.date):
        return f"><v>{(value - dt.date(1899, 12, 30)).days}</v>"
    if isinstance(value, int):
        return f"><v>{value}</v>"
    return f' t="inlineStr"><is><t>{value}</t></is>'


def _merge(place: Place) -> None:
    report = api.merge([place.given], place.out / "master.xlsx")
    if report.forms != place.n or report.unwritten:
        raise RuntimeError(f"{report.forms} of {place.n} forms: {report.unwritten}")


def _by_pandas(place: Place, engine: Any) -> None:
    import pandas as pd

    warnings.simplefilter("ignore")  # a later version will have another engine: not this one
    frames = [
        pd.read_excel(path, sheet_name=0, header=None, engine=engine).assign(file=path.name)
        for path in sorted(place.given.iterdir())
    ]
    pd.concat(frames).to_excel(place.out / "master.xlsx", index=False)


def _pandas(place: Place) -> None:
    _by_pandas(place, "openpyxl")


def _pandas_calamine(place: Place) -> None:
    _by_pandas(place, "calamine")


def _store(path: Path, number: int) -> None:
    """Make a store of so many forms, without reading any."""
    from s2c_forms.records.merge import Version
    from s2c_forms.store import note_file, note_rubric, note_version, open_store, own_by

    rubric = _rubric()
    with open_store(path) as store:
        note_rubric(store, rubric)
        own_by(store, rubric.id)
        for record in _records(rubric, range(number)):
            digest = f"{record.stamp.form_id.lower():0>64}"
            note_file(store, _file(digest, f"{record.stamp.form_id}.xlsx"))
            note_version(store, Version(record, "", digest), rubric)


def _records(rubric: Rubric, numbers: Iterable[int]) -> Iterator[Any]:
    from s2c_forms.form.stamp import Stamp
    from s2c_forms.records.record import Record

    for number in numbers:
        stamp = Stamp(rubric.id, rubric.version, rubric.hash, new_form_id())
        yield Record(stamp, "excel", answers(number), ())


def _file(digest: str, name: str) -> Any:
    from s2c_forms.store import StoredFile

    now = dt.datetime(2026, 9, 1, tzinfo=dt.UTC)
    return StoredFile(digest, name, "forms", 16_000, "excel", "Excel", now)


def _write_ours(place: Place) -> None:
    from s2c_forms.master import write_workbook

    write_workbook(_book(place), place.out / "master.xlsx")


def _write_naive(place: Place) -> None:
    """Write the same cells with XlsxWriter, without tables, colours, charts and widths."""
    import xlsxwriter

    from s2c_forms.master import sheets_of

    workbook = xlsxwriter.Workbook(place.out / "master.xlsx", {"constant_memory": True})
    days = workbook.add_format({"num_format": "dd-mm-yyyy"})
    for sheet in sheets_of(_book(place)):
        page = workbook.add_worksheet(sheet.name)
        for number, row in enumerate(sheet.rows):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    page.write_string(number, column, cell)
                elif isinstance(cell, dt.date):
                    page.write_datetime(number, column, cell, days)
                elif isinstance(cell, int | float):
                    page.write_number(number, column, cell)
    workbook.close()


_books: dict[Path, Any] = {}  # of this process: made before it is timed


def _book(place: Place) -> Any:
    return _books[place.out]


def _open_book(place: Place) -> None:
    from s2c_forms.master import book_of
    from s2c_forms.store import open_store

    with open_store(place.given / "master.sqlite", writing=False) as store:
        _books[place.out] = book_of(store, _rubric(), "master.sqlite")


def _one_store(given: Path, number: int) -> None:
    _store(given / "master.sqlite", number)


def _nothing(_given: Path, _number: int) -> None:
    """Prepare nothing: forms are made of the rubric."""


def _heads(number: int) -> Iterator[dict[str, Value]]:
    day = dt.date(2026, 9, 1)
    for place in range(number):
        talk: dict[str, Value] = {
            "gesprek_nr": place % 4 + 1,
            "datum": day + dt.timedelta(days=place % 280),
        }
        yield {"coach": f"C-{place // 20 + 100}", "jongere": f"J-{place // 4 + 100}", **talk}


def _generate(place: Place, medium: MediumName) -> None:
    order = api.Order(media=(medium,), rows=tuple(_heads(place.n)))
    made = api.generate(_rubric(), order, place.out, place.out / "master.sqlite")
    if len(made) != place.n:
        raise RuntimeError(f"{len(made)} of {place.n} forms were made")


def _generate_excel(place: Place) -> None:
    _generate(place, "excel")


def _generate_pdf(place: Place) -> None:
    _generate(place, "pdf")


def _draw_excel(place: Place) -> None:
    from s2c_forms.media.excel.writer import drawn

    _draw(place, drawn)


def _draw_pdf(place: Place) -> None:
    from s2c_forms.media.pdf.writer import drawn

    _draw(place, lambda form: drawn(form).data)


def _draw(place: Place, draw: Callable[[Form], bytes]) -> None:
    for number, head in enumerate(_heads(place.n)):
        (place.out / str(number)).write_bytes(draw(Form(_rubric(), new_form_id(), head)))


ROWS: tuple[Row, ...] = (
    Row(
        "merge",
        "{n} Excel forms to a master",
        _forms,
        Way("merge", _merge),
        Goal(faster=7),
        Way("pandas.read_excel, to_excel", _pandas),
    ),
    Row(
        "merge-calamine",
        "the same",
        _forms,
        Way("merge", _merge),
        Goal(faster=2),
        Way("pandas with calamine", _pandas_calamine),
    ),
    Row(
        "again",
        "the same folder again, nothing new",
        _forms,
        Way("merge", _merge, before=_merge),
        Goal(faster=20),
        Way("the first time", _merge),
    ),
    Row(
        "workbook",
        "write the workbook of {n} forms",
        _one_store,
        Way("write_workbook", _write_ours, before=_open_book),
        Goal(faster=1.3),
        Way("XlsxWriter, constant memory", _write_naive, before=_open_book),
    ),
    Row(
        "make-pdf",
        "{n} personalised PDFs",
        _nothing,
        Way("generate", _generate_pdf),
        Goal(faster=5),
        Way("drawn anew for each, as a template is", _draw_pdf),
    ),
    Row(
        "make-excel",
        "{n} personalised Excel forms",
        _nothing,
        Way("generate", _generate_excel),
        Goal(faster=4),
        Way("XlsxWriter anew for each", _draw_excel),
    ),
)
