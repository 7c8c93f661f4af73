"""Pages that are filled from the top, and the styles of what stands on them."""

from dataclasses import dataclass, field

from s2c_forms.form.layout import MM
from s2c_forms.report.column import Column, Style
from s2c_forms.report.gallery.shapes import Sheet

LEFT, RIGHT = 17 * MM, 193 * MM
TOP, BOTTOM = 14 * MM, 281 * MM
H1, H2, H3 = (
    Style(20, "bold", "accent", "H1"),
    Style(13, "bold", "accent", "H2"),
    Style(9, "bold", "ink", "H3"),
)
TEXT, QUIET = Style(9), Style(8, colour="quiet")


@dataclass
class Flow:
    """Pages being filled from the top; what doesn't fit goes on on the next one."""

    language: str
    sheets: list[Sheet] = field(default_factory=list)
    column: Column = field(default_factory=lambda: Column(LEFT, TOP, RIGHT - LEFT))

    @property
    def sheet(self) -> Sheet:
        """Return the page that is being filled."""
        return self.sheets[-1]

    def turn(self) -> None:
        """Begin a page."""
        sheet = Sheet()
        self.sheets.append(sheet)
        self.column = Column(LEFT, TOP, RIGHT - LEFT, sheet.items)

    def room(self, height: float) -> None:
        """Begin a page where less than `height` points are left."""
        if not self.sheets or self.column.y + height > BOTTOM:
            self.turn()
