"""What a form that came back on paper says: the pages that are there, and those that lack."""

from s2c_forms.form.filled import Absent, Doubt, FilledForm, RawAnswer, Sheet
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.stamp import Stamp
from s2c_forms.records.problems import Problem
from s2c_forms.records.record import record_of
from tests.records.made import FORM

SCORES = ("f13_score", "f14_score")


def filled(rubric: Rubric, *answers: RawAnswer, **more) -> FilledForm:
    stamp = Stamp(rubric.id, rubric.version, rubric.hash, FORM)
    return FilledForm("scan", stamp, answers, **more)


def test_a_page_that_lacks_is_told_and_its_fields_are_missing(rubric):
    read = RawAnswer("f01_score", "2", "pagina 3")
    pages = (Sheet(1, 3),), (Absent(2, SCORES),)
    found = record_of(filled(rubric, read, sheets=pages[0], absent=pages[1]), rubric)
    assert (found.sheets, found.absent) == pages
    assert found.values["f01_score"] == 2
    assert found.values["f13_score"] is None
    assert found.problems == (Problem("page_missing", None, "", "2"),)
    assert found.problems[0].what("en") == ("Of this form these pages didn't come in yet: 2.")


def test_a_page_that_cannot_be_read_says_where_it_is(rubric):
    read = RawAnswer("f01_score", "2", "pagina 3")
    found = record_of(filled(rubric, read, absent=(Absent(2, SCORES, 4),)), rubric)
    assert found.problems == (Problem("page_unreadable", None, "pagina 4", "2"),)


def test_a_form_without_a_page_can_be_empty_all_the_same(rubric):
    found = record_of(filled(rubric, absent=(Absent(2, SCORES),)), rubric)
    assert [p.code for p in found.problems] == ["nothing_filled_in", "page_missing"]
    doubt = Doubt("unsure_mark", "pagina 1", "f01_score")
    found = record_of(filled(rubric, doubts=(doubt,), absent=(Absent(2, SCORES),)), rubric)
    assert [p.code for p in found.problems] == ["unsure_mark", "page_missing"]
