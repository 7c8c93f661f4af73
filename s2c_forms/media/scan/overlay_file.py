"""Pictures of pages written into a folder, each under a name of its own, and never over another."""

import hashlib
import itertools
import os
import struct
import zlib
from pathlib import Path

from s2c_forms.errors import WriteError
from s2c_forms.media.sniff import SHOWN
from s2c_forms.words import mark

_HEAD = 33  # bytes of a PNG's signature and first chunk


def write_picture(png: bytes, folder: Path, path: Path, number: int) -> Path:
    """Write the picture of a page, and return where.

    The only file that it may take the place of is an earlier picture of the same page.

    Args:
        png: the picture.
        folder: where it goes; made where it isn't there.
        path: the file that the page is of.
        number: of the page in it.

    Raises:
        WriteError: it can't be written.
    """
    source = hashlib.sha256(f"{path.absolute()}\0{number}".encode()).hexdigest()[:16]
    about = SHOWN + b" " + source.encode()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _write(_with_text(png, about), folder, f"{path.stem}-{number:03d}", about)
    except OSError as error:
        raise WriteError(
            mark("{path} can't be written: {reason}."),
            mark("Choose another place for the picture."),
            path=folder,
            reason=error.strerror or str(error),
        ) from error


def _write(png: bytes, folder: Path, stem: str, about: bytes) -> Path:
    for place in itertools.count(1):
        path = folder / f"{stem}{f'-{place}' if place > 1 else ''}.png"
        try:
            with path.open("xb") as stream:
                stream.write(png)
        except FileExistsError:
            if not _is_of(path, about):
                continue
            spare = path.with_name(f".s2c-{path.name}")
            spare.write_bytes(png)
            os.replace(spare, path)  # noqa: PTH105  as elsewhere: it says that it replaces
        return path
    raise AssertionError("numbers don't end")


def _is_of(path: Path, about: bytes) -> bool:
    """Return whether a file is an earlier picture of the same page."""
    if not path.is_file():
        return False
    with path.open("rb") as stream:
        return about in stream.read(1024)


def _with_text(png: bytes, text: bytes) -> bytes:
    """Return a PNG that says at its beginning what it shows: nobody takes it for a scan."""
    chunk = b"tEXt" + b"Software\0" + text
    whole = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return png[:_HEAD] + whole + png[_HEAD:]
