"""All rows of the table."""

from tests.corpus import (
    cuts,
    hostile_cases,
    pdf_cases,
    sheet_cases,
    text_cases,
    word_cases,
)
from tests.corpus.case import Case

CASES: list[Case] = [
    *pdf_cases.CASES,
    *sheet_cases.CASES,
    *word_cases.CASES,
    *text_cases.CASES,
    *hostile_cases.CASES,
    *cuts.CASES,
]
