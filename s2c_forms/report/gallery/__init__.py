"""A gallery of boxes cut out of scans, with the limits drawn in: do they fit?"""

from s2c_forms.report.gallery.write import write_gallery

__all__ = ["write_gallery"]
