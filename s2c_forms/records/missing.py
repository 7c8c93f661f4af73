"""Why an answer is missing, as the codes that data for research have."""

from s2c_forms.form.fields import Field
from s2c_forms.records.lacking import fields_lacking
from s2c_forms.records.merge import Merged
from s2c_forms.words import mark

NOT_FILLED_IN, NOT_READABLE, UNDECIDED = -99, -96, -95
MISSING_CODES = {
    NOT_FILLED_IN: mark("not filled in"),
    NOT_READABLE: mark("not readable"),
    UNDECIDED: mark("two versions differ, not decided yet"),
}

# Questions on a field that versions answer, but not alike; and those that tell of no answer on a
# form: it lacks one, or something was typed into the workbook that isn't one.
_VERSIONS_DIFFER = frozenset({"conflict", "decided_otherwise"})
_NOTHING_THERE = frozenset({"score_missing", "correction_refused", "answered_twice"})


def missing_code(record: Merged, field_id: str) -> int | None:
    """Return why an answer is missing.

    None where it isn't, and where none of the record's forms asks it: those versions of the rubric
    don't have the question, so that it is missing by design.
    """
    if field_id not in record.values or record.values[field_id] is not None:
        return None
    asked = {question.code for question in record.questions if question.field_id == field_id}
    if asked & _VERSIONS_DIFFER:
        return UNDECIDED
    if asked - _NOTHING_THERE or _is_lacking(record, field_id):
        return NOT_READABLE
    return NOT_FILLED_IN


def _is_lacking(record: Merged, field_id: str) -> bool:
    """Return whether an answer is on a page of paper that isn't there, and nobody decided on it."""
    decided = {one.target.field_id for one in record.decisions if one.verdict == "value"}
    return field_id not in decided and field_id in fields_lacking(record.versions)


def takes_codes(field: Field) -> bool:
    """Return whether a code can't be taken for an answer to a field."""
    if field.kind == "number":
        return field.minimum is not None and field.minimum >= 0
    return field.kind in ("score", "tick", "choice")
