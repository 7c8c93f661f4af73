"""Everything that can stop the program, and the exit code of each.

    S2cError
    ├── RubricError        3   the rubric file has findings, each with line and mend
    ├── RefusedError       4   a file that can't be read or isn't our form; see REFUSALS
    ├── RosterError        4   a roster or a key has findings, each with row and mend
    ├── WriteError         7   the destination can't be written
    └── MissingPartError   8   an optional part is missing; the message has its install line

What is wrong with a single *answer* is no exception but a value: `records.problems`.
"""

from collections.abc import Mapping
from enum import IntEnum
from functools import partial

from s2c_forms.words import Message, mark


class ExitCode(IntEnum):
    """What the command tells the shell."""

    DONE = 0
    USAGE = 2
    RUBRIC = 3
    INPUT = 4
    TO_CHECK = 5
    REFUSED = 6
    WRITE = 7
    PART = 8
    INTERRUPTED = 130


class S2cError(Exception):
    """The root: a message that says what is wrong, and one that says how to mend it."""

    exit_code = ExitCode.INPUT

    def __init__(self, what: str, mend: str, /, **values: object):
        super().__init__(what, mend, values)
        self.what = Message(what, values)
        self.mend = Message(mend, values)

    def text(self, language: str | None = None) -> str:
        """Return what is wrong and its mend as one line."""
        return f"{self.what.text(language)} {self.mend.text(language)}".strip()

    def __str__(self) -> str:
        return self.text()


class RubricError(S2cError):
    """The rubric can't be used. `findings` are lines of text, one a finding."""

    exit_code = ExitCode.RUBRIC

    def __init__(self, what: str, mend: str, /, findings: tuple[str, ...] = (), **values: object):
        super().__init__(what, mend, **values)
        self.findings = findings


class RosterError(S2cError):
    """A roster or a key can't be used. `findings` are lines of text, one a finding."""

    def __init__(self, what: str, mend: str, /, findings: tuple[str, ...] = (), **values: object):
        super().__init__(what, mend, **values)
        self.findings = findings


class WriteError(S2cError):
    """The destination can't be written."""

    exit_code = ExitCode.WRITE

    def __reduce__(self) -> tuple[object, ...]:
        again = partial(type(self), **self.what.values)
        return again, (self.what.msgid, self.mend.msgid)  # it travels between processes


class MissingPartError(S2cError):
    """An optional part isn't installed."""

    exit_code = ExitCode.PART


# code of a refusal → what is wrong, how to mend it
REFUSALS: dict[str, tuple[str, str]] = {
    "no_such_file": (
        mark("There is no such file."),
        mark("Look at the name, or drag the file into the window."),
    ),
    "cannot_open": (
        mark("The file can't be opened: {reason}."),
        mark("Close it in other programs, or copy it to this computer first."),
    ),
    "changed": (
        mark("The file changed, or went away, while it was being read."),
        mark("Wait until nobody writes to it, then merge it again; nothing of it was taken over."),
    ),
    "temporary_file": (
        mark("This is a temporary file of an office program, not a form."),
        mark("Close the form in that program; this file then goes away."),
    ),
    "system_file": (
        mark("This is a file of the operating system, not a form."),
        mark("Nothing to do."),
    ),
    "empty_file": (
        mark("The file is empty (zero bytes)."),
        mark("Ask for the form again: it was lost on its way."),
    ),
    "not_a_form": (
        mark("This is not a form of ours: {reason}."),
        mark("Move it out of the folder, or ask for the form that belongs here."),
    ),
    "no_stamp": (
        mark("Nothing in this file says which form it is."),
        mark("Only forms that s2c-forms made can be read. Ask for the form itself."),
    ),
    "old_format": (
        mark("This is a file in an old format ({format})."),
        mark("Open it and save it as {newer}."),
    ),
    "damaged": (
        mark("The file is damaged: {reason}."),
        mark("Ask for it again: a part was lost on its way."),
    ),
    "encrypted": (
        mark("The file has a password."),
        mark("Open it with the password, save it without one, and offer it again."),
    ),
    "too_large": (
        mark(
            "The file unpacks to far more than any form does (over {limit} MB, or as many parts)."
        ),
        mark("Don't open it; ask the sender what it is."),
    ),
    "far_cell": (
        mark("Something stands far outside the form, at {where}."),
        mark("Go there (Ctrl+End), delete what stands there, save, and offer the file again."),
    ),
    "unsafe_xml": (
        mark("The file holds XML declarations that no form has."),
        mark("Don't open it; ask the sender what it is."),
    ),
    "flattened": (
        mark("This PDF was printed or flattened: it has no form fields left."),
        mark("Ask for the PDF as it was saved after filling in, or type the answers over."),
    ),
    "no_form_on_paper": (
        mark("On none of its pages a form of ours is found."),
        mark("Scan the form again, flat and whole, with the square codes in its corners."),
    ),
    "no_paper": (
        mark("This form wasn't filled in on paper."),
        mark("Calibrate with scans and photos only; this form is read as it is."),
    ),
    "unknown_layout": (
        mark("The form on this paper was printed elsewhere: its layout {layout} isn't known here."),
        mark("Name the store it was made with (--store), or put its rubric into `rubric`."),
    ),
    "picture_too_large": (
        mark("The picture is far larger than any page (over {limit} million pixels)."),
        mark("Don't open it; ask the sender what it is."),
    ),
    "too_many_pages": (
        mark("The file has {pages} pages; from 1 to {limit} can be read at once."),
        mark("Scan the forms in smaller stacks."),
    ),
    "part_missing": (
        mark("Reading paper needs a part that isn't installed."),
        mark("Install it, and read the file again: {install}"),
    ),
    "master_workbook": (
        mark("This is a master workbook, not a form."),
        mark("Nothing to do: it is made from the forms."),
    ),
    "own_store": (
        mark("This is the store beside a master workbook, not a form."),
        mark("Nothing to do: leave it where it is."),
    ),
    "own_picture": (
        mark("This picture shows what was read on a page; it is no scan."),
        mark("Nothing to do: it was made by `s2c-forms read --overlay`."),
    ),
    "no_store": (
        mark("Beside {workbook} there is no store ({store}), in which everything is kept."),
        mark("Merge first: s2c-forms merge --into {workbook}"),
    ),
    "no_such_subject": (
        mark("There is no form of {subject}."),
        mark("Choose among: {known}."),
    ),
    "no_such_field": (
        mark("There is no field {field} to make workbooks by."),
        mark("Choose among: {known}."),
    ),
    "nobody_there": (
        mark("There is no form yet that says whose it is."),
        mark("Merge forms first."),
    ),
    "unknown_rubric": (
        mark("The form belongs to rubric {rubric}, version {version} ({hash}), not known here."),
        mark("Put that rubric file into the folder `rubric`, or name it with --rubric."),
    ),
    "other_edition": (
        mark(
            "The form was made from another text of version {version} ({hash}; here it is {own})."
        ),
        mark(
            "Put the rubric file it was made from into the folder `rubric`, or name it (--rubric)."
        ),
    ),
    "other_rubric": (
        mark("The form belongs to rubric {rubric}; this master is of rubric {own}."),
        mark("Merge it into a master workbook of its own (--into)."),
    ),
    "our_bug": (
        mark("The program stumbled over this file ({reason})."),
        mark("This is our mistake: please send us the message and, if you may, the file."),
    ),
}


class RefusedError(S2cError):
    """A file that isn't read. `code` is a key of REFUSALS, `values` fill in its message."""

    def __init__(self, code: str, /, **values: object):
        super().__init__(*REFUSALS[code], **values)
        self.code = code

    def __reduce__(self) -> tuple[object, ...]:
        return _refused, (self.code, self.what.values)  # it travels between processes


def _refused(code: str, values: Mapping[str, object]) -> RefusedError:
    return RefusedError(code, **values)
