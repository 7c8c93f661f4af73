"""What a text document holds, told apart from how its format writes it down.

The readers of .docx and .odt walk over their XML and yield events; `gather` makes of them the
controls, bookmarks and cells in which answers are looked for.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

# Bookmarks that are open at one time: a form has one. All of them take in every text.
_MOST_MARKS = 20
Kind = Literal["text", "paragraph", "row", "cell", "box", "control", "mark", "look", "note"]
Look = frozenset[str]
"""How a text was dressed by hand: `highlight`, `struck`, `bold`, `colour FF0000` …"""


@dataclass(frozen=True)
class Seen:
    """What a content control says of itself."""

    tag: str = ""
    checked: bool | None = None
    is_prompt: bool = False
    day: str = ""


@dataclass(frozen=True)
class Event:
    """One step of a walk: something opens, closes, or is text.

    Attributes:
        kind: of what; a `box` is a text box, picture or shape, a `mark` a bookmark, a `look` what
            a stretch of text was dressed with, a `note` a comment or footnote.
        text: the text, or a bookmark's name.
        key: what tells that the same bookmark closes.
        closes: whether it closes.
        seen: what a control that opens says of itself.
        look: what a stretch of text that opens is dressed with.
    """

    kind: Kind
    text: str = ""
    key: str = ""
    closes: bool = False
    seen: Seen = Seen()
    look: Look = frozenset()


@dataclass
class Control:
    """A content control: what it says of itself, and the bookmarks it shares its place with."""

    seen: Seen
    cell: int | None
    names: set[str] = field(default_factory=set)
    pieces: list["Piece"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return the control's text."""
        return text_of(self.pieces)


@dataclass(frozen=True)
class Piece:
    """A stretch of text, how it is dressed, and the controls that it stands in."""

    text: str
    look: Look
    controls: tuple[Control, ...]


def text_of(pieces: Iterable[Piece]) -> str:
    """Return the text of pieces, without blanks around."""
    return "".join(piece.text for piece in pieces).strip()


@dataclass
class Cell:
    """A cell of a table, or a paragraph outside of tables (`is_table` False)."""

    row: int
    column: int
    is_table: bool
    pieces: list[Piece] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return the cell's text, its paragraphs as lines."""
        return text_of(self.pieces)


@dataclass
class Mark:
    """A bookmark."""

    name: str
    cell: int | None
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return the text between the bookmark's ends."""
        return "".join(self.parts).strip()


@dataclass
class Document:
    """Everything answers are looked for in, in the order of the document.

    Attributes:
        cells: of tables, and the paragraphs outside of them.
        controls: where answers stand.
        marks: bookmarks.
        boxes: the texts of text boxes and shapes.
        pictures: the cells in which something without text was drawn or pasted.
        notes: the texts of comments and footnotes.
    """

    cells: list[Cell] = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    pictures: list[int | None] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass
class _Row:
    number: int
    columns: int = 0


@dataclass
class _Box:
    """A box that is open: its text, and how many texts of boxes there were before it."""

    before: int
    parts: list[str] = field(default_factory=list)


@dataclass
class _Gathering:
    """A walk under way: what has opened and not closed yet."""

    made: Document = field(default_factory=Document)
    rows: list[_Row] = field(default_factory=list)
    cells: list[int] = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)
    marks: dict[str, Mark] = field(default_factory=dict)
    boxes: list[_Box] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)
    row_count: int = 0

    def take(self, event: Event) -> None:
        """Take in one event."""
        getattr(self, f"_{event.kind}")(event)

    def _text(self, event: Event) -> None:
        piece = Piece(event.text, frozenset().union(*self.looks), tuple(self.controls))
        for control in self.controls:
            control.pieces.append(piece)
        for mark in self.marks.values():
            mark.parts.append(event.text)
        if self.boxes:
            self.boxes[-1].parts.append(event.text)
        elif self.cells:
            self.made.cells[self.cells[-1]].pieces.append(piece)

    def _paragraph(self, event: Event) -> None:
        """A paragraph outside of tables and boxes is a row of one cell."""
        if event.closes:
            self._text(Event("text", "\n"))
        is_outside = not self.boxes and not any(
            self.made.cells[cell].is_table for cell in self.cells
        )
        if is_outside:
            self._row(event)
            self._cell(event, is_table=False)

    def _row(self, event: Event) -> None:
        if not event.closes:
            self.row_count += 1
            self.rows.append(_Row(self.row_count))
        elif self.rows and event.kind == "row":
            self.rows.pop()

    def _cell(self, event: Event, is_table: bool = True) -> None:
        if event.closes:
            if self.cells:
                self.cells.pop()
            # Ours end where they began; one whose end was lost must not name what follows.
            self.marks.clear()
            return
        row = self.rows[-1] if self.rows else _Row(self.row_count)
        self.cells.append(len(self.made.cells))
        self.made.cells.append(Cell(row.number, row.columns, is_table))
        row.columns += 1

    def _box(self, event: Event) -> None:
        if not event.closes:
            self.boxes.append(_Box(len(self.made.boxes)))
            return
        box = self.boxes.pop()
        if text := "".join(box.parts).strip():
            self.made.boxes.append(text)
        elif len(self.made.boxes) == box.before:  # and there is no text box in it
            self.made.pictures.append(self.cells[-1] if self.cells else None)

    def _look(self, event: Event) -> None:
        if event.closes:
            self.looks.pop()
        else:
            self.looks.append(event.look)

    def _note(self, event: Event) -> None:
        if text := event.text.strip():
            self.made.notes.append(text)

    def _control(self, event: Event) -> None:
        if event.closes:
            self.controls.pop()
            return
        names = {mark.name for mark in self.marks.values()}
        control = Control(event.seen, self._here(), names)
        self.controls.append(control)
        self.made.controls.append(control)

    def _mark(self, event: Event) -> None:
        if event.closes:
            self.marks.pop(event.key, None)
            return
        mark = Mark(event.text, self._here())
        if len(self.marks) < _MOST_MARKS:
            self.marks[event.key] = mark
        self.made.marks.append(mark)
        if self.controls:  # LibreOffice puts a bookmark's start into the control it stood around
            self.controls[-1].names.add(event.text)

    def _here(self) -> int | None:
        return self.cells[-1] if self.cells and not self.boxes else None


def gather(events: Iterable[Event]) -> Document:
    """Return what a walk over a document came by."""
    gathering = _Gathering()
    for event in events:
        gathering.take(event)
    return gathering.made
