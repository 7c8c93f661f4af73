"""Files that lost their end, by one byte and by half."""

from tests.corpus.bases import FORMATS, base, needs
from tests.corpus.bench import Bench
from tests.corpus.case import SAME, Case, Make, Outcome, Refused, SameOrRefused
from tests.corpus.pdf_changes import changed, filled_by, saved_behind

LOST = (1, 2, 3, 7, 20, 100, 1000)  # bytes
SHARES = (0.01, 0.1, 0.25, 0.5)


def cut(make: Make, lost: float) -> Make:
    """Return a file without its last bytes, or without a share of it."""

    def shortened(bench: Bench) -> bytes:
        data = make(bench)
        return data[: len(data) - (lost if isinstance(lost, int) else round(len(data) * lost))]

    return shortened


def _rows(what: str, suffix: str, make: Make, needed: tuple[str, ...]) -> list[Case]:
    return [
        Case(
            f"{what}, {_told(lost)} lost",
            suffix,
            cut(make, lost),
            _leads_to(what, suffix, lost),
            needed,
        )
        for lost in (*LOST, *SHARES)
    ]


def _told(lost: float) -> str:
    return f"{lost} bytes" if isinstance(lost, int) else f"{lost:.0%}"


def _leads_to(what: str, suffix: str, lost: float) -> Outcome:
    """Return what follows: of a PDF the end of the last line may go, of an .xls some padding."""
    if suffix == ".xls" and lost in _PADDING:
        return SameOrRefused("damaged")
    return SAME if lost == 1 and what in _END_OF_LINE else Refused("damaged")


_END_OF_LINE = {"a PDF", "linearised", "saved behind", "saved behind by pdf.js"}
_PADDING = (1, 2, 3)
_PDFS: dict[str, tuple[Make, tuple[str, ...]]] = {
    "linearised": (changed(linearize=True), ()),
    "saved behind": (saved_behind, ()),
    "saved behind by pdf.js": (filled_by("pdf.js"), ("node",)),
}
CASES = [
    *(
        row
        for suffix in FORMATS
        for row in _rows(
            f"{'a PDF' if suffix == '.pdf' else 'whole'}", suffix, base(suffix), needs(suffix)
        )
    ),
    *(row for what, (make, needed) in _PDFS.items() for row in _rows(what, ".pdf", make, needed)),
]
