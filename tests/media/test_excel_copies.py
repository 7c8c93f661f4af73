"""A copied form is the form that would have been drawn: every part of it, letter by letter."""

import datetime as dt
import io
import re
import zipfile
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from s2c_forms.form.fields import head_of
from s2c_forms.form.form import Form
from s2c_forms.form.kinds import Value
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.shelf import shelf_of
from s2c_forms.form.stamp import new_form_id
from s2c_forms.media.excel import read
from s2c_forms.media.excel.copies import copied
from s2c_forms.media.excel.writer import drawn
from tests.strategies import values

SLOW = settings(
    deadline=None,
    max_examples=12,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def content_of(data: bytes) -> dict[str, str]:
    """Return the parts of a workbook, each string of a cell in its place."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    strings = re.findall("<si>.*?</si>", parts.pop("xl/sharedStrings.xml"), re.DOTALL)
    return {
        name: re.sub(r't="s"><v>(\d+)</v>', lambda found: strings[int(found[1])], text)
        for name, text in parts.items()
    }


@st.composite
def forms(draw: st.DrawFn, rubric: Rubric) -> Form:
    fields = draw(st.sets(st.sampled_from(head_of(rubric))))
    head: dict[str, Any] = {field.id: draw(values(field)) for field in fields}
    more = {name: draw(st.booleans()) for name in ("remarks", "guide")}
    boxes: Any = draw(st.sampled_from(["checks", "symbols"]))
    return Form(rubric, new_form_id(), head, boxes=boxes, **more)


@SLOW
@given(data=st.data())
def test_a_copy_has_the_parts_of_a_form_that_is_drawn(data: st.DataObject, each_rubric: Rubric):
    form = data.draw(forms(each_rubric))
    assert content_of(copied(form, drawn)) == content_of(drawn(form))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "<b>&amp;</b> ]]>",
        " spatie ",
        "twee\nregels\n",
        "_x0041_ is geen A",
        "een lange tekst " * 30,
        "\x07\x1b",
        "0",
        "👩‍🏫",
        "",
    ],
)
def test_any_text_is_copied_as_it_is_drawn(rubric: Rubric, text: str):
    form = Form(rubric, "NN1MS5JS", {"doel": text, "coach": text})
    assert content_of(copied(form, drawn)) == content_of(drawn(form))


@SLOW
@given(day=st.dates(dt.date(1899, 12, 1), dt.date(1900, 4, 1)))
@example(dt.date(1900, 2, 28))
@example(dt.date(1900, 3, 1))
@example(dt.date(9999, 12, 31))
def test_any_day_is_copied_as_it_is_drawn(rubric: Rubric, day: dt.date):
    form = Form(rubric, "NN1MS5JS", {"datum": day})
    assert content_of(copied(form, drawn)) == content_of(drawn(form))


def test_copies_of_one_template_read_as_what_they_are(rubric: Rubric):
    for number in range(1, 4):
        day = dt.date(2026, 1, number)
        head: dict[str, Value] = {"coach": f"C-{number}", "gesprek_nr": number, "datum": day}
        form = Form(rubric, new_form_id(), head)
        (filled,) = read(copied(form, drawn), shelf_of([rubric])).forms
        assert filled.stamp == form.stamp
        said = {one.field_id: one.raw for one in filled.answers if one.raw}
        assert said["coach"] == f"C-{number}"
        assert said["gesprek_nr"] == str(number)
