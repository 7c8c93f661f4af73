"""Two sheets with one code that are filled in nearly alike: neither is passed over in silence.

Two people score a photocopied form much the same; or a sheet is scanned, something is added, and
it is scanned again. Only the same answers are the same sheet.
"""

from s2c_forms.form.form import Form
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.shelf import shelf_of
from tests.media.scan import drawn
from tests.media.scan.drawn import IDS, answers
from tests.media.scan.test_sheets import look, marked, records, states


def test_one_mark_more_is_no_duplicate(rubric: Rubric, tmp_path):
    form, shelf = Form(rubric, IDS[0], remarks=False), shelf_of([rubric])
    first = marked(form)[0]
    before = first.image.copy()
    empty = next(
        box.field_id
        for box in first.page.boxes
        if box.state == "on" and answers(form.rubric)[box.field_id] is False
    )
    first.mark(drawn.cross, empty)
    read = look([before, first.image], shelf, tmp_path)
    assert states(read) == ["read", "collision"]
    assert {record.values[empty] for record in records(read, shelf)} == {True, False}


def test_another_score_is_no_duplicate(rubric: Rubric, tmp_path):
    form, shelf = Form(rubric, IDS[0], remarks=False), shelf_of([rubric])
    filled = answers(rubric)
    first, other = marked(form)[0], drawn.pages_of(form)[0]
    score = rubric.factors[0].score
    changed = filled | {score: 1 if filled[score] != 1 else 2}
    drawn.fill_in([other], changed)
    read = look([first.image, other.image], shelf, tmp_path)
    assert states(read) == ["read", "collision"]
    assert [record.values[score] for record in records(read, shelf)] == [
        filled[score],
        changed[score],
    ]
