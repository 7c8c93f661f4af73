"""Fonts of the PDF: embedded, with a second one for letters that the first lacks."""

import unicodedata
from functools import cache
from itertools import groupby

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from s2c_forms import resources
from s2c_forms.errors import RubricError
from s2c_forms.form.layout.model import Font
from s2c_forms.form.theme import load_theme
from s2c_forms.words import mark

_NAMES: dict[str, str] = {"text": "s2c-text", "bold": "s2c-bold", "fallback": "s2c-fallback"}


@cache
def _register() -> dict[str, TTFont]:
    theme = load_theme()
    files = {"text": theme.font_text, "bold": theme.font_bold, "fallback": theme.font_fallback}
    fonts = {}
    for role, file in files.items():
        path = resources.template(f"fonts/{file}")
        try:
            fonts[role] = TTFont(_NAMES[role], str(path))
        except (TTFError, OSError) as error:
            raise RubricError(
                mark("The font {path} can't be used: {reason}."),
                mark("Name a TrueType font (.ttf) of the folder templates/fonts in theme.yaml."),
                path=path,
                reason=error,
            ) from error
        pdfmetrics.registerFont(fonts[role])
    return fonts


def font_name(font: Font) -> str:
    """Return reportlab's name of a font."""
    _register()
    return _NAMES[font]


def runs(text: str, font: Font) -> list[tuple[str, str]]:
    """Return `text` in runs of (name of a font that has these letters, letters)."""
    fonts = _register()
    own = fonts[font].face.charToGlyph

    def role(char: str) -> str:
        return font if ord(char) in own or char.isspace() else "fallback"

    return [(_NAMES[name], "".join(chars)) for name, chars in groupby(text, role)]


def letters_of(text: str) -> str:
    """Return those letters of `text` that the font of texts has itself."""
    own = _register()["text"].face.charToGlyph
    return "".join(char for char in text if ord(char) in own)


def measure(text: str, font: Font, size: float) -> float:
    """Return the width of a text in points."""
    return sum(pdfmetrics.stringWidth(run, name, size) for name, run in runs(text, font))


def undrawable(text: str) -> str:
    """Return those letters of `text` that can't be printed right.

    No font of the theme has them, or they run from right to left, which reportlab can't set.
    """
    fallback = _register()["fallback"].face.charToGlyph
    lacking = [run for name, run in runs(text, "text") if name == _NAMES["fallback"]]
    leftward = [char for char in text if unicodedata.bidirectional(char) in ("R", "AL")]
    missing = [char for run in lacking for char in run if ord(char) not in fallback]
    return "".join(dict.fromkeys([*missing, *leftward]))
