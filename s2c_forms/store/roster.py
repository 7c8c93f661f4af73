"""Which forms are expected: the roster, and the copies that were made for its rows."""

from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from s2c_forms.form.kinds import Value
from s2c_forms.form.rubric import Rubric
from s2c_forms.records.progress import Due
from s2c_forms.store import coding, tables
from s2c_forms.store.opening import Store

Head = Mapping[str, Value]


def note_roster(store: Store, rows: Iterable[Head]) -> None:
    """Keep a roster in place of the one that was kept."""
    table = tables.roster
    store.connection.execute(table.delete())
    told = [{"head": coding.encode_values(row)} for row in rows]
    if told:
        store.connection.execute(table.insert(), told)


def roster_of(store: Store, rubric: Rubric) -> tuple[Due, ...]:
    """Return the forms that are expected, each with the ids of the copies made for it.

    Args:
        store: where the roster is kept.
        rubric: the newest version: of each row, what it still asks.
    """
    made: dict[str, set[str]] = {}
    for row in store.connection.execute(sa.select(tables.copies)):
        made.setdefault(row.prefilled, set()).add(row.form_id)
    query = sa.select(tables.roster.c.head).order_by(tables.roster.c.number)
    return tuple(
        Due(coding.decode_head(text, rubric), frozenset(made.get(text, ())))
        for text in store.connection.execute(query).scalars()
    )
