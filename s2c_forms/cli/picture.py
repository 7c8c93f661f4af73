"""Pictures of answers on paper: drawn in a terminal, or written to files."""

import io
import sys
from collections.abc import Sequence
from pathlib import Path

from s2c_forms.errors import WriteError
from s2c_forms.words import mark

_SHADES = " ░▒▓█"
_WIDTH = 48  # columns
_LEAST = 6  # lines of what is written on one line: it may take the whole width for them
_TALL = 2  # a letter is about twice as high as it is wide
_LIGHT = 0.8  # of all pixels are ink, or darker than the paper here and there
_FAINT = 40  # of 255: paper that differs less is empty, whatever its grain


def can_draw() -> bool:
    """Return whether stdout takes what pictures are drawn with."""
    try:
        _SHADES.encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def drawn(png: bytes, room: int = _WIDTH) -> list[str]:
    """Return a picture as lines of blocks, the darkest place full and paper empty.

    Args:
        png: the picture.
        room: the most columns that it may take.
    """
    from PIL import Image

    with Image.open(io.BytesIO(png)) as picture:
        grey = picture.convert("L")
    least = round(_LEAST * _TALL * grey.width / grey.height)
    columns = min(max(_WIDTH, least), max(room, _WIDTH), grey.width)
    rows = max(1, round(grey.height * columns / grey.width / _TALL))
    small = grey.resize((columns, rows), Image.Resampling.BOX).tobytes()
    paper = sorted(grey.tobytes())[int(_LIGHT * (grey.width * grey.height - 1))]
    depth = max(_FAINT, paper - min(small))
    shades = "".join(_SHADES[_shade((paper - level) / depth)] for level in small)
    lines = [shades[start : start + columns].rstrip() for start in range(0, len(shades), columns)]
    return "\n".join(lines).strip("\n").split("\n")


def _shade(darkness: float) -> int:
    """Return the shade of a place; the root keeps thin strokes, which are pale when made small."""
    full = len(_SHADES) - 1
    return round(full * min(1.0, max(0.0, darkness)) ** 0.5) if darkness > 1 / full**2 else 0


def write_pictures(pngs: Sequence[bytes], path: Path) -> list[Path]:
    """Write pictures to `path`, and those after the first beside it: `mark.png`, `mark-2.png`.

    Raises:
        WriteError: one can't be written.
    """
    paths = [path, *(path.with_stem(f"{path.stem}-{n}") for n in range(2, len(pngs) + 1))]
    for png, target in zip(pngs, paths, strict=False):
        try:
            target.write_bytes(png)
        except OSError as error:
            raise WriteError(
                mark("{path} can't be written: {reason}."),
                mark("Choose another place for the picture."),
                path=target,
                reason=error.strerror or str(error),
            ) from error
    return paths[: len(pngs)]
