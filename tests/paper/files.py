"""Pictures of pages as files: one a page, many in a TIFF, or many in a PDF without text."""

import io
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import pikepdf
from PIL import Image

from tests.paper.devices import Encoding
from tests.paper.printed import Picture

_TAGS = {0: 1, 1: 6, 2: 3, 3: 8}
"""Quarter turns clockwise that a viewer makes → EXIF's orientation."""


def encoded(image: Picture, encoding: Encoding) -> tuple[bytes, str]:
    """Return a picture as a file, and the suffix of its name."""
    image = np.ascontiguousarray(np.rot90(image, encoding.turned))
    buffer = io.BytesIO()
    kept = {"dpi": encoding.dpi} if encoding.dpi[0] else {}
    picture = Image.fromarray(image)
    if encoding.kind == "tif":
        picture.convert("1", dither=Image.Dither.NONE).save(
            buffer, "TIFF", compression="group4", **kept
        )
    elif encoding.kind == "png":
        order = image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_RGB2BGR)
        return bytes(cv2.imencode(".png", order, [cv2.IMWRITE_PNG_COMPRESSION, 1])[1]), ".png"
    else:
        exif = Image.Exif()
        exif[0x0112] = _TAGS[encoding.turned]
        told = {"exif": exif.tobytes()} if encoding.turned else {}
        picture.save(buffer, "JPEG", quality=encoding.quality, **kept, **told)
    return buffer.getvalue(), f".{encoding.kind}"


def upright(data: bytes) -> Picture:
    """Return a file's picture as a viewer shows it, RGB."""
    from PIL import ImageOps

    with Image.open(io.BytesIO(data)) as image:
        return np.asarray(ImageOps.exif_transpose(image).convert("RGB"))


def write_pages(pages: Sequence[tuple[bytes, str]], folder: Path, name: str) -> list[Path]:
    """Write each page as a file of its own, and return where."""
    paths = []
    for number, (data, suffix) in enumerate(pages, start=1):
        path = folder / f"{name}-{number}{suffix}"
        path.write_bytes(data)
        paths.append(path)
    return paths


def write_tiff(pages: Sequence[tuple[bytes, str]], path: Path) -> None:
    """Write pages as one TIFF, each as it is: one bit in G4, others in LZW."""
    pictures = [Image.open(io.BytesIO(data)) for data, _ in pages]
    bits = all(picture.mode == "1" for picture in pictures)
    rest = {"save_all": True, "append_images": pictures[1:]}
    pictures[0].save(path, "TIFF", compression="group4" if bits else "tiff_lzw", **rest)


def write_pdf(pages: Sequence[tuple[bytes, str]], path: Path) -> None:
    """Write pages as a PDF of pictures, as office scanners do: JPEG as it is, others packed."""
    with pikepdf.new() as pdf:
        for data, suffix in pages:
            _add_page(pdf, data, suffix)
        pdf.save(path)


def _add_page(pdf: pikepdf.Pdf, data: bytes, suffix: str) -> None:
    with Image.open(io.BytesIO(data)) as image:
        orientation = image.getexif().get(0x0112, 1)
        across, down = (float(dpi) for dpi in image.info.get("dpi", (150, 150)))
        size = image.size
        stream = _stream(pdf, image, data, suffix)
    box = [0, 0, size[0] * 72 / (across or 150), size[1] * 72 / (down or 150)]
    content = f"q {box[2]:.2f} 0 0 {box[3]:.2f} 0 0 cm /Im Do Q".encode()
    page = pikepdf.Page(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Page,
            MediaBox=box,
            Rotate={1: 0, 6: 90, 3: 180, 8: 270}[orientation],
            Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=stream)),
            Contents=pdf.make_stream(content),
        )
    )
    pdf.pages.append(page)


def _stream(pdf: pikepdf.Pdf, image: Image.Image, data: bytes, suffix: str) -> pikepdf.Stream:
    space = pikepdf.Name.DeviceRGB if image.mode == "RGB" else pikepdf.Name.DeviceGray
    bits = 1 if image.mode == "1" else 8
    about = {
        "Type": pikepdf.Name.XObject,
        "Subtype": pikepdf.Name.Image,
        "Width": image.width,
        "Height": image.height,
        "ColorSpace": space,
        "BitsPerComponent": bits,
    }
    if suffix == ".jpg":
        return pdf.make_stream(data, **about, Filter=pikepdf.Name.DCTDecode)
    return pdf.make_stream(image.tobytes(), **about)
