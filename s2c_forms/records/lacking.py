"""Pages of paper that lack: those that no version of a record has.

Pages of one form may come in different files and on different days. A page is there as soon as
any version has it. A version that isn't on paper has them all, unless nothing is filled in on it.
"""

from collections.abc import Sequence

from s2c_forms.form.filled import Absent
from s2c_forms.records.problems import Problem
from s2c_forms.records.version import Version

PAGE_CODES = frozenset({"page_missing", "page_unreadable"})


def page_problems(versions: Sequence[Version]) -> list[tuple[Version, Problem]]:
    """Return what versions tell of pages that none of them has.

    A page that came in and can't be read isn't told to be missing as well.
    """
    lacking = {(form_id, str(number)) for form_id, number in pages_lacking(versions)}
    told = [
        (version, problem)
        for version in versions
        for problem in version.record.problems
        if problem.code in PAGE_CODES and (version.form_id, problem.raw) in lacking
    ]
    came = {(v.form_id, p.raw) for v, p in told if p.code == "page_unreadable"}
    return [
        (v, p) for v, p in told if p.code == "page_unreadable" or (v.form_id, p.raw) not in came
    ]


def pages_lacking(versions: Sequence[Version]) -> frozenset[tuple[str, int]]:
    """Return the pages that none of a record's versions has, each as form id and number."""
    if not any(version.record.absent for version in versions):
        return frozenset()
    having = _having(versions)
    there = _fields_there(having)
    found: dict[tuple[str, int], list[Absent]] = {}
    for version in having:
        for page in version.record.absent:
            found.setdefault((version.form_id, page.number), []).append(page)
    of_form = [version.form_id for version in having]
    return frozenset(
        (form_id, number)
        for (form_id, number), pages in found.items()
        if len(pages) == of_form.count(form_id) and not _is_there(pages[0], there)
    )


def fields_lacking(versions: Sequence[Version]) -> frozenset[str]:
    """Return the fields that stand on pages only that none of a record's versions has."""
    if not any(version.record.absent for version in versions):
        return frozenset()
    having = _having(versions)
    off = frozenset(id_ for version in having for id_ in version.off)
    return off - _fields_there(having)


def brings_pages(version: Version, earlier: Sequence[Version]) -> bool:
    """Return whether a version has a page of its form that none of those before it has."""
    before = [one for one in earlier if one.form_id == version.form_id]
    if not before:
        return False
    lacked = set.intersection(*({page.number for page in one.record.absent} for one in before))
    return any(sheet.number in lacked for sheet in version.record.sheets)


def _having(versions: Sequence[Version]) -> list[Version]:
    speaking = [version for version in versions if version.is_paper or not version.is_blank]
    return speaking or list(versions)


def _fields_there(versions: Sequence[Version]) -> frozenset[str]:
    """Return the fields of which a version can say something."""
    return frozenset(
        id_ for version in versions for id_ in version.record.values.keys() - version.off
    )


def _is_there(page: Absent, there: frozenset[str]) -> bool:
    """Return whether all that stands on a page stands on another version's, of another form."""
    return bool(page.fields) and there.issuperset(page.fields)
