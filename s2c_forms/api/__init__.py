"""The program in a few sentences: what a command does is one of these."""

from s2c_forms.api.reading import FileOutcome, files_in, read_file, shelf_at_hand

__all__ = ["FileOutcome", "files_in", "read_file", "shelf_at_hand"]
