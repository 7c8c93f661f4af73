"""Files and folders as they lie there, before anybody reads what is in them."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from s2c_forms.errors import RefusedError
from s2c_forms.form.filled import MediumName
from s2c_forms.media.sniff import PICTURES, medium_of, refuse_by_name
from s2c_forms.words import Message, mark

MEGABYTE = 1024 * 1024
MAX_FILE = 100 * MEGABYTE  # a form with pictures in it stays far below
MAX_PAPER = 4096 * MEGABYTE  # a stack of a thousand pages in colour
_OURS = ".s2c-"
"""Of files that we are writing, or were when we were killed: nobody sent them."""


def files_in(paths: Iterable[Path]) -> list[Path]:
    """Return every file in these files and folders, each once, folders walked in sorted order.

    Nothing is left out: files of the system, paths where nothing is, and folders that can't be
    looked into, are refused later with their reason.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        for file in _walk(path):
            found.setdefault(file.absolute(), file)
    return list(found.values())


def _walk(path: Path) -> Iterator[Path]:
    if not _is_folder(path):
        yield path
        return
    closed: list[Path] = []
    for folder, folders, names in os.walk(path, onerror=lambda e: closed.append(Path(e.filename))):
        folders[:] = sorted(name for name in folders if not name.startswith(_OURS))
        kept = sorted(name for name in names if not name.startswith(_OURS))
        yield from (Path(folder) / name for name in kept)
    yield from closed


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # nobody may look there: told when it is opened
        return False


def size_of(path: Path) -> int:
    """Return a file's size.

    Raises:
        RefusedError: it is known by its name alone, or is no file, or larger than any stack.
        OSError: it isn't there, or can't be opened; or it is a folder that can't be looked into.
    """
    refuse_by_name(path.name)  # before opening: office programs lock their temporary files
    size = path.stat().st_size
    if path.is_dir():
        os.scandir(path).close()
    if not path.is_file():  # a pipe or a device would be read for ever
        raise RefusedError("not_a_form", reason=Message(mark("it is no file")))
    if size > MAX_PAPER:
        raise _too_large(MAX_PAPER)
    return size


def content_of(path: Path, size: int) -> tuple[bytes, str]:
    """Return a file's content and the SHA-256 of it; of what is larger than a form, how it begins.

    What is read is what was hashed, also where somebody writes to the file in the meantime.
    """
    with path.open("rb") as stream:
        if size <= MAX_FILE:
            data = stream.read(MAX_FILE + 1)
            return data, hashlib.sha256(data).hexdigest()
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        stream.seek(0)
        return stream.read(1024), digest


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file as it is now.

    Raises:
        OSError: it isn't there any more, or can't be opened.
    """
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def medium_by_content(name: str, data: bytes, size: int) -> MediumName:
    """Return a file's medium.

    Raises:
        RefusedError: it is nothing that a form can come back as.
    """
    if size <= MAX_FILE:
        return medium_of(name, data)
    if b"%PDF-" in data or data.startswith(PICTURES):
        return "scan"  # a form with fields is never as large as this
    raise _too_large(MAX_FILE)


def _too_large(limit: int) -> RefusedError:
    reason = Message(mark("it is larger than {limit} MB"), {"limit": limit // MEGABYTE})
    return RefusedError("not_a_form", reason=reason)
