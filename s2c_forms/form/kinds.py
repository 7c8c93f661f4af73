"""The kinds of answer: text → value and value → text, side by side.

`parse` never guesses: a text is a value, or it is missing, or it has the code of what is wrong
with it (a key of `records.problems.PROBLEMS`). What people may write was collected in
shared/design.md, "Excel forms".
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from s2c_forms.form.fields import Field
from s2c_forms.form.rubric import Kind
from s2c_forms.words import mark, say

YEARS = (1980, 2120)
"""Years that a date on a form can be of; any other is a question."""

Value = str | int | bool | dt.date

TICKED_WORDS = "true =true() waar =waar() 1 x v j ja y yes on ☑ ☒ ✓ ✔ ✕ 🗹 🗸"
UNTICKED_WORDS = "false =false() onwaar =onwaar() 0 n nee no off - – ☐ □"
TICKED = frozenset(TICKED_WORDS.split())
UNTICKED = frozenset(UNTICKED_WORDS.split())
# What spreadsheets show for a formula that failed, in any language: `#N/A`, `#DEEL/0!`, `#SPILL!`,
# `Err:502`, and `###` where a cell was too narrow.
_FORMULA_ERROR = re.compile(r"#[A-Z/_0-9]+[!?]|#N/[AB]|#GETTING_DATA|Err:\d{3}|#{3,}")
# The first letters of a month in Dutch, English, German and French.
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan",
            "feb fév fev",
            "maa mrt mar mär",
            "apr avr",
            "mei may mai",
            "jun juin",
            "jul juil",
            "aug aoû aou",
            "sep",
            "okt oct",
            "nov",
            "dec dez déc",
        ),
        start=1,
    )
    for name in names.split()
}

KIND_NAMES: dict[Kind, str] = {
    "pseudonym": mark("code"),
    "text": mark("text"),
    "number": mark("whole number"),
    "date": mark("date"),
    "score": mark("score"),
    "tick": mark("tick"),
    "choice": mark("choice"),
}
"""What people call a kind of answer."""


@dataclass(frozen=True)
class Parsed:
    """What a text says: a value; nothing (both None); or the code of what is wrong with it."""

    value: Value | None = None
    problem: str | None = None


MISSING = Parsed()


def parse(field: Field, text: str) -> Parsed:
    """Return what `text`, as somebody wrote it, says as an answer to `field`."""
    text = clean(text)
    if field.kind == "tick":
        return _parse_tick(text)
    if not text:
        return MISSING
    if _FORMULA_ERROR.fullmatch(text):
        return Parsed(problem="formula_error")
    return _PARSERS[field.kind](field, text)


def show(field: Field, value: Value | None, language: str) -> str:
    """Return `value` as a form or a report in `language` shows it; missing is empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return say("yes", language) if value else say("no", language)
    if isinstance(value, dt.date):
        return show_date(value)
    for option in field.options:
        if field.kind == "choice" and option.value == value:
            return option.label
    return str(value)


def show_date(value: dt.date) -> str:
    """Return a date as dd-mm-yyyy, in which `%Y` would drop zeros on some systems."""
    return f"{value.day:02}-{value.month:02}-{value.year:04}"


def clean(text: str) -> str:
    """Return text with one kind of line end, no control characters and no blanks around."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _UNSEEN.sub("", text)).strip()


# Control characters, halves of pairs, and what is no character: what no XML takes.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def same_words(left: str, right: str) -> bool:
    """Return whether two texts differ in case and white space only."""
    return " ".join(left.split()).casefold() == " ".join(right.split()).casefold()


def natural(text: str) -> list[tuple[int, str]]:
    """Return a key that sorts `C-2` before `C-10`."""
    parts = re.findall(r"\d+|\D+", text.casefold())
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]


def _parse_tick(text: str) -> Parsed:
    word = text.casefold().removesuffix("\ufe0f")  # phones ask for the colourful ✔️
    if word in TICKED:
        return Parsed(True)
    if not word or word in UNTICKED:
        return Parsed(False)
    if (number := _whole(word)) in (0, 1):
        return Parsed(bool(number))
    return Parsed(problem="formula_error" if _FORMULA_ERROR.fullmatch(text) else "not_a_tick")


def _whole(text: str) -> int | None:
    """Return `3`, `3.0` or `3,00` as 3; `1.000` may be a thousand, so None as anything else."""
    found = re.fullmatch(r"([+-]?\d{1,9})(?:[.,]0{1,2})?", text, re.ASCII)
    return int(found[1]) if found else None


def _parse_score(field: Field, text: str) -> Parsed:
    number = _whole(text)
    if number is not None:
        known = any(option.value == number for option in field.options)
        return Parsed(number) if known else Parsed(problem="not_on_scale")
    found = re.fullmatch(r"(\d{1,9})\s*[-–—=:.()]*\s*(.+?)\)?", text, re.ASCII | re.DOTALL)
    for option in field.options:
        if same_words(text, option.label):
            return Parsed(option.value)
        if found and int(found[1]) == option.value and same_words(found[2], option.label):
            return Parsed(option.value)
    return Parsed(problem="not_a_score")


def _parse_choice(field: Field, text: str) -> Parsed:
    for option in field.options:
        if same_words(text, str(option.value)) or same_words(text, option.label):
            return Parsed(option.value)
    return Parsed(problem="not_a_choice")


def _parse_number(field: Field, text: str) -> Parsed:
    number = _whole(text)
    if number is None:
        return Parsed(problem="not_a_number")
    if field.minimum is not None and number < field.minimum:
        return Parsed(problem="below_minimum")
    return Parsed(number)


def _parse_line(_field: Field, text: str) -> Parsed:
    return Parsed(" ".join(text.split()))


def _parse_text(field: Field, text: str) -> Parsed:
    return Parsed(text) if field.lines else _parse_line(field, text)


# `22 nov 2026`, `zo 22 november 2026`, `22-nov.-2026`
_WRITTEN_OUT = re.compile(r"(?:[^\W\d]+,?\s+)?(\d{1,2})\.?[\s-]+([^\W\d]+)\.?[\s-]+(\d{4})")


def _parse_date(_field: Field, text: str) -> Parsed:
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?(?:\.0+)?)?", text):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if found := _WRITTEN_OUT.fullmatch(text):
        month = _month(found[2])
        return _date(int(found[3]), month, int(found[1])) if month else _NOT_A_DATE
    if found := re.fullmatch(r"(\d{1,2})\s*([-/. ])\s*(\d{1,2})\s*\2\s*(\d{4})", text):
        return _day_month_year(int(found[1]), int(found[3]), int(found[4]), found[2])
    if re.fullmatch(r"\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2}", text):
        return Parsed(problem="ambiguous_date")
    return _NOT_A_DATE


_NOT_A_DATE = Parsed(problem="not_a_date")


def _day_month_year(first: int, second: int, year: int, mark: str) -> Parsed:
    """Read `first` as the day: so says the form's own hint, but with slashes others do not."""
    if mark == "/" and first <= 12 and second <= 12 and first != second:
        return Parsed(problem="ambiguous_date")
    return _date(year, second, first)


def _month(name: str) -> int | None:
    word = name.casefold()
    return _MONTHS.get(word[:4]) or _MONTHS.get(word[:3])


def _date(year: int, month: int, day: int) -> Parsed:
    try:
        date = dt.date(year, month, day)
    except ValueError:
        return Parsed(problem="impossible_date")
    # A form of 1900 is a bare number that a spreadsheet took for a day; of 0026, a year cut short.
    return Parsed(date) if YEARS[0] <= year <= YEARS[1] else Parsed(problem="unlikely_year")


_PARSERS: dict[str, Callable[[Field, str], Parsed]] = {
    "score": _parse_score,
    "choice": _parse_choice,
    "number": _parse_number,
    "date": _parse_date,
    "text": _parse_text,
    "pseudonym": _parse_line,
}
