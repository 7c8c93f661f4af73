"""What a reader returns: every piece of evidence it found, judged by nobody yet."""

from dataclasses import dataclass
from typing import Literal

from s2c_forms.form.stamp import Stamp

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
class FilledForm:
    """One form found in a file."""

    medium: MediumName
    stamp: Stamp
    answers: tuple[RawAnswer, ...]
    doubts: tuple[Doubt, ...] = ()


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
    """Everything one file held: usually one form, now and then several."""

    forms: tuple[FilledForm, ...]
    origin: Origin = Origin()
