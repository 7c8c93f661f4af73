"""A file is told by its content, and refused with a reason where it's nothing of ours."""

import io
import struct
import zipfile

import pytest

from s2c_forms.errors import RefusedError
from s2c_forms.media.package import MAX_PART, MAX_PARTS, open_package, parse_xml
from s2c_forms.media.sniff import medium_of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
CUT_OFF = OLE[:30] + b"\x09" + OLE[31:48] + b"\x05"
"""Its sectors are of 512 bytes, and its streams are named in the one of number 5."""
ODS = "application/vnd.oasis.opendocument.spreadsheet"
ODT = "application/vnd.oasis.opendocument.text"


def zipped(parts: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name)  # of no day: names of tests are made of these bytes
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def refusal(call, *arguments) -> RefusedError:
    with pytest.raises(RefusedError) as refused:
        call(*arguments)
    for language in ("nl", "en"):
        assert "{" not in refused.value.text(language)
    return refused.value


@pytest.mark.parametrize(
    ("data", "medium"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"\xef\xbb\xbf junk before it \n%PDF-1.4\n", "pdf"),
        (zipped({"xl/workbook.xml": "<a/>"}), "excel"),
        (zipped({"word/document.xml": "<a/>"}), "word"),
        (zipped({"mimetype": ODS, "content.xml": "<a/>"}), "excel"),
        (zipped({"mimetype": ODT, "content.xml": "<a/>"}), "word"),
        (OLE + "Workbook".encode("utf-16-le"), "excel"),
        (b"\xff\xd8\xff\xe0", "scan"),
        (b"\x89PNG\r\n\x1a\n", "scan"),
        (b"II*\x00", "scan"),
        (b"\x00\x00\x00\x18ftypheic", "scan"),
    ],
)
def test_content_tells_the_medium_whatever_the_name(data, medium):
    assert medium_of("whatever.txt", data) == medium


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("form.xlsx", b"", "empty_file"),
        ("~$form.xlsx", b"lock", "temporary_file"),
        (".~lock.form.ods#", b"lock", "temporary_file"),
        ("form.xlsx.crdownload", b"half", "temporary_file"),
        ("Thumbs.db", OLE, "system_file"),
        ("._form.xlsx", b"mac", "system_file"),
        ("form.xlsx", b"<!DOCTYPE html><html>", "not_a_form"),
        ("form.xlsx", b"\xef\xbb\xbf  <html>", "not_a_form"),
        ("form.xml", b"<?xml version='1.0'?>", "not_a_form"),
        ("form.rtf", b"{\\rtf1", "not_a_form"),
        ("form.csv", b"coach;jongere", "not_a_form"),
        ("form.bin", b"\x00\x01\x02", "not_a_form"),
        ("form.zip", zipped({"letter.txt": "hello"}), "not_a_form"),
        ("form.doc", OLE + "WordDocument".encode("utf-16-le"), "old_format"),
        ("form.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ("form.xls", CUT_OFF, "damaged"),
        ("form.ppt", OLE + "PowerPoint".encode("utf-16-le"), "not_a_form"),
        ("form.xlsx", zipped({"xl/workbook.xml": "<a/>"})[:40], "damaged"),
    ],
)
def test_what_is_no_form_is_refused_with_its_reason(name, data, code):
    assert refusal(medium_of, name, data).code == code


def test_a_zip_bomb_is_refused_before_it_is_inflated():
    bomb = zipped({"xl/workbook.xml": bytes(MAX_PART + 1)})
    assert len(bomb) < MAX_PART / 100
    assert refusal(open_package, bomb).code == "too_large"


def test_a_zip_with_too_many_parts_is_refused():
    many = zipped({f"part{number}": "" for number in range(MAX_PARTS + 1)})
    assert refusal(open_package, many).code == "too_large"


def test_a_part_that_is_larger_than_it_said_is_refused():
    data = zipped({"a.xml": bytes(MAX_PART + 1)})
    lied = data.replace(struct.pack("<L", MAX_PART + 1), struct.pack("<L", 10))
    package = open_package(lied)
    assert refusal(package.read, "a.xml").code in ("too_large", "damaged")


def test_a_part_with_a_password_is_told():
    data = bytearray(zipped({"a.xml": b"<a/>"}))
    for signature, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data[data.index(signature) + place] |= 1
    assert refusal(open_package(bytes(data)).read, "a.xml").code == "encrypted"


def test_a_part_that_is_not_there_is_none():
    package = open_package(zipped({"a.xml": b"<a/>"}))
    assert package.read("b.xml") is None
    assert package.xml("b.xml") is None
    root = package.xml("a.xml")
    assert root is not None
    assert root.tag == "a"


LAUGHS = (
    b"""<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><l>&b;</l>"""
)
OUTSIDE = b"""<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>"""


@pytest.mark.parametrize(
    "data",
    [LAUGHS, OUTSIDE, LAUGHS.decode().replace("?>", ' encoding="UTF-16"?>', 1).encode("utf-16")],
    ids=["billion laughs", "external entity", "in UTF-16"],
)
def test_xml_with_a_document_type_is_refused(data):
    assert refusal(parse_xml, data, "a.xml").code == "unsafe_xml"


def test_broken_xml_is_damaged_and_says_which_part():
    error = refusal(parse_xml, b"<a><b></a>", "word/document.xml")
    assert error.code == "damaged"
    assert "word/document.xml" in error.text()
