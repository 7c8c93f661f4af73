"""The whole workbook kept under another name, before anything is written over it."""

import datetime as dt
import os
import tempfile
from pathlib import Path

from s2c_forms.master.workbook import unwritable


def keep_aside(path: Path, data: bytes, now: dt.datetime) -> Path:
    """Keep a workbook's content beside it under a dated name that isn't taken; return its path.

    Raises:
        WriteError: the folder can't be written.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".s2c-{path.stem}-", suffix=".tmp")
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary = Path(name)
        temporary.chmod(path.stat().st_mode)
        kept = _free(path.with_name(f"{path.stem} {now:%Y-%m-%d %H%M}{path.suffix}"))
        return temporary.replace(kept)
    except OSError as error:
        raise unwritable(path, error) from error


def _free(path: Path) -> Path:
    """Return a path at which nothing is."""
    free, number = path, 2
    while free.exists():
        free = path.with_name(f"{path.stem} ({number}){path.suffix}")
        number += 1
    return free
