"""What stands on the overview, as data: drawn elsewhere."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from s2c_forms.form.fields import Field, field_index
from s2c_forms.form.kinds import show
from s2c_forms.form.roles import roles_of
from s2c_forms.form.rubric import Roles, Rubric
from s2c_forms.master.book import Book
from s2c_forms.records import figures
from s2c_forms.records.figures import Beside, Scored, SubjectFigures
from s2c_forms.words import say

OTHER_RATER = "≠"


@dataclass(frozen=True)
class Comparison:
    """Two raters, by their labels, and what both give each factor."""

    first: str
    other: str
    factors: tuple[Beside, ...]


@dataclass(frozen=True)
class Overview:
    """The figures of a book.

    Attributes:
        book: what they are of.
        forms: every form, by subject and in order of time.
        subjects: the figures of each subject.
        comparisons: of the first rater and each other that scored a conversation with them.
    """

    book: Book
    forms: tuple[Scored, ...]
    subjects: tuple[SubjectFigures, ...]
    comparisons: tuple[Comparison, ...]

    @property
    def language(self) -> str:
        """Return the language that the sheet speaks."""
        return self.book.language

    @property
    def rubric(self) -> Rubric:
        """Return the newest rubric."""
        return self.book.rubric

    @property
    def roles(self) -> Roles:
        """Return which field says what."""
        return roles_of(self.rubric)

    @property
    def name(self) -> str:
        """Return the name on the sheet's tab."""
        return say("Overview", self.language)

    @property
    def lead(self) -> str:
        """Return a sentence on what stands here."""
        if not self.scored:
            return say(
                "There are no scores yet. Merge forms, and this sheet fills itself.", self.language
            )
        return say(
            "How it goes. n is the number of forms that a mean is of; {other} is another rater"
            " than before.",
            self.language,
            other=OTHER_RATER,
        )

    @property
    def scored(self) -> tuple[Scored, ...]:
        """Return the forms with any score."""
        return tuple(form for form in self.forms if form.scores)

    @cached_property
    def whose(self) -> tuple[Field, ...]:
        """Return the fields that say which form it is: subject, moment, conversation, rater."""
        roles, index = self.roles, field_index(self.rubric)
        ids = (roles.subject, *roles.moment, *roles.conversation, roles.rater)
        return tuple(index[id_] for id_ in dict.fromkeys(ids) if id_ in index)

    @cached_property
    def changed_raters(self) -> frozenset[str]:
        """Return the keys of forms with another rater than the conversation before."""
        return frozenset(
            key for subject in self.subjects for key in figures.rater_changes(subject.forms)
        )

    def rater_label(self, rater: str) -> str:
        """Return what a rater is called."""
        field = field_index(self.rubric).get(self.roles.rater)
        return show(field, rater, self.language) if field else ""

    def moment_label(self, form: Scored) -> str:
        """Return when a form was, in few letters: the first that is known of its moment."""
        value = next((value for value in form.moment if value is not None), "")
        return f"{value:%d-%m-%y}" if isinstance(value, dt.date) else str(value)


def overview_of(book: Book) -> Overview:
    """Return the overview of a book."""
    forms = figures.scored_forms(book.records, book.rubric)
    subjects = figures.by_subject(forms, book.rubric) if roles_of(book.rubric).subject else ()
    bare = Overview(book, forms, subjects, ())
    return Overview(book, forms, subjects, tuple(_comparisons(bare)))


def _comparisons(overview: Overview) -> Sequence[Comparison]:
    forms, rubric = overview.forms, overview.rubric
    first, *others = figures.raters(forms, rubric) or ("",)
    found = [(other, figures.pairs(forms, first, other)) for other in others]
    return [
        Comparison(
            overview.rater_label(first), overview.rater_label(other), figures.beside(pairs, rubric)
        )
        for other, pairs in found
        if pairs
    ]
