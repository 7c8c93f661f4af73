"""The workbook written anew from the store: by one merge at a time, and never over unread words."""

import contextlib
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from s2c_forms.api.deciding import (
    LAST,
    NEXT,
    WORKBOOK,
    Master,
    Reviewed,
    content_of,
    is_read,
    review,
)
from s2c_forms.api.long_tables import DrawnTable, drawn_tables, put_tables
from s2c_forms.errors import WriteError
from s2c_forms.places import Place
from s2c_forms.words import mark

if TYPE_CHECKING:
    from s2c_forms.master import Book
    from s2c_forms.store import Store

_TRIES = 5  # each but the first because another merge, or a person, wrote in the meantime


@dataclass(frozen=True)
class Draft:
    """A workbook that is to be written.

    Attributes:
        book: what it holds.
        drawn: the file it was drawn to, beside the workbook; None where it couldn't be.
        state: which state of the workbook it is, and its print, as the store keeps them.
        error: why it can't be written.
        tables: what goes beside it, since it is too long.
    """

    book: "Book"
    drawn: Path | None = None
    state: str = ""
    error: WriteError | None = None
    tables: tuple[DrawnTable, ...] = ()


def review_or_why(store: "Store", master: Master) -> tuple[Reviewed, WriteError | None]:
    """Read the workbook back; return why it can't be, so that it isn't written over."""
    try:
        return review(store, master), None
    except WriteError as error:
        return Reviewed(), error


def draft_of(
    store: "Store",
    master: Master,
    files: contextlib.ExitStack,
    unread: WriteError | None = None,
) -> Draft:
    """Draw the workbook of all that the store has beside the one there is.

    The store knows its print before it takes the workbook's place: so a kill at any moment leaves
    a workbook that the store can tell typing from.

    Args:
        store: what the workbook is of.
        master: where it goes.
        files: when this ends, so does the drawn file.
        unread: why the workbook that is there can't be read back; then none is drawn.
    """
    from s2c_forms.master import book_of
    from s2c_forms.master.typed.saved import open_saved, print_of
    from s2c_forms.master.typed.typed import FORMS, QUESTIONS, written_in
    from s2c_forms.master.workbook import drawn_beside
    from s2c_forms.store import set_meta

    book = book_of(store, master.spare, master.store)
    if unread:
        return Draft(book, error=unread)
    try:
        drawn = files.enter_context(drawn_beside(book, master.path))
        tables = files.enter_context(drawn_tables(book, master.path))
    except WriteError as error:
        return Draft(book, error=error)
    saved = open_saved(drawn.read_bytes())
    baseline = written_in(saved)
    state = f"{baseline.id if baseline else ''} {print_of(saved, FORMS, QUESTIONS).to_json()}"
    set_meta(store, NEXT, state)
    return Draft(book, drawn, state, tables=tables)


def publish(
    place: Place, master: Master, draft: Draft, files: contextlib.ExitStack
) -> tuple[Draft, Reviewed]:
    """Let a drawn workbook take its place.

    Where another merge wrote since, or a person saved, it is read back and drawn again.

    Returns:
        The workbook that was written, or that couldn't be and why; what was read back on the way.
    """
    from s2c_forms.store import open_store

    done = Reviewed()
    for _ in range(_TRIES):
        if draft.error:
            return draft, done
        try:
            with open_store(place) as store:
                if _put(store, master, draft):
                    return draft, done
            with open_store(place) as store:
                done += review(store, master)
                draft = draft_of(store, master, files)
        except WriteError as error:
            return Draft(draft.book, error=error), done
    return Draft(draft.book, error=_busy(master.path)), done


def _put(store: "Store", master: Master, draft: Draft) -> bool:
    """Write the workbook; return whether it was still the newest, and nothing unread was there."""
    from s2c_forms.master.workbook import put
    from s2c_forms.store import meta_of, set_meta

    there = content_of(master.path)
    is_newest = meta_of(store, NEXT) == draft.state and is_read(store, there)
    if not (is_newest and draft.drawn and draft.drawn.exists()):
        return False
    content = draft.drawn.read_bytes()
    put_tables(draft.tables, master.path)
    if content != there:
        refuse_held(master.path)
        put(draft.drawn, master.path)
    set_meta(store, WORKBOOK, hashlib.sha256(content).hexdigest())
    set_meta(store, LAST, draft.state)
    return True


def refuse_held(path: Path) -> None:
    """Refuse to write under a program that has the workbook open: it would lose what is typed.

    Raises:
        WriteError: one has; says who, where that is told.
    """
    from s2c_forms.master.typed.held import holder

    held = holder(path)
    if held is None:
        return
    lock, who = held
    what = mark("{path} is open in another program.")
    if who:
        what = mark("{path} is open in another program, by {who}.")
    mend = mark(
        "Close it there, and merge again. What was read is kept. If nobody has it open, delete the"
        " file {lock}."
    )
    raise WriteError(what, mend, path=path, who=who, lock=lock.name)


def _busy(path: Path) -> WriteError:
    return WriteError(
        mark("{path} was changed again and again while it was to be written."),
        mark("Wait until nobody saves it and no other merge runs, and merge again."),
        path=path,
    )
