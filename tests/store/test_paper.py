"""Pages and pictures of paper come back as they were noted, each with its own form."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s2c_forms.form.filled import Absent, Cutout, PageRead, Sheet
from s2c_forms.form.form import Form
from s2c_forms.form.kinds import Value
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.stamp import new_form_id
from s2c_forms.media import pdf
from s2c_forms.places import Place
from s2c_forms.records.merge import Version
from s2c_forms.store import (
    Copy,
    Store,
    StoredFile,
    copies_of,
    layouts_of,
    note_copies,
    note_file,
    note_layout,
    note_pages,
    note_pictures,
    note_rubric,
    note_version,
    open_store,
    pages_of,
    picture_of,
    versions_of,
)
from s2c_forms.store.coding import decode_absent, decode_sheets, encode_absent, encode_sheets
from s2c_forms.words import Message
from tests.records.made import full, record

WHEN = dt.datetime(2026, 11, 22, 14, 3, tzinfo=dt.UTC)
STACK, OTHER = "a" * 64, "b" * 64


@pytest.fixture
def store(place: Place) -> Iterator[Store]:
    with open_store(place) as opened:
        yield opened


def scanned(rubric: Rubric, *pages: int, place: int = 0, sha256: str = STACK) -> Version:
    """A form whose pages lie at `pages` of the stack; its next one isn't there."""
    sheets = tuple(Sheet(number, page) for number, page in enumerate(pages, start=1))
    lacks = (Absent(len(pages) + 1, ("f14_score",)),)
    said = record(rubric, full(rubric), medium="scan")
    return Version(replace(said, sheets=sheets, absent=lacks), "stapel.pdf", sha256, place)


def test_versions_know_their_sheets(store, rubric):
    note_rubric(store, rubric)
    mine = scanned(rubric, 3, 4)
    note_file(store, StoredFile(STACK, "stapel.pdf", "", 1, "scan", "", WHEN))
    note_version(store, mine, rubric)
    (found,) = versions_of(store, {rubric.hash: rubric})
    assert found.record == mine.record


_SHEETS = st.lists(st.builds(Sheet, st.integers(1, 99), st.integers(1, 9999)))
_ABSENT = st.lists(st.builds(Absent, st.integers(1, 9), st.tuples(st.text()), st.integers(0, 9)))


@given(sheets=_SHEETS, absent=_ABSENT)
def test_sheets_come_back_equal(sheets, absent):
    assert decode_sheets(encode_sheets(sheets)) == tuple(sheets)
    assert decode_absent(encode_absent(absent)) == tuple(absent)


def test_pages_come_back_in_their_order_and_once(store):
    inner = Message("it is larger than {limit} MB", {"limit": 100})
    pages = (
        PageRead(1, "read", "K7QF2M9X", 1),
        PageRead(2, "duplicate", "K7QF2M9X", 1, Message("as {page}: {why}", {"page": 1})),
        PageRead(3, "no_code", reason=Message("{why}", {"why": inner})),
    )
    note_pages(store, STACK, reversed(pages[:2]))
    note_pages(store, STACK, reversed(pages))
    note_pages(store, OTHER, [PageRead(1, "blank")])
    note_pages(store, OTHER, [])
    assert pages_of(store) == {STACK: pages}


def test_a_picture_is_found_by_the_sheets_of_its_form(store, rubric):
    first, second = scanned(rubric, 3, 4), scanned(rubric, 5, 6, place=1)
    for page in (3, 4, 5):
        note_pictures(store, STACK, page, [Cutout("coach", b"old")])
    note_pictures(store, STACK, 3, [Cutout("coach", b"\x89PNG 3"), Cutout("doel", b"\x00")])
    note_pictures(store, STACK, 4, [])
    note_pictures(store, OTHER, 6, [Cutout("doel", b"of another file")])
    assert picture_of(store, first, "coach") == b"\x89PNG 3"
    assert picture_of(store, first, "doel") == b"\x00"
    assert picture_of(store, second, "coach") == b"old"
    assert picture_of(store, second, "doel") is None
    assert picture_of(store, scanned(rubric, 3, sha256=OTHER), "coach") is None


def test_layouts_and_heads_come_back_for_the_shelf(store, rubric):
    layout = pdf.layout_of(Form(rubric, new_form_id()))
    note_rubric(store, rubric)
    note_layout(store, layout.hash, layout.to_json())
    head: dict[str, Value] = {"coach": "C-012", "gesprek_nr": 3}
    copies = [Copy("AAAA1111", rubric.hash, layout.hash, ("pdf",), head)]
    note_copies(store, [*copies, Copy("BBBB2222", rubric.hash, None, ("excel",), {})])
    (found,) = layouts_of(store).values()
    assert found.hash == layout.hash
    assert found.to_json() == layout.to_json()
    assert copies_of(store) == {"AAAA1111": head, "BBBB2222": {}}
