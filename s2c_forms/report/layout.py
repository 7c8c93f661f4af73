"""A report's content → one page: as much of it as there is room for, and room to write."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from s2c_forms.form.kinds import show_date
from s2c_forms.form.layout import MM, Item, Rule, Text
from s2c_forms.report.column import Column, Style
from s2c_forms.report.content import Compared, Content, Difference, Point
from s2c_forms.report.grid import Cell, draw_grid
from s2c_forms.words import count, say

WIDTH, HEIGHT = 210 * MM, 297 * MM
_LEFT, _RIGHT = 17 * MM, 193 * MM
_TOP, _BOTTOM = 13 * MM, 284 * MM
_GAP = 8 * MM
_LINE = 21.0  # points between two lines to write on
_LINES = 5  # to write on, at the least
_H1, _H2 = Style(19, "bold", "accent", "H1"), Style(11, "bold", "accent", "H2")
_TEXT, _QUIET = Style(), Style(8, colour="quiet")
_BOLD = Style(8.5, "bold")
Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Room:
    """How much a page takes: entries of a list, and lines of a text."""

    points: int
    unseen: int
    lines: int


_ROOMS = (Room(4, 7, 3), Room(4, 6, 2), Room(3, 5, 2), Room(3, 4, 2), Room(2, 3, 2), Room(1, 2, 1))


@dataclass(frozen=True)
class Sheet:
    """A page: what stands on it in the order of reading, and grounds that lie under that."""

    items: tuple[Item, ...]
    cells: tuple[Cell, ...]


def lay_out(content: Content, changed: dt.datetime | None) -> Sheet:
    """Return the page of a report, with the fullest lists that leave room to write.

    Args:
        content: what there is to say.
        changed: when something was last merged.
    """
    top = Column(_LEFT, _TOP, _RIGHT - _LEFT)
    cells = _write_top(top, content)
    left, right = _fitting(content, top.y + 12)
    below = Column(_LEFT, max(left.y, right.y) + 10, _RIGHT - _LEFT)
    _write_lines(below, content)
    items = [*top.items, *left.items, *right.items, *below.items, *_foot(content, changed)]
    return Sheet(tuple(items), tuple(cells))


def _write_top(column: Column, content: Content) -> list[Cell]:
    lang = content.language
    if content.rubric.organisation:
        column.write(content.rubric.organisation, _QUIET, most=1)
        column.y += 3
    column.write(say("For your next supervision", lang), _H1, most=1)
    column.y += 1
    column.write(f"{content.subject} · {content.rubric.title}", _BOLD, most=1)
    column.y += 5
    column.write(
        say(
            "This page is to talk about together: what goes well, and where do you want to grow?"
            " It isn't an assessment, and it compares you with nobody.",
            lang,
        ),
        _TEXT,
        most=2,
    )
    column.y += 10
    column.write(say("What was scored", lang), _H2, most=1)
    column.y += 3
    if content.forms:
        return draw_grid(column, content)
    column.write(
        say("There are no scores yet. Here is room for what you bring yourself.", lang), _TEXT
    )
    return []


def _fitting(content: Content, top: float) -> tuple[Column, Column]:
    """Return the fullest columns under `top` that leave room to write."""
    tried = (_columns(content, top, room) for room in _ROOMS)
    for left, right in tried:
        if max(left.y, right.y) + 34 + _LINES * _LINE <= _BOTTOM:
            return left, right
    return _columns(content, top, _ROOMS[-1])


def _columns(content: Content, top: float, room: Room) -> tuple[Column, Column]:
    """Return the two columns of lists, as full as `room` says."""
    width = (_RIGHT - _LEFT - _GAP) / 2
    left, right = Column(_LEFT, top, width), Column(_LEFT + width + _GAP, top, width)
    if content.forms:
        _write_strengths(left, content, room)
        left.y += 9
        _write_growing(left, content, room)
        if content.has_raters:
            _write_compared(right, content, content.compared, room)
            right.y += 9
        _write_unseen(right, content, room)
    return left, right


def _write_strengths(column: Column, content: Content, room: Room) -> None:
    lang = content.language
    column.write(say("This goes well", lang), _H2, most=1)
    column.y += 3
    if not content.strengths:
        told = say("Nothing stands out at the top yet. What are you content with yourself?", lang)
        column.write(told, _TEXT)
    _write_some(
        column,
        content,
        content.strengths,
        room.points,
        lambda p: _write_point(column, content, p, room),
    )


def _write_growing(column: Column, content: Content, room: Room) -> None:
    lang = content.language
    column.write(say("Here you can grow further", lang), _H2, most=1)
    column.y += 3
    if not content.growing:
        told = say(
            "All factors are above the middle. Choose together what you want to deepen.", lang
        )
        column.write(told, _TEXT)
    _write_some(
        column,
        content,
        content.growing,
        room.points,
        lambda p: _write_point(column, content, p, room),
    )


def _write_some(
    column: Column,
    content: Content,
    things: Sequence[Thing],
    most: int,
    write: Callable[[Thing], None],
) -> None:
    """Write as many of a list as there is room for, and how many more there are."""
    for thing in things[:most]:
        write(thing)
        column.y += 3
    if len(things) > most:
        told = count("and {n} more", "and {n} more", len(things) - most, content.language)
        column.write(told, _QUIET, most=1)


def _write_point(column: Column, content: Content, point: Point, room: Room) -> None:
    lang = content.language
    column.write(f"{point.factor.number} {point.factor.text}", _BOLD, min(room.lines, 2))
    told = say("last scores: {scores}", lang, scores=", ".join(map(str, point.scores)))
    if point.seen:
        told = say("{scores}. Seen: {indicator}", lang, scores=told, indicator=point.seen)
    column.write(told, _QUIET, room.lines)


def _write_compared(
    column: Column, content: Content, compared: Compared | None, room: Room
) -> None:
    lang = content.language
    column.write(say("Seen differently", lang), _H2, most=1)
    column.y += 3
    if compared is None:
        told = say("No conversation was scored by two people yet: worth trying.", lang)
        column.write(told, _TEXT)
        return
    who = {"first": compared.first, "other": compared.other, "which": compared.conversation}
    if not compared.differences:
        told = say("{first} and {other} saw it alike ({which}).", lang, **who)
        column.write(told, _TEXT)
        return
    column.write(say("{first} and {other}, {which}", lang, **who), _QUIET, most=2)
    column.y += 2

    def write(one: Difference) -> None:
        column.write(f"{one.factor.number} {one.factor.text}", _BOLD, min(room.lines, 2))
        told = f"{compared.first} {one.first}, {compared.other} {one.other}"
        column.write(told, _QUIET, most=1)

    _write_some(column, content, compared.differences, room.points, write)


def _write_unseen(column: Column, content: Content, room: Room) -> None:
    lang = content.language
    column.write(say("To talk about: not seen yet", lang), _H2, most=1)
    column.y += 3
    if not content.unseen:
        column.write(say("Everything that was looked for was seen at some time.", lang), _TEXT)
    if not content.unseen and not content.unseen_lately:
        return
    told = say("When would it fit, and what do you need for it?", lang)
    if not content.unseen:
        told = say("Not the last time: {question}", lang, question=told)
    column.write(told, _QUIET, most=2)
    column.y += 2
    _write_some(
        column,
        content,
        content.unseen or content.unseen_lately,
        room.unseen,
        lambda one: column.write(f"{one[0].number}  {one[1]}", _TEXT, room.lines),
    )


def _write_lines(column: Column, content: Content) -> None:
    """Set lines to write on, as many as are left of the page."""
    column.write(say("What do you take along?", content.language), _H2, most=1)
    column.y += _LINE
    while column.y <= _BOTTOM - 6:
        column.items.append(Rule(column.x, column.y, column.width, 0.5, "quiet"))
        column.y += _LINE


def _foot(content: Content, changed: dt.datetime | None) -> list[Item]:
    if changed is None:
        return []
    told = say("As it stood on {day}", content.language, day=show_date(changed))
    return [Text(_LEFT, _BOTTOM + 12, (told,), 7, "text", "quiet", "Artifact")]
