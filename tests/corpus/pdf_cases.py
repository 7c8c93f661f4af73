"""Rows: PDF forms as programs fill them in, save them, print them and join them."""

from pikepdf import Dictionary, Encryption, Name, ObjectStreamMode, String

from tests.corpus import harm
from tests.corpus.answers import ANSWERS, OTHERS
from tests.corpus.case import SAME, Asks, Case, Mixed, OnPaper, Outcome, Refused, Same
from tests.corpus.pdf_changes import (
    annotated,
    changed,
    filled_by,
    flattened_by,
    joined_by,
    only_the_empty_one,
    put,
    renamed,
    saved_behind,
    two_on,
    with_field,
    without_buttons,
    without_hidden_field,
    without_metadata,
    without_pictures,
)

NEEDS = {
    "pdf.js": ("node",),
    "pdf-lib": ("node",),
    "pdftk": ("pdftk",),
    "PDFBox": ("java",),
    "poppler": ("pdftocairo",),
    "ghostscript": ("gs",),
}
FILLERS = ("pypdf", "PDFium", "MuPDF", "pdf.js", "pdf-lib", "pdftk", "PDFBox", "poppler")
PRINTERS = ("PDFium", "MuPDF", "pdftk", "PDFBox", "poppler", "ghostscript")
TWO = Same((ANSWERS, OTHERS))
JOINED: dict[str, Outcome] = {
    "pypdf": Mixed((ANSWERS, OTHERS)),
    "qpdf": Mixed((ANSWERS, OTHERS)),
    "PDFium": Mixed((ANSWERS, OTHERS)),
    "MuPDF": TWO,
    "pdf-lib": Mixed((ANSWERS, OTHERS)),
    "pdftk": TWO,
    "PDFBox": Asks(None, "fields_astray"),  # it takes the second form's names away
    "poppler": Mixed((ANSWERS, OTHERS)),
}


def _needs(*programs: str) -> tuple[str, ...]:
    return tuple(need for program in programs for need in NEEDS.get(program, ()))


CASES = [
    *(
        Case(f"filled in by {name}", ".pdf", filled_by(name), SAME, _needs(name))
        for name in FILLERS
    ),
    Case(
        "filled in by pdf-lib, then by pdftk",
        ".pdf",
        filled_by("pdf-lib", ANSWERS, "pdftk"),
        SAME,
        _needs("pdf-lib", "pdftk"),
    ),
    Case(
        "filled in by PDFium, then by MuPDF",
        ".pdf",
        filled_by("PDFium", ANSWERS, "MuPDF"),
        SAME,
    ),
    # how it is saved
    Case("linearised", ".pdf", changed(linearize=True), SAME),
    Case(
        "object streams",
        ".pdf",
        changed(object_stream_mode=ObjectStreamMode.generate),
        SAME,
    ),
    Case("version 2.0", ".pdf", changed(min_version="2.0"), SAME),
    Case("saved behind the empty form", ".pdf", saved_behind, SAME),
    Case(
        "an empty password",
        ".pdf",
        changed(encryption=Encryption(owner="geheim", user="")),
        SAME,
    ),
    Case(
        "an empty password, as of old",
        ".pdf",
        changed(encryption=Encryption(owner="geheim", user="", R=3, aes=False, metadata=False)),
        SAME,
    ),
    Case(
        "a password",
        ".pdf",
        changed(encryption=Encryption(owner="geheim", user="ook geheim")),
        Refused("encrypted"),
    ),
    Case(
        "all that was saved behind lost",
        ".pdf",
        only_the_empty_one,
        Asks(None, "nothing_filled_in", {}),
    ),
    # what is lost
    *(
        Case(
            f"printed or flattened by {name}",
            ".pdf",
            flattened_by(name),
            OnPaper(),
            _needs(name),
        )
        for name in PRINTERS
    ),
    Case("metadata gone", ".pdf", changed(without_metadata), SAME),
    Case("hidden field emptied", ".pdf", changed(without_hidden_field), SAME),
    Case("pictures of fields gone", ".pdf", changed(without_pictures), SAME),
    Case(
        "a group of buttons gone", ".pdf", changed(without_buttons), Asks("f08_score", "place_lost")
    ),
    # what is said twice, or not at all
    Case("two buttons on, no value", ".pdf", changed(two_on), Asks("f01_score", "two_marked")),
    Case("a score as text", ".pdf", changed(put("f08_score", String("3"))), SAME),
    Case("a score as text with a slash", ".pdf", changed(put("f08_score", String("/3"))), SAME),
    Case(
        "a score that there isn't",
        ".pdf",
        changed(put("f08_score", String("4"))),
        Asks("f08_score", "not_on_scale"),
    ),
    Case(
        "a tick whose value says no",
        ".pdf",
        changed(put("f01_i01", Name.Off)),
        Asks("f01_i01", "places_differ"),
    ),
    # what lies over it
    Case(
        "text typed over it", ".pdf", changed(annotated("FreeText", "3")), Asks(None, "typed_over")
    ),
    *(
        Case(f"{kind} drawn over it", ".pdf", changed(annotated(kind)), Asks(None, "typed_over"))
        for kind in ("Circle", "Line", "Highlight", "Ink", "Stamp")
    ),
    # what no form has
    *(
        Case(
            f"a field {name} added",
            ".pdf",
            changed(with_field(name, String("nog bespreken"))),
            Asks(None, "fields_astray"),
        )
        for name in ("Tekst1", "coach+1", "6.doel", "")
    ),
    Case("an empty field added", ".pdf", changed(with_field("Tekst1", String(""))), SAME),
    Case(
        "a signature",
        ".pdf",
        changed(with_field("Handtekening", Dictionary(Type=Name.Sig), Name.Sig)),
        SAME,
    ),
    # what it would do
    Case("scripts", ".pdf", harm.pdf_scripts, SAME),
    Case("actions that start, send and fetch", ".pdf", harm.pdf_actions, SAME),
    # two forms in one file
    Case("two forms, renamed 6.f01_score", ".pdf", renamed("6.{name}"), TWO),
    Case("two forms, renamed f01_score+1", ".pdf", renamed("{name}+1"), TWO),
    *(
        Case(f"two forms joined by {name}", ".pdf", joined_by(name), leads_to, _needs(name))
        for name, leads_to in JOINED.items()
    ),
]
