"""Rows: files that are made to do harm. None is unpacked, followed, fetched or run.

Hostile files on paper stand in `tests/media/scan/hostile.py`.
"""

from collections.abc import Callable

from tests.corpus import pdf_changes, zips
from tests.corpus.bases import base, needs
from tests.corpus.bench import Bench
from tests.corpus.bombs import BOMBS
from tests.corpus.case import SAME, Case, Make, Outcome, Refused
from tests.media.scan.hostile import SIDE, png

_SHARED = "xl/sharedStrings.xml"
_TEXTS = (
    b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<si><t>x</t></si></sst>"
)
PARTS = {
    ".xlsx": (
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
        _SHARED,
        "docProps/custom.xml",
    ),
    ".docx": ("word/document.xml", "docProps/custom.xml", "word/footer1.xml"),
    ".ods": ("content.xml", "meta.xml"),
    ".odt": ("content.xml", "meta.xml"),
}
UNSAFE, LARGE, DAMAGED = Refused("unsafe_xml"), Refused("too_large"), Refused("damaged")
_PICTURE = png((SIDE, SIDE), 8, 2, b"x\x9c")
_SEEN = "docProps/core.xml"  # read for its authors only


def _secret(bench: Bench) -> str:
    path = bench.folder / "secret.txt"
    path.write_text(zips.INSIDE, encoding="utf-8")
    return str(path)


def _external(suffix: str, part: str, recode: bool = False) -> Make:
    def make(bench: Bench) -> bytes:
        change = zips.external(_secret(bench))
        return _changed(suffix, part, zips.in_utf_16(change) if recode else change)(bench)

    return make


def _changed(suffix: str, part: str, change: zips.Change) -> Make:
    """Return a zip with one part changed; openpyxl makes no part of shared texts, so it's added."""

    def make(bench: Bench) -> bytes:
        data = base(suffix)(bench)
        if part != _SHARED or zips.has_part(data, part):
            return zips.rezipped(data, {part: change})
        return zips.rezipped(data, None, [(part, change(_TEXTS))])

    return make


def _added(suffix: str, *added: tuple[str, bytes]) -> Make:
    return lambda bench: zips.rezipped(base(suffix)(bench), None, added)


def _whole(suffix: str, change: Callable[[bytes], bytes]) -> Make:
    return lambda bench: change(base(suffix)(bench))


def _again(suffix: str, part: str, old: bytes, new: bytes) -> Make:
    """Return a zip in which a part stands twice, the second time saying something else."""

    def make(bench: Bench) -> bytes:
        data = base(suffix)(bench)
        return zips.rezipped(data, None, [(part, zips.part(data, part).replace(old, new))])

    return make


def _rows(suffix: str) -> list[Case]:
    """Return the rows that every zipped format has."""
    main, *_ = answers = PARTS[suffix]

    def row(name: str, make: Make, leads_to: Outcome) -> Case:
        return Case(name, suffix, make, leads_to, needs(suffix))

    return [
        *(
            row(f"an external entity in {part}", _external(suffix, part), UNSAFE)
            for part in answers
        ),
        row("an external entity in UTF-16", _external(suffix, main, recode=True), UNSAFE),
        *(
            row(f"billion laughs in {part}", _changed(suffix, part, zips.laughs()), UNSAFE)
            for part in answers
        ),
        row("a part that unpacks to 60 MB", _changed(suffix, main, zips.swollen), LARGE),
        row(
            "a part beside it that unpacks to 60 MB",
            _added(suffix, ("x.bin", bytes(60_000_000))),
            LARGE,
        ),
        row(
            "a part larger than it says",
            _whole(suffix, lambda data: zips.lying(data, main)),
            DAMAGED,
        ),
        row("3,000 parts", _added(suffix, *((f"x/{n}", b"") for n in range(3000))), LARGE),
        row("paths that lead outside", _added(suffix, *zips.PATHS), SAME),
        row("a picture of 900,000,000 dots", _added(suffix, ("media/x.png", _PICTURE)), SAME),
        row("a zip in the zip", _added(suffix, ("x.zip", zips.nested())), SAME),
        row("parts with a password", _whole(suffix, zips.locked), Refused("encrypted")),
        row("a part that stands twice", _added(suffix, (main, b"<x/>")), DAMAGED),
    ]


CASES = [
    *(row for suffix in PARTS for row in _rows(suffix)),
    *(
        Case("an external entity in what nobody reads", suffix, _external(suffix, _SEEN), SAME)
        for suffix in (".xlsx", ".docx")
    ),
    Case(
        "locked with a password", ".xlsx", _whole(".xlsx", zips.with_password), Refused("encrypted")
    ),
    Case(
        "locked with a password", ".docx", _whole(".docx", zips.with_password), Refused("encrypted")
    ),
    Case(
        "metadata with an external entity",
        ".pdf",
        lambda bench: pdf_changes.changed(
            pdf_changes.with_xmp(zips.external(_secret(bench))(b"<x>a</x>"))
        )(bench),
        SAME,
    ),
    Case(
        "metadata of billion laughs",
        ".pdf",
        pdf_changes.changed(pdf_changes.with_xmp(zips.laughs()(b"<x>a</x>"))),
        SAME,
    ),
    *(Case(name, ".pdf", make, leads_to) for name, (make, leads_to) in BOMBS.items()),
]
