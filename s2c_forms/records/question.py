"""A question: what a person has to decide about a record, with every reading that raised it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from s2c_forms.records.problems import PROBLEMS, shortened
from s2c_forms.words import say

# Questions in which it matters which file said what.
_BETWEEN_FILES = frozenset({"conflict", "fuller_version", "decided_otherwise"})
# Questions on pages: `1, 3`, since `1 / 3` would be page one of three.
_OF_PAGES = frozenset({"page_missing", "page_unreadable"})
_SHORT = 50


@dataclass(frozen=True, order=True)
class Reading:
    """What stood in one place of one file."""

    raw: str
    file: str
    where: str = ""


@dataclass(frozen=True)
class Question:
    """Something to decide about one field, or about a whole record where `field_id` is None.

    Attributes:
        code: a key of `records.problems.PROBLEMS`.
        field_id: the field it is about.
        readings: what raised it, in an order that doesn't depend on which file came first.
    """

    code: str
    field_id: str | None
    readings: tuple[Reading, ...]

    @property
    def raw(self) -> str:
        """Return all that was read, in full; with its files where they matter."""
        return self._told(None)

    @property
    def files(self) -> tuple[str, ...]:
        """Return the names of the files that raised it."""
        return tuple(sorted({reading.file for reading in self.readings if reading.file}))

    @property
    def where(self) -> str:
        """Return the places, in words that a person can find."""
        return " / ".join(dict.fromkeys(r.where for r in self.readings if r.where))

    def what(self, language: str | None = None) -> str:
        """Return what there is to decide, in `language`; long texts are cut, each by itself."""
        return say(PROBLEMS[self.code][0], language, raw=self._told(_SHORT))

    def mend(self, language: str | None = None) -> str:
        """Return what to do about it, in `language`."""
        return say(PROBLEMS[self.code][1], language)

    def _told(self, length: int | None) -> str:
        """Return the readings as text, each cut to `length` so that none hides another."""
        files: dict[str, list[str]] = defaultdict(list)
        for reading in self.readings:
            files[reading.raw].append(reading.file)
        raws = {raw: shortened(raw, length) if length else raw for raw in files}
        if self.code in _BETWEEN_FILES:
            return " / ".join(f"“{raws[raw]}” ({', '.join(files[raw])})" for raw in files)
        return (", " if self.code in _OF_PAGES else " / ").join(raws.values())


def ask(code: str, field_id: str | None, readings: Iterable[Reading]) -> Question:
    """Return the question that these readings raise, each of them named once."""
    return Question(code, field_id, tuple(sorted(set(readings))))
