"""A rubric file → everything that is wrong with it, at once."""

from dataclasses import dataclass
from pathlib import Path

from s2c_forms.form.lint import lint
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.rubric_file import Finding, Source, parse_rubric, read_text
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
    if rubric and all(finding.is_warning for finding in findings):
        findings += _overflows(rubric, source)
    return Checked(path, rubric, tuple(sorted(findings, key=lambda finding: finding.line)))


def _overflows(rubric: Rubric, source: Source) -> list[Finding]:
    """Return the texts that don't fit on paper, which can be told of a sound rubric only."""
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
