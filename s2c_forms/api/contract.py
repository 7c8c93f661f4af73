"""What was read, and what is asked, as plain data: the contract that other programs build on."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from s2c_forms.api.reading import FileOutcome
from s2c_forms.errors import RefusedError
from s2c_forms.form.codes import code_pattern
from s2c_forms.form.fields import Field, fields_of
from s2c_forms.form.filled import PageRead
from s2c_forms.form.kinds import Value
from s2c_forms.form.rubric import Rubric
from s2c_forms.records.problems import Problem
from s2c_forms.records.record import Record
from s2c_forms.words import say

_TOLD = ("blank", "left")  # nothing is to be done about these pages, but to read on


def told_file(outcome: FileOutcome) -> list[dict[str, Any]]:
    """Return one object for each form found in a file, or one that says why it is refused.

    Of paper, there is also one for each page that belongs to no form, but for blank ones.
    """
    file = str(outcome.path)
    told = [
        _read(file, record) | _told_pages(mine)
        for record, mine in zip(outcome.records, _pages_of(outcome), strict=True)
    ]
    strays = [_refused_page(file, page) for page in strays_of(outcome)]
    # Where no page is a form, the reason of each page says more than that of the file.
    if outcome.refusal and not (strays and outcome.refusal.code == "no_form_on_paper"):
        told = [_refused(file, outcome.medium, outcome.refusal)]
    return told + strays


def strays_of(outcome: FileOutcome) -> list[PageRead]:
    """Return the pages of a file that belong to no form, though something stands on them."""
    taken = {page.page for mine in _pages_of(outcome) for page in mine}
    return [page for page in outcome.pages if page.page not in taken and page.state not in _TOLD]


def _pages_of(outcome: FileOutcome) -> list[list[PageRead]]:
    """Return the pages of each record; what was scanned twice goes with the first of its form."""
    homes: dict[int, int] = {}
    for place, record in enumerate(outcome.records):
        own = [sheet.page for sheet in record.sheets] + [one.page for one in record.absent]
        homes |= {page: place for page in own if page}
    firsts = {r.stamp.form_id: place for place, r in reversed([*enumerate(outcome.records)])}
    mine: list[list[PageRead]] = [[] for _ in outcome.records]
    for page in outcome.pages:
        home = homes.get(page.page, firsts.get(page.form_id))
        if home is not None:
            mine[home].append(page)
    return mine


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


def _refused_page(file: str, page: PageRead) -> dict[str, Any]:
    """Say of a page that belongs to no form why it is not read."""
    problem = {
        "code": page.state,
        "field": None,
        "where": say("page {page}", page=page.page),
        "raw": "",
        "message": page.reason.text() if page.reason else "",
    }
    return {
        "file": file,
        "medium": "scan",
        "status": "refused",
        "form_id": page.form_id or None,
        "rubric": None,
        "rubric_version": None,
        "rubric_hash": None,
        "values": None,
        "problems": [problem],
    } | _told_pages([page])


def _told_pages(pages: Sequence[PageRead]) -> dict[str, Any]:
    """Return what became of pages; of a form that isn't paper there is nothing to tell."""
    told = [
        {
            "page": page.page,
            "state": page.state,
            "form_id": page.form_id or None,
            "number": page.number or None,
        }
        for page in pages
    ]
    return {"pages": told} if told else {}


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
