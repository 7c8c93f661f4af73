"""What was read, and what is asked, as plain data: the contract that other programs build on."""

import datetime as dt
from typing import Any

from s2c_forms.api.reading import FileOutcome
from s2c_forms.errors import RefusedError
from s2c_forms.form.codes import code_pattern
from s2c_forms.form.fields import Field, fields_of
from s2c_forms.form.kinds import Value
from s2c_forms.form.rubric import Rubric
from s2c_forms.records.problems import Problem
from s2c_forms.records.record import Record


def told_file(outcome: FileOutcome) -> list[dict[str, Any]]:
    """Return one object for each form found in a file, or one that says why it is refused."""
    file = str(outcome.path)
    if outcome.refusal:
        return [_refused(file, outcome.medium, outcome.refusal)]
    return [_read(file, record) for record in outcome.records]


def told_fields(rubric: Rubric) -> list[dict[str, Any]]:
    """Return one object for each field of a rubric, in the order of the form."""
    return [_told_field(field) for field in fields_of(rubric)]


def _read(file: str, record: Record) -> dict[str, Any]:
    return {
        "file": file,
        "medium": record.medium,
        "status": "to_check" if record.problems else "ok",
        "form_id": record.stamp.form_id,
        "rubric": record.stamp.rubric,
        "rubric_version": record.stamp.version,
        "rubric_hash": record.stamp.hash,
        "values": {field_id: _plain(value) for field_id, value in record.values.items()},
        "problems": [_told_problem(problem) for problem in record.problems],
    }


def _refused(file: str, medium: str | None, refusal: RefusedError) -> dict[str, Any]:
    """Say why a file is refused; of a rubric that isn't known, say which is needed."""
    known = refusal.what.values
    return {
        "file": file,
        "medium": medium,
        "status": "refused",
        "form_id": None,
        "rubric": known.get("rubric"),
        "rubric_version": known.get("version"),
        "rubric_hash": known.get("hash"),
        "values": None,
        "problems": [
            {
                "code": refusal.code,
                "field": None,
                "where": file,
                "raw": "",
                "message": refusal.text(),
            }
        ],
    }


def _told_problem(problem: Problem) -> dict[str, Any]:
    return {
        "code": problem.code,
        "field": problem.field_id,
        "where": problem.where,
        "raw": problem.raw,
        "message": problem.message(),
    }


def _plain(value: Value | None) -> str | int | bool | None:
    return value.isoformat() if isinstance(value, dt.date) else value


def _told_field(field: Field) -> dict[str, Any]:
    values: list[int | str | bool] = [option.value for option in field.options]
    return {
        "id": field.id,
        "kind": field.kind,
        "label": field.label,
        "values": [True, False] if field.kind == "tick" else values,
        "value_labels": [option.label for option in field.options],
        "minimum": field.minimum,
        "pattern": code_pattern(field) if field.kind == "pseudonym" else None,
        "part": field.part or None,
        "factor": field.factor or None,
    }
