"""A linter for whoever edits a rubric: everything that would go wrong later, said at once.

It looks at the file's own data, so that it works on a file whose structure is wrong as well.
A rule is a function from the source to its findings.
"""

from s2c_forms.form.lint import ids, questions, texts, versions
from s2c_forms.form.lint.places import Rule
from s2c_forms.form.rubric_file import Finding, Source

__all__ = ["lint"]

_RULES: tuple[Rule, ...] = (
    ids.double_ids,
    ids.unsafe_ids,
    questions.identity,
    questions.roles,
    questions.scale,
    questions.choices,
    questions.kinds,
    questions.patterns,
    texts.rubric_itself,
    texts.language,
    texts.empty_texts,
    texts.empty_lists,
    texts.double_numbers,
    texts.double_labels,
    texts.placeholders,
    texts.guide_blocks,
    versions.renamed,
)


def lint(source: Source) -> tuple[Finding, ...]:
    """Return what is wrong with a rubric file beyond its structure, in the order of its lines."""
    if not isinstance(source.data, dict):
        return ()
    findings = [finding for rule in _RULES for finding in rule(source)]
    return tuple(sorted(findings, key=lambda finding: finding.line))
