"""A stack of paper that was read, made by hand: two forms, and what is asked about them."""

import datetime as dt
import io

from PIL import Image, ImageDraw, ImageFont

from s2c_forms.form.filled import Cutout, PageRead
from s2c_forms.form.rubric import Rubric
from s2c_forms.records.merge import Version
from s2c_forms.records.problems import Problem
from s2c_forms.store import (
    Store,
    StoredFile,
    note_file,
    note_pages,
    note_pictures,
    note_rubric,
    note_version,
    own_by,
    own_rubric,
)
from s2c_forms.words import Message
from tests.conftest import ROOT
from tests.records.made import FORM, OTHER_FORM, full, scan

WHEN = dt.datetime(2026, 11, 22, 14, 3, tzinfo=dt.UTC)
STACK = "stapel.pdf"
FONT = ROOT / "templates" / "fonts"


def cutout(text: str, size: tuple[int, int] = (600, 60)) -> bytes:
    """A picture of something written on a line, as PNG."""
    picture = Image.new("L", size, 244)
    pen = ImageDraw.Draw(picture)
    pen.line((0, size[1] - 8, size[0], size[1] - 8), 180, 2)
    font = ImageFont.truetype(next(iter(sorted(FONT.glob("*.ttf")))), size[1] * 0.6)
    pen.text((12, 4), text, 40, font)
    data = io.BytesIO()
    picture.save(data, "PNG")
    return data.getvalue()


def box(seed: int = 0) -> bytes:
    """A picture of a box with a mark that isn't clear."""
    picture = Image.new("L", (64, 64), 250)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((14, 14, 50, 50), outline=90, width=3)
    pen.line((18, 44, 34 + seed, 30), 110, 2)
    data = io.BytesIO()
    picture.save(data, "PNG")
    return data.getvalue()


WRITTEN = {
    "coach": cutout("C-012"),
    "reflectie": cutout("Het ging goed, hij vertelde meer dan vorige keer", (1100, 240)),
    "f02_score": box(),
    "f03_i01": box(8),
}


def forms(rubric: Rubric) -> list[Version]:
    """Two forms of a stack: one with things to look at, and one of which a page lacks."""
    where = "pagina 1"
    problems = (
        Problem("handwritten", "coach", where),
        Problem("handwritten", "reflectie", "pagina 2"),
        Problem("unsure_mark", "f02_score", where),
        Problem("circled", "f03_i01", where),
    )
    values = full(rubric) | {p.field_id: None for p in problems if p.field_id}
    first = scan(rubric, values, file=STACK, problems=problems)
    second = full(rubric) | {"gesprek_nr": 3, "jongere": "J-9"}
    return [first, scan(rubric, second, [1], STACK, place=1, form_id=OTHER_FORM, number=2)]


def pages() -> tuple[PageRead, ...]:
    """What became of the six pages of the stack."""
    torn = Message("the code can't be read")
    return (
        PageRead(1, "to_check", FORM, 1),
        PageRead(2, "to_check", FORM, 2),
        PageRead(3, "read", OTHER_FORM, 1),
        PageRead(4, "blank"),
        PageRead(5, "duplicate", OTHER_FORM, 1, Message("page {page}", {"page": 3})),
        PageRead(6, "no_code", reason=torn),
    )


def note_stack(store: Store, rubric: Rubric) -> list[Version]:
    """Keep the stack in a store as a merge does."""
    note_rubric(store, rubric)
    if own_rubric(store) is None:
        own_by(store, rubric.id)
    versions = forms(rubric)
    for version in versions:
        note_version(store, version, rubric)
    sha256 = versions[0].sha256
    note_file(store, StoredFile(sha256, STACK, "in", 9, "scan", "", WHEN))
    note_pages(store, sha256, pages())
    on_second = {"reflectie"}
    for page, ids in ((1, WRITTEN.keys() - on_second), (2, on_second)):
        note_pictures(store, sha256, page, [Cutout(id_, WRITTEN[id_]) for id_ in sorted(ids)])
    return versions
