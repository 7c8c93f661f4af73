"""The PDF form: printed on paper, or filled in on screen."""

from s2c_forms.media.pdf.read import read
from s2c_forms.media.pdf.write import layout_of, overflows, write, write_bundle

__all__ = ["SUFFIX", "layout_of", "overflows", "read", "write", "write_bundle"]

SUFFIX = ".pdf"
