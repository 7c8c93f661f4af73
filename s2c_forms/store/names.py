"""What the store knows of names: whether they are allowed, and digests of those in a key.

The names of a key are never kept, only digests of them (`records.names`), keyed with a secret
that is drawn by lot for each store. Who has the store has the secret too, and can try names out:
digests keep names from being read, not from being guessed.
"""

import json
import secrets
from collections.abc import Callable, Iterable
from typing import Literal

import sqlalchemy as sa

from s2c_forms.form.codes import is_code
from s2c_forms.form.fields import Field, field_index
from s2c_forms.form.kinds import Value
from s2c_forms.form.rubric import Rubric
from s2c_forms.records.identity import identity_of
from s2c_forms.records.merge import Version
from s2c_forms.store import coding, tables
from s2c_forms.store.decisions import meta_of, set_meta
from s2c_forms.store.opening import Store
from s2c_forms.store.records import evidence_of

NamesMode = Literal["codes", "allow"]
_MODE, _SECRET = "names", "names_secret"


def names_allowed(store: Store) -> bool:
    """Return whether this store's workbook may show names."""
    return meta_of(store, _MODE) == "allow"


def allow_names(store: Store, mode: NamesMode) -> None:
    """Remember whether names are allowed."""
    set_meta(store, _MODE, mode)


def secret_of(store: Store) -> bytes:
    """Return what this store's digests are keyed with; empty where it keeps none."""
    return bytes.fromhex(meta_of(store, _SECRET))


def made_secret(store: Store) -> bytes:
    """Return what this store's digests are keyed with, drawn by lot where there is none yet."""
    if not meta_of(store, _SECRET):
        set_meta(store, _SECRET, secrets.token_hex(32))
    return secret_of(store)


def note_names(store: Store, digests: Iterable[str]) -> None:
    """Keep digests of names, those that aren't kept yet."""
    rows = [{"digest": digest} for digest in sorted(set(digests) - digests_of(store))]
    if rows:
        store.connection.execute(tables.known_names.insert(), rows)


def digests_of(store: Store) -> frozenset[str]:
    """Return the digests of names that are kept."""
    return frozenset(store.connection.execute(sa.select(tables.known_names.c.digest)).scalars())


def rewrite_version(store: Store, version: Version, rubric: Rubric, changed: set[str]) -> None:
    """Keep a version as it is now, in place of what was kept of it.

    Args:
        store: where it is kept.
        version: what it says now.
        rubric: that its form was made from.
        changed: fields of which nothing that stood there word for word is to be kept.
    """
    table = tables.versions
    evidence = [one for one in evidence_of(store, version) if one.field_id not in changed]
    row = {
        "identity": identity_of(version.record, rubric).digest,
        "answers": coding.encode_values(version.record.values),
        "problems": coding.encode_problems(version.record.problems),
        "evidence": coding.encode_evidence(evidence),
    }
    mine = (table.c.sha256 == version.sha256) & (table.c.place == version.place)
    store.connection.execute(table.update().where(mine).values(row))


def names_in_heads(store: Store, rubrics: Iterable[Rubric]) -> list[tuple[Field, str]]:
    """Return what stands where a code belongs, and is none, in rosters and prefilled heads."""
    index = {id_: field for rubric in rubrics for id_, field in field_index(rubric).items()}
    texts = [row.prefilled for row in store.connection.execute(sa.select(tables.copies))]
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

    for table, key, column in (
        (tables.copies, tables.copies.c.form_id, tables.copies.c.prefilled),
        (tables.roster, tables.roster.c.number, tables.roster.c.head),
    ):
        for id_, text in store.connection.execute(sa.select(key, column)).all():
            if (new := changed(text)) != text:
                values = {column.name: new}
                store.connection.execute(table.update().where(key == id_).values(values))
