"""Places to write: empty, printed beforehand, or written by hand, which nobody guesses."""

import datetime as dt
from dataclasses import replace

import cv2
import numpy as np
import pytest

from s2c_forms.form.fields import field_index
from s2c_forms.form.form import Form
from s2c_forms.form.kinds import Value, show
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.shelf import Shelf, shelf_of
from s2c_forms.media.scan.seen import PageSeen
from s2c_forms.records.record import Record, record_of
from tests.media.scan.drawn import FAINT, IDS, INK, Drawn, codes, pages_of, save, scanned

HEADS: dict[str, dict[str, Value]] = {
    "reflectie-coachgesprekken": {
        "coach": "C-012",
        "jongere": "J-7",
        "doel": "Zelf huiswerk plannen",
        "gesprek_nr": 3,
        "supervisor": "S-1",
        "datum": dt.date(2026, 9, 7),
        "beoordelaar": "supervisor",
    },
    "second": {
        "teacher": "T-101",
        "lesson_date": dt.date(2026, 11, 3),
        "group_size": 24,
        "goal": "Fractions & decimals",
        "subject": "lang",
    },
}


@pytest.fixture(params=["standard", "roomy"])
def form(request: pytest.FixtureRequest, each_rubric: Rubric) -> Form:
    head = HEADS.get(each_rubric.id, HEADS["second"])
    return Form(each_rubric, IDS[0], head, roomy=request.param == "roomy")


@pytest.fixture
def shelf(form: Form) -> Shelf:
    """What is known where the form was made: its rubric, and its head."""
    return replace(shelf_of([form.rubric]), copies={form.form_id: form.prefilled})


def shown(form: Form, field_id: str) -> str:
    """Return what a form shows that was filled in beforehand."""
    return show(field_index(form.rubric)[field_id], form.prefilled[field_id], form.rubric.language)


def read(page: Drawn, shelf: Shelf, tmp_path) -> tuple[Record, PageSeen]:
    found, (seen,) = scanned(save([page.image], tmp_path / "scan.png"), shelf, 1)
    (filled,) = found.forms
    return record_of(filled, shelf.rubric_of(filled.stamp)), seen


def written(page: Drawn) -> str:
    """The field of the first place to write on a page."""
    return page.page.entries[0].field_id


def test_a_head_that_was_printed_is_read_as_printed(form, shelf, tmp_path):
    record, _ = read(pages_of(form)[0], shelf, tmp_path)
    assert {code for id_, code in codes(record).items() if id_} == set()
    assert {id_: record.values[id_] for id_ in form.prefilled} == form.prefilled


def test_a_head_that_was_printed_elsewhere_is_a_question(form, tmp_path):
    """Nobody here knows what was printed, and print isn't told from handwriting."""
    record, seen = read(pages_of(form)[0], shelf_of([form.rubric]), tmp_path)
    entries = {entry.field_id for entry in pages_of(form)[0].page.entries}
    asked = {id_ for id_, code in codes(record).items() if code == "handwritten"}
    assert asked == entries & set(form.prefilled)
    assert asked <= {cutout.field_id for cutout in seen.cutouts}


def test_writing_beside_a_printed_value_is_a_question(form, shelf, tmp_path):
    page = pages_of(form)[0]
    fields = [entry for entry in page.page.entries if entry.field_id in form.prefilled]
    for entry in fields:
        right = entry.x + entry.width
        middle = entry.y + 0.6 * entry.height
        page.line([(right - 30 + x, middle + 3 * (-1) ** x) for x in range(0, 24, 3)])
    record, _ = read(page, shelf, tmp_path)
    told = [(one.field_id, one.code, one.raw) for one in record.problems if one.field_id]
    assert told == [
        (entry.field_id, "written_beside", shown(form, entry.field_id)) for entry in fields
    ]


@pytest.mark.parametrize("ink", [INK, 120, FAINT - 25])
def test_handwriting_is_a_question_with_its_picture(form, ink, tmp_path):
    plain = replace(form, prefilled={})
    for page in pages_of(plain):
        if not page.page.entries:
            continue
        first = written(page)
        record, seen = read(page.write(first, ink), shelf_of([form.rubric]), tmp_path)
        assert {id_: code for id_, code in codes(record).items() if id_} == {first: "handwritten"}
        assert record.values[first] is None
        (cutout,) = [one for one in seen.cutouts if one.field_id == first]
        picture = cv2.imdecode(np.frombuffer(cutout.png, np.uint8), cv2.IMREAD_GRAYSCALE)
        assert picture is not None
        assert picture.min() < ink + 60
        assert seen.state == "read"


def test_empty_places_are_empty(form, tmp_path):
    for page in pages_of(replace(form, prefilled={})):
        record, seen = read(page, shelf_of([form.rubric]), tmp_path)
        assert [one.code for one in record.problems if one.code != "page_missing"] in (
            [],
            ["nothing_filled_in"],
        )
        assert {one.raw for one in seen.answers} <= {"", "FALSE"}
        ids = {entry.field_id for entry in page.page.entries}
        assert not ids & {cutout.field_id for cutout in seen.cutouts}


def test_specks_in_places_to_write_are_no_handwriting(form, tmp_path):
    page = pages_of(replace(form, prefilled={}))[0]
    for entry in page.page.entries:
        for x in (10, 31, 55):
            left, top = page.at(entry.x + x, entry.y + entry.height / 2)
            page.image[top : top + 2, left : left + 2] = INK
    record, _ = read(page, shelf_of([form.rubric]), tmp_path)
    assert "handwritten" not in codes(record).values()
