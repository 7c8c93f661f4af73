"""Which medium a file is, told by its content; its name is used only for files of no content."""

import struct

from s2c_forms.errors import RefusedError
from s2c_forms.form.filled import MediumName
from s2c_forms.words import Message, mark

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"GIF8", b"BM")
SHOWN = b"s2c-forms read --overlay"
"""Stands at the beginning of a picture that shows what was read: it is no scan itself."""
_HEIC = (b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypmif1", b"ftypmsf1")
_ODF = {
    b"application/vnd.oasis.opendocument.spreadsheet": "excel",
    b"application/vnd.oasis.opendocument.text": "word",
}
_SYSTEM_FILES = frozenset({".ds_store", "thumbs.db", "desktop.ini", ".gitkeep", ".directory"})


def medium_of(name: str, data: bytes) -> MediumName:
    """Return the medium of a file.

    Args:
        name: the file's name, to know temporary files by.
        data: its content.

    Raises:
        RefusedError: it is nothing that a form can come back as; says what it is, and what to do.
    """
    refuse_by_name(name)
    if not data:
        raise RefusedError("empty_file")
    head = data[:1024]
    if is_overlay(head):
        raise RefusedError("own_picture")
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(b"PK"):
        return _of_zip(data)
    if head.startswith(_OLE):
        return _of_ole(data)
    if head.startswith(PICTURES) or data[4:12] in _HEIC:
        return "scan"
    if head.startswith(b"SQLite format 3"):
        raise RefusedError("own_store")
    raise RefusedError("not_a_form", reason=_what_it_seems(head))


def is_overlay(head: bytes) -> bool:
    """Return whether a file that begins so is a picture of ours that shows what was read."""
    return head.startswith(PICTURES[0]) and SHOWN in head


def refuse_by_name(name: str) -> None:
    """Refuse files that are known by name alone.

    Raises:
        RefusedError: it is a temporary file of a program, or one of the operating system.
    """
    if name.startswith(("~$", ".~lock", "~WRL")) or name.endswith((".tmp", ".crdownload", ".part")):
        raise RefusedError("temporary_file")
    if name.casefold() in _SYSTEM_FILES or name.startswith("._"):
        raise RefusedError("system_file")


def _of_zip(data: bytes) -> MediumName:
    from s2c_forms.media.package import open_package

    package = open_package(data)
    if "xl/workbook.xml" in package.names or "xl/workbook.bin" in package.names:
        return "excel"
    if "word/document.xml" in package.names:
        return "word"
    found = _ODF.get((package.read("mimetype") or b"").strip())
    if found == "excel":
        return "excel"
    if found == "word":
        return "word"
    raise RefusedError("not_a_form", reason=Message(mark("a zip file of something else")))


def _of_ole(data: bytes) -> MediumName:
    """Tell the old formats of Office apart by the names of their streams, which are UTF-16."""
    streams = {name: name.encode("utf-16-le") in data for name in _STREAMS}
    if streams["EncryptedPackage"]:
        raise RefusedError("encrypted")
    if streams["WordDocument"]:
        raise RefusedError("old_format", format="Word 97–2003", newer=".docx")
    if streams["Workbook"] or streams["Book"]:
        return "excel"
    if _lacks_names(data):
        raise RefusedError("damaged", reason=Message(mark("its end is missing")))
    raise RefusedError("not_a_form", reason=Message(mark("an old Office file of another kind")))


def _lacks_names(data: bytes) -> bool:
    """Return whether the sector that names its streams isn't there whole ([MS-CFB], 2.2)."""
    header = data[:52].ljust(52, b"\0")
    (shift,), (first,) = struct.unpack("<H", header[30:32]), struct.unpack("<L", header[48:52])
    return bool(shift > 31 or (first + 2 << shift) > len(data))


_STREAMS = ("EncryptedPackage", "WordDocument", "Workbook", "Book")


def _what_it_seems(head: bytes) -> Message:
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return Message(mark("a web page, whatever its name says"))
    if start.startswith((b"<?xml", b"<")):
        return Message(mark("an XML file"))
    if start.startswith(b"{\\rtf"):
        return Message(mark("an RTF document"))
    if b"\x00" not in head:
        return Message(mark("plain text"))
    return Message(mark("a kind of file that is not known here"))
