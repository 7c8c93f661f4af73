"""A column of a page that text flows down in: it never leaves its width, and is cut with `…`."""

from dataclasses import dataclass, field

from s2c_forms.form.layout import Item, Text
from s2c_forms.form.layout.model import Colour, Font, Role
from s2c_forms.form.layout.type import LEADING, wrap
from s2c_forms.media.pdf.fonts import measure


@dataclass(frozen=True)
class Style:
    """How a text is set: size in points, font, colour, and what it is to a screen reader."""

    size: float = 8.5
    font: Font = "text"
    colour: Colour = "ink"
    role: Role = "P"


@dataclass
class Column:
    """Where text goes on, in points from the page's top left corner; `y` is a line's top."""

    x: float
    y: float
    width: float
    items: list[Item] = field(default_factory=list)

    def write(self, text: str, style: Style, most: int = 99, indent: float = 0) -> None:
        """Set a text on at most so many lines, and go on under it."""
        lines = cut(text, self.width - indent, style, most)
        leading = style.size * LEADING
        self.items.append(
            Text(
                self.x + indent,
                self.y + style.size * 0.95,
                lines,
                style.size,
                style.font,
                style.colour,
                style.role,
                leading=leading,
            )
        )
        self.y += leading * len(lines)


def cut(text: str, width: float, style: Style, most: int) -> tuple[str, ...]:
    """Return a text on at most so many lines of at most this width, the rest told by `…`."""
    lines = wrap(text, width, style.font, style.size, measure)
    kept = list(lines[:most])
    if len(lines) > most:
        kept[-1] += " …"
    return tuple(_narrowed(line, width, style) for line in kept)


def _narrowed(line: str, width: float, style: Style) -> str:
    """Return a line that is no wider than `width`."""
    if measure(line, style.font, style.size) <= width:
        return line
    line = line.removesuffix(" …")
    while line and measure(line + "…", style.font, style.size) > width:
        line = line[:-1]
    return line.rstrip() + "…"
