"""Every page of a scan is in the sum, and those to look at have their number."""

import re

import pytest

from s2c_forms.form.filled import PageRead, PageState
from s2c_forms.records.pages import told_numbers, told_pages, told_reasons
from s2c_forms.words import Message


def pages(*states: PageState) -> list[PageRead]:
    return [PageRead(number, state) for number, state in enumerate(states, start=1)]


def test_the_sum_names_the_pages_that_somebody_has_to_look_at():
    first: tuple[PageState, ...] = ("read",) * 6
    found = pages(*first, "no_code", "blank", "blank", "read", "to_check", "read")
    told = "12 pages = 8 read + 1 to check + 2 blank + 1 without our code (p. 7)"
    assert told_pages(found, "en") == told


def test_one_page_is_one_page_and_no_page_is_nothing():
    assert told_pages(pages("read"), "en") == "1 page = 1 read"
    assert told_pages([], "en") == ""


STATES: tuple[PageState, ...] = (
    "read",
    "to_check",
    "blank",
    "no_code",
    "other_rubric",
    "duplicate",
    "collision",
    "unreadable",
)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_state_is_in_the_sum(language):
    told = told_pages(pages(*STATES), language)
    total, terms = told.split(" = ")
    assert re.match(r"8 pag", total)
    assert len(terms.split(" + ")) == 8
    assert all(term.startswith("1 ") for term in terms.split(" + "))


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ([7], "p. 7"),
        ([4, 3], "p. 3, 4"),
        ([3, 7, 8, 9, 12], "p. 3, 7–9, 12"),
        (range(1, 40, 2), "p. 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, …"),
    ],
)
def test_numbers_that_follow_each_other_are_a_run(numbers, told):
    assert told_numbers(numbers, "en") == told


def test_reasons_stand_once_with_their_pages():
    torn, twice = Message("torn"), Message("the same as page {page}", {"page": 1})
    found = [
        PageRead(1, "read"),
        PageRead(2, "duplicate", reason=twice),
        PageRead(3, "unreadable", reason=torn),
        PageRead(4, "unreadable", reason=torn),
    ]
    assert told_reasons(found, "en") == "p. 2: the same as page 1\np. 3, 4: torn"
