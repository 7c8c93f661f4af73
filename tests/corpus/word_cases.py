"""Rows: Word forms as programs fill them in, and what people do to documents."""

from tests.corpus import harm
from tests.corpus.bases import filled_in_writer
from tests.corpus.case import SAME, Asks, Case, Make, Outcome
from tests.corpus.word_changes import (
    box_and_glyph_differ,
    changed,
    controls_typed_over,
    date_and_text_differ,
    row_deleted,
    saved_by_python_docx,
    score_typed,
    typed_behind,
    typed_below,
    without_bookmarks,
    without_tags,
)


def _d(name: str, make: Make, leads_to: Outcome = SAME) -> Case:
    return Case(name, ".docx", make, leads_to)


CASES = [
    *(
        Case("filled in by LibreOffice", suffix, filled_in_writer(suffix), SAME, ("soffice",))
        for suffix in (".docx", ".odt")
    ),
    _d("saved by python-docx", saved_by_python_docx),
    _d("tags gone", changed(without_tags)),
    _d("bookmarks gone", changed(without_bookmarks)),
    _d("a control typed over", changed(controls_typed_over)),
    _d("a score with its meaning", changed(score_typed("3 - Goed"))),
    _d("a score that there isn't", changed(score_typed("4")), Asks("f08_score", "not_on_scale")),
    _d("box and glyph differ", changed(box_and_glyph_differ), Asks("f01_i01", "places_differ")),
    _d("date and its text differ", changed(date_and_text_differ), Asks("datum", "places_differ")),
    _d("a row deleted", changed(row_deleted), Asks("f01_i01", "place_lost")),
    _d("text in the row of a factor", changed(typed_behind), Asks(None, "typed_over")),
    _d("text below the form", changed(typed_below), Asks(None, "typed_over")),
    _d("macros", harm.word_macros),
    _d("a template and parts from elsewhere", harm.word_links),
    Case(
        "macros and links",
        ".odt",
        harm.open_document(".odt"),
        Asks(None, "drawn_over"),
        ("soffice",),
    ),
]
