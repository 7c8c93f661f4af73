"""The data set as one JSON document: records as the program has them, and what they mean."""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from s2c_forms.export.model import Dataset
from s2c_forms.export.variables import code_labels
from s2c_forms.form.fields import Field
from s2c_forms.form.kinds import Value
from s2c_forms.form.stamp import spaced
from s2c_forms.records.merge import Merged
from s2c_forms.records.missing import missing_code


def write_json(data: Dataset, path: Path) -> None:
    """Write the data set as JSON, a record a line."""
    about = json.dumps(_about(data), ensure_ascii=False, indent=1)
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(about.removesuffix("\n}") + ',\n "records": [')
        for number, record in enumerate(_records(data)):
            stream.write(",\n" if number else "\n")
            json.dump(record, stream, ensure_ascii=False, separators=(",", ":"))
        stream.write("\n ]\n}\n")


def _about(data: Dataset) -> dict[str, Any]:
    book = data.book
    return {
        "made_by": "s2c-forms",
        "rubric": {
            "id": book.rubric.id,
            "title": book.rubric.title,
            "language": book.language,
            "versions": list(dict.fromkeys(rubric.version for rubric in book.rubrics)),
        },
        "missing_codes": {str(code): text for code, text in code_labels(book.language)},
        "variables": [_variable(data, field) for field in data.fields],
    }


def _variable(data: Dataset, field: Field) -> dict[str, Any]:
    told = next(v for v in data.table("forms").variables if v.name == field.id)
    return {
        "id": field.id,
        "kind": field.kind,
        "label": field.label,
        "values": [{"value": option.value, "label": option.label} for option in field.options],
        "part": field.part or None,
        "factor": field.factor or None,
        "rubric_versions": list(told.versions),
    }


def _records(data: Dataset) -> Iterator[dict[str, Any]]:
    fields = [field.id for field in data.fields]
    for record in data.book.records:
        yield {
            "record": record.key,
            "form_ids": [spaced(form_id) for form_id in record.form_ids],
            "rubric_versions": list(
                dict.fromkeys(version.record.stamp.version for version in record.versions)
            ),
            "media": list(record.media),
            "status": "to_check" if record.questions else "ok",
            "values": {id_: _plain(record.values.get(id_)) for id_ in fields},
            "missing": _missing(record, fields),
        }


def _plain(value: Value | None) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def _missing(record: Merged, fields: list[str]) -> dict[str, int]:
    codes = {field_id: missing_code(record, field_id) for field_id in fields}
    return {field_id: code for field_id, code in codes.items() if code}
