"""Texts: none empty, none doubled, and every placeholder known."""

import re
import string

from s2c_forms import words
from s2c_forms.form.lint.places import (
    ANY,
    FACTOR,
    PART,
    Findings,
    asked,
    doubles,
    groups_at,
    texts_at,
)
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.rubric_file import Finding, Path_, Source
from s2c_forms.words import Message, mark


def double_numbers(source: Source) -> Findings:
    """Find factors, or parts, with the same number."""
    for pattern in (PART, FACTOR):
        yield from doubles(
            source,
            texts_at(source, (*pattern, "number")),
            mark("The number {text} stands on line {first} already."),
            mark("Give each its own, so that people can tell them apart."),
        )


def double_labels(source: Source) -> Findings:
    """Find questions with the same label."""
    yield from doubles(
        source,
        texts_at(source, *asked("label")),
        mark("The label “{text}” stands on line {first} already."),
        mark("Give each its own, so that people can tell them apart."),
    )


def rubric_itself(source: Source) -> Findings:
    """Find an id or version that can't stand in a stamp."""
    for path, text in texts_at(source, ("id",)):
        if text and not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", text):
            yield source.finding(
                path,
                mark("The rubric's id `{id}` has characters that can't be stamped."),
                mark("Use a–z, 0–9, - and _ only."),
                id=text,
            )
    for path, text in texts_at(source, ("version",)):
        if re.search(r"[\s·]", text):
            yield source.finding(
                path,
                mark("The version “{text}” has blanks or a · in it."),
                mark("Write it without, such as 1 or 2026-11."),
                text=text,
            )


def language(source: Source) -> Findings:
    """Find a language that is none, or that the program itself does not speak."""
    for path, text in texts_at(source, ("language",)):
        if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", text):
            yield source.finding(
                path,
                mark("“{text}” is not the code of a language."),
                mark("Write two letters, such as nl or en."),
                text=text,
            )
        elif text != "en" and not (words.LOCALES / text).is_dir():
            what = Message(
                mark("There is no catalogue of words for the language `{text}`."), {"text": text}
            )
            mend = Message(mark("What the program itself says on forms will be in English."))
            yield Finding(source.line(path), what, mend, is_warning=True)


def empty_texts(source: Source) -> Findings:
    """Find keys with nothing after them."""
    for path in source.lines:
        value = _value(source, path)
        if isinstance(value, str) and not value.strip():
            names = [step for step in path if isinstance(step, str)]
            yield source.finding(
                path,
                mark("Nothing stands after `{key}`."),
                mark("Write it, or take the line out."),
                key=names[-1] if names else "",
            )


def _value(source: Source, path: Path_) -> object:
    value = source.data
    for step in path:
        value = value[step]
    return value


def empty_lists(source: Source) -> Findings:
    """Find lists that need at least one item."""
    for pattern, key, what in (
        ((), "parts", mark("The rubric has no parts.")),
        ((), "header", mark("The head has no fields.")),
        (PART, "factors", mark("The part {number} has no factors.")),
        (FACTOR, "indicators", mark("The factor {number} has no indicators.")),
    ):
        for path, group in groups_at(source, pattern):
            if group.get(key) in ((), ""):
                mend = mark("Add at least one under `{key}:`, or take the whole out.")
                yield source.finding(
                    (*path, key), what, mend, key=key, number=group.get("number", "")
                )


# A rubric with nothing in it has the same placeholders as any other.
_PLACEHOLDERS = tuple(
    Rubric(id="", version="", language="", title="", scale=(), header=(), parts=()).placeholders
)
_GUIDE = (
    ("guide", ANY, "heading"),
    ("guide", ANY, "paragraph"),
    ("guide", ANY, "list", ANY),
)


def placeholders(source: Source) -> Findings:
    """Find placeholders in the guide that nothing fills in, and braces that are broken."""
    for path, text in texts_at(source, *_GUIDE):
        try:
            pieces = list(string.Formatter().parse(text))
        except ValueError:
            yield source.finding(
                path,
                mark("The text has a brace {open} or {close} without its other half."),
                mark("Write it twice where a brace itself is meant."),
                open="{",
                close="}",
            )
            continue
        for _, name, form, conversion in pieces:
            if name is not None and (name not in _PLACEHOLDERS or form or conversion):
                yield source.finding(
                    path,
                    mark("The placeholder `{name}` doesn't exist."),
                    mark("Choose among: {known}."),
                    name="{" + name + "}",
                    known=", ".join(f"{{{known}}}" for known in _PLACEHOLDERS),
                )


def guide_blocks(source: Source) -> Findings:
    """Find blocks of the guide that are not one thing."""
    for path, group in groups_at(source, ("guide", ANY)):
        filled = [key for key in ("heading", "paragraph", "list") if key in group]
        if len(filled) > 1:
            yield source.finding(
                path,
                mark("A block of the guide is a heading, a paragraph or a list: here are {n}."),
                mark("Start each with a hyphen of its own."),
                n=len(filled),
            )
