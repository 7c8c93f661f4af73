"""Every style of mark, on plain pages: read right where it is sure, asked where it isn't."""

from collections.abc import Sequence
from itertools import cycle

import pytest

from s2c_forms.form.fields import fields_of
from s2c_forms.form.form import Form
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.shelf import shelf_of
from s2c_forms.records.record import Record
from tests.media.scan import drawn
from tests.media.scan.drawn import IDS, MARKS, Drawn, Mark, answers, codes, pages_of, record_on
from tests.strategies import as_recorded


@pytest.fixture(params=["standard", "roomy"])
def form(request: pytest.FixtureRequest, each_rubric: Rubric) -> Form:
    return Form(each_rubric, IDS[0], remarks=False, roomy=request.param == "roomy")


@pytest.fixture
def first(form: Form) -> Drawn:
    """The first page of a form, nothing on it."""
    return pages_of(form)[0]


def read(first: Drawn, form: Form, tmp_path) -> Record:
    return record_on([first], form, tmp_path / "scan.tif")


def rows(first: Drawn, form: Form) -> dict[str, list[str]]:
    """The states of each row of boxes on a page, of which one should be marked."""
    chosen = {field.id for field in fields_of(form.rubric) if field.options}
    found: dict[str, list[str]] = {}
    for box in first.page.boxes:
        if box.field_id in chosen:
            found.setdefault(box.field_id, []).append(box.state)
    return found


def lone_ticks(first: Drawn, form: Form) -> list[str]:
    """Every third indicator on a page: what is drawn round it reaches no other one."""
    on_rows = rows(first, form)
    return [box.field_id for box in first.page.boxes if box.field_id not in on_rows][::3]


def mark_rows(first: Drawn, form: Form, styles: Sequence[Mark]) -> None:
    """Mark each row of a page: its first box in the first style, its last one in the last."""
    for field_id, states in rows(first, form).items():
        places = (0, -1) if len(styles) == 2 else range(len(styles))
        for place, style in zip(places, styles, strict=True):
            first.mark(style, field_id, states[place])


@pytest.mark.parametrize("turn", range(5))
def test_every_box_in_every_style_reads_right(form, turn, tmp_path):
    """In five turns each score, and each option, is marked at least once."""
    filled = answers(form.rubric, turn)
    pages, styles = pages_of(form), cycle([*MARKS.values()][turn:] + [*MARKS.values()][:turn])
    drawn_as = {}
    for page in pages:
        for box in page.page.boxes:
            value = filled[box.field_id]
            if value is True or value == box.state or str(value) == box.state:
                drawn_as[box.field_id] = style = next(styles)
                style(page, box)
    record = record_on(pages, form, tmp_path / "scan.tif")
    expected = as_recorded(form.rubric, filled)
    wrong = {id_ for id_, value in record.values.items() if value != expected[id_]}
    assert {(id_, drawn_as.get(id_), codes(record).get(id_)) for id_ in wrong} == set()
    assert record.problems == ()
    assert (record.stamp, record.medium) == (form.stamp, "scan")


def test_an_empty_form_is_empty_and_is_told_so(form, tmp_path):
    record = record_on(pages_of(form), form, tmp_path / "scan.tif")
    assert [problem.code for problem in record.problems] == ["nothing_filled_in"]
    assert set(record.values.values()) == {None}


def test_specks_are_no_marks(form, tmp_path):
    pages = pages_of(form)
    for page in pages:
        for box in page.page.boxes:
            drawn.speck(page, box)
    record = record_on(pages, form, tmp_path / "scan.tif")
    assert [problem.code for problem in record.problems] == ["nothing_filled_in"]


def test_two_marks_in_a_row_are_a_question(form, first, tmp_path):
    mark_rows(first, form, (drawn.cross, drawn.tick))
    record = read(first, form, tmp_path)
    told = {one.field_id: (one.code, one.raw) for one in record.problems if one.field_id}
    assert told == {
        field_id: ("two_marked", f"“{states[0]}” / “{states[-1]}”")
        for field_id, states in rows(first, form).items()
    }
    assert all(record.values[field_id] is None for field_id in told)


@pytest.mark.parametrize("style", [drawn.cross, drawn.tick, drawn.fill])
def test_one_mark_beside_a_blackened_box_is_the_answer(form, first, style, tmp_path):
    mark_rows(first, form, (drawn.blackened, style))
    record = read(first, form, tmp_path)
    assert set(codes(record)) <= {None}
    for field_id, states in rows(first, form).items():
        assert str(record.values[field_id]) == states[-1]
        (evidence,) = [one for one in record.evidence if one.field_id == field_id]
        assert f"{states[0]} " in evidence.where
        assert "(verbeterd" in evidence.where or "(corrected" in evidence.where


def test_a_correction_of_a_correction_is_read(form, first, tmp_path):
    long = {id_: states for id_, states in rows(first, form).items() if len(states) > 2}
    assert long
    for field_id, states in long.items():
        first.mark(drawn.blackened, field_id, states[0]).mark(drawn.blackened, field_id, states[1])
        first.mark(drawn.cross, field_id, states[2])
    record = read(first, form, tmp_path)
    assert not set(codes(record)) & set(long)
    assert all(str(record.values[id_]) == states[2] for id_, states in long.items())


@pytest.mark.parametrize(
    ("styles", "told"),
    [
        ((drawn.blackened,), {"blackened"}),
        ((drawn.blackened, drawn.blackened), {"blackened"}),
        ((drawn.circle,), {"circled"}),
    ],
)
def test_what_is_no_mark_of_ours_is_a_question(form, first, styles, told, tmp_path):
    mark_rows(first, form, styles)
    ticks = lone_ticks(first, form)
    for field_id in ticks:
        first.mark(styles[0], field_id)
    record = read(first, form, tmp_path)
    for field_id in (*rows(first, form), *ticks):
        assert codes(record)[field_id] in told
        assert record.values[field_id] is None


@pytest.mark.parametrize("place", [0, -1])
def test_a_circled_digit_is_a_question(form, first, place, tmp_path):
    scores = {factor.score for factor in form.rubric.factors} & set(rows(first, form))
    assert scores
    for field_id in scores:
        first.mark(drawn.circled_digit, field_id, rows(first, form)[field_id][place])
    told = codes(read(first, form, tmp_path))
    assert {id_ for id_ in told if id_} == scores
    assert {told[id_] for id_ in scores} <= {"circled", "unsure_mark"}


def test_a_broad_felt_tip_is_never_taken_for_a_correction(form, first, tmp_path):
    """Its cross covers a small box almost whole: a mark or a question, and no "not this one"."""
    for field_id, states in rows(first, form).items():
        box = first.box(field_id, states[1])
        for points in (((0.1, 0.1), (0.9, 0.9)), ((0.9, 0.1), (0.1, 0.9))):
            first.line([(box.x + x * box.size, box.y + y * box.size) for x, y in points], wide=1.1)
    record = read(first, form, tmp_path)
    for field_id, states in rows(first, form).items():
        told = codes(record).get(field_id) or str(record.values[field_id])
        assert told in ("unsure_mark", states[1])


def test_a_mark_says_how_sure_it_is(tmp_path, second_rubric):
    form = Form(second_rubric, IDS[0])
    page = pages_of(form)[0].mark(drawn.felt_tip, "warmth_greets")
    record = read(page.mark(drawn.slash, "explains_checks"), form, tmp_path)
    told = {one.field_id: one for one in record.evidence}
    heavy, light = told["warmth_greets"], told["explains_checks"]
    assert (heavy.raw, light.raw) == ("TRUE", "TRUE")
    assert 0.5 <= light.confidence <= heavy.confidence <= 1
    assert told["warmth_listens"].confidence == 1


def test_where_says_page_factor_and_label(tmp_path, second_rubric):
    form = Form(second_rubric, IDS[0])
    page = pages_of(form)[0].mark(drawn.cross, "order_score", "3")
    record = record_on([page], form, tmp_path / "scan.tif", shelf_of([second_rubric]))
    told = {one.field_id: one.where for one in record.evidence}
    assert told["order_score"] == "page 1, factor A2"
    assert told["warmth_greets"] == "page 1, factor A1, “Greets pupils by name”"
    assert told["subject"] == "page 1, Subject"
