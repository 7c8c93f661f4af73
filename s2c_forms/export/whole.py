"""A destination that is written whole or not at all, and never over what isn't ours."""

import contextlib
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from s2c_forms.errors import WriteError
from s2c_forms.words import mark

DESCRIPTION = "datapackage.json"
_TAIL = 64 * 1024  # bytes in which Parquet describes itself, at least with our few variables
_SIGN = b"s2c-forms"


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give a place to write a file to, which gets the name `path` once it is safely on disk.

    Raises:
        WriteError: it can't be written; what was at `path` is as it was.
    """
    with _told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = _beside(path, "new")
        try:
            yield temporary
            sync(temporary)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)


@contextlib.contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """Give a folder to write files in, which gets the name `path` once they are safely on disk.

    Raises:
        WriteError: it can't be written; what was at `path` is as it was.
    """
    with _told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary, old = _beside(path, "new"), _beside(path, "old")
        if old.exists() and not path.exists():  # killed between the two names
            old.rename(path)
        for left in (temporary, old):  # by a run that was killed
            shutil.rmtree(left, ignore_errors=True)
        try:
            temporary.mkdir()
            yield temporary
            for file in temporary.iterdir():
                sync(file)
            _exchange(temporary, path, old)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)


def _exchange(new: Path, path: Path, old: Path) -> None:
    """Give `new` the name `path`; what had it goes."""
    if path.exists():
        path.rename(old)
    try:
        new.rename(path)
    except OSError:
        if old.exists():
            old.rename(path)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _beside(path: Path, what: str) -> Path:
    return path.absolute().with_name(f".{path.name}.s2c-{what}")


def sync(path: Path) -> None:
    """Have a file written to disk, and not only to the system's memory."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise WriteError(
            mark("{path} can't be written: {reason}."),
            mark("Close it in other programs, or choose another place with --to."),
            path=path,
            reason=error.strerror or str(error),
        ) from error


def guard(path: Path, *, replace: bool) -> None:
    """Look whether `path` is free, or held by an earlier export.

    Raises:
        WriteError: something else is there.
    """
    if path.is_dir() and not _is_our_folder(path):
        raise WriteError(
            mark("The folder {path} holds other things than an export."),
            mark("Choose another, or a new one, with --to."),
            path=path,
        )
    if path.is_file() and not replace and not is_our_file(path):
        raise WriteError(
            mark("There is a file {path} already, and it is no export."),
            mark("Choose another name with --to, or say --replace."),
            path=path,
        )


def is_our_file(path: Path) -> bool:
    """Return whether a file says of itself, at its begin or end, that it is an export."""
    with path.open("rb") as stream:
        begin = stream.read(256)
        stream.seek(max(0, path.stat().st_size - _TAIL))
        end = stream.read()
    if path.suffix.lower() == ".csv":
        return begin.removeprefix(b"\xef\xbb\xbf").startswith((b"record,", b"record;"))
    return _SIGN in begin or (path.suffix.lower() == ".parquet" and _SIGN in end)


def _is_our_folder(path: Path) -> bool:
    """Return whether a folder is empty, or holds an export and nothing else."""
    names = {file.name for file in path.iterdir()}
    if not names:
        return True
    try:
        told = json.loads((path / DESCRIPTION).read_text(encoding="utf-8"))
        listed = {each["path"] for each in (*told["resources"], *told["files"])}
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return told.get("made_by") == _SIGN.decode() and names <= {DESCRIPTION, *listed}
