"""A rubric file → everything that is wrong with it, at once."""

from dataclasses import dataclass, replace
from pathlib import Path

from s2c_forms import resources
from s2c_forms.form.lint import lint
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.rubric_file import (
    Finding,
    Source,
    load_rubric,
    parse_rubric,
    read_text,
    unusable,
)
from s2c_forms.records.problems import shortened
from s2c_forms.words import mark


@dataclass(frozen=True)
class Checked:
    """A rubric file that was looked at.

    Attributes:
        path: the file.
        rubric: the rubric in it; None where its structure is wrong.
        findings: what is wrong or worth knowing, in the order of its lines.
    """

    path: Path
    rubric: Rubric | None
    findings: tuple[Finding, ...]

    @property
    def is_usable(self) -> bool:
        """Return whether nothing worse than a warning was found."""
        return self.rubric is not None and all(finding.is_warning for finding in self.findings)


def check(path: Path) -> Checked:
    """Return everything that is wrong with a rubric file.

    Raises:
        RubricError: the file can't be opened, or isn't text.
    """
    rubric, source = parse_rubric(read_text(path))
    findings = [*source.findings, *lint(source)]
    if rubric and _can_be_laid_out(rubric):
        is_sound = all(finding.is_warning for finding in findings)
        findings += _overflows(rubric if is_sound else replace(rubric, guide=()), source)
    return Checked(path, rubric, tuple(sorted(findings, key=lambda finding: finding.line)))


def rubric_at(path: Path | None) -> Rubric:
    """Return the rubric in a file, or the one that is used where none is named.

    Raises:
        RubricError: it can't be read, or there are several and none was named.
    """
    return load_rubric(path or resources.default_rubric())


def usable_rubric(path: Path | None) -> Rubric:
    """Return a rubric that forms can be made of: one that `check` has nothing against.

    Raises:
        RubricError: with all that is to be mended.
    """
    checked = check(path or resources.default_rubric())
    if checked.rubric is None or not checked.is_usable:
        raise unusable(checked.path, checked.findings)
    return checked.rubric


def _can_be_laid_out(rubric: Rubric) -> bool:
    """Return whether there is anything to lay out; other findings don't hinder that."""
    full = all(factor.indicators for factor in rubric.factors)
    return bool(rubric.scale and rubric.header and rubric.factors) and full


def _overflows(rubric: Rubric, source: Source) -> list[Finding]:
    """Return the texts that don't fit on paper."""
    from s2c_forms.media.pdf import overflows

    return [
        source.finding(
            overflow.path,
            mark("The text “{text}” is too long for its place on the page."),
            mark("Shorten it."),
            text=shortened(overflow.text),
        )
        for overflow in overflows(rubric)
    ]
