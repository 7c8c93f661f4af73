"""Names in rosters, and in the heads that forms were made with."""

import json
from collections.abc import Callable, Iterable, Mapping

import sqlalchemy as sa

from s2c_forms.form.codes import is_code
from s2c_forms.form.fields import Field, field_index
from s2c_forms.form.kinds import Value
from s2c_forms.form.rubric import Rubric
from s2c_forms.store import coding, tables
from s2c_forms.store.opening import Store
from s2c_forms.store.sharing import shared_head


def names_in_heads(store: Store, rubrics: Iterable[Rubric]) -> list[tuple[Field, str]]:
    """Return what stands where a code belongs, and is none, in rosters and prefilled heads."""
    index = {id_: field for rubric in rubrics for id_, field in field_index(rubric).items()}
    copies = store.here.connection.execute(sa.select(tables.copies.c.prefilled))
    texts = list(copies.scalars())
    texts += [row.head for row in store.connection.execute(sa.select(tables.roster))]
    found = [pair for text in dict.fromkeys(texts) for pair in json.loads(text).items()]
    return [
        (index[id_], value)
        for id_, value in dict.fromkeys(found)
        if id_ in index
        and index[id_].kind == "pseudonym"
        and isinstance(value, str)
        and not is_code(index[id_], value)
    ]


def change_heads(
    store: Store, rubrics: Iterable[Rubric], change: Callable[[Field, Value], Value]
) -> None:
    """Change the texts in rosters, and in the heads that forms were made with."""
    index = {id_: field for rubric in rubrics for id_, field in field_index(rubric).items()}

    def changed(text: str) -> str:
        told = json.loads(text).items()
        new = {id_: change(index[id_], v) if id_ in index else v for id_, v in told}
        return json.dumps(new, sort_keys=True, separators=(",", ":"))

    for at, table, key, column in (
        (store.here, tables.copies, tables.copies.c.form_id, tables.copies.c.prefilled),
        (store, tables.roster, tables.roster.c.number, tables.roster.c.head),
    ):
        for id_, text in at.connection.execute(sa.select(key, column)).all():
            if (new := changed(text)) != text:
                values = {column.name: new}
                at.connection.execute(table.update().where(key == id_).values(values))
    if store.is_shared:
        _share(store, {rubric.hash: rubric for rubric in rubrics})


def _share(store: Store, rubrics: Mapping[str, Rubric]) -> None:
    """Let the server have the codes that heads have now, of forms that were made here."""
    table = tables.copies
    for row in store.here.connection.execute(sa.select(table)).all():
        rubric = rubrics[row.rubric_hash]
        head = shared_head(store, coding.decode_head(row.prefilled, rubric), rubric)
        mine = table.c.form_id == row.form_id
        values = {"prefilled": coding.encode_values(head)}
        store.connection.execute(table.update().where(mine).values(values))
