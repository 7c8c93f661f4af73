"""What a reader returns: every piece of evidence it found, judged by nobody yet."""

from dataclasses import dataclass
from typing import Literal

from s2c_forms.form.stamp import Stamp
from s2c_forms.words import Message

MediumName = Literal["excel", "pdf", "word", "scan"]


@dataclass(frozen=True)
class RawAnswer:
    """One place that answers one field.

    A field may have several (a box and its glyph, a copied sheet): all are given, and the record
    asks a person where they differ. A place that is empty gives an answer with empty `raw`.

    Attributes:
        field_id: the field that is answered.
        raw: the text found there, as it stands; dates as ISO, a tick as `TRUE` or `FALSE`.
        where: the place in words that a person can find, in the rubric's language: `Formulier!D18`.
        confidence: 0 to 1; below 1 only where a reader looks at paper.
    """

    field_id: str
    raw: str
    where: str
    confidence: float = 1.0


@dataclass(frozen=True)
class Doubt:
    """Something a reader noticed that no single answer shows. `code` is a key of PROBLEMS."""

    code: str
    where: str
    field_id: str | None = None
    raw: str = ""


@dataclass(frozen=True)
class Sheet:
    """A page of a form that came back on paper: its number on the form, and its page in the file.

    Both count from 1.
    """

    number: int
    page: int


@dataclass(frozen=True)
class Absent:
    """A page of a form that isn't in the file, or is there and can't be read.

    Attributes:
        number: which page of the form.
        fields: the ids of the fields that stand on it.
        page: where in the file it is, if it can't be read; 0 where it isn't there at all.
    """

    number: int
    fields: tuple[str, ...]
    page: int = 0


@dataclass(frozen=True)
class FilledForm:
    """One form found in a file.

    Attributes:
        medium: as what it came back.
        stamp: which form it is.
        answers: all the evidence, in the order of the form.
        doubts: what no single answer shows.
        sheets: on paper, the pages that were read; empty elsewhere.
        absent: on paper, the pages that lack.
    """

    medium: MediumName
    stamp: Stamp
    answers: tuple[RawAnswer, ...]
    doubts: tuple[Doubt, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    absent: tuple[Absent, ...] = ()


@dataclass(frozen=True)
class Cutout:
    """A picture of the place of one answer on paper, as PNG."""

    field_id: str
    png: bytes


PageState = Literal[
    "read",  # every answer on it is sure
    "to_check",  # read, with something that a person has to look at
    "blank",  # nothing on it, such as the back of a sheet
    "no_code",  # not ours, or its code can't be read
    "other_rubric",  # ours, of a rubric or a layout that isn't known here
    "duplicate",  # the same ink as another page: scanned twice
    "collision",  # the same page of the same form with other ink: photocopied forms
    "unreadable",  # ours, but too bent, torn or blurred to be read surely
    "left",  # not looked at: reading was stopped before
]


@dataclass(frozen=True)
class PageRead:
    """One page of a scan, and what became of it.

    Attributes:
        page: its number in the file, from 1.
        state: what became of it.
        form_id: which form it is of; empty where that isn't known.
        number: which page of the form; 0 where that isn't known.
        reason: why it isn't read, or what it is the same as; None where it is simply read.
    """

    page: int
    state: PageState
    form_id: str = ""
    number: int = 0
    reason: Message | None = None


@dataclass(frozen=True)
class Origin:
    """What a file says of its own making, as far as it tells.

    Attributes:
        program: what saved it.
        authors: who made it, and who saved it last: names of people, more often than not.
    """

    program: str = ""
    authors: tuple[str, ...] = ()


@dataclass(frozen=True)
class FileRead:
    """Everything one file held: usually one form, now and then several.

    `pages` accounts for every page of a scan; it is empty for other files.
    """

    forms: tuple[FilledForm, ...]
    origin: Origin = Origin()
    pages: tuple[PageRead, ...] = ()
