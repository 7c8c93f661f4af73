"""Files that are broken, or made to break a reader. Each is small on disk."""

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pikepdf
from PIL import Image

from s2c_forms.form.form import Form
from s2c_forms.form.rubric import Rubric
from tests.media.scan.drawn import IDS, answers, fill_in, pages_of

SIDE = 30_000
_BLOCK = 1_000_000
LARGEST = (10_900, 11_000)
"""Just under what is still taken for a page."""


def _chunk(name: bytes, data: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(name + data))
    return struct.pack(">I", len(data)) + name + data + check


def zeros(size: int) -> bytes:
    """Return any number of zeros as a stream of deflate."""
    count, rest = divmod(size, _BLOCK)
    press = zlib.compressobj(9, wbits=-15)
    block = press.compress(bytes(_BLOCK)) + press.flush(zlib.Z_FULL_FLUSH)
    last = zlib.compressobj(9, wbits=-15)
    end = last.compress(bytes(rest)) + last.flush()
    return b"x\xda" + block * count + end + struct.pack(">HH", size % 65521, 1)


def png(size: tuple[int, int], bits: int, kind: int, data: bytes | None = None) -> bytes:
    """Return a PNG of nothing but zeros; or with other data, that may be too short."""
    width, height = size
    samples = {0: 1, 2: 3, 6: 4}[kind]
    row = 1 + (width * bits * samples + 7) // 8
    header = struct.pack(">IIBBBBB", width, height, bits, kind, 0, 0, 0)
    body = zeros(row * height) if data is None else data
    chunks = (_chunk(b"IHDR", header), _chunk(b"IDAT", body), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def tiff(pages: int, *, cyclic: bool = False) -> bytes:
    """Return a TIFF of pages of one pixel, which all share it."""
    entries = [(256, 3, 1), (257, 3, 1), (258, 3, 8), (259, 3, 1), (262, 3, 1), (273, 4, 8)]
    entries += [(277, 3, 1), (278, 3, 1), (279, 4, 1)]
    size = 2 + 12 * len(entries) + 4
    parts = [b"II*\x00", struct.pack("<I", 12), b"\xff\x00\x00\x00"]
    for page in range(pages):
        here = 12 + page * size
        after = here + size if page + 1 < pages else 0
        parts.append(struct.pack("<H", len(entries)))
        parts += [struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in entries]
        parts.append(struct.pack("<I", 12 if cyclic and not after else after))
    return b"".join(parts)


def pdf(pages: int, box: tuple[float, float] = (595, 842), password: str = "") -> bytes:
    """Return a PDF of empty pages."""
    with pikepdf.new() as made:
        for _ in range(pages):
            page = pikepdf.Dictionary(Type=pikepdf.Name.Page, MediaBox=[0, 0, *map(int, box)])
            made.pages.append(pikepdf.Page(made.make_indirect(page)))
        locked = pikepdf.Encryption(owner=password, user=password) if password else False
        data = io.BytesIO()
        made.save(data, encryption=locked)
        return data.getvalue()


def _pdf_with(content: bytes, packed: bool, picture: dict[str, object] | None = None) -> bytes:
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(595, 842))
        if picture is not None:
            image = pikepdf.Stream(made, content)
            image.write(content, filter=pikepdf.Name.FlateDecode)
            for name, value in picture.items():
                image[f"/{name}"] = value
            made.pages[0].Resources = pikepdf.Dictionary(XObject={"/Im": image})
            made.pages[0].Contents = pikepdf.Stream(made, b"q 595 0 0 842 0 0 cm /Im Do Q")
        else:
            stream = pikepdf.Stream(made, b"")
            stream.write(content, filter=pikepdf.Name.FlateDecode if packed else None)
            made.pages[0].Contents = stream
        data = io.BytesIO()
        made.save(data, compress_streams=False)
        return data.getvalue()


def _image(bits: int) -> dict[str, object]:
    return {
        "Type": pikepdf.Name.XObject,
        "Subtype": pikepdf.Name.Image,
        "Width": SIDE,
        "Height": SIDE,
        "BitsPerComponent": bits,
        "ColorSpace": pikepdf.Name.DeviceGray,
    }


def page_of(rubric: Rubric) -> Image.Image:
    """Return a page that is filled in, as somebody sends it who means well."""
    (page,) = pages_of(Form(rubric, IDS[0], remarks=False))
    fill_in([page], answers(rubric))
    return Image.fromarray(page.image)


def _saved(image: Image.Image, kind: str, **options: object) -> bytes:
    data = io.BytesIO()
    image.save(data, kind, **options)
    return data.getvalue()


def _garbled(data: bytes) -> bytes:
    noise = np.random.default_rng(1).integers(0, 256, 2000, dtype=np.uint8).tobytes()
    return data[: len(data) // 2] + noise + data[len(data) // 2 + 2000 :]


def _flashing(size: tuple[int, int]) -> bytes:
    frames = [Image.new("P", size, shade) for shade in range(60)]
    return _saved(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=20)


MADE: dict[str, Callable[[], bytes]] = {
    "header.png": lambda: png((SIDE, SIDE), 8, 2, b"x\x9c"),
    "bits.png": lambda: png((SIDE, SIDE), 1, 0),
    "huge-header.png": lambda: png((2**31 - 1, 2**31 - 1), 16, 6, b"x\x9c"),
    "largest-grey.png": lambda: png(LARGEST, 8, 0),
    "largest-deep.png": lambda: png(LARGEST, 16, 0),
    "largest-alpha.png": lambda: png(LARGEST, 8, 6),
    "cyclic.tif": lambda: tiff(3, cyclic=True),
    "pages.tif": lambda: tiff(10_000),
    "pages.pdf": lambda: pdf(10_000),
    "no-size.pdf": lambda: pdf(1, (0, 0)),
    "flat.pdf": lambda: pdf(1, (595, 0)),
    "poster.pdf": lambda: pdf(1, (14_400, 14_400)),
    "ribbon.pdf": lambda: pdf(1, (1, 14_400)),
    "planet.pdf": lambda: pdf(1, (1e9, 1e9)),
    "locked.pdf": lambda: pdf(1, password="x"),  # noqa: S106
    "bomb.pdf": lambda: _pdf_with(zeros(1 << 30), packed=True),
    "bomb-bits.pdf": lambda: _pdf_with(zeros(SIDE * SIDE // 8), True, _image(1)),
    "bomb-grey.pdf": lambda: _pdf_with(zeros(SIDE * SIDE), True, _image(8)),
    "dot.png": lambda: png((1, 1), 8, 0),
    "line.png": lambda: png((1, 20_000), 8, 0),
    "level.png": lambda: png((20_000, 1), 8, 0),
    "empty.png": lambda: b"",
    "signature.png": lambda: b"\x89PNG\r\n\x1a\n",
    "signature.jpg": lambda: b"\xff\xd8\xff\xe0",
    "signature.tif": lambda: b"II*\x00\xff\xff\xff\xff",
    "signature.pdf": lambda: b"%PDF-1.7\n",
    "flashing.gif": lambda: _flashing((1600, 2200)),
}


def write_all(folder: Path, rubric: Rubric) -> list[Path]:
    """Write every hostile file into a folder, and return where."""
    page = page_of(rubric)
    good = {
        "jpg": _saved(page, "JPEG", quality=60),
        "png": _saved(page, "PNG"),
        "tif": _saved(page.convert("1"), "TIFF", compression="group4"),
        "pdf": _saved(page, "PDF"),
    }
    files = {name: make() for name, make in MADE.items()}
    files |= {f"garbled.{suffix}": _garbled(data) for suffix, data in good.items()}
    for suffix, data in good.items():
        for share in (1, 20, 50, 80, 97):
            files[f"cut-{share}.{suffix}"] = data[: len(data) * share // 100]
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in files]
