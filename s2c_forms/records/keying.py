"""A key, by which names become codes; and new codes for names that it lacks."""

import re
import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from string import ascii_uppercase

from s2c_forms.form.codes import is_code
from s2c_forms.form.fields import Field, field_index
from s2c_forms.form.kinds import Value
from s2c_forms.form.rubric import Rubric
from s2c_forms.records.merge import Rubrics, Version
from s2c_forms.records.names import is_near, is_telling, spelling
from s2c_forms.records.problems import Problem

Heads = Iterable[tuple[Field, str]]
_DIGITS = range(3, 7)  # of a new code: as few as leave room
_ROOM = 2  # how many codes of a shape there must be for each one in use, so that none is guessed
_LOTS = 1000  # drawn before another shape is tried


@dataclass(frozen=True)
class Key:
    """Names and their codes. Several spellings of a name may have one code."""

    codes: Mapping[str, str]
    reserved: frozenset[str] = frozenset()

    @cached_property
    def _by_spelling(self) -> dict[str, str]:
        return {spelling(name): code for name, code in self.codes.items()}

    def code_of(self, name: str) -> str | None:
        """Return the code of a name, whatever its spelling; None where the key hasn't got it."""
        return self._by_spelling.get(spelling(name) or name)

    def near(self, name: str) -> tuple[str, ...]:
        """Return the codes of names that this one may be a slip of."""
        return tuple(
            dict.fromkeys(code for known, code in self.codes.items() if is_near(name, known))
        )

    def with_code(self, name: str, code: str) -> "Key":
        """Return the key with one more name."""
        return replace(self, codes={**self.codes, name: code})


def keyed(version: Version, rubric: Rubric, key: Key) -> Version:
    """Return a version with codes for the names that a key has; near ones become questions."""
    values = dict(version.record.values)
    problems = [p for p in version.record.problems if p.code != "near_name"]
    for field_id, field in field_index(rubric).items():
        value = values.get(field_id)
        if not isinstance(value, str) or not takes_code(field):
            continue
        code = fitting_code(field, value, key)
        if code:
            values[field_id] = code
        elif field.kind == "pseudonym" and not is_code(field, value):
            near = [near for near in key.near(value) if is_code(field, near)]
            problems += [Problem("near_name", field_id, "", ", ".join(near))] if near else []
    record = replace(version.record, values=values, problems=tuple(problems))
    return replace(version, record=record)


def takes_code(field: Field) -> bool:
    """Return whether a name in this field may become a code: one line in the head."""
    return field.kind == "pseudonym" or (field.kind == "text" and field.place == "head")


def fitting_code(field: Field, value: Value, key: Key) -> str | None:
    """Return the code that a key has for what stands in a field, None where none fits there."""
    if not isinstance(value, str) or not takes_code(field):
        return None
    if field.kind == "pseudonym" and is_code(field, value):
        return None
    code = key.code_of(value)
    fits = code is not None and (field.kind == "text" or is_code(field, code))
    return code if fits else None


def new_codes(
    versions: Sequence[Version], rubrics: Rubrics, key: Key, heads: Heads = ()
) -> tuple[dict[str, str], list[str]]:
    """Return codes for names that a key lacks, and the fields that no code could be made for.

    A name that is near to one of the key gets none: a person says whose it is.

    Args:
        versions: what forms said.
        rubrics: by hash, the rubric of every version.
        key: what is known.
        heads: names in rosters and prefilled heads.
    """
    taken = {code.casefold() for code in {*key.codes.values(), *key.reserved}}
    taken |= {code.casefold() for _, code in _in_use(versions, rubrics)}
    made: dict[str, str] = {}
    without: list[str] = []
    for field, name in _unknown((*_pseudonyms(versions, rubrics), *heads)):
        if key.code_of(name) or key.near(name):
            continue
        used = [code for id_, code in _in_use(versions, rubrics) if id_ == field.id]
        code = new_code(field, used, taken)
        if code is None:
            without.append(field.id)
            continue
        taken.add(code.casefold())
        made[name] = code
        key = key.with_code(name, code)
    return made, sorted(set(without))


def _unknown(found: Heads) -> Iterator[tuple[Field, str]]:
    """Yield what stands in fields of codes and looks like a name. `=1+1` and `?` don't."""
    for field, value in found:
        if not is_code(field, value) and value[0].isalpha() and is_telling(value):
            yield field, value


def _in_use(versions: Iterable[Version], rubrics: Rubrics) -> list[tuple[str, str]]:
    return [(f.id, value) for f, value in _pseudonyms(versions, rubrics) if is_code(f, value)]


def _pseudonyms(versions: Iterable[Version], rubrics: Rubrics) -> Iterator[tuple[Field, str]]:
    for version in versions:
        for field in field_index(rubrics[version.record.stamp.hash]).values():
            value = version.record.values.get(field.id)
            if field.kind == "pseudonym" and isinstance(value, str):
                yield field, value


def new_code(
    field: Field,
    used: Iterable[str],
    taken: set[str],
    draw: Callable[[int], int] = secrets.randbelow,
) -> str | None:
    """Return a code that is free, drawn by lot: neither order nor letters tell whose it is.

    Args:
        field: it has to be a code there.
        used: codes in use in that field: the new one looks like most of them.
        taken: codes that are given, in small letters.
        draw: what draws a number below another.
    """
    for prefix, digits in _shapes(field, used):
        alike = sum(code.startswith(prefix.casefold()) for code in taken)
        if not is_code(field, prefix + "1" * digits) or alike * _ROOM > 10**digits:
            continue
        for _ in range(_LOTS):
            code = f"{prefix}{1 + draw(10**digits - 1):0{digits}}"
            if code.casefold() not in taken and is_code(field, code):
                return code
    return None


def _shapes(field: Field, used: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Yield what a code may begin with, and its number of digits: as those in use, then others."""
    found = Counter(shape[1] for code in used if (shape := re.fullmatch(r"(.*?)\d+", code)))
    initial = field.id[:1].upper()
    common = [prefix for prefix, _ in found.most_common()]
    letters = [f"{letter}{dash}" for letter in ascii_uppercase for dash in ("-", "")]
    for prefix in dict.fromkeys([*common, f"{initial}-", initial, "", *letters]):
        yield from ((prefix, digits) for digits in (*_DIGITS, 2))
