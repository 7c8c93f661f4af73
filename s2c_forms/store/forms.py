"""What the store knows of forms before they come back: rubrics, layouts and copies."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import sqlalchemy as sa

from s2c_forms.form.kinds import Value
from s2c_forms.form.layout.model import Layout, layout_from_json
from s2c_forms.form.rubric import Rubric
from s2c_forms.store import coding, tables
from s2c_forms.store.opening import Store
from s2c_forms.store.sharing import shared_head


@dataclass(frozen=True)
class Copy:
    """One copy that was generated.

    Attributes:
        form_id: which copy.
        rubric_hash: the rubric it was made from, which was noted before.
        layout_hash: the layout of its paper, which was noted before; None where it has no paper.
        media: what it was written as.
        prefilled: head fields that were filled in beforehand, by field id.
    """

    form_id: str
    rubric_hash: str
    layout_hash: str | None
    media: tuple[str, ...]
    prefilled: Mapping[str, Value]


def note_rubric(store: Store, rubric: Rubric) -> None:
    """Keep a rubric, so that its forms stay readable; known already, it stays as it was."""
    if store.private:
        note_rubric(store.private, rubric)
    if _has(store, tables.rubrics.c.hash, rubric.hash):
        return
    row = {
        "hash": rubric.hash,
        "rubric": rubric.id,
        "version": rubric.version,
        "canonical": coding.encode_rubric(rubric),
    }
    store.connection.execute(tables.rubrics.insert(), row)


def rubrics_of(store: Store) -> list[Rubric]:
    """Return every rubric kept, in the order in which they were met."""
    query = sa.select(tables.rubrics.c.canonical).order_by(tables.rubrics.c.number)
    return [coding.decode_rubric(text) for text in store.connection.execute(query).scalars()]


def note_layout(store: Store, layout_hash: str, layout_json: str) -> None:
    """Keep a layout of paper, so that its sheets can be read when they come back."""
    if store.private:
        note_layout(store.private, layout_hash, layout_json)
    if not _has(store, tables.layouts.c.hash, layout_hash):
        row = {"hash": layout_hash, "layout": layout_json}
        store.connection.execute(tables.layouts.insert(), row)


def layout_of(store: Store, layout_hash: str) -> str | None:
    """Return the JSON of a layout, None where it isn't known."""
    query = sa.select(tables.layouts.c.layout).where(tables.layouts.c.hash == layout_hash)
    return store.connection.execute(query).scalar()


def layouts_of(store: Store) -> dict[str, Layout]:
    """Return every layout kept, by hash."""
    rows = store.connection.execute(sa.select(tables.layouts))
    return {row.hash: layout_from_json(row.layout) for row in rows}


def note_copies(store: Store, copies: Iterable[Copy]) -> None:
    """Keep what was generated. Their rubric and layout must have been noted before.

    A name in the head of one isn't for a server: there the head has codes only.
    """
    if store.is_shared:
        copies = list(copies)
        note_copies(store.here, copies)
        rubrics = {rubric.hash: rubric for rubric in rubrics_of(store)}
        copies = [_shared(store, copy, rubrics[copy.rubric_hash]) for copy in copies]
    table = tables.copies
    for copy in copies:
        row = {
            "form_id": copy.form_id,
            "rubric_hash": copy.rubric_hash,
            "layout_hash": copy.layout_hash,
            "media": json.dumps(copy.media),
            "prefilled": coding.encode_values(copy.prefilled),
        }
        store.connection.execute(table.delete().where(table.c.form_id == copy.form_id))
        store.connection.execute(table.insert(), row)


def _shared(store: Store, copy: Copy, rubric: Rubric) -> Copy:
    return replace(copy, prefilled=shared_head(store, copy.prefilled, rubric))


def copy_of(store: Store, form_id: str) -> Copy | None:
    """Return what is known of a copy by its form id, None where it wasn't generated here."""
    if store.private and (mine := copy_of(store.private, form_id)):
        return mine
    copies, rubrics = tables.copies, tables.rubrics
    query = (
        sa.select(copies, rubrics.c.canonical)
        .join(rubrics, rubrics.c.hash == copies.c.rubric_hash)
        .where(copies.c.form_id == form_id)
    )
    row = store.connection.execute(query).one_or_none()
    if row is None:
        return None
    prefilled = coding.decode_head(row.prefilled, coding.decode_rubric(row.canonical))
    media = tuple(json.loads(row.media))
    return Copy(row.form_id, row.rubric_hash, row.layout_hash, media, prefilled)


def copies_of(store: Store) -> dict[str, Mapping[str, Value]]:
    """Return the heads that forms were made with, by form id; a head may be empty."""
    rubrics = {rubric.hash: rubric for rubric in rubrics_of(store)}
    rows = store.connection.execute(sa.select(tables.copies))
    heads: dict[str, Mapping[str, Value]] = {
        row.form_id: coding.decode_head(row.prefilled, rubrics[row.rubric_hash]) for row in rows
    }
    return heads | (copies_of(store.private) if store.private else {})


def _has(store: Store, column: sa.Column[str], value: str) -> bool:
    query = sa.select(sa.literal(1)).where(column == value)
    return store.connection.execute(query).first() is not None
