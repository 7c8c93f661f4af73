"""A row of the table."""

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.corpus.answers import ANSWERS, Answers
from tests.corpus.bench import Bench

Make = Callable[[Bench], bytes]
"""Returns what came back."""


@dataclass(frozen=True)
class Same:
    """Every form in the file says what was filled in."""

    forms: tuple[Answers, ...] = (ANSWERS,)


@dataclass(frozen=True)
class Asks:
    """One question, on a field or on the whole form; all else says what was filled in."""

    field_id: str | None
    code: str
    answers: Answers = field(default_factory=lambda: ANSWERS)


@dataclass(frozen=True)
class Refused:
    """Not read, for the reason with this code."""

    code: str


@dataclass(frozen=True)
class SameOrRefused:
    """Every answer says what was filled in; or, where the format can tell, it isn't read."""

    code: str


@dataclass(frozen=True)
class Mixed:
    """Several forms whose fields have the same names: every field in which they differ is asked.

    That they are two is asked, too. Nothing that one of them says is taken for the other.
    """

    forms: tuple[Answers, ...]


@dataclass(frozen=True)
class OnPaper:
    """Read as paper, for no field is left: marks hold, and what was typed is asked about."""

    answers: Answers = field(default_factory=lambda: ANSWERS)


Outcome = Same | Asks | Refused | SameOrRefused | Mixed | OnPaper
SAME = Same()


@dataclass(frozen=True)
class Case:
    """A form that came back.

    Attributes:
        name: what happened to it.
        suffix: the ending of its name, which says its medium.
        make: how it is made.
        leads_to: what must come of it.
        needs: the programs that make it, skipped where one isn't installed.
    """

    name: str
    suffix: str
    make: Make
    leads_to: Outcome
    needs: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Return the name that no other case has."""
        return f"{self.suffix[1:]}: {self.name}"
