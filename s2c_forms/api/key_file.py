"""The key's file: read, unlocked with its password, and given more names in its own format."""

import contextlib
import csv
import io
import os
import struct
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.parsers.expat import ExpatError

from s2c_forms.api.table import Line, bytes_of, lines_of
from s2c_forms.errors import RosterError, WriteError
from s2c_forms.words import mark

_OLE = b"\xd0\xcf\x11\xe0"
# What msoffcrypto and olefile let through of a damaged file: they follow it without looking.
_BROKEN = (
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    OverflowError,
    ExpatError,
    TypeError,
    ValueError,
    struct.error,
)


@dataclass(frozen=True)
class KeyFile:
    """Where a key is, and how to open it.

    Attributes:
        path: a table of names and codes: .xlsx, .ods, .xls or .csv.
        password: what tells its password; asked only where it has one.
        extend: whether names that it lacks get a code, and are written into it.
    """

    path: Path
    password: Callable[[], str] = str
    extend: bool = False


@dataclass(frozen=True)
class Opened:
    """A key's file, unlocked.

    Attributes:
        path: where it is.
        data: its content, without password.
        password: what it was locked with; empty where it wasn't.
        lines: its rows.
    """

    path: Path
    data: bytes = field(repr=False)
    password: str = field(repr=False)
    lines: tuple[Line, ...] = field(repr=False)


def open_key(file: KeyFile, outputs: tuple[Path, ...]) -> Opened:
    """Return a key's file, read.

    Args:
        file: which, and how to open it.
        outputs: folders that a key must not lie in.

    Raises:
        RosterError: it lies there, can't be opened, or is no table.
    """
    home = file.path.resolve()
    if any(home.is_relative_to(folder.resolve()) for folder in outputs):
        raise RosterError(
            mark("The key {path} lies in the folder of the results."),
            mark("Put it elsewhere: whoever gets the results must not get the key with them."),
            path=file.path,
        )
    data = bytes_of(file.path)
    data, password = _unlocked(file, data)
    return Opened(file.path, data, password, tuple(lines_of(file.path, data)))


def _unlocked(file: KeyFile, data: bytes) -> tuple[bytes, str]:
    if not data.startswith(_OLE):
        return data, ""
    import msoffcrypto
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

    try:
        locked = msoffcrypto.OfficeFile(io.BytesIO(data))
        if not locked.is_encrypted():
            return data, ""
        password = file.password()
        plain = io.BytesIO()
        locked.load_key(password=password)
        locked.decrypt(plain)
    except (InvalidKeyError, DecryptionError) as error:
        raise RosterError(
            mark("The password of the key {path} isn't right."),
            mark("Type it again; it is the one that Excel asks for."),
            path=file.path,
        ) from error
    except (FileFormatError, ParseError, *_BROKEN) as error:
        raise RosterError(
            mark("The list {path} is neither a workbook nor a csv file."),
            mark("Save it as .xlsx, or as “CSV UTF-8”."),
            path=file.path,
        ) from error
    return plain.getvalue(), password


def extend_key(opened: Opened, new: Mapping[str, str], columns: tuple[int, int]) -> None:
    """Write more names and codes under those that are in a key's file, whole or not at all.

    Args:
        opened: the file.
        new: codes by name.
        columns: of the name and of the code, from 0.

    Raises:
        RosterError: its format can't be added to.
        WriteError: the file can't be written; it is as it was.
    """
    if opened.data.startswith(b"PK") and b"xl/workbook.xml" in opened.data:
        data = _locked(_in_workbook(opened, new, columns), opened.password)
    elif not opened.data.startswith((b"PK", _OLE)):
        data = _in_text(opened, new, columns)
    else:
        raise RosterError(
            mark("To the key {path} nothing can be added in its format."),
            mark("Save it as .xlsx or .csv, and name that one with --key."),
            path=opened.path,
        )
    _write_whole(opened.path, data)


def _in_workbook(opened: Opened, new: Mapping[str, str], columns: tuple[int, int]) -> bytes:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(opened.data), keep_vba=b"vbaProject.bin" in opened.data)
    heads = opened.lines[0].cells
    sheet = next(s for s in book.worksheets if _has_row(s, opened.lines[0].number, heads))
    last = opened.lines[-1].number
    for number, cells in enumerate(new.items(), start=last + 1):
        for column, text in zip(columns, cells, strict=True):
            cell = sheet.cell(number, column + 1)
            cell.value, cell.data_type = text, "s"  # a name may begin with `=`
            cell.number_format = "@"
    for table in sheet.tables.values():
        first, _, corner = table.ref.partition(":")
        letters = corner.rstrip("0123456789")
        if corner == f"{letters}{last}":
            table.ref = f"{first}:{letters}{last + len(new)}"
            if table.autoFilter:
                table.autoFilter.ref = table.ref
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _has_row(sheet: Any, number: int, heads: tuple[str, ...]) -> bool:
    told = [str(cell.value or "").strip() for cell in sheet[number]]
    return tuple(told[: len(heads)]) == heads


def _locked(data: bytes, password: str) -> bytes:
    """Return a workbook under the password that it came with."""
    if not password:
        return data
    from msoffcrypto.format.ooxml import OOXMLFile

    out = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt(password, out)
    return out.getvalue()


def _in_text(opened: Opened, new: Mapping[str, str], columns: tuple[int, int]) -> bytes:
    encoding = _encoding(opened.data)
    text = opened.data.decode(encoding)
    head = text.splitlines()[0] if text else ""
    parted_by = head[4:5] if head.startswith("sep=") else max(";,\t", key=head.count)
    end = "\r\n" if "\r\n" in text else "\n"
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=parted_by, lineterminator=end)
    for cells in new.items():
        row = [""] * len(opened.lines[0].cells)
        for column, cell in zip(columns, cells, strict=True):
            row[column] = cell
        writer.writerow(row)
    whole = text + ("" if text.endswith(("\n", "\r")) else end) + out.getvalue()
    try:
        return whole.encode(encoding)
    except UnicodeEncodeError:  # a name with letters that the old encoding lacks
        return whole.encode("utf-8-sig")


def _encoding(data: bytes) -> str:
    """Return the encoding that `lines_of` read a text in; without BOM it stays without."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8"


def _write_whole(path: Path, data: bytes) -> None:
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".s2c-", suffix=".tmp")
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            temporary.chmod(path.stat().st_mode)
            temporary.replace(path)
        finally:
            with contextlib.suppress(FileNotFoundError):
                temporary.unlink()
    except OSError as error:
        raise WriteError(
            mark("The key {path} can't be written: {reason}."),
            mark("Is it open in Excel? Close it, and merge again. Nothing was changed."),
            path=path,
            reason=error.strerror or str(error),
        ) from error
