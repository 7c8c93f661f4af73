"""What was last written into the workbook, kept in it, on a sheet that nobody sees.

What a person typed is what stands there less this. It also holds what a lost store is made of
again: rubrics, which versions each row was made of, and what was decided.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from s2c_forms.master.asking import asked
from s2c_forms.master.book import Book
from s2c_forms.master.sheet import Sheet
from s2c_forms.master.sheets.to_check import ANSWER, QUESTION_ID, REMARK
from s2c_forms.master.typed.texts import text_of
from s2c_forms.records.decision import Decision
from s2c_forms.words import say

SHEET = "s2c_written"
KEY = "record"  # the column of the forms whose texts name the rows
_CHUNK = 30_000  # letters in a cell, which takes 32,767


@dataclass(frozen=True)
class Part:
    """A version that a row was made of."""

    sha256: str
    place: int
    form_id: str
    rubric_hash: str
    medium: str

    @property
    def ref(self) -> str:
        """Return the name of the version, as `records.merge.Version` has it."""
        return f"{self.sha256[:16]}:{self.place}"


@dataclass(frozen=True)
class Row:
    """A row of the forms as it was written: its key, its versions, and the texts of its cells."""

    key: str
    parts: tuple[Part, ...]
    cells: Mapping[str, str]

    @property
    def known(self) -> frozenset[str]:
        """Return the names of the versions."""
        return frozenset(part.ref for part in self.parts)

    @property
    def form_ids(self) -> tuple[str, ...]:
        """Return the forms."""
        return tuple(sorted({part.form_id for part in self.parts}))


@dataclass(frozen=True)
class Line:
    """A row of the questions as it was written; `rest` is a digest of what is not to be typed."""

    id: str
    key: str
    field_id: str | None
    code: str
    answer: str
    remark: str
    rest: str


@dataclass(frozen=True)
class Baseline:
    """What was written.

    Attributes:
        id: which state of the workbook it is: equal states have equal ids.
        rubric: the id of its rubric.
        rubrics: every version of it, as canonical JSON, oldest first.
        rows: of the forms, by key.
        out: forms that were left out, of which only the question stands in the workbook.
        lines: of the questions, by id.
        decisions: what was decided, without the values: those stand in the rows.
    """

    id: str
    rubric: str
    rubrics: tuple[str, ...]
    rows: Mapping[str, Row]
    out: Mapping[str, Row]
    lines: Mapping[str, Line]
    decisions: tuple[Mapping[str, Any], ...]


def rest_of(texts: Mapping[str, str], lang: str) -> str:
    """Return a digest of the cells of a question in which nobody is meant to type."""
    typed = {say(ANSWER, lang), say(REMARK, lang)}
    told = {name: text for name, text in texts.items() if name not in typed and text}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:12]


def entries(book: Book, forms: Sequence[Sheet], to_check: Sequence[Sheet]) -> list[list[str]]:
    """Return the rows of the hidden sheet; the first says which state of the workbook it is."""
    told = [*_head(book), *_rows(book, forms), *_lines(book, to_check), *_decisions(book)]
    texts = [json.dumps(entry, ensure_ascii=False, separators=(",", ":")) for entry in told]
    digest = hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]
    return [[SHEET, digest], *(_chunks(text) for text in texts)]


def _chunks(text: str) -> list[str]:
    step = _CHUNK // 2  # a letter outside the first plane counts twice
    return [text[start : start + step] for start in range(0, len(text), step)]


def _head(book: Book) -> Iterator[dict[str, Any]]:
    yield {"is": "book", "rubric": book.rubric.id}
    for rubric in book.rubrics:
        yield {"is": "rubric", "canonical": rubric.canonical()}


def _rows(book: Book, sheets: Sequence[Sheet]) -> Iterator[dict[str, Any]]:
    parts = {record.key: [_part(version) for version in record.versions] for record in book.records}
    for texts in _texts(sheets):
        key = texts[KEY]
        yield {"is": "row", "key": key, "parts": parts[key], "cells": texts}
    for record in book.left_out:
        told = [_part(version) for version in record.versions]
        yield {"is": "out", "key": record.key, "parts": told, "cells": {}}


def _part(version: Any) -> list[Any]:
    stamp = version.record.stamp
    about = [stamp.form_id, stamp.hash, version.record.medium]
    return [version.sha256, version.place, *about]


def _texts(sheets: Sequence[Sheet]) -> Iterator[dict[str, str]]:
    """Yield each row of a table as the texts of its cells that aren't empty, by column."""
    for sheet in sheets:
        names = [column.name for column in sheet.columns]
        for row in sheet.rows:
            texts = zip(names, map(text_of, row), strict=True)
            yield {name: text for name, text in texts if text}


def _lines(book: Book, sheets: Sequence[Sheet]) -> Iterator[dict[str, Any]]:
    lang = book.language
    about = {one.id: one for one in asked(book)}
    for texts in _texts(sheets):
        one = about[texts[QUESTION_ID]]
        yield {
            "is": "line",
            "id": one.id,
            "key": one.record.key,
            "field_id": one.question.field_id,
            "code": one.question.code,
            "answer": texts.get(say(ANSWER, lang), ""),
            "remark": texts.get(say(REMARK, lang), ""),
            "rest": rest_of(texts, lang),
        }


def _decisions(book: Book) -> Iterator[dict[str, Any]]:
    done: dict[Decision, None] = {}
    for record in (*book.records, *book.left_out):
        done |= dict.fromkeys(record.decisions)
    for decision in done:
        target = decision.target
        yield {
            "is": "decision",
            "known": sorted(target.known),
            "record": target.record,
            "form_ids": target.form_ids,
            "field_id": target.field_id,
            "code": target.code,
            "verdict": decision.verdict,
            "source": decision.source,
            "made_at": decision.made_at.isoformat(timespec="seconds"),
            "remark": decision.remark,
        }


def baseline_of(rows: Sequence[Sequence[object]]) -> Baseline | None:
    """Return what the rows of the hidden sheet say; None where they aren't whole."""
    if not rows or not rows[0] or rows[0][0] != SHEET:
        return None
    texts = ["".join(str(cell) for cell in row if cell) for row in rows[1:]]
    texts = [text for text in texts if text]
    digest = hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]
    if digest != rows[0][1]:
        return None
    told: dict[str, list[dict[str, Any]]] = {}
    for text in texts:
        entry = json.loads(text)
        told.setdefault(entry.pop("is"), []).append(entry)
    made, out = ([_row(entry) for entry in told.get(name, ())] for name in ("row", "out"))
    lines = [Line(**entry) for entry in told.get("line", ())]
    return Baseline(
        digest,
        told["book"][0]["rubric"],
        tuple(entry["canonical"] for entry in told.get("rubric", ())),
        {row.key: row for row in made},
        {row.key: row for row in out},
        {line.id: line for line in lines},
        tuple(told.get("decision", ())),
    )


def _row(entry: dict[str, Any]) -> Row:
    return Row(entry["key"], tuple(Part(*part) for part in entry["parts"]), entry["cells"])
