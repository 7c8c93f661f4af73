"""The store behind a workbook → a page for each person's next supervision."""

import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from s2c_forms.api.checking import rubric_at
from s2c_forms.api.deciding import content_of as bytes_of
from s2c_forms.api.deciding import is_read
from s2c_forms.errors import RefusedError, WriteError
from s2c_forms.form.codes import is_code
from s2c_forms.form.fields import field_index
from s2c_forms.form.kinds import same_words
from s2c_forms.form.roles import roles_of
from s2c_forms.places import Place, is_there, name_of, store_for
from s2c_forms.records.problems import shortened
from s2c_forms.words import Message, mark, say

if TYPE_CHECKING:
    from s2c_forms.master import Book
    from s2c_forms.report import Content


@dataclass(frozen=True)
class Reported:
    """What was made.

    Attributes:
        files: a page each.
        notices: what people should know, such as a workbook that was changed since.
    """

    files: tuple[Path, ...]
    notices: tuple[Message, ...] = ()


def report(
    workbook: Path, out: Path, subject: str | None = None, *, store: Place | None = None
) -> Reported:
    """Write a page for one person, or for everybody, of what the store behind a workbook holds.

    A page that was there is written anew. Each tells of nobody else.

    Args:
        workbook: the master workbook.
        out: the folder of the pages.
        subject: whose page; None for everybody's.
        store: where everything is kept; `workbook` with the ending .sqlite by default.

    Raises:
        RefusedError: there is no store beside the workbook, or nothing of this person in it.
        WriteError: the folder can't be written.
    """
    from s2c_forms.report import content_of, subjects_of

    book, notices = _book(workbook, store_for(store, workbook))
    known = subjects_of(book.records, book.rubric)
    chosen = known if subject is None else [one for one in known if same_words(one, subject)]
    if not chosen:
        raise _nobody(subject, known)
    contents = [content_of(book.records, book.rubric, one) for one in chosen]
    files = [_write(content, book, out) for content in contents]
    return Reported(tuple(files), notices)


def _nobody(subject: str | None, known: tuple[str, ...]) -> RefusedError:
    if subject is None:
        return RefusedError("nobody_there")
    return RefusedError(
        "no_such_subject", subject=subject, known=shortened(", ".join(known) or "–")
    )


def _book(workbook: Path, store: Place) -> tuple["Book", tuple[Message, ...]]:
    """Return what the store holds, and the notice that people typed something since."""
    from s2c_forms.master import book_of
    from s2c_forms.store import open_store, rubrics_of

    if not is_there(store):
        code = "no_store" if workbook.is_file() else "no_such_file"
        raise RefusedError(code, store=store, workbook=workbook)
    with open_store(store, writing=False) as opened:
        spare = next(iter(rubrics_of(opened)), None) or rubric_at(None)
        book = book_of(opened, spare, name_of(store))
        if is_read(opened, bytes_of(workbook)):
            return book, ()
    what = mark(
        "{path} was changed since the last merge; what was typed there is not in the report."
        " Run: s2c-forms merge --into {path}"
    )
    return book, (Message(what, {"path": workbook}),)


def _write(content: "Content", book: "Book", out: Path) -> Path:
    """Write a page whole or not at all; return where it is."""
    from s2c_forms.report import write_report

    stem = say(mark("supervision"), content.language)
    path = out / f"{stem}-{_stem(content)}.pdf"
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".s2c-", dir=out) as folder:
            made = Path(folder) / path.name
            write_report(content, book.changed, made)
            with made.open("rb+") as stream:
                os.fsync(stream.fileno())
            made.replace(path)
    except OSError as error:
        raise WriteError(
            mark("{path} can't be written: {reason}."),
            mark(
                "Is it open in another program? Close it there, or choose another folder with -o."
            ),
            path=path,
            reason=error.strerror or str(error),
        ) from error
    return path


def _stem(content: "Content") -> str:
    """Return what tells a page's file from others: a code; never a name, where names are allowed.

    A code in other letters than a file name takes is spelled with those that it takes.
    """
    field = field_index(content.rubric)[roles_of(content.rubric).subject]
    told = content.subject if is_code(field, content.subject) else content.form_id
    return re.sub(r"[^\w-]+", "_", told)
