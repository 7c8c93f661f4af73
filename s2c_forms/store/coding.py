"""Data → the text that the store holds, and back, side by side."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from s2c_forms.form.fields import field_index
from s2c_forms.form.filled import Absent, RawAnswer, Sheet
from s2c_forms.form.kinds import Value
from s2c_forms.form.rubric import Rubric
from s2c_forms.records.problems import Problem
from s2c_forms.words import Message

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@cache
def _rubrics() -> "TypeAdapter[Rubric]":
    from pydantic import TypeAdapter  # 100 ms, where only rubrics are read back

    return TypeAdapter(Rubric)


def encode_rubric(rubric: Rubric) -> str:
    """Return a rubric as its canonical JSON."""
    return rubric.canonical()


def decode_rubric(text: str) -> Rubric:
    """Return the rubric that `encode_rubric` made this text of: equal, with the same hash."""
    return _rubrics().validate_json(text)


def encode_values(values: Mapping[str, Value | None]) -> str:
    """Return answers as JSON, dates as ISO, what is missing left out."""
    told = {
        key: value.isoformat() if isinstance(value, dt.date) else value
        for key, value in values.items()
        if value is not None
    }
    return json.dumps(told, sort_keys=True, separators=(",", ":"))


def decode_values(text: str, rubric: Rubric) -> dict[str, Value | None]:
    """Return every field of the rubric with its answer, None where it is missing."""
    told: dict[str, Any] = json.loads(text)
    return {
        id_: dt.date.fromisoformat(told[id_])
        if field.kind == "date" and id_ in told
        else told.get(id_)
        for id_, field in field_index(rubric).items()
    }


def decode_head(text: str, rubric: Rubric) -> dict[str, Value]:
    """Return the fields that `encode_values` made this text of, and no others."""
    values = decode_values(text, rubric)
    return {id_: value for id_, value in values.items() if value is not None}


def encode_problems(problems: tuple[Problem, ...]) -> str:
    """Return problems as JSON."""
    return json.dumps([[p.code, p.field_id, p.where, p.raw] for p in problems])


def decode_problems(text: str) -> tuple[Problem, ...]:
    """Return the problems that `encode_problems` made this text of."""
    return tuple(Problem(*row) for row in json.loads(text))


def encode_evidence(evidence: Iterable[RawAnswer]) -> str:
    """Return what stood on a form as JSON; places where nothing stood are left out."""
    told = [[one.field_id, one.raw, one.where, one.confidence] for one in evidence if one.raw]
    return json.dumps(told, separators=(",", ":"))


def decode_evidence(text: str) -> tuple[RawAnswer, ...]:
    """Return the evidence that `encode_evidence` made this text of."""
    return tuple(RawAnswer(*row) for row in json.loads(text))


def encode_sheets(sheets: Iterable[Sheet]) -> str:
    """Return sheets of paper as JSON."""
    return json.dumps([[sheet.number, sheet.page] for sheet in sheets])


def decode_sheets(text: str) -> tuple[Sheet, ...]:
    """Return the sheets that `encode_sheets` made this text of."""
    return tuple(Sheet(*row) for row in json.loads(text))


def encode_absent(absent: Iterable[Absent]) -> str:
    """Return pages that lack as JSON."""
    return json.dumps([[page.number, page.fields, page.page] for page in absent])


def decode_absent(text: str) -> tuple[Absent, ...]:
    """Return the pages that `encode_absent` made this text of."""
    return tuple(Absent(number, tuple(ids), page) for number, ids, page in json.loads(text))


def encode_message_values(values: Mapping[str, object]) -> str:
    """Return what fills in a message as JSON: numbers, texts and messages."""
    return json.dumps({name: _encode(value) for name, value in values.items()}, sort_keys=True)


def decode_message_values(text: str) -> dict[str, object]:
    """Return what `encode_message_values` made this text of."""
    return {name: _decode(value) for name, value in json.loads(text).items()}


def _encode(value: object) -> object:
    if isinstance(value, Message):
        told = {name: _encode(inner) for name, inner in value.values.items()}
        return {"msgid": value.msgid, "values": told}
    return value if isinstance(value, int | float) else str(value)


def _decode(value: Any) -> object:
    if isinstance(value, dict):
        told = {name: _decode(inner) for name, inner in value["values"].items()}
        msgid: str = value["msgid"]
        return Message(msgid, told)
    return value
