"""What programs and people do to a PDF form that was filled in."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Pdf, String

from tests.corpus.answers import ANSWERS, OTHERS, Answers
from tests.corpus.bench import OTHER_ID, Bench
from tests.corpus.case import Make
from tests.programs import pdf as programs
from tests.programs import pdf_whole

Change = Callable[[Pdf], object]


def saved(path: Path, change: Change = lambda _pdf: None, **save: Any) -> bytes:
    """Return a PDF after `change` had its way with it."""
    out = io.BytesIO()
    with Pdf.open(path) as pdf:
        change(pdf)
        pdf.save(out, **save)
    return out.getvalue()


def fields_by_name(pdf: Pdf) -> dict[str, Any]:
    """Return the fields of a form."""
    fields: Any = pdf.Root.AcroForm.Fields
    return {str(field.T): field for field in fields}


def changed(change: Change = lambda _pdf: None, **save: Any) -> Make:
    """Return the filled-in form, changed, and saved in some way."""
    return lambda bench: saved(bench.filled(".pdf", ANSWERS), change, **save)


def filled_by(program: str, answers: Answers = ANSWERS, *more: str) -> Make:
    """Return the form as a program fills it in; more of them fill it in again after it."""

    def make(bench: Bench) -> bytes:
        path = bench.blank(".pdf")
        for name in (program, *more):
            source, path = path, bench.path(".pdf")
            programs.FILL[name](bench.rubric, source, answers, path)
        return path.read_bytes()

    return make


def flattened_by(program: str) -> Make:
    """Return the filled-in form after a program made pictures of its fields."""

    def make(bench: Bench) -> bytes:
        path = bench.path(".pdf")
        pdf_whole.FLATTEN[program](bench.filled(".pdf", ANSWERS), path)
        return path.read_bytes()

    return make


def joined_by(program: str, others: Answers = OTHERS, other_id: str = OTHER_ID) -> Make:
    """Return two filled-in forms that a program put into one file."""

    def make(bench: Bench) -> bytes:
        path = bench.path(".pdf")
        two = [bench.filled(".pdf", ANSWERS), bench.filled(".pdf", others, other_id)]
        pdf_whole.JOIN[program](two, path)
        return path.read_bytes()

    return make


def incremental(path: Path, answers: Answers) -> bytes:
    """Return a form to which a program added answers behind what was saved before."""
    from pypdf import PdfWriter

    writer = PdfWriter(path, incremental=True)
    texts = programs.texts(answers)
    buttons = {name for name, field in (writer.get_fields() or {}).items() if "/_States_" in field}
    typed = {name: f"/{text}" if name in buttons else text for name, text in texts.items()}
    for page in writer.pages:
        writer.update_page_form_field_values(page, typed, auto_regenerate=False)
    out = io.BytesIO()
    writer.write(out)
    assert out.getvalue().startswith(path.read_bytes())
    return out.getvalue()


def saved_behind(bench: Bench) -> bytes:
    """Return a form that was saved incrementally: behind the empty one, which is whole."""
    return incremental(bench.blank(".pdf"), ANSWERS)


def only_the_empty_one(bench: Bench) -> bytes:
    """Return what is left of it if the end is lost to the byte."""
    return bench.blank(".pdf").read_bytes()


def put(field_id: str, value: Any) -> Change:
    """Return what gives a field another value, its picture left as it is."""
    return lambda pdf: fields_by_name(pdf)[field_id].__setattr__("V", value)


def two_on(pdf: Pdf) -> None:
    """Switch on two buttons of a group that has no value."""
    group = fields_by_name(pdf)["f01_score"]
    del group.V
    for kid, state in zip(group.Kids, "123", strict=True):
        del kid.V  # pypdf says there, too, what is chosen
        kid.AS = Name.Off if state == "2" else Name(f"/{state}")


def without_pictures(pdf: Pdf) -> None:
    """Take away what all fields look like."""
    for page in pdf.pages:
        for widget in page.obj.Annots:
            if "/AP" in widget and widget.get("/FT") == "/Tx":
                del widget["/AP"]


def without_buttons(pdf: Pdf) -> None:
    """Take one group of buttons off its page."""
    kids = {kid.objgen for kid in fields_by_name(pdf)["f08_score"].Kids}
    page = next(p.obj for p in pdf.pages if kids & {note.objgen for note in p.obj.Annots})
    page.Annots = pikepdf.Array([note for note in page.Annots if note.objgen not in kids])


def without_metadata(pdf: Pdf) -> None:
    """Take away document information and XMP."""
    del pdf.Root.Metadata
    del pdf.trailer["/Info"]


def without_hidden_field(pdf: Pdf) -> None:
    """Empty the field with the stamp."""
    fields_by_name(pdf)["s2c_stamp"].V = String("")


def annotated(subtype: str, text: str = "") -> Change:
    """Return what types or draws over the form."""

    def change(pdf: Pdf) -> None:
        note = Dictionary(
            Type=Name.Annot,
            Subtype=Name(f"/{subtype}"),
            Rect=pikepdf.Array([100, 100, 200, 120]),
            Contents=String(text),
        )
        pdf.pages[0].obj.Annots.append(pdf.make_indirect(note))

    return change


def with_field(name: str, value: Any, kind: Name = Name.Tx) -> Change:
    """Return what adds a field to the first page."""

    def change(pdf: Pdf) -> None:
        entries = {"/Type": Name.Annot, "/Subtype": Name.Widget, "/Rect": [100, 100, 200, 120]}
        field = Dictionary({**entries, "/FT": kind, "/T": String(name), "/V": value})
        pdf.Root.AcroForm.Fields.append(pdf.make_indirect(field))
        pdf.pages[0].obj.Annots.append(pdf.Root.AcroForm.Fields[-1])

    return change


def with_xmp(xml: bytes) -> Change:
    """Return what puts other metadata in the place of ours."""

    def change(pdf: Pdf) -> None:
        pdf.Root.Metadata = pdf.make_stream(xml, Type=Name.Metadata, Subtype=Name.XML)

    return change


def renamed(style: str) -> Make:
    """Return two forms in one file, the fields of the second renamed as programs rename them."""

    def make(bench: Bench) -> bytes:
        other = bench.filled(".pdf", OTHERS, OTHER_ID)
        with pdf_whole.fields_astray():
            return saved(bench.filled(".pdf", ANSWERS), lambda pdf: _append(pdf, other, style))

    return make


def _append(pdf: Pdf, other: Path, style: str) -> None:
    own = len(pdf.pages)
    with Pdf.open(other) as second:
        pdf.pages.extend(second.pages)
    done = set()
    for page in list(pdf.pages)[own:]:
        for widget in page.obj.Annots:
            field = widget if "/T" in widget else widget.Parent
            if field.objgen not in done:
                done.add(field.objgen)
                field.T = String(style.format(name=str(field.T)))
