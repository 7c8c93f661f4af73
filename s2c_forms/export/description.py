"""The data set described for programs: a Data Package with a Table Schema for each table.

https://datapackage.org/ version 2; what version 1 knows means the same there.
"""

from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Any

from s2c_forms.export.model import KEY, Dataset, Table, Variable
from s2c_forms.export.variables import code_labels

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_TYPES = {"text": "string", "integer": "integer", "date": "date"}
_MEDIA = {
    ".csv": "text/csv",
    ".json": "application/json",
    ".parquet": "application/vnd.apache.parquet",
    ".sav": "application/x-spss-sav",
    ".txt": "text/plain",
    ".yaml": "application/yaml",
}


def describe(data: Dataset, tables: Sequence[Table], names: Iterable[str]) -> dict[str, Any]:
    """Return the description of a folder with these tables and files."""
    book = data.book
    described = {f"{table.name}.csv" for table in tables}
    told: dict[str, Any] = {
        "$schema": _PROFILE,
        "name": book.rubric.id.lower(),
        "title": book.rubric.title,
        "made_by": "s2c-forms",
        "rubric_versions": list(dict.fromkeys(rubric.version for rubric in book.rubrics)),
    }
    if book.changed:
        told["created"] = book.changed.isoformat()
    told["resources"] = [_resource(data, table) for table in tables]
    # Not resources: a program that checks those need not know SPSS, Parquet or a rubric's file.
    others = [PurePath(name) for name in names if name not in described]
    told["files"] = [
        {"path": path.name, "mediatype": _MEDIA[path.suffix.lower()]} for path in others
    ]
    return told


def _resource(data: Dataset, table: Table) -> dict[str, Any]:
    return {
        "name": table.name,
        "type": "table",
        "title": table.title,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": _MEDIA[".csv"],
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "doubleQuote": True},
        "schema": _schema(data, table),
    }


def _schema(data: Dataset, table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(data, variable) for variable in table.variables],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    if KEY in table.key and table.key != (KEY,):
        reference = {"resource": data.tables[0].name, "fields": [KEY]}
        schema["foreignKeys"] = [{"fields": [KEY], "reference": reference}]
    return schema


def _field(data: Dataset, variable: Variable) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": variable.name,
        "type": _TYPES[variable.type],
        "title": variable.label,
    }
    constraints: dict[str, Any] = {}
    if variable.required:
        constraints["required"] = True
    if variable.minimum is not None:
        constraints["minimum"] = variable.minimum
    if variable.labels:
        constraints["enum"] = [value for value, _ in variable.labels]
        told["categories"] = [{"value": value, "label": label} for value, label in variable.labels]
        told["categoriesOrdered"] = variable.measure == "ordinal"
    if variable.has_codes:
        codes = [str(code) for code, _ in code_labels(data.book.language)]
        told["missingValues"] = ["", *codes]
    return told | ({"constraints": constraints} if constraints else {})
