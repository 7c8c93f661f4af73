"""What the store knows of names: whether they are allowed, and digests of those in a key.

The names of a key are never kept, only digests of them (`records.names`), keyed with a secret
that is drawn by lot for each store. Who has the store has the secret too, and can try names out:
digests keep names from being read, not from being guessed.
"""

import secrets
from collections.abc import Callable, Iterable
from typing import Literal

import sqlalchemy as sa

from s2c_forms.form.fields import Field, field_index
from s2c_forms.form.kinds import Value
from s2c_forms.form.rubric import Rubric
from s2c_forms.records.identity import identity_of
from s2c_forms.records.merge import Version
from s2c_forms.store import coding, tables
from s2c_forms.store.forms import rubrics_of
from s2c_forms.store.opening import Store

NamesMode = Literal["codes", "allow"]
_MODE, _SECRET = "names", "names_secret"


def names_allowed(store: Store) -> bool:
    """Return whether this store's workbook may show names."""
    return _meta(store, _MODE) == "allow"


def allow_names(store: Store, mode: NamesMode) -> None:
    """Remember whether names are allowed."""
    _set_meta(store, _MODE, mode)


def secret_of(store: Store) -> bytes:
    """Return what this store's digests are keyed with; empty where it keeps none."""
    return bytes.fromhex(_meta(store, _SECRET) or "")


def made_secret(store: Store) -> bytes:
    """Return what this store's digests are keyed with, drawn by lot where there is none yet."""
    if not _meta(store, _SECRET):
        _set_meta(store, _SECRET, secrets.token_hex(32))
    return secret_of(store)


def note_names(store: Store, digests: Iterable[str]) -> None:
    """Keep digests of names, those that aren't kept yet."""
    rows = [{"digest": digest} for digest in sorted(set(digests) - digests_of(store))]
    if rows:
        store.connection.execute(tables.known_names.insert(), rows)


def digests_of(store: Store) -> frozenset[str]:
    """Return the digests of names that are kept."""
    return frozenset(store.connection.execute(sa.select(tables.known_names.c.digest)).scalars())


def rewrite_version(store: Store, version: Version, rubric: Rubric) -> None:
    """Keep a version's answers and problems as they are now, in place of what was kept of it."""
    table = tables.versions
    row = {
        "identity": identity_of(version.record, rubric).digest,
        "answers": coding.encode_values(version.record.values),
        "problems": coding.encode_problems(version.record.problems),
    }
    mine = (table.c.sha256 == version.sha256) & (table.c.place == version.place)
    store.connection.execute(table.update().where(mine).values(row))


def _meta(store: Store, key: str) -> str | None:
    query = sa.select(tables.meta.c.value).where(tables.meta.c.key == key)
    return store.connection.execute(query).scalar()


def _set_meta(store: Store, key: str, value: str) -> None:
    store.connection.execute(tables.meta.delete().where(tables.meta.c.key == key))
    store.connection.execute(tables.meta.insert(), {"key": key, "value": value})


def change_prefilled(store: Store, change: Callable[[Field, Value], Value]) -> None:
    """Change what is kept of the heads that forms were made with."""
    table = tables.copies
    rubrics = {rubric.hash: rubric for rubric in rubrics_of(store)}
    for row in store.connection.execute(sa.select(table)).all():
        rubric = rubrics[row.rubric_hash]
        told = coding.decode_values(row.prefilled, rubric)
        fields = field_index(rubric)
        new = {id_: change(fields[id_], v) for id_, v in told.items() if v is not None}
        text = coding.encode_values(new)
        if text != row.prefilled:
            mine = table.c.form_id == row.form_id
            store.connection.execute(table.update().where(mine).values(prefilled=text))
