"""How each kind of cell looks. One accent colour, hair lines, light boxes to write in."""

from typing import Any

from s2c_forms.form.theme import Theme, load_theme

Styles = dict[str, Any]  # name → XlsxWriter's Format
# Shows a boolean as a box where check boxes are not known (LibreOffice); see shared/design.md.
BOX_FORMAT = '"☑";"☑";"☐"'


def styles_of(book: Any) -> Styles:
    """Return the formats of a form, by name, added to an XlsxWriter workbook."""
    theme = load_theme()
    base = {
        "font_name": theme.font_office,
        "font_size": 10,
        "font_color": f"#{theme.ink}",
        "valign": "vcenter",
    }
    ours = {**_texts(theme), **_bands(theme), **_inputs(theme)}
    return {name: book.add_format({**base, **how}) for name, how in ours.items()}


def _texts(theme: Theme) -> dict[str, dict[str, Any]]:
    accent, quiet = f"#{theme.accent}", f"#{theme.quiet}"
    line = {"bottom": 1, "bottom_color": f"#{theme.line}"}
    return {
        "plain": {},
        "anchor": {"font_color": quiet, "font_size": 8},
        "title": {"font_size": 20, "bold": True, "font_color": accent},
        "count": {"bold": True, "font_color": accent, "font_size": 11, "align": "right"},
        "legend": {"font_color": quiet, "bottom": 2, "bottom_color": accent},
        "legend_value": {"bold": True, "font_color": accent},
        "howto": {"text_wrap": True},
        "label": {"font_size": 11, "bold": True},
        "quiet": {"font_color": quiet, "font_size": 9},
        "note": {"font_color": quiet, "italic": True, "font_size": 9},
        "number": {**line, "font_color": quiet},
        "text": {**line, "text_wrap": True, "indent": 1},
        "hint": {**line, "font_color": quiet, "indent": 1},
        "remark": {"bold": True, "font_size": 11},
        "remark_label": {"text_wrap": True, "valign": "top"},
        "guide": {"text_wrap": True, "valign": "top", "font_size": 11},
        "guide_list": {"text_wrap": True, "valign": "top", "font_size": 11, "indent": 2},
        "guide_heading": {"bold": True, "font_size": 16, "font_color": accent, "text_wrap": True},
    }


def _bands(theme: Theme) -> dict[str, dict[str, Any]]:
    band = {"bg_color": f"#{theme.accent}", "font_color": "#FFFFFF", "bold": True, "font_size": 11}
    factor = {
        "bg_color": f"#{theme.accent_soft}",
        "bold": True,
        "font_size": 11,
        "top": 1,
        "top_color": f"#{theme.line}",
    }
    return {
        "band": {**band, "indent": 1},
        "band_number": {**band, "align": "center"},
        "band_mean": {**band, "align": "center", "num_format": "0.0"},
        "band_hint": {**band, "bold": False, "font_size": 10, "indent": 1},
        "factor_number": {**factor, "align": "center"},
        "factor": {**factor, "text_wrap": True, "indent": 1},
        "factor_hint": {**factor, "bold": False, "font_size": 10, "italic": True, "indent": 1},
    }


def _inputs(theme: Theme) -> dict[str, dict[str, Any]]:
    box = {
        "locked": False,
        "bg_color": f"#{theme.input}",
        "border": 1,
        "border_color": f"#{theme.line}",
    }
    written = {**box, "font_size": 11, "align": "left", "indent": 1, "text_wrap": True}
    return {
        "text_input": {**written, "num_format": "@"},
        "number_input": written,
        "date_input": {**written, "num_format": "dd-mm-yyyy"},
        "remark_input": {**written, "num_format": "@", "valign": "top"},
        "score_input": {**box, "align": "center", "bold": True, "font_size": 14},
        "tick_input": {**box, "align": "center", "font_size": 13, "num_format": BOX_FORMAT},
        "symbol_input": {**box, "align": "center", "font_size": 13, "num_format": "@"},
    }
