"""Questions, their choices, and the scale."""

import re
from typing import get_args

from s2c_forms.form.lint.places import (
    ANY,
    QUESTIONS,
    Findings,
    asked,
    doubles,
    folded,
    groups_at,
    texts_at,
)
from s2c_forms.form.rubric import AskedKind
from s2c_forms.form.rubric_file import Path_, Source
from s2c_forms.words import mark


def identity(source: Source) -> Findings:
    """Find names in `identity` that are no question."""
    heads = {text for _, text in texts_at(source, *asked("id"))}
    for path, text in texts_at(source, ("identity", ANY)):
        if text not in heads:
            yield source.finding(
                path,
                mark("`identity` names `{text}`, which is no field of the head."),
                mark("Choose among: {known}."),
                text=text,
                known=", ".join(sorted(heads)),
            )
    yield from doubles(
        source,
        texts_at(source, ("identity", ANY)),
        mark("`identity` names `{text}` twice."),
        mark("Keep one of the two."),
    )


# role → the kinds of field that can have it
_ROLES = {
    "subject": ("pseudonym", "text", "choice"),
    "moment": ("date", "number"),
    "rater": ("choice",),
    "conversation": ("pseudonym", "text", "number", "date", "choice"),
}


def roles(source: Source) -> Findings:
    """Find roles given to what is no field of the head, or to one of the wrong kind."""
    groups = [question for _, question in groups_at(source, *QUESTIONS)]
    kinds_of = {q.get("id"): q.get("kind") for q in groups if not q.get("lines")}
    for role, fitting in _ROLES.items():
        known = [str(id_) for id_, kind in kinds_of.items() if kind in fitting]
        for path, text in texts_at(source, ("roles", role), ("roles", role, ANY)):
            if text not in known:
                yield source.finding(
                    path,
                    mark("`{role}` names `{text}`, which can't have that role."),
                    mark("Choose among: {known}."),
                    role=role,
                    text=text,
                    known=", ".join(sorted(known)),
                )


def scale(source: Source) -> Findings:
    """Find a scale that is too short, doubled, or goes below zero."""
    points = source.data.get("scale")
    if isinstance(points, tuple) and len(points) < 2:
        yield source.finding(
            ("scale",),
            mark("The scale has fewer than two points."),
            mark("Add lines such as `{sample}` under it."),
            sample="- {value: 1, label: …}",
        )
    for path, text in texts_at(source, ("scale", ANY, "value")):
        if re.fullmatch(r"\s*-\s*\d+\s*", text):
            yield source.finding(
                path,
                mark("The scale has a value below zero: {text}."),
                mark("Use 0 and up: values below zero say why an answer is missing."),
                text=text,
            )
    for key in ("value", "label"):
        yield from doubles(
            source,
            texts_at(source, ("scale", ANY, key)),
            mark("The scale has “{text}” on line {first} already."),
            mark("Give each point its own value and label."),
        )
    yield from _crossed(source, ("scale",))


def _crossed(source: Source, path: Path_) -> Findings:
    """Find labels that are another option's value: which of the two would an answer mean?"""
    values = {folded(text): place[:-1] for place, text in texts_at(source, (*path, ANY, "value"))}
    for place, text in texts_at(source, (*path, ANY, "label")):
        if values.get(folded(text), place[:-1]) != place[:-1]:
            yield source.finding(
                place,
                mark("The label “{text}” is the value of another."),
                mark("Choose another label, so that an answer means one thing."),
                text=text,
            )


def choices(source: Source) -> Findings:
    """Find choices that are missing, doubled, or no names of a radio button's state."""
    for path, question in groups_at(source, *QUESTIONS):
        given = question.get("choices", ())
        if question.get("kind") != "choice" or not isinstance(given, tuple):
            continue
        if len(given) < 2:
            yield source.finding(
                (*path, "choices"),
                mark("The field has fewer than two choices."),
                mark("Add lines such as `{sample}` under it."),
                sample="- {value: yes, label: Yes}",
            )
        for key in ("value", "label"):
            yield from doubles(
                source,
                texts_at(source, (*path, "choices", ANY, key)),
                mark("The field has the choice “{text}” on line {first} already."),
                mark("Give each choice its own value and label."),
            )
        yield from _crossed(source, (*path, "choices"))
    for path, text in texts_at(source, *((*place, ANY, "value") for place in asked("choices"))):
        if text and not re.fullmatch(r"[A-Za-z0-9]+", text):
            yield source.finding(
                path,
                mark("The choice's value “{text}” has characters that a PDF button refuses."),
                mark("Use A–Z, a–z and 0–9 only; the label may be anything."),
                text=text,
            )


def patterns(source: Source) -> Findings:
    """Find patterns of codes that are no regular expression, or that take an empty text."""
    for path, text in texts_at(source, *asked("pattern")):
        try:
            takes_nothing = bool(re.fullmatch(text, ""))
        except re.error as error:
            yield source.finding(
                path,
                mark("The pattern `{text}` is not a regular expression: {reason}."),
                mark("Write for instance `{sample}`: up to three letters, then digits."),
                text=text,
                reason=error.msg,
                sample="[A-Z]{0,3}-?[0-9]+",
            )
            continue
        if text and takes_nothing:
            yield source.finding(
                path,
                mark("The pattern `{text}` fits an empty text too."),
                mark("Ask for one character at least, such as `[0-9]+`."),
                text=text,
            )


# key of a question → the one kind that it says something about
_BELONGS = {"choices": "choice", "minimum": "number", "lines": "text", "pattern": "pseudonym"}


def kinds(source: Source) -> Findings:
    """Find keys that say nothing about the kind of their question."""
    for path, question in groups_at(source, *QUESTIONS):
        kind = question.get("kind")
        if kind not in get_args(AskedKind):
            continue  # a finding of the structure
        for key, owner in _BELONGS.items():
            if key in question and kind != owner:
                yield source.finding(
                    (*path, key),
                    mark("`{key}` says nothing about a field of kind {kind}."),
                    mark("Take it out, or make the kind {owner}."),
                    key=key,
                    kind=kind,
                    owner=owner,
                )
        if re.fullmatch(r"-\d+", str(question.get("lines", ""))):
            yield source.finding(
                (*path, "lines"),
                mark("A field can't have fewer than 0 lines."),
                mark("Write the number of lines there is room for."),
            )
