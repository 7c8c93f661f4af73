"""The Excel form: a scorecard that is filled in on a computer, and read back from any spreadsheet.

`write` needs XlsxWriter, `read` calamine, lxml or xlrd; each is imported only when it's called.
"""

from pathlib import Path

from s2c_forms.form.filled import FileRead
from s2c_forms.form.form import Form
from s2c_forms.form.shelf import Shelf

SUFFIX = ".xlsx"


def write(form: Form, path: Path) -> None:
    """Write the form to `path`, which is overwritten.

    Raises:
        WriteError: the file can't be made there.
    """
    from s2c_forms.media.excel.writer import write_workbook

    write_workbook(form, path)


def read(data: bytes, shelf: Shelf) -> FileRead:
    """Return what a spreadsheet holds: .xlsx, .xlsm, .ods or .xls, told by content.

    Raises:
        RefusedError: nothing of ours can be read from it; says why, and what to do.
    """
    from s2c_forms.media.excel.reader import read_workbook

    return read_workbook(data, shelf)
