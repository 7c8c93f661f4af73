"""What one form in one file said, and the record that all versions of a form make."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from s2c_forms.form.kinds import Value
from s2c_forms.form.rubric import Rubric
from s2c_forms.records.decision import Decision
from s2c_forms.records.question import Question
from s2c_forms.records.record import Record

Rubrics = Mapping[str, Rubric]
_DIGITS = 16  # of a file's SHA-256: enough to tell files apart, short enough for people to compare


@dataclass(frozen=True)
class Version:
    """What one form in one file said.

    Attributes:
        record: its answers and problems.
        file: the file's name, as people know it.
        sha256: of the file's content.
        place: which of the forms in the file, from 0.
        number: in which order it came, from 1; it decides nothing but what history tells.
        whose: by field, digests of names that stood where a code belongs: what tells its people
            from others, though their names are kept out.
    """

    record: Record
    file: str
    sha256: str
    place: int = 0
    number: int = 0
    whose: tuple[tuple[str, str], ...] = ()

    @property
    def form_id(self) -> str:
        """Return which copy of the form it is."""
        return self.record.stamp.form_id

    @property
    def ref(self) -> str:
        """Return its name, which never changes: the content it was read from, and its place."""
        return f"{self.sha256[:_DIGITS]}:{self.place}"

    @property
    def name(self) -> tuple[str, str, int]:
        """Return what versions are put in order by, whichever came first."""
        return self.file, self.sha256, self.place

    @property
    def is_blank(self) -> bool:
        """Return whether nothing was filled in on it."""
        return any(problem.code == "nothing_filled_in" for problem in self.record.problems)

    @property
    def is_paper(self) -> bool:
        """Return whether it was read from paper."""
        return self.record.medium == "scan"

    @cached_property
    def off(self) -> frozenset[str]:
        """Return the fields on pages that lack: it can't say anything of them."""
        return frozenset(id_ for page in self.record.absent for id_ in page.fields)


@dataclass(frozen=True)
class Merged:
    """One record, made of every version of it.

    Attributes:
        key: its name: of its identity, or the form id of a form whose identity has gaps.
        versions: what it was made of, in order of file name.
        values: every field id of its rubrics; None where missing or undecided.
        questions: what there is to decide.
        decisions: what people decided about it, in order; see `records.decide`.
    """

    key: str
    versions: tuple[Version, ...]
    values: Mapping[str, Value | None]
    questions: tuple[Question, ...]
    decisions: tuple[Decision, ...] = ()

    @property
    def form_ids(self) -> tuple[str, ...]:
        """Return the ids of its forms: usually one."""
        return tuple(sorted({version.form_id for version in self.versions}))

    @property
    def refs(self) -> frozenset[str]:
        """Return the names of its versions."""
        return frozenset(version.ref for version in self.versions)

    @property
    def media(self) -> tuple[str, ...]:
        """Return the media it came back in."""
        return tuple(sorted({version.record.medium for version in self.versions}))

    @property
    def undecided(self) -> frozenset[str]:
        """Return the fields that wait for a decision. A score that isn't there is just missing."""
        return frozenset(
            question.field_id
            for question in self.questions
            if question.field_id and question.code != "score_missing"
        )
