"""Pages of one form that come by themselves, and forms that were photocopied."""

import datetime as dt
import random
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from s2c_forms.form.filled import Absent
from s2c_forms.form.kinds import Value
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.rubric_file import load_rubric
from s2c_forms.records.decide import Decided, Desk, decide, pin, settle
from s2c_forms.records.decision import Decision, Target
from s2c_forms.records.history import history_of
from s2c_forms.records.lineup import line_up
from s2c_forms.records.merge import Merged, Version, merge
from s2c_forms.records.missing import NOT_FILLED_IN, NOT_READABLE, missing_code
from s2c_forms.records.problems import Problem
from tests.conftest import FILES
from tests.records.made import FORM, HEAD, OTHER_FORM, full, page_of, record, scan, version

WHEN = dt.datetime(2026, 11, 23, 2, 14, tzinfo=dt.UTC)
BY_HAND = tuple(
    Problem("handwritten", id_, "pagina 1") for id_ in ("coach", "jongere", "gesprek_nr", "datum")
)
NO_HEAD: dict[str, Value | None] = dict.fromkeys(HEAD)


def merged(rubric: Rubric, *versions: Version) -> tuple[Merged, ...]:
    found = merge(versions, {rubric.hash: rubric})
    assert merge(versions[::-1], {rubric.hash: rubric}) == found
    return found


def codes(found: Merged) -> list[str]:
    return [question.code for question in found.questions]


def meetings(records: tuple[Merged, ...], *versions: Version) -> list[str]:
    history = history_of(records)
    return [history[one.sha256, one.place].meeting for one in versions]


def files(records: tuple[Merged, ...]) -> list[list[str]]:
    return sorted([v.file for v in found.versions] for found in records)


# pages of one form


def test_pages_of_different_days_are_one_record(rubric):
    one = scan(rubric, full(rubric), [1], "maandag.pdf", number=1)
    two = scan(rubric, full(rubric), [2], "dinsdag.pdf", number=2)
    (waiting,) = merged(rubric, one)
    assert codes(waiting) == ["page_missing"]
    assert waiting.questions[0].raw == "2"
    assert waiting.values["f14_score"] is None
    (found,) = merged(rubric, one, two)
    assert found.values == full(rubric)
    assert found.questions == ()
    assert meetings((found,), one, two) == ["new", "pages"]
    assert history_of((found,))[two.sha256, 0].file == "maandag.pdf"


def test_a_page_that_came_first_without_a_head_waits_under_its_form(rubric):
    two = scan(rubric, full(rubric), [2], "dinsdag.pdf")
    (found,) = merged(rubric, two)
    assert (found.key, codes(found)) == (FORM, ["page_missing"])


def test_a_page_that_came_unreadably_is_not_said_to_be_missing(rubric):
    one = scan(rubric, full(rubric), [1], "a.pdf")
    torn = Absent(2, one.record.absent[0].fields, page=4)
    told = (Problem("page_unreadable", None, "pagina 4", "2"),)
    two = replace(one.record, absent=(torn,), problems=told)
    again = Version(two, "b.pdf", "b" * 64)
    (found,) = merged(rubric, one, again)
    assert codes(found) == ["page_unreadable"]
    assert (found.questions[0].files, found.questions[0].where) == (("b.pdf",), "pagina 4")
    (found,) = merged(rubric, one, again, scan(rubric, full(rubric), [2], "c.pdf"))
    assert found.questions == ()


def test_several_pages_are_told_as_pages(rubric):
    one = scan(rubric, full(rubric), [1], "a.pdf")
    more = (*one.record.absent, Absent(3, ("reflectie",)))
    lacks = (*one.record.problems, Problem("page_missing", None, "", "3"))
    three = replace(one, record=replace(one.record, absent=more, problems=lacks))
    (found,) = merged(rubric, three)
    assert found.questions[0].what("en") == ("Of this form these pages didn't come in yet: 2, 3.")


def test_a_form_in_another_medium_has_all_its_pages(rubric):
    one = scan(rubric, full(rubric), [1], "a.pdf", number=1)
    typed = version(record(rubric, full(rubric)), "b.xlsx", 2)
    (found,) = merged(rubric, one, typed)
    assert (found.values, found.questions) == (typed.record.values, ())
    assert meetings((found,), one, typed) == ["new", "revised"]


def test_an_empty_form_in_another_medium_has_none(rubric):
    one = scan(rubric, full(rubric), [1], "a.pdf")
    blank = Problem("nothing_filled_in", None, "")
    empty = version(record(rubric, {}, problems=(blank,)), "leeg.xlsx")
    (found,) = merged(rubric, one, empty)
    assert codes(found) == ["page_missing"]


def test_an_empty_page_is_there(rubric):
    one = scan(rubric, full(rubric), [1], "a.pdf")
    blank = Problem("nothing_filled_in", None, "")
    two = scan(rubric, {}, [2], "b.pdf", problems=(blank,))
    (found,) = merged(rubric, one, two)
    assert found.questions == ()


def test_another_form_of_the_same_conversation_has_what_lacks(rubric):
    one = scan(rubric, full(rubric), [1], "a.pdf")
    other = scan(rubric, full(rubric), file="b.pdf", form_id=OTHER_FORM)
    (found,) = merged(rubric, one, other)
    assert (found.form_ids, found.questions) == ((FORM, OTHER_FORM), ())


def test_a_page_that_comes_again_is_the_same(rubric):
    whole = scan(rubric, full(rubric), file="a.pdf", number=1)
    again = scan(rubric, full(rubric), [2], "b.pdf", number=2)
    (found,) = merged(rubric, whole, again)
    assert found.questions == ()
    assert meetings((found,), whole, again) == ["new", "same"]


def test_a_page_that_comes_again_with_something_else_is_revised(rubric):
    whole = scan(rubric, full(rubric), file="a.pdf", number=1)
    again = scan(rubric, full(rubric) | {"f14_score": 3}, [2], "b.pdf", number=2)
    (found,) = merged(rubric, whole, again)
    assert codes(found) == ["conflict"]
    assert meetings((found,), whole, again) == ["new", "revised"]


def test_what_is_on_no_page_is_not_said_to_be_empty(rubric):
    one = scan(rubric, full(rubric) | {"f01_score": None}, [1], "a.pdf")
    (found,) = merged(rubric, one)
    assert missing_code(found, "f14_score") == NOT_READABLE
    assert missing_code(found, "f01_score") == NOT_FILLED_IN
    decided = Decision(Target(found.refs, FORM, (FORM,), "f14_score"), "value", None, "forms", WHEN)
    found = settled(rubric, [one], decided).records[0]
    assert missing_code(found, "f14_score") == NOT_FILLED_IN


def test_that_a_page_will_not_come_is_agreed_until_another_lacks(rubric):
    one = scan(rubric, full(rubric), [1], "a.pdf")
    agreed = Decision(
        Target(frozenset({one.ref}), FORM, (FORM,), None, "page_missing"),
        "agreed",
        None,
        "to_check",
        WHEN,
    )
    again = scan(rubric, full(rubric), [1], "b.pdf")
    assert codes(settled(rubric, [one, again], agreed).records[0]) == []
    other = replace(one.record.absent[0], number=3)
    lacks = (*one.record.problems, Problem("page_missing", None, "", "3"))
    more = replace(again.record, absent=(*again.record.absent, other), problems=lacks)
    both = [replace(again, record=more)]
    assert codes(settled(rubric, both, agreed).records[0]) == ["page_missing"]


def test_fields_of_a_page_that_lacks_are_renamed_with_the_rest(second_rubric):
    newer = load_rubric(FILES / "second-instrument-2.yaml")
    page = Absent(2, ("order_score", "notes"))
    told = replace(record(second_rubric, {}, medium="scan"), absent=(page,))
    (one,) = line_up([second_rubric, newer]).versions([version(told)])
    assert one.record.absent == (Absent(2, ("calm_score", "notes")),)
    assert one.off == {"calm_score", "notes"}


# photocopied forms


def other_answers(rubric: Rubric, share: float) -> dict[str, Value]:
    """Answers to everything, of which a share of what can be marked differs."""
    answers = full(rubric)
    marked = [id_ for id_ in answers if id_.endswith("_score")]
    return answers | dict.fromkeys(marked[: round(share * len(marked))], 3)


def settled(rubric: Rubric, versions: list[Version], *decisions: Decision) -> Decided:
    rubrics = {rubric.hash: rubric}
    desk = Desk(decisions)
    done = decide(merge(pin(versions, decisions, rubrics), rubrics), desk, rubrics)
    return Decided(settle(done.records, rubrics), done.left_out)


def head_of(one: Version, field_id: str, value: Value) -> Decision:
    target = Target(frozenset({one.ref}), FORM, (FORM,), field_id, "handwritten")
    return Decision(target, "value", value, "to_check", WHEN)


DOUBT = (Problem("photocopied", None, "pagina 1", "AAAA-1111"),)


def stack(rubric: Rubric, *values: Mapping[str, Any], file: str = "stapel.pdf") -> list[Version]:
    """Photocopies of one form in a stack, their heads written by hand."""
    return [
        scan(rubric, {**one, **NO_HEAD}, (1, 2), file, place, problems=(*BY_HAND, *DOUBT))
        for place, one in enumerate(values)
    ]


@pytest.mark.parametrize("share", [0, 0.1, 1])
def test_copies_in_one_stack_are_never_one_record(rubric, share):
    one, two = stack(rubric, full(rubric), other_answers(rubric, share))
    records = merged(rubric, one, two)
    assert [found.key for found in records] == [FORM, f"{FORM}-2"]
    assert [found.versions for found in records] == [(one,), (two,)]
    for found in records:
        assert [code for code in codes(found) if code != "handwritten"] == ["photocopied"]


def test_nor_are_those_with_one_head_that_was_printed(rubric):
    copies = [
        scan(rubric, {**values, **HEAD}, place=place, problems=DOUBT)
        for place, values in enumerate((full(rubric), other_answers(rubric, 1)))
    ]
    first, second = merged(rubric, *copies)
    assert first.values["coach"] == second.values["coach"] == "C-012"
    assert {len(first.versions), len(second.versions)} == {1}
    assert codes(first) == codes(second) == ["photocopied"]


def test_copies_of_different_days_are_told_by_what_is_marked(rubric):
    plain = {**full(rubric), **NO_HEAD}
    one = scan(rubric, plain, file="maandag.pdf", number=1)
    near = scan(rubric, {**other_answers(rubric, 0.1), **NO_HEAD}, file="dinsdag.pdf", number=2)
    (found,) = merged(rubric, one, near)
    assert codes(found) == ["conflict"]
    far = scan(rubric, {**other_answers(rubric, 1), **NO_HEAD}, file="dinsdag.pdf", number=2)
    records = merged(rubric, one, far)
    assert len(records) == 2
    assert [codes(found) for found in records] == [["photocopied"]] * 2
    assert records[0].questions[0].raw == "AAAA-1111"
    assert meetings(records, one, far) == ["new", "photocopied"]


def test_the_limit_is_a_quarter_of_what_is_marked(rubric):
    scores = [id_ for id_ in full(rubric) if id_.endswith("_score")][:8]
    plain: dict[str, Value | None] = dict.fromkeys(scores, 2)
    for differing, records in ((2, 1), (3, 2)):
        other = plain | dict.fromkeys(scores[:differing], 1)
        versions = [scan(rubric, plain, file="a.pdf"), scan(rubric, other, file="b.pdf")]
        assert len(merged(rubric, *versions)) == records


def test_a_sheet_that_was_filled_in_further_is_the_same_sheet(rubric):
    one = scan(rubric, {"f01_score": 2}, file="a.pdf")
    two = scan(rubric, {**full(rubric), **NO_HEAD}, file="b.pdf")
    (found,) = merged(rubric, one, two)
    assert codes(found) == ["fuller_version"]


def test_what_is_not_sure_tells_no_sheets_apart(rubric):
    scores = [id_ for id_ in full(rubric) if id_.endswith("_score")]
    unsure = tuple(Problem("unsure_mark", id_, "pagina 1") for id_ in scores)
    plain = {**full(rubric), **NO_HEAD}
    one = scan(rubric, plain, file="a.pdf")
    two = scan(rubric, plain | dict.fromkeys(scores), file="b.pdf", problems=unsure)
    (found,) = merged(rubric, one, two)
    assert found.values["f03_score"] == 2


def test_the_same_stack_scanned_again_is_put_to_its_sheets(rubric):
    answers = [full(rubric), other_answers(rubric, 0.1), other_answers(rubric, 1)]
    first = stack(rubric, *answers)
    again = stack(rubric, *reversed(answers), file="nog eens.pdf")
    records = merged(rubric, *first, *again)
    assert [len(found.versions) for found in records] == [2, 2, 2]
    for found in records:
        one, two = found.versions
        assert one.record.values == two.record.values
        assert not {"conflict", "fuller_version"} & set(codes(found))


def test_a_second_page_goes_to_the_only_sheet_that_lacks_it(rubric):
    whole = scan(rubric, other_answers(rubric, 1) | NO_HEAD, file="a.pdf")
    first = scan(rubric, full(rubric) | NO_HEAD, [1], "b.pdf")
    second = scan(rubric, full(rubric), [2], "c.pdf")
    assert files(merged(rubric, whole, first, second)) == [["a.pdf"], ["b.pdf", "c.pdf"]]
    other = scan(rubric, other_answers(rubric, 1), [1], "d.pdf", place=3)
    found = merged(rubric, first, second, other)
    assert sorted(len(one.versions) for one in found) == [1, 1, 1]  # it may be of either


def test_a_form_typed_over_is_put_to_the_sheet_that_it_is_most_like(rubric):
    one, two = stack(rubric, full(rubric), other_answers(rubric, 1))
    typed = version(record(rubric, {**other_answers(rubric, 0.9), **NO_HEAD}), "typ.xlsx")
    records = merged(rubric, one, two, typed)
    assert [len(found.versions) for found in records] == [1, 2]


def test_who_each_copy_is_of_is_decided_for_it_alone(rubric):
    one, two = stack(rubric, full(rubric), other_answers(rubric, 0.1))
    again = stack(rubric, full(rubric), other_answers(rubric, 0.1), file="opnieuw.pdf")
    heads = [head_of(one, "coach", "C-1"), head_of(two, "coach", "C-2")]
    heads += [head_of(one, "jongere", "J-1")]
    records = settled(rubric, [one, two, *again], *heads).records
    told = {
        v.ref: (found.values["coach"], found.values["jongere"])
        for found in records
        for v in found.versions
    }
    assert told == {
        one.ref: ("C-1", "J-1"),
        again[0].ref: ("C-1", "J-1"),
        two.ref: ("C-2", None),
        again[1].ref: ("C-2", None),
    }


def test_one_whose_head_is_whole_keeps_its_key_and_takes_no_other_along(rubric):
    one, two = stack(rubric, full(rubric), other_answers(rubric, 1))
    head = dict(HEAD)
    heads = [head_of(two, id_, value) for id_, value in head.items()]
    records = settled(rubric, [one, two], *heads).records
    by_key = {found.key: found for found in records}
    assert len(by_key) == 2
    assert by_key.pop(FORM).versions == (one,)
    (named,) = by_key.values()
    assert {id_: named.values[id_] for id_ in head} == head
    agreed = [
        Decision(
            Target(found.refs, "", (FORM,), None, "photocopied"), "agreed", None, "to_check", WHEN
        )
        for found in records
    ]
    for found in settled(rubric, [one, two], *heads, *agreed).records:
        assert set(codes(found)) <= {"handwritten"}


def test_a_decision_holds_when_the_scan_is_read_again_or_made_again(rubric):
    unsure = (Problem("unsure_mark", "f02_score", "pagina 1"),)
    values = full(rubric) | {"f02_score": None}
    first = scan(rubric, values, problems=unsure)
    target = Target(frozenset({first.ref}), "k", (FORM,), "f02_score", "unsure_mark")
    decided = Decision(target, "value", 3, "to_check", WHEN)
    other_thresholds = scan(rubric, full(rubric) | {"f02_score": 1})
    assert other_thresholds.ref == first.ref
    for versions in ([first], [other_thresholds], [first, scan(rubric, values, file="b.pdf")]):
        (found,) = settled(rubric, versions, decided).records
        assert found.values["f02_score"] == 3
        assert codes(found) == []


_MARKS: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {},
    optional={
        "coach": st.sampled_from(["C-1", "C-2"]),
        "f01_score": st.sampled_from([1, 2]),
        "f02_score": st.sampled_from([1, 2]),
        "f01_i01": st.booleans(),
        "f13_score": st.sampled_from([1, 2]),
        "f14_score": st.sampled_from([1, 2]),
    },
)


@st.composite
def _versions(draw: st.DrawFn, rubric: Rubric) -> list[Version]:
    pieces = st.tuples(
        _MARKS,
        st.sampled_from([(1,), (2,), (1, 2)]),
        st.sampled_from(["a.pdf", "b.pdf", "c.xlsx"]),
        st.sampled_from([FORM, FORM, OTHER_FORM]),
    )
    made: list[Version] = []
    for place, (values, pages, file, form_id) in enumerate(
        draw(st.lists(pieces, min_size=1, max_size=6))
    ):
        if file.endswith("xlsx"):
            told = record(rubric, values, form_id)
            made.append(version(told, f"{place}.xlsx", place + 1))
        else:
            made.append(scan(rubric, values, pages, file, place, number=place + 1, form_id=form_id))
    return made


@given(data=st.data())
@settings(max_examples=300, deadline=None)
def test_order_decides_nothing_and_sheets_stay_apart(rubric, data):
    versions = data.draw(_versions(rubric))
    records = merge(versions, {rubric.hash: rubric})
    shuffled = random.Random(0).sample(versions, len(versions))  # noqa: S311  no secret
    assert merge(shuffled, {rubric.hash: rubric}) == records
    assert sorted(v.ref for found in records for v in found.versions) == sorted(
        v.ref for v in versions
    )
    assert len({found.key for found in records}) == len(records)
    for found in records:
        paper = [v for v in found.versions if v.is_paper]
        seen = [(v.sha256, v.form_id, s.number) for v in paper for s in v.record.sheets]
        assert len(seen) == len(set(seen))  # a page of a form once from each file
        assert len(set(codes(found))) == len(codes(found)) or "conflict" in codes(found)


def test_many_copies_of_one_form_take_no_time(rubric):
    copies = stack(rubric, *[other_answers(rubric, share % 5 / 5) for share in range(150)])
    began = dt.datetime.now(dt.UTC)
    assert len(merge(copies, {rubric.hash: rubric})) == 150
    assert (dt.datetime.now(dt.UTC) - began).total_seconds() < 10


def test_every_field_stands_on_a_page(each_rubric):
    assert set(page_of(each_rubric).values()) == {1, 2}


def test_heads_that_nobody_read_yet_are_not_said_to_be_alike(rubric):
    values = {**full(rubric), **NO_HEAD}
    versions = [
        scan(rubric, values, file=f"{form_id}.pdf", problems=BY_HAND, form_id=form_id)
        for form_id in (FORM, OTHER_FORM)
    ]
    for found in merged(rubric, *versions):
        assert set(codes(found)) == {"handwritten"}
    second = [
        scan(rubric, full(rubric), [2], f"{form_id}.pdf", form_id=form_id)
        for form_id in (FORM, OTHER_FORM)
    ]
    for found in merged(rubric, *second):
        assert codes(found) == ["page_missing"]
    read = [replace(one, record=replace(one.record, problems=())) for one in versions]
    for found in merged(rubric, *read):
        assert codes(found) == ["maybe_same"]
