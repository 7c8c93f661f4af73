"""What came back on paper: what became of each page of a scan, and pictures of single answers.

A picture belongs to a page of a file, and so to the form whose sheet that page is. It may show
anything that somebody wrote there, names as well. So it never goes to a server, but stays on the
computer that read the page.
"""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from s2c_forms.form.filled import Cutout, PageRead
from s2c_forms.records.merge import Version
from s2c_forms.store import coding, tables
from s2c_forms.store.opening import Store
from s2c_forms.words import Message


def note_pages(store: Store, sha256: str, pages: Iterable[PageRead]) -> None:
    """Keep what became of the pages of a file, in place of what was kept of it."""
    table = tables.pages
    store.connection.execute(table.delete().where(table.c.sha256 == sha256))
    rows = [{"sha256": sha256, **_page_row(page)} for page in pages]
    if rows:
        store.connection.execute(table.insert(), rows)


def pages_of(store: Store) -> dict[str, tuple[PageRead, ...]]:
    """Return what became of the pages of every scan, by the file's content, in their order."""
    table = tables.pages
    found: dict[str, list[PageRead]] = {}
    query = sa.select(table).order_by(table.c.sha256, table.c.number)
    for row in store.connection.execute(query):
        found.setdefault(row.sha256, []).append(_page(row))
    return {sha256: tuple(pages) for sha256, pages in found.items()}


def note_pictures(store: Store, sha256: str, page: int, cutouts: Iterable[Cutout]) -> None:
    """Keep the pictures of answers on a page of a file, in place of those that were kept of it.

    Args:
        store: where they are kept.
        sha256: of the file's content.
        page: its number in the file, from 1.
        cutouts: at most one a field.
    """
    table = tables.pictures
    mine = (table.c.sha256 == sha256, table.c.page == page)
    store.here.connection.execute(table.delete().where(*mine))
    about = {"sha256": sha256, "page": page}
    rows = [about | {"field_id": one.field_id, "png": one.png} for one in cutouts]
    if rows:
        store.here.connection.execute(table.insert(), rows)


def drop_pictures(store: Store, sha256: str) -> None:
    """Take out all pictures of a file."""
    table = tables.pictures
    store.here.connection.execute(table.delete().where(table.c.sha256 == sha256))


def picture_of(store: Store, version: Version, field_id: str) -> bytes | None:
    """Return the picture of an answer as a version of a form has it; None where there is none.

    Args:
        store: where it is kept.
        version: what one form in one file said.
        field_id: the field, by the id that it had when the form was read.
    """
    return pictures_of(store, version, [field_id]).get(field_id)


def pictures_of(store: Store, version: Version, field_ids: Iterable[str]) -> dict[str, bytes]:
    """Return the pictures of several answers as a version has them, by field."""
    table = tables.pictures
    places = [sheet.page for sheet in version.record.sheets]
    query = sa.select(table.c.field_id, table.c.png).where(
        table.c.sha256 == version.sha256,
        table.c.page.in_(places),
        table.c.field_id.in_(sorted(set(field_ids))),
    )
    rows = store.here.connection.execute(query.order_by(table.c.page.desc()))
    return {row.field_id: row.png for row in rows}


def _page_row(page: PageRead) -> dict[str, Any]:
    return {
        "number": page.page,
        "state": page.state,
        "form_id": page.form_id,
        "sheet": page.number,
        "reason": page.reason.msgid if page.reason else None,
        "reason_values": coding.encode_message_values(page.reason.values if page.reason else {}),
    }


def _page(row: sa.Row[Any]) -> PageRead:
    values = coding.decode_message_values(row.reason_values)
    reason = Message(row.reason, values) if row.reason is not None else None
    return PageRead(row.number, row.state, row.form_id, row.sheet, reason)
