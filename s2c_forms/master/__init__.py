"""The store seen as a workbook: what a coordinator opens."""

from s2c_forms.master.book import Book, book_of
from s2c_forms.master.workbook import sheets_of, write_workbook

__all__ = ["Book", "book_of", "sheets_of", "write_workbook"]
