"""Why a cell has its value: what each form said, word for word, and what people decided."""

import base64
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from s2c_forms.api.checking import rubric_at
from s2c_forms.errors import S2cError
from s2c_forms.form.fields import Field
from s2c_forms.form.kinds import show
from s2c_forms.form.stamp import parse_form_id, spaced
from s2c_forms.places import Place, is_there, name_of, store_for
from s2c_forms.records.merge import Merged, Version
from s2c_forms.words import mark

if TYPE_CHECKING:
    from s2c_forms.master import Book
    from s2c_forms.store import Store, StoredFile


@dataclass(frozen=True)
class Said:
    """What one version of a form says of the field.

    Attributes:
        file: as the workbook calls it.
        folder: where it lay, as seen from the workbook.
        form_id: which form.
        medium: as what it came back.
        merged_at: when, as ISO; empty where that isn't known.
        value: how it was understood; empty where it says nothing, or isn't sure.
        problem: why it isn't sure; empty where it is.
        raw: what stood there word for word, with its place: pairs.
        where: the places of what isn't sure.
        picture: what stands there on paper, as PNG; None where there is none.
    """

    file: str
    folder: str
    form_id: str
    medium: str
    merged_at: str
    value: str
    problem: str
    raw: tuple[tuple[str, str], ...]
    where: tuple[str, ...] = ()
    picture: bytes | None = None


@dataclass(frozen=True)
class Settled:
    """What a person settled about the field: when, from what to what, and how."""

    made_at: str
    old: str
    new: str
    event: str
    remark: str


@dataclass(frozen=True)
class Explained:
    """Why a field of a record has its value.

    Attributes:
        record: the key of its row.
        form_ids: its forms.
        field: the id of the field.
        label: what the field asks.
        value: what the workbook has; empty where it is missing or not decided.
        left_out: whether the whole record was left out.
        said: what each version says, in the order in which they came.
        settled: what people decided, oldest first.
        questions: what is still asked about it.
    """

    record: str
    form_ids: tuple[str, ...]
    field: str
    label: str
    value: str
    left_out: bool
    said: tuple[Said, ...]
    settled: tuple[Settled, ...]
    questions: tuple[str, ...]

    def told(self) -> dict[str, Any]:
        """Return it as data for JSON, pictures as base64."""
        told = asdict(self)
        for said in told["said"]:
            picture = said["picture"]
            said["picture"] = base64.b64encode(picture).decode() if picture else None
        return told


def explain(
    form: str, field_id: str, workbook: Path, store: Place | None = None
) -> tuple[Explained, ...]:
    """Return why a field of a form has its value, for each record that the form is of.

    Args:
        form: its id, in any spelling; or the key of a row.
        field_id: the field, in capitals or not.
        workbook: the master workbook.
        store: where everything is kept; beside the workbook by default.

    Raises:
        S2cError: there is no such store, form or field.
        WriteError: the store can't be opened.
    """
    from s2c_forms.master import book_of
    from s2c_forms.store import open_store

    place = store_for(store, workbook)
    if not is_there(place):
        raise S2cError(
            mark("There is no store {path}."),
            mark("Name the workbook with --from, or the store with --store."),
            path=place,
        )
    with open_store(place, writing=False) as opened:
        book = book_of(opened, rubric_at(None), name_of(place))
        field = _field(book, field_id)
        return tuple(_explained(opened, book, record, field) for record in _records(book, form))


def _field(book: "Book", field_id: str) -> Field:
    asked = field_id.strip().casefold()
    asked = book.renamed.get(asked, asked)  # an id that it had in an older version
    for field in book.fields:
        if field.id.casefold() == asked:
            return field
    raise S2cError(
        mark("There is no field {field}."),
        mark("`s2c-forms fields` lists them all."),
        field=field_id,
    )


def _records(book: "Book", form: str) -> list[Merged]:
    form_id = parse_form_id(form)
    records = [
        record
        for record in (*book.records, *book.left_out)
        if form_id in record.form_ids or record.key == form.strip()
    ]
    if records:
        return records
    if form_id is None:
        raise S2cError(
            mark("“{form}” is no id of a form: one has eight letters and digits."),
            mark("Look at the foot of the form, or in the first column of the workbook."),
            form=form,
        )
    raise S2cError(
        mark("Form {form} didn't come back yet."),
        mark("Merge it first, or look whether this is the right workbook."),
        form=spaced(form_id),
    )


def _explained(store: "Store", book: "Book", record: Merged, field: Field) -> Explained:
    files = {(file.sha256, file.name): file for file in reversed(book.files)}
    versions = sorted(record.versions, key=lambda version: version.number)
    asked = [question for question in record.questions if question.field_id in (field.id, None)]
    return Explained(
        record.key,
        tuple(map(spaced, record.form_ids)),
        field.id,
        field.label,
        show(field, record.values.get(field.id), book.language),
        record in book.left_out,
        tuple(
            _said(store, book, (version, files.get((version.sha256, version.file))), field)
            for version in versions
        ),
        tuple(_settled(book, record, field)),
        tuple(question.what() for question in asked),
    )


def _said(
    store: "Store", book: "Book", came: tuple[Version, "StoredFile | None"], field: Field
) -> Said:
    """Return what a version says; what is no code where one belongs isn't shown word for word."""
    from s2c_forms.store import evidence_of

    version, file = came
    value = show(field, version.record.values.get(field.id), book.language)
    problems = [p for p in version.record.problems if p.field_id == field.id]
    raw = [
        (book.sieve.text(one.where), book.sieve.text(one.raw))
        for one in evidence_of(store, version)
        if book.renamed.get(one.field_id, one.field_id) == field.id
    ]
    hidden = field.kind == "pseudonym" and not value and not book.sieve.is_open
    return Said(
        version.file,
        file.folder if file else "",
        spaced(version.form_id),
        version.record.medium,
        file.merged_at.isoformat(timespec="seconds") if file else "",
        value,
        " ".join(problem.what() for problem in problems),
        tuple((where, "…" if hidden else text) for where, text in raw),
        tuple(dict.fromkeys(problem.where for problem in problems if problem.where)),
        _picture(store, book, version, field),
    )


def _picture(store: "Store", book: "Book", version: Version, field: Field) -> bytes | None:
    """Return what stands on paper, kept under the id that the field had when it was read."""
    from s2c_forms.store import pictures_of

    then = [old for old, now in book.renamed.items() if now == field.id]
    found = pictures_of(store, version, [field.id, *then])
    return next(iter(found.values()), None)


def _settled(book: "Book", record: Merged, field: Field) -> list[Settled]:
    """Return the lines of the log on this field, and on the form as a whole."""
    decided = {d.target.record for d in record.decisions} | {record.key}
    return [
        Settled(
            entry.made_at.isoformat(timespec="seconds"),
            entry.old,
            entry.new,
            entry.event,
            entry.remark,
        )
        for entry in book.log
        if entry.field_id is None or book.renamed.get(entry.field_id, entry.field_id) == field.id
        if entry.record in decided and set(entry.form_ids) & set(record.form_ids)
    ]
