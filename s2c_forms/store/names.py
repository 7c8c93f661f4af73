"""What the store knows of names: whether they are allowed, and digests of those in a key.

The names of a key are never kept, only digests of them (`records.names`), keyed with a secret
that is drawn by lot for each store. Who has the store has the secret too, and can try names out:
digests keep names from being read, not from being guessed. So neither goes to a server: they stay
on the computer, in `Store.private`.
"""

import secrets
from collections.abc import Iterable
from typing import Literal

import sqlalchemy as sa

from s2c_forms.errors import S2cError
from s2c_forms.records.names import Names
from s2c_forms.store import tables
from s2c_forms.store.meta import meta_of, set_meta
from s2c_forms.store.opening import Store
from s2c_forms.words import mark

NamesMode = Literal["codes", "allow"]
_MODE, _SECRET = "names", "names_secret"


def names_allowed(store: Store) -> bool:
    """Return whether this store's workbook may show names."""
    return meta_of(store, _MODE) == "allow"


def allow_names(store: Store, mode: NamesMode) -> None:
    """Remember whether names are allowed.

    Raises:
        S2cError: they are to be, and the store is on a server.
    """
    if mode == "allow" and store.is_shared:
        raise S2cError(
            mark("No names go to {path}: a store on a server gets codes only."),
            mark("Give the key with --key; or keep everything in a file, without --store."),
            path=store.place,
        )
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
        store.here.connection.execute(tables.known_names.insert(), rows)


def digests_of(store: Store) -> frozenset[str]:
    """Return the digests of names that are kept."""
    connection, table = store.here.connection, tables.known_names
    number = connection.execute(sa.select(sa.func.count()).select_from(table)).scalar()
    if store.here.memory.get("names", (None,))[0] != number:  # none is ever taken out
        found = frozenset(connection.execute(sa.select(table.c.digest)).scalars())
        store.here.memory["names"] = (number, found)
    digests: frozenset[str] = store.here.memory["names"][1]
    return digests


def known_names(store: Store) -> Names:
    """Return the names whose digests are kept, to look for in texts."""
    return Names(secret_of(store), digests_of(store))
