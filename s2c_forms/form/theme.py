"""How forms look: colours and fonts, from `templates/theme.yaml`."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from s2c_forms import resources


@dataclass(frozen=True)
class Theme:
    """Colours as six hexadecimal digits; fonts as file names in `templates/fonts`."""

    accent: str
    accent_soft: str
    ink: str
    quiet: str
    line: str
    input: str
    score_colours: tuple[str, ...]
    font_text: str
    font_bold: str
    font_fallback: str
    font_office: str

    def score_colour(self, rank: int, points: int) -> str:
        """Return the colour of the point with this rank (from 0) on a scale of `points`."""
        place = round(rank * (len(self.score_colours) - 1) / max(points - 1, 1))
        return self.score_colours[place]


@cache
def load_theme() -> Theme:
    """Return the theme in `templates/theme.yaml`, the user's own before the shipped one."""
    text = resources.template("theme.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506  plain texts
    fonts = {f"font_{name}": file for name, file in data["fonts"].items()}
    return Theme(**data["colours"], **fonts, score_colours=tuple(data["score_colours"]))
