"""A file of pictures → its pages as grey rasters, one at a time, each about 200 dpi."""

import contextlib
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from s2c_forms.errors import RefusedError
from s2c_forms.words import Message, mark

if TYPE_CHECKING:
    from pathlib import Path

Grey = NDArray[np.uint8]
"""A picture: rows × columns, 0 black to 255 white."""

LONG_SIDE = 2400
"""Pixels of a page's long side: A4 at 205 dpi. A phone's photo has the table around the page."""
PHOTO_SIDE = 2700
MOST_PIXELS = 120_000_000
"""A4 at 600 dpi has 35 million; what has more than this is no page, but a bomb."""
MOST_PAGES = 5_000


@dataclass(frozen=True)
class Raster:
    """A page as it lies in the file, any way up.

    Attributes:
        grey: rows × columns, 0 black to 255 white.
        one_bit: whether its source knew black and white only: what was faint on it is gone.
    """

    grey: Grey
    one_bit: bool


def page_count(path: "Path") -> int:
    """Return how many pages a file has.

    Raises:
        RefusedError: it is damaged, has a password, or holds more than any stack of paper.
    """
    with _opened(path) as source:
        pages = len(source) if isinstance(source, pypdfium2.PdfDocument) else _frames(source)
    if not 0 < pages <= MOST_PAGES:
        raise RefusedError("too_many_pages", pages=pages, limit=MOST_PAGES)
    return pages


def raster(path: "Path", page: int) -> Raster:
    """Return a page of a file, counted from 1.

    Raises:
        RefusedError: the file or this page can't be decoded, or it is far too large.
    """
    with _opened(path) as source:
        if isinstance(source, pypdfium2.PdfDocument):
            return _of_pdf(source, page)
        return _of_picture(source, page)


@contextlib.contextmanager
def _opened(path: "Path") -> Iterator[Any]:
    """Open a PDF or a picture; what the libraries can't make out of it is a refusal."""
    try:
        with path.open("rb") as stream:
            is_pdf = b"%PDF-" in stream.read(1024)
        with contextlib.closing(_pdf(path)) if is_pdf else _picture(path) as source:
            yield source
    except pypdfium2.PdfiumError as error:
        code = "encrypted" if "password" in str(error).lower() else "damaged"
        raise RefusedError(code, reason=Message(mark("its parts don't fit together"))) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, cv2.error) as error:
        raise RefusedError("damaged", reason=Message(mark("it can't be shown"))) from error


def _pdf(path: "Path") -> Any:
    return pypdfium2.PdfDocument(path)


def _picture(path: "Path") -> Any:
    with contextlib.suppress(ImportError):
        from pillow_heif import register_heif_opener  # photos of phones, where it is installed

        register_heif_opener()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            picture = Image.open(path)
        except Image.DecompressionBombError as error:
            raise _too_large() from error
    return picture


def _too_large() -> RefusedError:
    return RefusedError("picture_too_large", limit=MOST_PIXELS // 1_000_000)


def _frames(picture: Image.Image) -> int:
    """Return the pages of a TIFF; of an animation, or a phone's burst, the first one counts."""
    return int(getattr(picture, "n_frames", 1)) if picture.format == "TIFF" else 1


def _of_pdf(document: Any, number: int) -> Raster:
    page = document[number - 1]
    try:
        long_side = max(page.get_size())
        if not 0 < long_side < 1e6:
            raise RefusedError("damaged", reason=Message(mark("a page has no size")))
        drawn = page.render(scale=LONG_SIDE / long_side, grayscale=True)
        grey = np.ascontiguousarray(drawn.to_numpy().squeeze())
        return Raster(grey, _is_one_bit(page))
    finally:
        page.close()


def _is_one_bit(page: Any) -> bool:
    """Return whether the largest picture on a PDF's page knows black and white only."""
    pictures = page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=2)
    found = [picture.get_metadata() for picture in pictures]
    largest = max(found, key=lambda one: one.width * one.height, default=None)
    return largest is not None and largest.bits_per_pixel == 1


def _of_picture(picture: Image.Image, number: int) -> Raster:
    if picture.format == "TIFF":
        picture.seek(number - 1)
    width, height = picture.size
    if width * height > MOST_PIXELS:
        raise _too_large()
    one_bit = picture.mode == "1"
    if picture.format == "JPEG":  # decoded smaller where that is enough: a fraction of the time
        share = PHOTO_SIDE / max(picture.size)
        picture.draft("L", (int(width * share), int(height * share)))
    grey = _upright(_grey(picture), picture)
    return Raster(_shrunk(grey), one_bit)


def _grey(picture: Image.Image) -> Grey:
    """Return a picture in grey; what is transparent is paper."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # odd metadata says nothing of the picture
        picture.load()
    if picture.mode.startswith(("I", "F")):
        deep = np.asarray(picture, dtype=np.float64)
        most = max(float(deep.max(initial=0)), 1.0)
        return (deep * (255 / most)).astype(np.uint8)
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        shown = picture.convert("RGBA")
        paper = Image.new("RGBA", shown.size, "white")
        paper.alpha_composite(shown)
        picture = paper
    return np.array(picture.convert("L"))


def _upright(grey: Grey, picture: Image.Image) -> Grey:
    """Turn a photo as its camera was held, which its EXIF says."""
    held = picture.getexif().get(0x0112, 1)
    if held not in range(2, 9):
        return grey
    shown = Image.fromarray(grey)
    shown.getexif()[0x0112] = held
    return np.array(ImageOps.exif_transpose(shown))


def _shrunk(grey: Grey) -> Grey:
    long_side = max(grey.shape)
    if long_side <= PHOTO_SIDE:
        return grey
    scale = PHOTO_SIDE / long_side
    return np.asarray(
        cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), dtype=np.uint8
    )
