"""A gallery of boxes cut out of scans, with the limits drawn in: do they fit?"""

from s2c_forms.report.gallery.write import is_gallery, write_gallery

__all__ = ["is_gallery", "write_gallery"]
