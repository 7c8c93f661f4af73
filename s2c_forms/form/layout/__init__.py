"""Form → pages of boxes in points: the ONE paper geometry, drawn by pdf and looked at by scan."""

from s2c_forms.form.layout.build import lay_out
from s2c_forms.form.layout.model import (
    Band,
    Box,
    Clear,
    Code,
    Entry,
    Item,
    Layout,
    Mark,
    Overflow,
    Page,
    Picture,
    Rule,
    StampText,
    Text,
)
from s2c_forms.form.layout.sizes import MM, Sizes, load_sizes

__all__ = [
    "MM",
    "Band",
    "Box",
    "Clear",
    "Code",
    "Entry",
    "Item",
    "Layout",
    "Mark",
    "Overflow",
    "Page",
    "Picture",
    "Rule",
    "Sizes",
    "StampText",
    "Text",
    "lay_out",
    "load_sizes",
]
