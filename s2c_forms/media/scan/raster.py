"""A file of pictures → its pages as grey rasters, one at a time, each about 200 dpi."""

import contextlib
import importlib.util
import threading
import warnings
import zlib
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

cv2.setNumThreads(1)  # pages are read side by side; threads within one only stand in the way
Grey = NDArray[np.uint8]
"""A picture: rows × columns, 0 black to 255 white."""

LONG_SIDE = 2400
"""Pixels of a page's long side: A4 at 205 dpi. A phone's photo has the table around the page."""
PHOTO_SIDE = 2700
_LEAST_SIDE = 2000  # pixels: what was scanned with fewer is drawn larger
MOST_PIXELS = 120_000_000
"""A4 at 600 dpi has 35 million; what has more than this is no page, but a bomb."""
MOST_BYTES = 256_000_000
"""Of a picture once it is unpacked: A3 at 600 dpi in colour has 210 million."""
MOST_DRAWING = 64_000_000
"""Bytes of what draws a page of a PDF; a drawn form has a few hundred thousand."""
MOST_PAGES = 5_000


DRAWING = threading.RLock()
"""Held while PDFium works: it can't do with several threads, which an executor may have."""


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
        if isinstance(source, pypdfium2.PdfDocument):
            _refuse_bombs(path)
        pages = len(source) if isinstance(source, pypdfium2.PdfDocument) else _frames(source)
    if not 0 < pages <= MOST_PAGES:
        raise RefusedError("too_many_pages", pages=pages, limit=MOST_PAGES)
    return pages


def _refuse_bombs(path: "Path") -> None:
    """Refuse a PDF of which what draws a page unpacks to far more than any page has.

    Raises:
        RefusedError: one does. What else is wrong with a PDF is found out by drawing it.
    """
    import pikepdf

    with contextlib.suppress(pikepdf.PdfError), pikepdf.open(path) as pdf:
        if len(pdf.pages) > MOST_PAGES:
            return
        for page in pdf.pages:
            drawing = page.get("/Contents", pikepdf.Array())
            parts = list(drawing) if isinstance(drawing, pikepdf.Array) else [drawing]
            if sum(_unpacked(part.read_raw_bytes()) for part in parts) >= MOST_DRAWING:
                raise too_large()


def _unpacked(raw: bytes) -> int:
    """Return how many bytes a packed stream has, counted no farther than any page's goes."""
    try:
        return len(zlib.decompressobj().decompress(raw, MOST_DRAWING))
    except zlib.error:  # not packed, or packed otherwise
        return len(raw)


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
        with DRAWING, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # odd metadata says nothing of the picture
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
    try:
        return Image.open(path)
    except Image.DecompressionBombError as error:
        raise too_large() from error
    except UnidentifiedImageError:
        if _is_heic(path) and importlib.util.find_spec("pillow_heif") is None:
            raise RefusedError("part_missing", install="pip install pillow-heif") from None
        raise


def _is_heic(path: "Path") -> bool:
    with path.open("rb") as stream:
        return stream.read(8)[4:] == b"ftyp"


def too_large() -> RefusedError:
    """Return why a picture isn't unpacked."""
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
        pictures = _pictures(page)
        if any(one.width * one.height > MOST_PIXELS for one in pictures):
            raise too_large()
        drawn = page.render(scale=_pixels(pictures) / long_side, grayscale=True)
        shown = drawn.to_numpy().reshape(drawn.height, drawn.width, -1)[:, :, 0]
        return Raster(np.ascontiguousarray(shown), _is_one_bit(pictures))
    finally:
        page.close()


def _pixels(pictures: list[Any]) -> int:
    """Return how many pixels the long side of a page is drawn with: as it was scanned, if it can.

    Then nothing is resampled: it is quicker, and sharper.
    """
    long_sides = [max(one.width, one.height) for one in pictures]
    longest = max(long_sides, default=0)
    return longest if _LEAST_SIDE <= longest <= PHOTO_SIDE else LONG_SIDE


def _pictures(page: Any) -> list[Any]:
    """Return what a PDF says of the pictures on a page, before any is unpacked."""
    found = page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=2)
    return [picture.get_metadata() for picture in found]


def _is_one_bit(pictures: list[Any]) -> bool:
    """Return whether the largest picture on a PDF's page knows black and white only."""
    largest = max(pictures, key=lambda one: one.width * one.height, default=None)
    return largest is not None and largest.bits_per_pixel == 1


# Bytes that a pixel takes once it is unpacked.
_BYTES = {"1": 1, "L": 1, "P": 1, "LA": 2, "I;16": 4, "RGB": 3}


def _of_picture(picture: Image.Image, number: int) -> Raster:
    if picture.format == "TIFF":
        picture.seek(number - 1)
    if picture.format == "JPEG":  # decoded smaller where that is enough: a fraction of the time
        share = PHOTO_SIDE / max(picture.size)
        picture.draft("L", (int(picture.width * share), int(picture.height * share)))
    pixels = picture.width * picture.height
    if pixels > MOST_PIXELS or pixels * _BYTES.get(picture.mode, 6) > MOST_BYTES:
        raise too_large()
    one_bit = picture.mode == "1"
    return Raster(_shrunk(_upright(_grey(picture), picture)), one_bit)


def _grey(picture: Image.Image) -> Grey:
    """Return a picture in grey; what is transparent is paper."""
    picture.load()
    if picture.mode.startswith(("I", "F")):
        deep = np.asarray(picture)
        most = max(float(deep.max(initial=0)), 1.0)
        return np.asarray(np.clip(deep, 0, None) * np.float32(255 / most), dtype=np.uint8)
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        shown = picture.convert("LA" if picture.mode == "LA" else "RGBA")
        paper = Image.new("L", shown.size, 255)
        paper.paste(shown.convert("L"), mask=shown.getchannel("A"))
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
