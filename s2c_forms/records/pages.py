"""What became of the pages of a scan, in words: every page is in the sum."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby

from s2c_forms.form.filled import PageRead, PageState
from s2c_forms.words import count, mark, say

# As they are told: what is settled first, then what a person has to look at.
_STATES: dict[PageState, str] = {
    "read": mark("{n} read"),
    "to_check": "",  # counted in words that the merge has too
    "blank": mark("{n} blank"),
    "duplicate": mark("{n} scanned twice"),
    "collision": mark("{n} of a photocopied form"),
    "unreadable": mark("{n} not readable"),
    "other_rubric": mark("{n} of another rubric"),
    "no_code": mark("{n} without our code"),
    "left": mark("{n} not read yet"),
}
# Of these it is told which pages they are: somebody has to look at the paper itself.
_NAMED: frozenset[PageState] = frozenset(
    {"collision", "unreadable", "other_rubric", "no_code", "left"}
)
_MOST = 12  # page numbers and runs of them that are named


_NEED: frozenset[PageState] = frozenset({"unreadable", "other_rubric", "no_code", "left"})


def needs_a_person(pages: Iterable[PageRead]) -> bool:
    """Return whether a page of a file has to be looked at on paper: its answers are nowhere."""
    return any(page.state in _NEED for page in pages)


def told_pages(pages: Iterable[PageRead], language: str | None = None) -> str:
    """Return what became of every page of a file on one line; nothing where it has no pages.

    `12 pages = 8 read + 1 to check + 2 blank + 1 without our code (p. 7)`
    """
    found: dict[PageState, list[int]] = defaultdict(list)
    for page in pages:
        found[page.state].append(page.page)
    if not found:
        return ""
    total = count("{n} page", "{n} pages", sum(map(len, found.values())), language)
    terms = [_term(state, found[state], language) for state in _STATES if found[state]]
    return f"{total} = {' + '.join(terms)}"


def _term(state: PageState, numbers: Sequence[int], language: str | None) -> str:
    told = say(_STATES[state], language, n=len(numbers))
    if state == "to_check":
        told = count("{n} to check", "{n} to check", len(numbers), language)
    return f"{told} ({told_numbers(numbers, language)})" if state in _NAMED else told


def told_numbers(numbers: Iterable[int], language: str | None = None) -> str:
    """Return the numbers of pages, those that follow each other as a run: `p. 3, 7–12`."""
    ordered = sorted(set(numbers))
    runs = [
        [number for _, number in run]
        for _, run in groupby(enumerate(ordered), lambda pair: pair[1] - pair[0])
    ]
    texts = [", ".join(map(str, run)) if len(run) < 3 else f"{run[0]}–{run[-1]}" for run in runs]
    rest = ", …" if len(texts) > _MOST else ""
    return say("p. {pages}", language, pages=", ".join(texts[:_MOST]) + rest)


def told_reasons(pages: Iterable[PageRead], language: str | None = None) -> str:
    """Return why pages aren't simply read, a reason on a line: `p. 7: …`."""
    found: dict[str, list[int]] = defaultdict(list)
    for page in pages:
        if page.reason:
            found[page.reason.text(language)].append(page.page)
    return "\n".join(
        f"{told_numbers(numbers, language)}: {reason}" for reason, numbers in found.items()
    )
