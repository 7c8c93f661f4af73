"""A rubric: the instrument as data, frozen, exactly as its file has it."""

import hashlib
import json
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, ClassVar, Literal

Kind = Literal["pseudonym", "text", "number", "date", "score", "tick", "choice"]
AskedKind = Literal["pseudonym", "text", "number", "date", "choice"]

# Read by pydantic only: a key that a rubric file has too many is a finding, not a shrug.
_STRICT: dict[str, Any] = {"extra": "forbid"}


@dataclass(frozen=True)
class ScalePoint:
    """One point of the scale: what is written down, and what it means."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    value: int
    label: str


@dataclass(frozen=True)
class Choice:
    """One answer of a choice field: `value` in data, `label` on forms."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    value: str
    label: str


@dataclass(frozen=True)
class Question:
    """A field of the head, or one that was added.

    `lines` > 0 is room to write, on a page. `pattern` says what a code looks like.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    id: str
    kind: AskedKind
    label: str
    minimum: int | None = None
    lines: int = 0
    choices: tuple[Choice, ...] = ()
    pattern: str = ""


@dataclass(frozen=True)
class Indicator:
    """A behaviour that is seen or not."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    id: str
    text: str


@dataclass(frozen=True)
class Factor:
    """What is scored. `score` is the id of its score field."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    id: str
    score: str
    number: str
    text: str
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True)
class Part:
    """A group of factors under a title."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    id: str
    number: str
    title: str
    factors: tuple[Factor, ...]


@dataclass(frozen=True)
class GuideBlock:
    """One block of the guide: a heading, a paragraph or a list, whichever is filled."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    heading: str = ""
    paragraph: str = ""
    list: tuple[str, ...] = ()


@dataclass(frozen=True)
class Roles:
    """Which head fields say whose form it is, when it was, and who scored; see `form.roles`."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    subject: str = ""
    moment: tuple[str, ...] = ()
    rater: str = ""
    conversation: tuple[str, ...] = ()


@dataclass(frozen=True)
class Renamed:
    """An id that an earlier version had, and the id that the same thing has now."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    was: str
    now: str


@dataclass(frozen=True)
class Rubric:
    """The whole instrument. Equal rubrics have equal hashes, whatever file they came from."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    id: str
    version: str
    language: str
    title: str
    scale: tuple[ScalePoint, ...]
    header: tuple[Question, ...]
    parts: tuple[Part, ...]
    organisation: str = ""
    running_head: str = ""
    header_note: str = ""
    identity: tuple[str, ...] = ()
    added: tuple[Question, ...] = ()
    guide: tuple[GuideBlock, ...] = ()
    roles: Roles | None = None
    renamed: tuple[Renamed, ...] = ()

    def __hash__(self) -> int:
        """Return the hash of its content: caches ask for it over and over, and keep it so."""
        return hash(self.hash)

    @cached_property
    def factors(self) -> tuple[Factor, ...]:
        """Return the factors of all parts, in order."""
        return tuple(factor for part in self.parts for factor in part.factors)

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """Return the indicators of all factors, in order."""
        return tuple(indicator for factor in self.factors for indicator in factor.indicators)

    @property
    def placeholders(self) -> dict[str, str]:
        """Return what `{…}` in the guide may say, and what is printed for it."""
        return {
            "parts": str(len(self.parts)),
            "factors": str(len(self.factors)),
            "indicators": str(len(self.indicators)),
            "title": self.title,
            "organisation": self.organisation,
        }

    def canonical(self) -> str:
        """Return the rubric as JSON that is the same for the same rubric.

        What is left empty is left out, so that a key added to the schema moves no hash.
        """
        return json.dumps(
            _filled(asdict(self)), ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )

    @cached_property
    def hash(self) -> str:
        """Return 16 hexadecimal digits of the canonical JSON's SHA-256."""
        return hashlib.sha256(self.canonical().encode()).hexdigest()[:16]


def _filled(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _filled(value) for key, value in data.items() if value not in ("", (), None)}
    if isinstance(data, list | tuple):
        return [_filled(value) for value in data]
    return data
