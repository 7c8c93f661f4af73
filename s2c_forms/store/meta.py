"""Texts that the store keeps under a name.

Of a store on a server they stay on this computer, but for what is known of the workbook: that is
kept or lost together with what people typed in it. Each computer's workbook has its own.
"""

import secrets

import sqlalchemy as sa

from s2c_forms.store import tables
from s2c_forms.store.opening import Store

_OF_WORKBOOK = "workbook"
_HERE = "workbooks_of"  # under this name: by what this computer's workbooks are told from others'


def meta_of(store: Store, key: str) -> str:
    """Return what is kept under a name; empty where nothing is."""
    if not store.is_shared:
        return _text(store, key)
    if key.startswith(_OF_WORKBOOK):
        return _text(store, f"{key}:{_text(store.here, _HERE)}")
    return _text(store.here, key)


def set_meta(store: Store, key: str, value: str) -> None:
    """Keep a text under a name. Equal to what is kept, nothing changes."""
    if not store.is_shared:
        _keep(store, key, value)
    elif key.startswith(_OF_WORKBOOK):
        here = store.here
        if not _text(here, _HERE):
            _keep(here, _HERE, secrets.token_hex(8))
        _keep(store, f"{key}:{_text(here, _HERE)}", value)
    else:
        _keep(store.here, key, value)


def _text(store: Store, key: str) -> str:
    query = sa.select(tables.meta.c.value).where(tables.meta.c.key == key)
    return store.connection.execute(query).scalar() or ""


def _keep(store: Store, key: str, value: str) -> None:
    if _text(store, key) == value:
        return
    store.connection.execute(tables.meta.delete().where(tables.meta.c.key == key))
    store.connection.execute(tables.meta.insert(), {"key": key, "value": value})
