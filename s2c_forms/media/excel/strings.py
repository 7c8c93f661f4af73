"""A text as a workbook's XML holds it: letter by letter what XlsxWriter writes."""

import re
from xml.sax.saxutils import escape

_ESCAPED = re.compile("_x[0-9a-fA-F]{4}_")  # as Excel writes letters that XML can't
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f]")


def text_element(text: str) -> str:
    """Return a text as an element `t`, escaped, with the blanks at its ends kept."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: f"_x005F{found[0]}", text)
    text = _UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    space = ' xml:space="preserve"' if text != text.strip() else ""
    return f"<t{space}>{escape(text)}</t>"
