"""The store lost and the workbook there: a store of what the workbook holds."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from s2c_forms.api.deciding import LAST, NEXT, Reviewed
from s2c_forms.form.fields import Field, field_index
from s2c_forms.form.kinds import Value, parse
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.stamp import Stamp
from s2c_forms.records.choices import AGREED, LEAVE_OUT
from s2c_forms.records.decision import Decision, Target
from s2c_forms.records.merge import Version
from s2c_forms.records.problems import PROBLEMS, Problem
from s2c_forms.records.record import Record
from s2c_forms.words import Message, mark, say

if TYPE_CHECKING:
    from s2c_forms.master.typed.baseline import Baseline, Part, Row
    from s2c_forms.master.typed.saved import Saved
    from s2c_forms.store import Store

_TOLD = mark(
    "The store was lost, and is made again of the workbook: {forms}, {decisions}. What was read"
    " word for word, pictures of what stands on paper, earlier versions of forms, questions about"
    " whole forms and about what was typed, files that were refused, the roster, and which forms"
    " were handed out can't be made again: merge the forms that you kept, and the roster, and what"
    " they say is read anew."
)


_VERDICTS = {"agreed": AGREED, "left_out": LEAVE_OUT}


def is_lost(store: "Store") -> bool:
    """Return whether a store knows of nothing: no forms, and no workbook."""
    from s2c_forms.store import files_of, meta_of

    return not (files_of(store) or meta_of(store, LAST) or meta_of(store, NEXT))


def rebuild(store: "Store", saved: "Saved", baseline: "Baseline", now: dt.datetime) -> Reviewed:
    """Make the store again of what was written into a workbook."""
    from s2c_forms.store import note_rubric, note_version, own_by, own_rubric
    from s2c_forms.store.coding import decode_rubric

    rubrics = {rubric.hash: rubric for rubric in map(decode_rubric, baseline.rubrics)}
    for rubric in rubrics.values():
        note_rubric(store, rubric)
    if own_rubric(store) is None:
        own_by(store, baseline.rubric)
    language = next((rubric.language for rubric in rubrics.values()), None)
    problems = _problems(baseline, say("in the workbook", language))
    for row in baseline.rows.values():
        for part in row.parts:
            if part.rubric_hash in rubrics:
                rubric = rubrics[part.rubric_hash]
                version = _version(row, part, rubric, problems.get(row.key, ()))
                note_version(store, version, rubric)
    _note_files(store, saved, baseline, now)
    _note_decisions(store, baseline, rubrics)
    return Reviewed(0, (_told(baseline),))


def _told(baseline: "Baseline") -> Message:
    from s2c_forms.words import count

    forms = count("{n} form", "{n} forms", len(baseline.rows))
    decisions = count("{n} decision", "{n} decisions", len(baseline.decisions))
    return Message(_TOLD, {"forms": forms, "decisions": decisions})


def _version(row: "Row", part: "Part", rubric: Rubric, problems: Sequence[Problem]) -> Version:
    """Return what a row says as what each of its versions said: which said what is lost."""
    fields = field_index(rubric)
    values: dict[str, Value | None] = {
        id_: _value(field, row.cells.get(id_, "")) for id_, field in fields.items()
    }
    mine = tuple(p for p in problems if p.field_id is None or p.field_id in fields)
    stamp = Stamp(rubric.id, rubric.version, rubric.hash, part.form_id)
    record = Record(stamp, part.medium, values, mine)
    return Version(record, "", part.sha256, part.place)


def _value(field: Field, text: str) -> Value | None:
    """Return the answer in a cell; an empty one has none, also where a tick could stand."""
    return parse(field, text).value if text else None


def _problems(baseline: "Baseline", where: str) -> Mapping[str, list[Problem]]:
    """Return the questions about fields that were open, by row: they are asked again."""
    found: dict[str, list[Problem]] = {}
    for line in baseline.lines.values():
        is_field = line.field_id and not baseline.rows[line.key].cells.get(line.field_id)
        if is_field and line.code in PROBLEMS and line.code != "score_missing":
            problem = Problem(line.code, line.field_id, where, "…")
            found.setdefault(line.key, []).append(problem)
    return found


def _note_files(store: "Store", saved: "Saved", baseline: "Baseline", now: dt.datetime) -> None:
    """Keep the files that rows were made of, as far as the sheet of origins names them."""
    from s2c_forms.store import StoredFile, note_file, note_rebuilt

    names = dict(_names(saved))
    media = {part.sha256: part.medium for row in baseline.rows.values() for part in row.parts}
    for sha256, medium in media.items():
        name, folder = names.get(sha256, (sha256[:12], ""))
        note_file(store, StoredFile(sha256, name, folder, 0, medium, "", now))
        note_rebuilt(store, sha256)


def _names(saved: "Saved") -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the name and folder of each file on the sheet of origins, by content."""
    from s2c_forms.master.typed.saved import table_in

    for rows in saved.sheets.values():
        table = table_in(rows, "SHA-256")
        for row in table.rows if table else ():
            first, second = (row.get(name, "") for name in (table.columns[:2] if table else ()))
            yield row.get("SHA-256", ""), (first, second)


def _note_decisions(store: "Store", baseline: "Baseline", rubrics: Mapping[str, Rubric]) -> None:
    from s2c_forms.store import LogEntry, note_decision, note_log

    fields: dict[str, Field] = {}
    for rubric in rubrics.values():
        fields |= field_index(rubric)
    language = next((rubric.language for rubric in rubrics.values()), None)
    for told in baseline.decisions:
        known, field_id = frozenset(told["known"]), told["field_id"]
        rows = [row for row in baseline.rows.values() if not known.isdisjoint(row.known)]
        text = rows[0].cells.get(field_id or "", "") if rows else ""
        value = _value(fields[field_id], text) if field_id in fields else None
        about = (told["record"], tuple(told["form_ids"]), field_id, told["code"])
        made_at = dt.datetime.fromisoformat(told["made_at"])
        made = (told["verdict"], value, told["source"], made_at, told["remark"], "rebuilt")
        note_decision(store, Decision(Target(known, *about), *made))
        record, form_ids, _, code = about
        chosen = _VERDICTS.get(told["verdict"])
        new = say(chosen, language) if chosen else text
        entry = (form_ids, record, field_id, code, told["source"], "", new, told["remark"])
        note_log(store, LogEntry(made_at, *entry))
