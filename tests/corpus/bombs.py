"""PDF forms that unpack to far more than they are, or never end."""

import zlib
from collections.abc import Callable
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from tests.corpus.case import SAME, Make, Outcome, Refused
from tests.corpus.pdf_changes import changed, fields_by_name
from tests.media.scan.hostile import zeros

_GIGABYTE = 1 << 30


def _stream(pdf: Pdf, packed: bytes, filters: Any = Name.FlateDecode, **entries: Any) -> Stream:
    stream = Stream(pdf, b"", entries)
    stream.write(packed, filter=filters)
    return stream


def _packed_answer(packed: bytes, filters: Any = Name.FlateDecode) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        fields_by_name(pdf)["reflectie"].V = _stream(pdf, packed, filters)

    return change


def _packed_metadata(pdf: Pdf) -> None:
    entries = {"/Type": Name.Metadata, "/Subtype": Name.XML}
    pdf.Root.Metadata = _stream(pdf, zeros(_GIGABYTE), **entries)


def _parents_in_a_ring(pdf: Pdf) -> None:
    field = fields_by_name(pdf)["f01_i01"]
    field.Parent = field


def _pages_in_a_ring(pdf: Pdf) -> None:
    pdf.Root.Pages.Kids = Array([*pdf.Root.Pages.Kids, pdf.Root.Pages])


def _many_annotations(pdf: Pdf) -> None:
    note = pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 1, 1]))
    pdf.pages[0].obj.Annots.extend([note] * 100_000)


def _forms_in_xfa(pdf: Pdf) -> None:
    pdf.Root.AcroForm.XFA = Stream(pdf, b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')


def _file_inside(pdf: Pdf) -> None:
    stream = _stream(pdf, zeros(_GIGABYTE))
    file = Dictionary(Type=Name.Filespec, F=String("../../x.exe"), EF=Dictionary(F=stream))
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=[String("x"), file]))


_TEXT_BE = zlib.compress(b"\xfe\xff" + "Eerste regel\nTweede regel: Ωmega".encode("utf-16-be"))
_TWICE = [Name.FlateDecode, Name.FlateDecode]
LARGE = Refused("too_large")
BOMBS: dict[str, tuple[Make, Outcome]] = {
    "an answer as a stream": (changed(_packed_answer(_TEXT_BE), compress_streams=False), SAME),
    "an answer of a gigabyte": (
        changed(_packed_answer(zeros(_GIGABYTE)), compress_streams=False),
        LARGE,
    ),
    "an answer of a gigabyte, packed twice": (
        changed(
            _packed_answer(zlib.compress(zeros(_GIGABYTE)), Array(_TWICE)), compress_streams=False
        ),
        LARGE,
    ),
    "metadata of a gigabyte": (changed(_packed_metadata, compress_streams=False), SAME),
    "a file of a gigabyte inside": (changed(_file_inside, compress_streams=False), SAME),
    "a field that is its own parent": (changed(_parents_in_a_ring), SAME),
    "pages that contain themselves": (changed(_pages_in_a_ring), Refused("damaged")),
    "100,000 links": (changed(_many_annotations), SAME),
    "another form inside": (changed(_forms_in_xfa), SAME),
}
