"""How a question can be answered: the choices there are, and what a typed answer says."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from s2c_forms.form.codes import is_code
from s2c_forms.form.fields import Field
from s2c_forms.form.kinds import Parsed, Value, parse, same_words, show
from s2c_forms.records.decision import Verdict
from s2c_forms.records.merge import Merged
from s2c_forms.words import mark, say

AGREED = mark("all right")
LEAVE_OUT = mark("leave out")
_PUT_BACK = mark("put back")
_TAKE_BACK = mark("take back in")
NO_ANSWER = mark("no answer")
_NOT_SCORED = mark("not scored")
_QUOTED = re.compile(r"^“(.*)”$", re.DOTALL)
_LONGEST = 120  # letters of a choice; a longer one is named by its file

# Questions about one field that can be answered by leaving it as it is.
AGREEABLE = frozenset({"too_long_for_cell", "name_in_text"})
# Questions about what is written by hand, where the roster may know the code that it says.
_BY_HAND = frozenset({"handwritten", "written_beside"})


@dataclass(frozen=True)
class Choice:
    """One way to answer a question: the words for it, and what they settle."""

    text: str
    verdict: Verdict
    value: Value | None = None


@dataclass(frozen=True)
class Answer:
    """What a typed answer settles; `problem` is a key of PROBLEMS where it settles nothing."""

    verdict: Verdict = "value"
    value: Value | None = None
    problem: str = ""


def choices(
    code: str, record: Merged, field: Field | None, lang: str, expected: Iterable[str] = ()
) -> list[Choice]:
    """Return the answers to choose from; others may be typed where the field takes them.

    Args:
        code: of the question.
        record: the record that it is about.
        field: the field that it is about; None for the whole form.
        lang: the language of the words.
        expected: codes that are expected in that field, in the order in which they are offered.
    """
    if code == "is_left_out":
        return [Choice(say(_TAKE_BACK, lang), "agreed")]
    if field is None:
        yes = _PUT_BACK if code == "row_deleted" else AGREED
        return [Choice(say(yes, lang), "agreed"), Choice(say(LEAVE_OUT, lang), "left_out")]
    found = [*_near(code, record, field), *_said(record, field, lang), *_allowed(field, lang)]
    if code in _BY_HAND:
        found += [*_printed(record, field, lang), *_codes(field, expected)]
    if code in AGREEABLE:
        found.insert(0, Choice(say(AGREED, lang), "agreed"))
    if field.kind != "tick":
        nothing = _NOT_SCORED if field.kind == "score" else NO_ANSWER
        found.append(Choice(say(nothing, lang), "value"))
    return list({choice.text: choice for choice in found}.values())


def answer(
    typed: str, offered: list[Choice], field: Field | None, *, codes_only: bool = False
) -> Answer:
    """Return what a typed answer settles. It is checked like any answer on a form."""
    for choice in offered:
        if same_words(typed, choice.text):
            return Answer(choice.verdict, choice.value)
    if field is None:
        return Answer(problem="not_a_choice")
    parsed = checked(field, typed, codes_only=codes_only)
    return Answer("value", parsed.value, parsed.problem or "")


def checked(field: Field, typed: str, *, codes_only: bool) -> Parsed:
    """Return what a typed text says; with codes only, a name is no answer where a code belongs."""
    parsed = parse(field, typed)
    is_name = isinstance(parsed.value, str) and not is_code(field, parsed.value)
    if codes_only and field.kind == "pseudonym" and is_name:
        return Parsed(problem="not_a_code")
    return parsed


def _near(code: str, record: Merged, field: Field) -> Iterator[Choice]:
    """Yield the codes of names in the key that the name on a form looks like."""
    for problem in (p for v in record.versions for p in v.record.problems):
        if code == problem.code == "near_name" and problem.field_id == field.id:
            yield from (Choice(one, "value", one) for one in problem.raw.split(", "))


def _said(record: Merged, field: Field, lang: str) -> Iterator[Choice]:
    """Yield what versions say, and what holds now, where the field's own choices don't name it."""
    if field.options or field.kind == "tick":
        return
    told = [(version.record.values.get(field.id), version.file) for version in record.versions]
    for value, file in [(record.values.get(field.id), ""), *told]:
        if value is None:
            continue
        text = show(field, value, lang)
        if len(text) <= _LONGEST and "\n" not in text:
            yield Choice(text, "value", value)
        elif file:
            yield Choice(say("as in {file}", lang, file=file), "value", value)


def _printed(record: Merged, field: Field, lang: str) -> Iterator[Choice]:
    """Yield what was printed where something is written as well: perhaps that holds after all."""
    for problem in (p for v in record.versions for p in v.record.problems):
        if problem.code == "written_beside" and problem.field_id == field.id:
            value = parse(field, _QUOTED.sub(r"\1", problem.raw)).value
            is_name = field.kind == "pseudonym" and not is_code(field, str(value))
            if value is not None and not is_name:
                yield Choice(show(field, value, lang), "value", value)


def _codes(field: Field, expected: Iterable[str]) -> Iterator[Choice]:
    """Yield the codes that are expected, where a code belongs."""
    if field.kind == "pseudonym":
        yield from (Choice(one, "value", one) for one in expected if is_code(field, one))


def _allowed(field: Field, lang: str) -> Iterator[Choice]:
    if field.kind == "tick":
        yield from (Choice(show(field, value, lang), "value", value) for value in (True, False))
    for option in field.options:
        is_score = field.kind == "score" and str(option.value) != option.label
        text = f"{option.value} = {option.label}" if is_score else option.label
        yield Choice(text, "value", option.value)
