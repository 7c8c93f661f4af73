"""Ids: each once, and a name that every program takes."""

import re

from s2c_forms.form.lint import reserved
from s2c_forms.form.lint.places import FACTOR, INDICATOR, PART, Findings, asked, doubles, texts_at
from s2c_forms.form.rubric_file import Source
from s2c_forms.words import mark

_FIELD_IDS = (*asked("id"), (*FACTOR, "score"), (*INDICATOR, "id"))
_OTHER_IDS = ((*PART, "id"), (*FACTOR, "id"))


def double_ids(source: Source) -> Findings:
    """Find ids that stand twice, whatever their capitals."""
    yield from doubles(
        source,
        texts_at(source, *_FIELD_IDS, *_OTHER_IDS),
        mark("The id `{text}` stands on line {first} already."),
        mark("Give each its own; capitals make no difference."),
    )


def unsafe_ids(source: Source) -> Findings:
    """Find ids that some program refuses as a name."""
    for path, text in texts_at(source, *_FIELD_IDS):
        if fault := _fault_of_name(text) or _fault_of_column(text):
            yield source.finding(path, *fault, id=text, **_known_of(text))
    for path, text in texts_at(source, *_OTHER_IDS):
        if fault := _fault_of_name(text):
            yield source.finding(path, *fault, id=text, **_known_of(text))


def _known_of(text: str) -> dict[str, object]:
    return {
        "limit": reserved.MAX_LENGTH,
        "program": reserved.REFUSED_BY.get(text.casefold(), ""),
    }


def _fault_of_name(text: str) -> tuple[str, str] | None:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", text):
        return (
            mark("The id `{id}` has characters that some program refuses."),
            mark("Use a–z, 0–9 and _ only, and start with a letter."),
        )
    if len(text) > reserved.MAX_LENGTH:
        return (
            mark("The id `{id}` is longer than {limit} characters."),
            mark("Shorten it: Word takes no longer names."),
        )
    if text.endswith("_"):
        return (
            mark("The id `{id}` ends with _, which SPSS refuses."),
            mark("Take the last _ off."),
        )
    return None


def _fault_of_column(text: str) -> tuple[str, str] | None:
    if text in reserved.REFUSED_BY:
        return (
            mark("The id `{id}` is a word of {program} itself."),
            mark("Choose another, such as `{id}_1`."),
        )
    if text in reserved.OWN_COLUMNS or text.startswith(reserved.OWN_PREFIX):
        return (
            mark("The id `{id}` is a name that forms and workbooks have for themselves."),
            mark("Choose another, such as `{id}_1`."),
        )
    if reserved.looks_like_a_cell(text):
        return (
            mark("Excel takes the id `{id}` for a cell."),
            mark("Make it longer, such as `{id}_score`."),
        )
    return None
