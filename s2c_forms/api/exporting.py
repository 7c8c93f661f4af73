"""The store behind a workbook → data for research."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from s2c_forms.api.checking import rubric_at
from s2c_forms.api.deciding import content_of, is_read
from s2c_forms.errors import RefusedError
from s2c_forms.places import Place, is_there, name_of, store_for
from s2c_forms.words import Message, mark

if TYPE_CHECKING:
    from s2c_forms.export import Dataset
    from s2c_forms.store import Store

TABLES = ("forms", "scores", "indicators", "missing")
ENDINGS = (".sav", ".csv", ".parquet", ".json")


@dataclass(frozen=True)
class Wish:
    """What is to be exported, and how.

    Attributes:
        table: which table, where one file holds one: `forms` is wide, `scores` and `indicators`
            are long, `missing` says why texts and dates are empty.
        plain: whether a CSV is plain, and not for Excel.
        replace: whether a file that is no export may be replaced.
    """

    table: str = "forms"
    plain: bool = False
    replace: bool = False


@dataclass(frozen=True)
class Exported:
    """What an export made.

    Attributes:
        files: what was written.
        forms: how many forms are in it.
        waiting: how many of them have something to check, so that an answer may be missing.
        notices: what people should know.
    """

    files: tuple[Path, ...]
    forms: int
    waiting: int
    notices: tuple[Message, ...] = ()

    def told(self) -> dict[str, Any]:
        """Return it as data for JSON."""
        return {
            "files": [str(file) for file in self.files],
            "forms": self.forms,
            "to_check": self.waiting,
            "notices": [notice.text() for notice in self.notices],
        }


def is_file(to: Path) -> bool:
    """Return whether a destination is a file of a format that we have, and not a folder."""
    return to.suffix.lower() in ENDINGS and not to.is_dir()


def export(
    workbook: Path, to: Path, wish: Wish | None = None, store: Place | None = None
) -> Exported:
    """Write what the store behind a workbook holds, as decided and without names.

    Args:
        workbook: the master workbook.
        to: a file whose ending says its format, or a folder that gets everything.
        wish: what is to be exported, and how.
        store: where everything is kept; `workbook` with the ending .sqlite by default.

    Raises:
        RefusedError: there is no store beside the workbook.
        MissingPartError: the format needs s2c-forms[research].
        WriteError: `to` can't be written, or something else is there.
    """
    from s2c_forms.export import write_file, write_folder

    wish = wish or Wish()
    data, notices = _read(workbook, store_for(store, workbook))
    if is_file(to):
        write_file(data, to, wish.table, plain=wish.plain, replace=wish.replace)
        files = [to]
    else:
        files = write_folder(data, to)
    records = data.book.records
    waiting = sum(bool(record.questions) for record in records)
    return Exported(tuple(files), len(records), waiting, notices)


def _read(workbook: Path, store: Place) -> tuple["Dataset", tuple[Message, ...]]:
    """Return the data, and what people should know about it."""
    from s2c_forms.export import dataset_of
    from s2c_forms.master import book_of
    from s2c_forms.store import open_store, rubrics_of

    if not is_there(store):
        code = "no_store" if workbook.is_file() else "no_such_file"
        raise RefusedError(code, store=store, workbook=workbook)
    with open_store(store, writing=False) as opened:
        known = rubrics_of(opened)
        book = book_of(opened, next(iter(known), None) or rubric_at(None), name_of(store))
        notices = _not_merged(opened, workbook)
    hashes = {rubric.hash: rubric for rubric in known if rubric.id == book.rubric.id}
    return dataset_of(book, hashes.values()), notices


def _not_merged(store: "Store", workbook: Path) -> tuple[Message, ...]:
    """Return the notice that people typed something which isn't in the data yet."""
    if is_read(store, content_of(workbook)):
        return ()
    what = mark(
        "{path} was changed since the last merge; what was typed there is not in this export."
        " Run: s2c-forms merge --into {path}"
    )
    return (Message(what, {"path": workbook}),)
