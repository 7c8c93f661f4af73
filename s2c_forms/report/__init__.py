"""A page for the next supervision: of one person, to be read together."""

from s2c_forms.report.content import Content, content_of, subjects_of
from s2c_forms.report.write import write_report

__all__ = ["Content", "content_of", "subjects_of", "write_report"]
