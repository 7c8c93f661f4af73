"""Pages → forms: which pages belong together, which came in twice, and which lack.

A page says by its code which form it is of. Pages of one form may lie anywhere in a stack. Where
one page of a form is there twice with other ink, the form was photocopied: then the order in the
stack says what belongs together, and a person is asked to look.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from s2c_forms.form.filled import (
    Absent,
    Doubt,
    FileRead,
    FilledForm,
    PageRead,
    PageState,
    Sheet,
)
from s2c_forms.form.layout import Layout
from s2c_forms.form.shelf import Shelf
from s2c_forms.form.stamp import Stamp, spaced
from s2c_forms.media.scan.known import layout_of
from s2c_forms.media.scan.seen import PageSeen
from s2c_forms.words import Message, mark, say

_SAME = 45  # of 255: no part of a page that was scanned twice differs more in how dark it is
_NOTHING = 12  # of 255: as little ink as this in its darkest part is none


@dataclass
class _Copy:
    """One copy of a form, being put together: its pages by number."""

    pages: dict[int, PageSeen] = field(default_factory=dict)


def assemble(seen: Sequence[PageSeen], shelf: Shelf) -> FileRead:
    """Return the forms that the pages of a file make, and what became of every page.

    Args:
        seen: all pages of the file, in its order.
        shelf: what forms are known.
    """
    became: dict[int, PageRead] = {page.page: _became(page) for page in seen}
    forms: list[FilledForm] = []
    for pages in _by_form(seen).values():
        copies = _copies(pages, became)
        forms += [_form(copy, shelf, is_copied=len(copies) > 1) for copy in copies if copy.pages]
    forms.sort(key=_first_page)
    return FileRead(tuple(forms), pages=tuple(became.values()))


def _first_page(form: FilledForm) -> int:
    pages = [sheet.page for sheet in form.sheets] + [one.page for one in form.absent if one.page]
    return min(pages)


def _became(page: PageSeen) -> PageRead:
    code = page.code
    form_id, number = (code.form_id, code.page) if code else ("", 0)
    state: PageState = "to_check" if page.state == "read" and page.doubts else page.state
    return PageRead(page.page, state, form_id, number, page.reason)


def _by_form(seen: Iterable[PageSeen]) -> dict[tuple[str, str], list[PageSeen]]:
    """Return the pages of each form whose layout is known, in the order of the file."""
    forms: dict[tuple[str, str], list[PageSeen]] = defaultdict(list)
    for page in seen:
        if page.code and page.layout_hash:
            forms[page.code.form_id, page.layout_hash].append(page)
    return forms


def _copies(pages: Sequence[PageSeen], became: dict[int, PageRead]) -> list[_Copy]:
    """Return the copies that pages with one form id make; usually one."""
    read = [page for page in pages if page.state == "read"]
    copies = [_Copy()]
    for page in read:
        number = _number(page)
        same = [c for c in copies if number in c.pages and _is_same(page, c.pages[number])]
        home = _home(page, copies, read)
        if same and (home is None or not _is_bare(page)):
            _note_twice(page, same[0].pages[number], became)
            continue
        if home is None:
            home = _Copy()
            copies.append(home)
        home.pages[number] = page
    for copy in copies[1:]:
        _note_collisions(copy, became)
    _add_unreadable([page for page in pages if page.state != "read"], copies)
    return copies


def _number(page: PageSeen) -> int:
    return page.code.page if page.code else 0


def _home(page: PageSeen, copies: Sequence[_Copy], read: Sequence[PageSeen]) -> _Copy | None:
    """Return the copy that a page goes to: that of the page before it, or the first that lacks it.

    Stacks lie sheet by sheet, or all fronts and then all backs.
    """
    number = _number(page)
    lacking = [copy for copy in copies if number not in copy.pages]
    if _is_by_page(read):
        return lacking[0] if lacking else None
    before = read[read.index(page) - 1] if read.index(page) else None
    mine = [copy for copy in lacking if before in copy.pages.values()]
    return next(iter(mine or lacking), None)


def _is_by_page(read: Sequence[PageSeen]) -> bool:
    """Return whether a stack has all first pages first, then all second ones, equally many."""
    numbers = [_number(page) for page in read]
    counts = {numbers.count(number) for number in set(numbers)}
    return numbers == sorted(numbers) and len(counts) == 1 and counts != {1}


def _is_same(one: PageSeen, other: PageSeen) -> bool:
    """Return whether two pages carry the same ink: one sheet of paper, scanned twice."""
    left = np.frombuffer(one.ink, dtype=np.uint8).astype(np.int16)
    right = np.frombuffer(other.ink, dtype=np.uint8).astype(np.int16)
    if left.shape != right.shape or one.verdicts != other.verdicts:
        return False
    return int(np.abs(left - right).max(initial=0)) <= _SAME


def _is_bare(page: PageSeen) -> bool:
    """Return whether nothing was marked or written on a page."""
    ink = np.frombuffer(page.ink, dtype=np.uint8)
    return int(ink.max(initial=0)) < _NOTHING


def _note_twice(page: PageSeen, first: PageSeen, became: dict[int, PageRead]) -> None:
    reason = Message(mark("the same as page {page}, scanned twice"), {"page": first.page})
    became[page.page] = replace(became[page.page], state="duplicate", reason=reason)


def _note_collisions(copy: _Copy, became: dict[int, PageRead]) -> None:
    for page in copy.pages.values():
        reason = Message(
            mark("page {number} of form {form} again, filled in otherwise"),
            {"number": _number(page), "form": spaced(page.code.form_id) if page.code else ""},
        )
        became[page.page] = replace(became[page.page], state="collision", reason=reason)


def _add_unreadable(pages: Sequence[PageSeen], copies: Sequence[_Copy]) -> None:
    """Let pages that can't be read stand where a copy lacks them: a form is never lost for that."""
    for page in pages:
        lacking = [copy for copy in copies if _number(page) not in copy.pages]
        if lacking:
            lacking[0].pages[_number(page)] = page


def _form(copy: _Copy, shelf: Shelf, *, is_copied: bool) -> FilledForm:
    """Return a form of the pages that are there."""
    pages = [copy.pages[number] for number in sorted(copy.pages)]
    code = pages[0].code
    if code is None:
        raise ValueError("a page without a code is of no form")
    layout, _, rubric = layout_of(code, shelf)
    read = [page for page in pages if page.state == "read"]
    doubts = [doubt for page in read for doubt in page.doubts]
    if is_copied:
        place = say("page {page}", rubric.language, page=pages[0].page)
        doubts.insert(0, Doubt("photocopied", place, raw=spaced(code.form_id)))
    return FilledForm(
        "scan",
        Stamp(rubric.id, rubric.version, rubric.hash, code.form_id),
        tuple(answer for page in read for answer in page.answers),
        tuple(doubts),
        tuple(Sheet(_number(page), page.page) for page in read),
        tuple(_absent(layout, copy.pages)),
    )


def _absent(layout: Layout, pages: Mapping[int, PageSeen]) -> Iterator[Absent]:
    for page in layout.pages:
        found = pages.get(page.number)
        if page.number and (found is None or found.state != "read"):
            ids = dict.fromkeys(
                [e.field_id for e in page.entries] + [b.field_id for b in page.boxes]
            )
            yield Absent(page.number, tuple(ids), found.page if found else 0)
