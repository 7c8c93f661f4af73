"""A .docx or .odt that came back → every piece of evidence in it."""

from collections.abc import Iterator
from itertools import chain

from s2c_forms.errors import RefusedError
from s2c_forms.form.filled import Doubt, FileRead, FilledForm, Origin
from s2c_forms.form.shelf import Shelf
from s2c_forms.form.stamp import Stamp, spaced
from s2c_forms.media.package import Package, authors_of, open_package
from s2c_forms.media.word.answers import find_answers
from s2c_forms.media.word.document import Document, Event, gather
from s2c_forms.media.word.docx import (
    events_of_docx,
    notes_of_docx,
    program_of_docx,
    restore_line_ends,
)
from s2c_forms.media.word.odt import dress, events_of_odt, program_of_odt
from s2c_forms.media.word.stamping import stamps_of
from s2c_forms.words import Message, mark, say

_DOCX, _ODT = "word/document.xml", "content.xml"
_NOTES = ("word/comments.xml", "word/footnotes.xml", "word/endnotes.xml")


def read_document(data: bytes, shelf: Shelf) -> FileRead:
    """Return the form in a Word or OpenDocument text.

    Raises:
        RefusedError: it is damaged, unsafe, not a form of ours, or of a rubric not known here.
    """
    package = open_package(data)
    document, program = _opened(package)
    stamps = stamps_of(package)
    if not stamps:
        raise RefusedError("no_stamp")
    rubric = shelf.rubric_of(stamps[0])
    answers, doubts = find_answers(document, rubric)
    doubts = (*_differing(stamps, rubric.language), *doubts)
    return FileRead(
        (FilledForm("word", stamps[0], answers, doubts),), Origin(program, authors_of(package))
    )


def _opened(package: Package) -> tuple[Document, str]:
    """Return the document in a package, and the program that saved it."""
    root = package.xml(_DOCX)
    if root is not None:
        program = program_of_docx(package.xml("docProps/app.xml"))
        if program.startswith("LibreOffice"):
            restore_line_ends(root)
        return gather(chain(events_of_docx(root), _notes(package))), program
    root = package.xml(_ODT)
    if root is not None:
        dress(root)
        return gather(events_of_odt(root)), program_of_odt(package.xml("meta.xml"))
    raise RefusedError("not_a_form", reason=Message(mark("a zip file of something else")))


def _notes(package: Package) -> Iterator[Event]:
    for name in _NOTES:
        root = package.xml(name)
        if root is not None:
            yield from notes_of_docx(root)


def _differing(stamps: list[Stamp], language: str) -> tuple[Doubt, ...]:
    """Return the doubt whether this is one form, where its stamps differ."""
    if len(stamps) == 1:
        return ()
    raw = ", ".join(dict.fromkeys(spaced(stamp.form_id) for stamp in stamps))
    return (Doubt("stamps_differ", say("properties and footer", language), None, raw),)
