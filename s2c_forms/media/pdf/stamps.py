"""Where a PDF says which form it is: hidden field, metadata, and the small print on the page."""

import io
import json
import logging
from collections.abc import Mapping, Sequence

import pikepdf
from pikepdf import Pdf

from s2c_forms.errors import RefusedError
from s2c_forms.form.stamp import Stamp, find_stamp_line
from s2c_forms.media.pdf.names import NAMESPACE, STAMP_FIELD
from s2c_forms.media.pdf.streams import unpacked
from s2c_forms.media.pdf.walk import Place

_PAGES_LOOKED_AT = 4

# Both libraries talk of what is odd about a file. What matters of it we say ourselves.
for _name in ("pikepdf", "pypdf"):
    logging.getLogger(_name).addHandler(logging.NullHandler())


def in_fields(group: Mapping[str, Sequence[Place]]) -> list[Stamp]:
    """Return the stamps in the hidden fields of one form; several only where forms were mixed."""
    found = []
    for place in group.get(STAMP_FIELD, ()):
        try:
            entries = json.loads(place.value or "")
        except ValueError:
            continue  # overwritten by something: the metadata may still have it
        if isinstance(entries, dict) and (stamp := Stamp.from_entries(entries)):
            found.append(stamp)
    return list(dict.fromkeys(found))


def in_metadata(pdf: Pdf) -> Stamp | None:
    """Return the stamp in the XMP metadata, where programs left it alone."""
    try:
        if isinstance(packed := pdf.Root.get("/Metadata"), pikepdf.Stream):
            unpacked(packed)  # only to see that it fits in memory
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            names = ("rubric", "version", "hash", "form_id")
            keys = [f"s2c_{name}" for name in names]
            entries = {key: str(metadata.get(f"{{{NAMESPACE}}}{key}", "")) for key in keys}
    except (RefusedError, ValueError, pikepdf.PdfError):
        return None  # metadata that can't be parsed is as good as none: the field has the stamp
    return Stamp.from_entries(entries)


def in_text(data: bytes) -> Stamp | None:
    """Return the stamp printed on the pages, for a PDF that has no fields left."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        pages = PdfReader(io.BytesIO(data)).pages[:_PAGES_LOOKED_AT]
        text = "\n".join(page.extract_text() for page in pages)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError):
        return None  # only to say *why* the file is refused: without text it's another reason
    return find_stamp_line(text)


def is_picture(pdf: Pdf) -> bool:
    """Return whether the first page is made of pictures only, as a scan is."""
    resources = pdf.pages[0].obj.get("/Resources") if len(pdf.pages) else None
    if not isinstance(resources, pikepdf.Dictionary):
        return False
    return "/XObject" in resources and "/Font" not in resources
