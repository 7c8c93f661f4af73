"""What programs and people do to a Word form that was filled in."""

import io
from collections.abc import Callable

from lxml import etree

from s2c_forms.demo.fill.word import control_of, edit, find_all, put_text
from tests.corpus.answers import ANSWERS
from tests.corpus.bench import Bench
from tests.corpus.case import Make
from tests.corpus.zips import Added, Parts, rezipped
from tests.media.documents import cell_of, drop, line_of, retype, row_of, type_behind

Change = Callable[[etree._Element], object]


def changed(change: Change) -> Make:
    """Return the filled-in form with its main part changed."""

    def make(bench: Bench) -> bytes:
        path = bench.path(".docx")
        edit(bench.filled(".docx", ANSWERS), change, path)
        return path.read_bytes()

    return make


def with_parts(changes: Parts | None = None, added: Added = ()) -> Make:
    """Return the filled-in form with parts of its zip changed or added."""
    return lambda bench: rezipped(bench.filled(".docx", ANSWERS).read_bytes(), changes, added)


def saved_by_python_docx(bench: Bench) -> bytes:
    """Return the form as python-docx writes what it read."""
    import docx

    stream = io.BytesIO()
    docx.Document(str(bench.filled(".docx", ANSWERS))).save(stream)
    return stream.getvalue()


def without_tags(root: etree._Element) -> None:
    """Take all tags away, as LibreOffice 7.4 does."""
    for tag in find_all(root, ".//w:sdtPr/w:tag"):
        drop(tag)


def without_bookmarks(root: etree._Element) -> None:
    """Take all bookmarks away."""
    for mark in find_all(root, ".//w:bookmarkStart | .//w:bookmarkEnd"):
        drop(mark)


def controls_typed_over(root: etree._Element) -> None:
    """Delete a control, and type its answer into the cell: only the row's text tells whose."""
    retype(cell_of(root, "f08_score"), "3", "w:bookmarkStart | w:bookmarkEnd")


def box_and_glyph_differ(root: etree._Element) -> None:
    """Let a box say yes, and show no."""
    put_text(control_of(root, "f01_i01"), "☐")


def date_and_text_differ(root: etree._Element) -> None:
    """Let a date's text say another day than its control."""
    put_text(control_of(root, "datum"), "04-04-2026")


def score_typed(text: str) -> Change:
    """Return what types another text as a score."""
    return lambda root: put_text(control_of(root, "f08_score"), text)


def typed_behind(root: etree._Element) -> None:
    """Type something into the row of a factor."""
    type_behind(find_all(row_of(root, "f08_score"), "w:tc")[1], "   nog bespreken")


def typed_below(root: etree._Element) -> None:
    """Type something below the last table."""
    find_all(root, ".//w:tbl")[-1].addnext(line_of("nog bespreken"))


def row_deleted(root: etree._Element) -> None:
    """Delete the row of an indicator."""
    drop(row_of(root, "f01_i01"))
