"""Setting type: breaking lines, with a measure of text given from outside."""

from collections.abc import Callable
from dataclasses import dataclass

from s2c_forms.form.layout.model import Font
from s2c_forms.form.layout.sizes import Sizes
from s2c_forms.form.rubric import Rubric

Measure = Callable[[str, Font, float], float]
"""Text, font and size in points → width in points."""

LEADING = 1.22
"""Distance of two baselines, in sizes of the type."""
CENTRE = 0.355
"""From the middle of a line of Lato's capitals and small letters to its baseline, in sizes."""


@dataclass(frozen=True)
class Setting:
    """What every block is set with."""

    rubric: Rubric
    sizes: Sizes
    measure: Measure

    @property
    def language(self) -> str:
        """Return the language that the form speaks."""
        return self.rubric.language


def wrap(text: str, width: float, font: Font, size: float, measure: Measure) -> tuple[str, ...]:
    """Return `text` broken into lines of at most `width` points; a longer word stands alone."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if line and measure(longer, font, size) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    return (*lines, line)


def too_wide(
    lines: tuple[str, ...], width: float, font: Font, size: float, measure: Measure
) -> bool:
    """Return whether a line is wider than `width`; a hundredth of a point is forgiven."""
    return any(measure(line, font, size) > width + 0.01 for line in lines)
