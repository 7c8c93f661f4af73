"""PDF → answers: one walk with pikepdf over the widgets of all pages.

What programs that fill in forms do to a PDF was measured on 26 of them: see shared/design.md,
"PDF form fields".
"""

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pikepdf
from pikepdf import Pdf

from s2c_forms.errors import RefusedError
from s2c_forms.form.fields import Field, fields_of
from s2c_forms.form.filled import Doubt, FileRead, FilledForm, Origin, RawAnswer
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.shelf import Shelf
from s2c_forms.form.stamp import Stamp
from s2c_forms.media.pdf import astray, places, stamps
from s2c_forms.media.pdf.walk import Place, annotations, walk
from s2c_forms.words import Message, mark, say

# Two forms in one PDF have their fields renamed: `6.coach` by some programs, `coach+1` by others,
# and `coach [607]` by MuPDF, with another number for each field.
_RENAMED = re.compile(r"(?:(?P<before>.+)\.)?(?P<id>[^.+\[]+?)(?P<after>\+\d+| (?P<any>\[)\d+\])?")
_UNFIT = Message(mark("its parts don't fit together"))
_TELLING = re.compile(r"damaged|xref|recover|reconstruct")
_DRAWN = (
    "Circle Square Line PolyLine Polygon Highlight Underline StrikeOut Squiggly Caret Ink Stamp"
)
_TYPED_OVER = frozenset(f"/{name}" for name in (*_DRAWN.split(), "FreeText", "Text"))


def read(data: bytes, shelf: Shelf) -> FileRead:
    """Return what a PDF holds: one form, or several that were put into one file.

    Raises:
        RefusedError: damaged, with a password, without form fields, or not ours.
    """
    _refuse_cut_off(data)
    try:
        with Pdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
            found = _read(pdf, shelf, data)
            _refuse_repaired(pdf)
            return found
    except pikepdf.PasswordError as error:
        raise RefusedError("encrypted") from error
    except (pikepdf.PdfError, pikepdf.ForeignObjectError, UnicodeDecodeError) as error:
        raise RefusedError(
            "damaged", reason=Message(mark("its parts don't fit together"))
        ) from error


def _refuse_cut_off(data: bytes) -> None:
    """Refuse a file whose last save lacks its end: the *empty* first save is still whole."""
    rest = data[data.rfind(b"%%EOF") + 5 :] if b"%%EOF" in data else b"no end at all"
    if rest.strip(b"\x00\r\n\t\x1a "):
        raise RefusedError("damaged", reason=Message(mark("its end is missing")))


def _refuse_repaired(pdf: Pdf) -> None:
    """Refuse a file that was read only by patching it up: what was lost nobody knows."""
    warnings = [str(warning) for warning in pdf.get_warnings()]
    telling = [text for text in warnings if _TELLING.search(text) and "common error" not in text]
    if telling:
        raise RefusedError("damaged", reason=_UNFIT)


def _read(pdf: Pdf, shelf: Shelf, data: bytes) -> FileRead:
    found = walk(pdf)
    groups: dict[tuple[str, str], dict[str, list[Place]]] = {}
    for place in found:
        parts = _RENAMED.fullmatch(place.name)
        after = (parts["any"] or parts["after"] or "") if parts else ""
        key = ((parts["before"] or "") if parts else "", after)
        name = parts["id"] if parts else place.name
        groups.setdefault(key, {}).setdefault(name, []).append(place)
    stamped = {key: stamps.in_fields(group) for key, group in groups.items()}
    outside = None if any(stamped.values()) else stamps.in_metadata(pdf)
    if not any(stamped.values()) and not (outside and groups):
        raise _refusal(pdf, data, outside)
    typed = tuple(_typed_over(pdf))
    read = {key for key in groups if stamped[key] or len(groups) == 1}
    others = [group for key, group in groups.items() if key not in read]
    beside = [place for group in others for there in group.values() for place in there]
    forms = [
        _filled(group, stamped[key] or ([outside] if outside else []), shelf, (typed, beside))
        for key, group in groups.items()
        if key in read
    ]
    return FileRead(tuple(forms), Origin(_program(pdf), _authors(pdf)))


def _refusal(pdf: Pdf, data: bytes, outside: Stamp | None) -> RefusedError:
    """Return why a PDF without our fields isn't read."""
    if outside or stamps.in_text(data):
        return RefusedError("flattened")
    if stamps.is_picture(pdf):
        return RefusedError("no_form_on_paper")
    reason = mark("a PDF that was made by something else")
    return RefusedError("not_a_form", reason=Message(reason))


def _filled(
    group: Mapping[str, list[Place]],
    stamped: list[Stamp],
    shelf: Shelf,
    others: tuple[tuple[tuple[int, str], ...], list[Place]],
) -> FilledForm:
    """Return a form; `others` is what was typed over the pages, and fields of no form."""
    rubric = shelf.rubric_of(stamped[0])
    answers: list[RawAnswer] = []
    typed, beside = others
    drawn = say("a drawn mark", rubric.language)
    doubts = [
        Doubt("typed_over", places.page(rubric, page), raw=text or drawn) for page, text in typed
    ]
    if len(set(stamped)) > 1:
        doubts.append(Doubt("stamps_differ", "", raw=" / ".join(s.line() for s in stamped)))
    if said := astray.told([*astray.unknown(group, rubric), *beside]):
        doubts.append(Doubt("fields_astray", "", raw=said))
    for field in fields_of(rubric):
        found = group.get(field.id, [])
        answers += [
            RawAnswer(field.id, raw, places.where(rubric, field, place.page))
            for place, raw in _said(field, found)
        ]
        if not found and _was_asked(rubric, field, group):
            doubts.append(Doubt("place_lost", places.where(rubric, field, 0), field.id))
    return FilledForm("pdf", stamped[0], tuple(answers), tuple(doubts))


def _was_asked(rubric: Rubric, field: Field, group: Mapping[str, Any]) -> bool:
    """Return whether the form had this field: remarks may have been left out, all of them."""
    remarks = [other.id for other in fields_of(rubric) if other.place == "remarks"]
    return field.place != "remarks" or any(name in group for name in remarks)


def _said(field: Field, found: list[Place]) -> Iterator[tuple[Place, str]]:
    """Yield what the widgets of one field say."""
    if field.kind == "tick":
        yield from _ticked(found)
    elif field.options:
        yield from _chosen(found)
    else:
        yield from ((place, place.value or "") for place in found)


def _ticked(found: list[Place]) -> Iterator[tuple[Place, str]]:
    for place in found:
        shown = place.state not in (None, "Off")
        if place.value is None:
            yield place, "TRUE" if shown else "FALSE"
            continue
        meant = place.value not in ("Off", "")
        known = not meant or place.value in place.states
        yield place, ("TRUE" if meant else "FALSE") if known else place.value
        if shown and not meant:  # its picture says yes and its value no: a person looks
            yield place, "TRUE"


def _chosen(found: list[Place]) -> Iterator[tuple[Place, str]]:
    """Yield the buttons that are on, page by page: a group stands twice where copies were joined.

    Only then it matters that a page has none that is on: the copies differ.
    """
    pages = {place.page: [other for other in found if other.page == place.page] for place in found}
    for places_there in pages.values():
        on = list(_on(places_there))
        yield from on
        if not on and len(pages) > 1:
            yield places_there[0], ""


def _on(found: list[Place]) -> Iterator[tuple[Place, str]]:
    """Yield the buttons of a group that are on: by its value, and only without it by pictures."""
    values = [place for place in found if place.value not in (None, "", "Off")]
    said = {place.value: place for place in values}
    if said:
        yield from ((place, value or "") for value, place in said.items())
        return
    for place in found:
        if place.state not in (None, "Off"):
            yield place, place.state or ""


def _typed_over(pdf: Pdf) -> Iterator[tuple[int, str]]:
    """Yield page and text of annotations: phones and Preview type these over empty fields."""
    for number, page in enumerate(pdf.pages, start=1):
        for annotation in annotations(page):
            if str(annotation.get("/Subtype", "")) in _TYPED_OVER:
                yield number, str(annotation.get("/Contents", ""))


def _program(pdf: Pdf) -> str:
    names = [str(pdf.docinfo.get(key, "")) for key in ("/Producer", "/Creator")]
    return next((name for name in names if name), "")


def _authors(pdf: Pdf) -> tuple[str, ...]:
    author = str(pdf.docinfo.get("/Author", "")).strip()
    return (author,) if author else ()
