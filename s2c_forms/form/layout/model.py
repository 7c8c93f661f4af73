"""What stands on a sheet of paper, and exactly where.

All places are in points from the top left corner of the page; y grows downwards. The items of a
page stand in the order in which a person reads them: that is the order of drawing, of the Tab key
and of a screen reader.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, is_dataclass
from functools import cached_property
from typing import Any, Literal

from s2c_forms.form.stamp import short_hash

Font = Literal["text", "bold"]
Colour = Literal["accent", "accent_soft", "ink", "quiet", "line", "white"]
PictureMark = Literal["cross", "tick", "black"]
Role = Literal["H1", "H2", "H3", "P", "Lbl", "Artifact"]


@dataclass(frozen=True)
class Text:
    """Lines of text; `y` is the first one's baseline. `Artifact` is not read aloud."""

    x: float
    y: float
    lines: tuple[str, ...]
    size: float
    font: Font = "text"
    colour: Colour = "ink"
    role: Role = "P"
    align: Literal["left", "right", "centre"] = "left"
    leading: float = 0


@dataclass(frozen=True)
class StampText:
    """Where a copy's own stamp is written; `y` is its baseline."""

    x: float
    y: float
    size: float


@dataclass(frozen=True)
class Band:
    """A ground of one colour."""

    x: float
    y: float
    width: float
    height: float
    colour: Colour


@dataclass(frozen=True)
class Rule:
    """A straight line, level; `weight` in points."""

    x: float
    y: float
    width: float
    weight: float = 0.4
    colour: Colour = "line"


@dataclass(frozen=True)
class Picture:
    """A box of the marking instruction, drawn with a mark in it; nothing is read there."""

    x: float
    y: float
    size: float
    mark: PictureMark


@dataclass(frozen=True)
class Box:
    """A square for a mark. `state` is the value that it stands for; `on` for an indicator."""

    field_id: str
    state: str
    x: float
    y: float
    size: float


@dataclass(frozen=True)
class Clear:
    """A button, on screen only, that clears one radio group."""

    field_id: str
    x: float
    y: float
    size: float


@dataclass(frozen=True)
class Entry:
    """Room to write. `lines` is 0 for a single line."""

    field_id: str
    x: float
    y: float
    width: float
    height: float
    lines: int = 0


@dataclass(frozen=True)
class Mark:
    """An AprilTag 36h11 with this id; `size` is the side of its black square."""

    id: int
    x: float
    y: float
    size: float


@dataclass(frozen=True)
class Code:
    """A place for the QR code of this page; `size` is its side without quiet zone."""

    x: float
    y: float
    size: float


Item = Text | StampText | Band | Rule | Picture | Box | Clear | Entry


@dataclass(frozen=True)
class Page:
    """One side of a sheet. `number` counts from 1; pages of the guide have 0, and no marks."""

    number: int
    items: tuple[Item, ...]
    marks: tuple[Mark, ...] = ()
    codes: tuple[Code, ...] = ()

    @property
    def boxes(self) -> tuple[Box, ...]:
        """Return the boxes to mark."""
        return tuple(item for item in self.items if isinstance(item, Box))

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Return the places to write."""
        return tuple(item for item in self.items if isinstance(item, Entry))


@dataclass(frozen=True)
class Overflow:
    """A text that doesn't fit its place: where it stands in the rubric, and the text."""

    path: tuple[str | int, ...]
    text: str


@dataclass(frozen=True)
class Layout:
    """All pages of a form, the same for every copy of it."""

    rubric_hash: str
    width: float
    height: float
    pages: tuple[Page, ...]
    overflows: tuple[Overflow, ...] = ()

    @property
    def sheet_pages(self) -> int:
        """Return how many pages have something to read back."""
        return sum(1 for page in self.pages if page.number)

    @cached_property
    def hash(self) -> str:
        """Return 8 characters that say where the boxes are and what they mean.

        Made of the places themselves, so that a later program that lays out differently gives
        another hash. Texts that can't move a box do not count, but through the rubric's hash.
        """
        places = [
            [*page.boxes, *page.entries, *page.marks, *page.codes]
            for page in self.pages
            if page.number
        ]
        data = [self.rubric_hash, self.width, self.height, places]
        canonical = json.dumps(_rounded(data), sort_keys=True, separators=(",", ":"))
        return short_hash(hashlib.sha256(canonical.encode()).digest())

    def to_json(self) -> str:
        """Return the layout as JSON, for the store: forms printed now are read with it later."""
        pages = [_page_data(page) for page in self.pages if page.number]
        data = {
            "rubric_hash": self.rubric_hash,
            "width": self.width,
            "height": self.height,
            "pages": pages,
        }
        return json.dumps(_rounded(data), ensure_ascii=False, separators=(",", ":"))


def layout_from_json(text: str) -> Layout:
    """Return the layout that `Layout.to_json` wrote."""
    data = json.loads(text)
    pages = tuple(
        Page(
            page["number"],
            tuple(_item(item) for item in page["items"]),
            tuple(Mark(**found) for found in page["marks"]),
            tuple(Code(**found) for found in page["codes"]),
        )
        for page in data["pages"]
    )
    return Layout(data["rubric_hash"], data["width"], data["height"], pages)


_KINDS: dict[str, type[Any]] = {
    kind.__name__: kind for kind in (Text, StampText, Band, Rule, Picture, Box, Clear, Entry)
}


def _page_data(page: Page) -> dict[str, Any]:
    items = [{"kind": type(item).__name__, **asdict(item)} for item in page.items]
    rest = {"marks": [asdict(found) for found in page.marks]}
    codes = [asdict(found) for found in page.codes]
    return {"number": page.number, "items": items, **rest, "codes": codes}


def _item(data: dict[str, Any]) -> Item:
    values = {name: value for name, value in data.items() if name != "kind"}
    if "lines" in values and isinstance(values["lines"], list):
        values["lines"] = tuple(values["lines"])
    item: Item = _KINDS[data["kind"]](**values)
    return item


def _rounded(data: Any) -> Any:
    """Return data with places to a hundredth of a point (4 µm): no float noise in a hash."""
    if isinstance(data, float):
        return round(data, 2)
    if is_dataclass(data) and not isinstance(data, type):
        return _rounded(asdict(data))
    if isinstance(data, dict):
        return {key: _rounded(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_rounded(value) for value in data]
    return data
