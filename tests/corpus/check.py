"""What a case leads to, looked at in the same way for all of them."""

from collections.abc import Callable
from pathlib import Path

from s2c_forms.api.reading import FileOutcome, read_file
from s2c_forms.errors import RefusedError
from s2c_forms.form.fields import fields_of
from s2c_forms.records.record import Record
from tests.corpus.answers import HEAD, Answers, recorded
from tests.corpus.bench import Bench
from tests.corpus.case import (
    SAME,
    Asks,
    Case,
    Mixed,
    OnPaper,
    Outcome,
    Refused,
    Same,
    SameOrRefused,
)


def check(case: Case, path: Path, bench: Bench) -> None:
    """See that a file leads to what its case says, and that nothing in it was run or fetched."""
    outcome = read_file(path, bench.shelf)
    assert bench.trap.sprung() == []
    check_outcome(case.leads_to, outcome, bench)


def check_outcome(leads_to: Outcome, outcome: FileOutcome, bench: Bench) -> None:
    """See that reading a file led to what it must lead to."""
    if isinstance(leads_to, SameOrRefused):
        leads_to = Refused(leads_to.code) if outcome.refusal else SAME
    if isinstance(leads_to, Refused):
        assert outcome.records == ()
        assert outcome.refusal
        assert outcome.refusal.code == leads_to.code, outcome.refusal.text("en")
        check_refusal(outcome.refusal)
        return
    assert outcome.refusal is None, outcome.refusal.text("en")
    if isinstance(leads_to, Same):
        assert len(outcome.records) == len(leads_to.forms)
        for record, answers in zip(outcome.records, leads_to.forms, strict=True):
            assert [problem.message("en") for problem in record.problems] == []
            assert differing(record, answers, bench) == {}
        return
    (record,) = outcome.records
    if isinstance(leads_to, Asks):
        check_question(leads_to, record, bench)
    elif isinstance(leads_to, OnPaper):
        check_on_paper(leads_to, record, bench)
    else:
        check_mixed(leads_to, record, bench)


def check_question(leads_to: Asks, record: Record, bench: Bench) -> None:
    """See that one thing is asked, and that all else says what was filled in."""
    asked = [(problem.code, problem.field_id) for problem in record.problems]
    assert asked == [(leads_to.code, leads_to.field_id)]
    (problem,) = record.problems
    check_texts(problem.what, problem.mend)
    doubted = {leads_to.field_id} - {None}
    assert all(record.values[str(field_id)] is None for field_id in doubted)
    assert set(differing(record, leads_to.answers, bench)) <= doubted


def check_on_paper(leads_to: OnPaper, record: Record, bench: Bench) -> None:
    """See that each text that was typed is asked about, and each mark holds."""
    typed = {
        field.id
        for field in fields_of(bench.rubric)
        if field.id in {**HEAD, **leads_to.answers}
        and field.kind not in ("score", "tick", "choice")
    }
    asked = [(problem.code, problem.field_id) for problem in record.problems]
    assert sorted(asked) == sorted(("handwritten", field_id) for field_id in typed)
    assert set(differing(record, leads_to.answers, bench)) == typed
    assert all(record.values[field_id] is None for field_id in typed)


def check_mixed(leads_to: Mixed, record: Record, bench: Bench) -> None:
    """See that each field in which the forms differ is asked about, and all else holds."""
    first, *others = (recorded(bench.rubric, answers) for answers in leads_to.forms)
    apart = {id_ for id_ in first if any(other[id_] != first[id_] for other in others)}
    asked = {problem.field_id for problem in record.problems}
    assert "stamps_differ" in {problem.code for problem in record.problems}
    said = {id_ for id_ in apart if any(f[id_] not in (None, False) for f in (first, *others))}
    assert said <= asked
    assert {record.values[id_] for id_ in apart} <= {None, False}
    unticked = {
        indicator.id
        for factor in bench.rubric.factors
        if factor.score in asked
        for indicator in factor.indicators
        if record.values[indicator.id] is False
    }  # where a score is asked, whether an empty box means "no" is settled by what it was
    assert set(differing(record, leads_to.forms[0], bench)) <= apart | unticked


def differing(record: Record, answers: Answers, bench: Bench) -> dict[str, tuple[object, object]]:
    """Return the fields that don't say what was filled in: what they say, and what was."""
    wanted = recorded(bench.rubric, answers)
    assert record.values.keys() == wanted.keys()
    return {
        field_id: (record.values[field_id], wanted[field_id])
        for field_id in wanted
        if record.values[field_id] != wanted[field_id]
    }


def check_refusal(refusal: RefusedError) -> None:
    """See that a refusal has its reason and its mend, in both languages."""
    check_texts(refusal.what.text, refusal.mend.text)


def check_texts(what: Callable[[str], str], mend: Callable[[str], str]) -> None:
    """See that there are words for both, all filled in, and that Dutch is another language."""
    for text in (what, mend):
        told = {language: text(language).strip() for language in ("en", "nl")}
        assert all(told.values())
        assert "{" not in told["en"] + told["nl"]
        assert told["en"] != told["nl"]
