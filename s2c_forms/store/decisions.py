"""What people decided and typed, the log of it, and the workbooks that it was typed in."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa

from s2c_forms.form.fields import field_index
from s2c_forms.form.kinds import Value
from s2c_forms.form.rubric import Rubric
from s2c_forms.records.decide import Desk
from s2c_forms.records.decision import Decision, Note, Target
from s2c_forms.records.screening import OPEN, Sieve, without_names
from s2c_forms.store import tables
from s2c_forms.store.opening import Store
from s2c_forms.store.sharing import shared_sieve

Event = Literal["to_check", "forms", "withdrawn", "rebuilt"]


@dataclass(frozen=True)
class LogEntry:
    """Something that a person settled, as the workbook tells it.

    Attributes:
        made_at: when it was merged.
        form_ids: the forms it is about.
        record: the key of their row.
        field_id: the field; None for the whole form.
        code: the question that was answered; empty for a correction.
        event: where it was typed, or that it was taken back.
        old: what stood there, as it was shown.
        new: what stands there now, as it is shown.
        remark: what else the person wrote.
    """

    made_at: dt.datetime
    form_ids: tuple[str, ...]
    record: str
    field_id: str | None
    code: str
    event: str
    old: str
    new: str
    remark: str = ""


def note_decision(store: Store, decision: Decision) -> None:
    """Keep a decision; it holds from now on."""
    keep_out = _sieve(store)
    row = _target_row(decision.target) | {
        "verdict": decision.verdict,
        "value": _encode(without_names(decision.value, keep_out)),
        "source": decision.source,
        "made_at": decision.made_at.isoformat(timespec="seconds"),
        "remark": keep_out.text(decision.remark),
        "book": decision.book,
    }
    store.connection.execute(tables.decisions.insert(), row)


def withdraw(store: Store, decision: Decision) -> None:
    """Forget a decision that a person took back before it was ever shown to them."""
    table = tables.decisions
    row = _target_row(decision.target)
    mine = [table.c[name] == row[name] for name in ("known", "code")]
    mine += [table.c.field_id.is_not_distinct_from(row["field_id"]), table.c.book == decision.book]
    store.connection.execute(table.delete().where(*mine))


def note_typed(store: Store, notes: Iterable[Note]) -> None:
    """Keep what people typed that settles nothing, in place of all that was kept of it.

    It may be a name where a code belongs: it stays on this computer.
    """
    store = store.here
    store.connection.execute(tables.notes.delete())
    for note in notes:
        told = {"kind": note.kind, "typed": note.typed, "problem": note.problem}
        row = _target_row(note.target) | told | {"remark": note.remark}
        store.connection.execute(tables.notes.insert(), row)


def _sieve(store: Store) -> Sieve:
    """Return what keeps names from a server; all may stand in a file."""
    return shared_sieve(store) if store.is_shared else OPEN


def note_log(store: Store, entry: LogEntry) -> None:
    """Add a line to the log."""
    entry = without_names(entry, _sieve(store))
    row = {
        "made_at": entry.made_at.isoformat(timespec="seconds"),
        "form_ids": json.dumps(entry.form_ids),
        "record": entry.record,
        "field_id": entry.field_id,
        "code": entry.code,
        "event": entry.event,
        "old": entry.old,
        "new": entry.new,
        "remark": entry.remark,
    }
    store.connection.execute(tables.log.insert(), row)


def desk_of(store: Store, rubrics: Iterable[Rubric]) -> Desk:
    """Return what people decided and typed, in order."""
    kinds = {id_: field.kind for rubric in rubrics for id_, field in field_index(rubric).items()}
    made = store.connection.execute(sa.select(tables.decisions).order_by(tables.decisions.c.number))
    return Desk(tuple(_decision(row, kinds) for row in made), _notes_of(store))


def _notes_of(store: Store) -> tuple[Note, ...]:
    query = sa.select(tables.notes).order_by(tables.notes.c.number)
    return tuple(
        Note(_target(row), row.kind, row.typed, row.problem, row.remark)
        for row in store.here.connection.execute(query)
    )


def log_of(store: Store) -> list[LogEntry]:
    """Return the log, oldest first."""
    query = sa.select(tables.log).order_by(tables.log.c.number)
    return [
        LogEntry(
            dt.datetime.fromisoformat(row.made_at),
            tuple(json.loads(row.form_ids)),
            row.record,
            row.field_id,
            row.code,
            row.event,
            row.old,
            row.new,
            row.remark,
        )
        for row in store.connection.execute(query)
    ]


def note_rebuilt(store: Store, sha256: str) -> None:
    """Keep that a file has to be read anew when it comes back; known already, nothing changes."""
    table = tables.rebuilt
    store.connection.execute(table.delete().where(table.c.sha256 == sha256))
    store.connection.execute(table.insert(), {"sha256": sha256})


def _encode(value: Value | None) -> str:
    return json.dumps(value.isoformat() if isinstance(value, dt.date) else value)


def _decision(row: sa.Row[Any], kinds: Mapping[str, str]) -> Decision:
    value = json.loads(row.value)
    if isinstance(value, str) and kinds.get(row.field_id) == "date":
        value = dt.date.fromisoformat(value)
    made_at = dt.datetime.fromisoformat(row.made_at)
    told = (row.verdict, value, row.source, made_at, row.remark, row.book)
    return Decision(_target(row), *told)


def _target_row(target: Target) -> dict[str, Any]:
    return {
        "known": json.dumps(sorted(target.known)),
        "record": target.record,
        "form_ids": json.dumps(target.form_ids),
        "field_id": target.field_id,
        "code": target.code,
    }


def _target(row: sa.Row[Any]) -> Target:
    known, form_ids = frozenset(json.loads(row.known)), tuple(json.loads(row.form_ids))
    return Target(known, row.record, form_ids, row.field_id, row.code)
