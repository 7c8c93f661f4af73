"""What becomes of every page, and which pages make a form: none lost, none made up."""

import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from s2c_forms.form.filled import FileRead
from s2c_forms.form.form import Form
from s2c_forms.form.layout import Layout
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.rubric_file import load_rubric
from s2c_forms.form.shelf import Shelf, shelf_of
from s2c_forms.form.stamp import PageCode
from s2c_forms.media import scan
from s2c_forms.media.pdf import layout_of, write_bundle
from s2c_forms.media.scan.seen import PageSeen
from s2c_forms.records.record import Record, record_of
from tests.conftest import ROOT, SECOND
from tests.media.scan.drawn import (
    IDS,
    Drawn,
    Picture,
    answers,
    fill_in,
    pages_of,
    rendered,
    save,
    scanned,
)
from tests.strategies import as_recorded

OWN = ROOT / "rubric" / "reflectie-coachgesprekken-1.yaml"


@pytest.fixture
def shelf(rubric: Rubric, second_rubric: Rubric) -> Shelf:
    return shelf_of([rubric, second_rubric])


@pytest.fixture
def form(rubric: Rubric) -> Form:
    """A form of two pages."""
    return Form(rubric, IDS[0], remarks=False)


def marked(form: Form, turn: int = 0) -> list[Drawn]:
    pages = pages_of(form)
    fill_in(pages, answers(form.rubric, turn))
    return pages


def look(images: Sequence[Picture], shelf: Shelf, tmp_path: Path) -> FileRead:
    return scanned(save(images, tmp_path / "stack.tif"), shelf, len(images))[0]


def states(read: FileRead) -> list[str]:
    return [page.state for page in read.pages]


def records(read: FileRead, shelf: Shelf) -> list[Record]:
    return [record_of(form, shelf.rubric_of(form.stamp)) for form in read.forms]


def problem_codes(record: Record) -> list[str]:
    return [problem.code for problem in record.problems]


def white(form: Form) -> Picture:
    return np.full_like(pages_of(form)[0].image, 250)


# -- pages by themselves -------------------------------------------------------------------------


def test_backs_are_blank_and_said_to_be(form, shelf, tmp_path):
    one, two = (page.image for page in marked(form))
    holes = white(form)
    for row in (0.35, 0.65):
        cv2.circle(holes, (90, round(row * len(holes))), 22, (60,), -1)
    read = look([one, white(form), two, holes], shelf, tmp_path)
    assert states(read) == ["read", "blank", "read", "blank"]
    assert problem_codes(*records(read, shelf)) == []


def test_a_note_on_a_back_is_not_blank(form, shelf, tmp_path):
    noted = white(form)
    cv2.putText(noted, "zie mail", (400, 900), cv2.FONT_HERSHEY_SIMPLEX, 2.0, (60,), 4)
    assert states(look([noted], shelf, tmp_path)) == ["no_code"]


def test_a_letter_that_is_no_form_has_no_code(shelf, form, tmp_path):
    letter = white(form)
    for row in range(200, 2000, 60):
        cv2.putText(letter, "Beste ouders", (200, row), cv2.FONT_HERSHEY_SIMPLEX, 1.5, (0,), 3)
    read = look([letter], shelf, tmp_path)
    assert (states(read), read.forms) == (["no_code"], ())
    assert read.pages[0].reason


def test_a_guide_is_accounted_for_and_no_page_of_a_form(rubric, shelf, tmp_path):
    guide = Form(rubric, IDS[0], remarks=False, guide=True)
    path = tmp_path / "form.pdf"
    write_bundle([guide], path)
    count = len(layout_of(guide).pages)
    assert count > layout_of(guide).sheet_pages
    images = rendered(path.read_bytes())[:count]
    read = look(images, shelf, tmp_path)
    assert states(read) == ["read"] * 2 + ["no_code"] * (count - 2)
    assert [len(record.absent) for record in records(read, shelf)] == [0]


def test_a_page_of_a_rubric_that_is_not_known_says_so(form, second_rubric, tmp_path):
    read = look([page.image for page in marked(form)], shelf_of([second_rubric]), tmp_path)
    assert states(read) == ["other_rubric", "other_rubric"]
    assert read.forms == ()
    assert [(page.form_id, page.number) for page in read.pages] == [(IDS[0], 1), (IDS[0], 2)]
    assert all(layout_of(form).hash in page.reason.text() for page in read.pages if page.reason)


def test_a_page_of_an_unknown_layout_says_so(form, shelf, tmp_path):
    page = with_code(marked(form)[0], PageCode(IDS[0], "ZZZZZZZZ", 1, 2).payload())
    read = look([page], shelf, tmp_path)
    assert (states(read), read.forms) == (["other_rubric"], ())


def with_code(page: Drawn, payload: str, places: Sequence[int] = (0, 1)) -> Picture:
    """Paste another code over those of a page."""
    image = page.image.copy()
    for place in places:
        spot = page.page.codes[place]
        left, top = page.at(spot.x, spot.y)
        right, bottom = page.at(spot.x + spot.size, spot.y + spot.size)
        modules = segno.make(payload, version=2, error="q", boost_error=False, micro=False)
        bits = np.array([[0 if bit else 255 for bit in row] for row in modules.matrix], np.uint8)
        size = (right - left, bottom - top)
        image[top:bottom, left:right] = cv2.resize(bits, size, interpolation=cv2.INTER_NEAREST)
    return image


def test_a_code_whose_check_character_fails_is_ignored(form, shelf, tmp_path):
    page = marked(form)[0]
    good = PageCode(IDS[1], layout_of(form).hash, 1, 2).payload()
    assert states(look([with_code(page, good)], shelf, tmp_path)) == ["read"]
    wrong = good[:-1] + ("2" if good[-1] != "2" else "3")
    assert states(look([with_code(page, wrong)], shelf, tmp_path)) == ["no_code"]
    one_wrong = look([with_code(page, wrong, places=[0])], shelf, tmp_path)
    assert [(page.state, page.form_id) for page in one_wrong.pages] == [("read", IDS[0])]


def test_codes_of_others_are_ignored(form, shelf, tmp_path):
    """A sticker with somebody's address on the internet."""
    page = marked(form)[0]
    both = look([with_code(page, "HTTPS://EXAMPLE.ORG/12")], shelf, tmp_path)
    assert states(both) == ["no_code"]
    one = look([with_code(page, "HTTPS://EXAMPLE.ORG/12", places=[1])], shelf, tmp_path)
    assert states(one) == ["read"]


def test_a_page_number_that_the_form_has_not_is_told(form, shelf, tmp_path):
    page = with_code(marked(form)[0], PageCode(IDS[0], layout_of(form).hash, 7, 2).payload())
    read = look([page], shelf, tmp_path)
    assert (states(read), read.forms) == (["other_rubric"], ())


@pytest.mark.parametrize("covered", [0, 1])
def test_one_code_is_enough(form, shelf, covered, tmp_path):
    pages = marked(form)
    for page in pages:
        cover(page, page.page.codes[covered])
    read = look([page.image for page in pages], shelf, tmp_path)
    assert states(read) == ["read", "read"]
    (record,) = records(read, shelf)
    assert dict(record.values) == as_recorded(form.rubric, answers(form.rubric))


@pytest.mark.parametrize("left", range(4))
def test_one_corner_mark_is_enough(form, shelf, left, tmp_path):
    pages = marked(form)
    for page in pages:
        for place in {0, 1, 2, 3} - {left}:
            cover(page, page.page.marks[place])
    read = look([page.image for page in pages], shelf, tmp_path)
    assert states(read) == ["read", "read"]
    (record,) = records(read, shelf)
    assert dict(record.values) == as_recorded(form.rubric, answers(form.rubric))


def cover(page: Drawn, thing) -> None:
    """Lay white paper over a mark or a code of a page."""
    start = page.at(thing.x - 4, thing.y - 4)
    end = page.at(thing.x + thing.size + 4, thing.y + thing.size + 4)
    cv2.rectangle(page.image, start, end, (255,), -1)


def test_a_page_without_its_boxes_is_unreadable_and_not_lost(form, shelf, tmp_path):
    first, second = marked(form)
    for box in first.page.boxes:
        start = first.at(box.x - 3, box.y - 3)
        end = first.at(box.x + box.size + 3, box.y + box.size + 3)
        cv2.rectangle(first.image, start, end, (255,), -1)
    found, seen = scanned(save([first.image, second.image], tmp_path / "stack.tif"), shelf, 2)
    assert states(found) == ["unreadable", "read"]
    (record,) = records(found, shelf)
    assert [(page.number, page.page) for page in record.absent] == [(1, 1)]
    assert problem_codes(record) == ["page_unreadable"]
    assert all(record.values[box.field_id] is None for box in first.page.boxes)
    assert seen[0].reason is not None


def test_two_forms_on_one_raster_are_told_apart_by_a_person(form, rubric, shelf, tmp_path):
    other = marked(Form(rubric, IDS[1], remarks=False), 1)[0].image
    both = np.hstack([marked(form)[0].image, other])
    read = look([both], shelf, tmp_path)
    assert states(read) == ["unreadable"]
    (record,) = records(read, shelf)
    assert problem_codes(record).count("page_unreadable") == 1
    assert {value for value in record.values.values() if value is not None} == set()


def test_front_and_back_of_one_form_on_one_raster_are_told_apart_by_a_person(form, shelf, tmp_path):
    read = look([np.hstack([page.image for page in marked(form)])], shelf, tmp_path)
    assert states(read) == ["unreadable"]


def test_a_form_is_read_with_the_geometry_that_it_was_printed_with(form, shelf, tmp_path):
    """Sizes changed since: its boxes lie elsewhere now, and only the store knows where they lay."""
    layout, moved = elsewhere(layout_of(form))
    (page,) = pages_of(form)[:1]
    code = PageCode(IDS[0], layout.hash, 1, 2).payload()
    shifted = with_code(page, code)
    band = slice(page.at(0, moved[0])[1], page.at(0, moved[1])[1])
    shifted[band] = np.roll(shifted[band], page.at(0, moved[2])[1], axis=0)
    old = Drawn(shifted, layout.pages[0])
    filled = answers(form.rubric)
    fill_in([old], filled)
    known = replace(shelf, layouts={layout.hash: layout})
    assert states(look([old.image], shelf, tmp_path)) == ["other_rubric"]
    read = look([old.image], known, tmp_path)
    assert states(read) == ["read"]
    (record,) = records(read, known)
    ids = {box.field_id for box in old.page.boxes}
    expected = as_recorded(form.rubric, filled)
    told = {id_: record.values[id_] for id_ in ids}
    assert told == {id_: expected[id_] for id_ in ids}
    assert [page.number for page in record.absent] == [2]


def elsewhere(layout: Layout) -> tuple[Layout, tuple[float, float, float]]:
    """Return a layout whose first page has all below the head lower, and the band that moved."""
    first, *rest = layout.pages
    top, bottom, by = 140.0, 751.0, 2.88
    items = tuple(
        replace(item, y=item.y + by) if top < item.y < bottom else item for item in first.items
    )
    return replace(layout, pages=(replace(first, items=items), *rest)), (top, bottom, by)


# -- pages together ------------------------------------------------------------------------------


def test_pages_of_a_form_may_lie_in_any_order(rubric, shelf, tmp_path):
    forms = [Form(rubric, id_, remarks=False) for id_ in IDS[:2]]
    a, b = (marked(form, turn) for turn, form in enumerate(forms))
    read = look([page.image for page in (b[1], a[1], b[0], a[0])], shelf, tmp_path)
    assert states(read) == ["read"] * 4
    told = {record.stamp.form_id: record for record in records(read, shelf)}
    assert [form.stamp.form_id for form in read.forms] == [IDS[1], IDS[0]]
    for turn, form in enumerate(forms):
        record = told[form.form_id]
        assert record.problems == ()
        assert dict(record.values) == as_recorded(rubric, answers(rubric, turn))
    assert [(sheet.number, sheet.page) for sheet in told[IDS[0]].sheets] == [(1, 4), (2, 2)]


def test_a_form_waits_for_its_missing_page(form, shelf, tmp_path):
    for place, page in enumerate(marked(form)):
        (record,) = records(look([page.image], shelf, tmp_path), shelf)
        lacking = 2 - place
        assert problem_codes(record) == ["page_missing"]
        assert [(one.number, one.page) for one in record.absent] == [(lacking, 0)]
        here = {box.field_id for box in page.page.boxes}
        expected = as_recorded(form.rubric, answers(form.rubric))
        told = {id_: record.values[id_] for id_ in here}
        assert told == {id_: expected[id_] for id_ in here}


def test_a_sheet_that_was_scanned_twice_counts_once(form, shelf, tmp_path):
    """The second time askew, upside down and lighter: still the same ink."""
    one, two = (page.image for page in marked(form))
    rows, columns = one.shape
    turn = cv2.getRotationMatrix2D((columns / 2, rows / 2), 181.2, 0.97)
    again = cv2.warpAffine(one, turn, (columns, rows), borderValue=(255,))
    again = cv2.GaussianBlur(cv2.add(again, np.full_like(again, 20)), (0, 0), 0.8)
    read = look([one, two, again], shelf, tmp_path)
    assert states(read) == ["read", "read", "duplicate"]
    assert "1" in str(read.pages[2].reason and read.pages[2].reason.text())
    (record,) = records(read, shelf)
    assert record.problems == ()
    assert dict(record.values) == as_recorded(form.rubric, answers(form.rubric))


@pytest.mark.parametrize("order", ["1a 2a 1b 2b", "1a 1b 2a 2b", "2a 1a 2b 1b", "1b 2b 1a 2a"])
def test_photocopied_forms_are_told_apart_by_their_order(form, shelf, order, tmp_path):
    """One form, copied again and again: whoever filled in a page is known by where it lies."""
    people = {"a": marked(form, 0), "b": marked(form, 1)}
    images = [people[who][int(number) - 1].image for number, who in order.split()]
    read = look(images, shelf, tmp_path)
    assert Counter(states(read)) == {"read": 2, "collision": 2}
    told = [dict(record.values) for record in records(read, shelf)]
    first, second = (0, 1) if order.index("a") < order.index("b") else (1, 0)
    assert told == [
        as_recorded(form.rubric, answers(form.rubric, turn)) for turn in (first, second)
    ]
    assert [problem_codes(record) for record in records(read, shelf)] == [["photocopied"]] * 2


def test_three_photocopies_of_which_one_page_lacks(form, shelf, tmp_path):
    a, b, c = (marked(form, turn) for turn in range(3))
    images = [page.image for page in (a[0], a[1], b[0], c[0], c[1])]
    read = look(images, shelf, tmp_path)
    told = records(read, shelf)
    assert len(told) == 3
    assert all("photocopied" in problem_codes(record) for record in told)
    assert sorted(len(record.absent) for record in told) == [0, 0, 1]
    assert sorted(sheet.page for record in told for sheet in record.sheets) == [1, 2, 3, 4, 5]


def test_an_empty_front_beside_a_marked_one_is_never_a_duplicate_of_it(form, shelf, tmp_path):
    bare, full = pages_of(form)[0].image, marked(form)[0].image
    read = look([full, bare], shelf, tmp_path)
    assert "duplicate" not in states(read)
    (first, second) = read.pages
    assert (first.state, second.state) == ("read", "collision")


# -- pages in = pages accounted for --------------------------------------------------------------


@cache
def sheets_at_hand() -> tuple[Shelf, dict[str, PageSeen], dict[str, dict[str, object]]]:
    """What is seen on the pages of three forms and a blank one, by name, and what they answer."""
    own, second = load_rubric(OWN), load_rubric(SECOND)
    shelf = shelf_of([own, second])
    forms = {
        "a": (Form(own, IDS[0], remarks=False), 0),
        "A": (Form(own, IDS[0], remarks=False), 1),  # a photocopy of it
        "b": (Form(own, IDS[1], remarks=False), 2),
        "c": (Form(second, IDS[2], remarks=False), 0),
    }
    seen: dict[str, PageSeen] = {}
    told: dict[str, dict[str, object]] = {}
    for name, (form, turn) in forms.items():
        expected = as_recorded(form.rubric, answers(form.rubric, turn))
        for place, page in enumerate(marked(form, turn), start=1):
            key = f"{name}{place}"
            seen[key] = looked(page.image, shelf)
            told[key] = {box.field_id: expected[box.field_id] for box in page.page.boxes}
    seen["-"] = looked(white(forms["a"][0]), shelf)
    return shelf, seen, told


def looked(image: Picture, shelf: Shelf) -> PageSeen:
    with tempfile.TemporaryDirectory() as folder:
        return replace(scan.read_page(save([image], Path(folder) / "p.png"), 1, shelf), cutouts=())


STACKS = st.lists(st.sampled_from(["a1", "a2", "A1", "A2", "b1", "b2", "c1", "-"]), max_size=12)


@settings(max_examples=150, deadline=None)
@given(names=STACKS)
def test_every_page_has_one_state_and_no_answer_is_lost_or_made_up(names):
    shelf, seen, told = sheets_at_hand()
    pages = [replace(seen[name], page=place) for place, name in enumerate(names, start=1)]
    read = scan.assemble(pages, shelf)
    assert [page.page for page in read.pages] == list(range(1, len(names) + 1))
    used = Counter(sheet.page for form in read.forms for sheet in form.sheets)
    for place, (name, page) in enumerate(zip(names, read.pages, strict=True), start=1):
        if name == "-":
            assert (page.state, used[place]) == ("blank", 0)
        elif name in names[: place - 1]:
            assert (page.state, used[place]) == ("duplicate", 0)
        else:
            assert page.state in ("read", "collision")
            assert used[place] == 1
    for form in read.forms:
        values = record_of(form, shelf.rubric_of(form.stamp)).values
        mine = {sheet.page: names[sheet.page - 1] for sheet in form.sheets}
        said: dict[str, object] = {}
        for name in mine.values():
            said |= told[name]
        assert {id_: value for id_, value in values.items() if value is not None} == {
            id_: value for id_, value in said.items() if value is not None
        }
        copied = sum(other.stamp == form.stamp for other in read.forms) > 1
        assert ("photocopied" in {doubt.code for doubt in form.doubts}) == copied
