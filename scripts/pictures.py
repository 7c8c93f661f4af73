"""Make the pictures that the README shows, from the demonstration: needs LibreOffice and poppler.

.venv/bin/python scripts/pictures.py [WHERE THE DEMONSTRATION IS]
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageChops
from pypdf import PdfReader

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
WIDTH = 900


def to_pdf(source: Path, folder: Path) -> Path:
    """Return an office file as LibreOffice prints it."""
    if source.suffix == ".pdf":
        return source
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, source]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603  our own files
    return folder / f"{source.stem}.pdf"


def page_of(printed: Path, title: str) -> int:
    """Return the number of the first page that begins with a title; 1 for no title."""
    pages = enumerate(PdfReader(printed).pages, start=1)
    return next(number for number, page in pages if page.extract_text().strip().startswith(title))


def picture(source: Path, title: str, name: str) -> None:
    """Write the page of a file that begins with `title` as a picture, its margins cut off."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        printed = to_pdf(source, folder)
        page = str(page_of(printed, title))
        ends = ["-f", page, "-l", page]
        command = ["pdftoppm", "-png", "-r", "110", *ends, printed, folder / "page"]
        subprocess.run(command, check=True)  # noqa: S603  our own files
        (drawn,) = folder.glob("page*.png")
        image = Image.open(drawn).convert("RGB")
    paper = Image.new("RGB", image.size, "white")
    edges = ImageChops.difference(image, paper).getbbox() or (0, 0, *image.size)
    left, top, right, bottom = edges
    image = image.crop((max(0, left - 20), max(0, top - 20), right + 20, bottom + 20))
    image.thumbnail((WIDTH, WIDTH * 2))
    image.quantize(64).save(PICTURES / f"{name}.png", optimize=True)


def main() -> None:
    """Make all pictures."""
    demo = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "output" / "demo"
    blank = demo / "uitgedeeld"
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name, suffix in (("form-pdf", "pdf"), ("form-excel", "xlsx"), ("form-word", "docx")):
        picture(sorted(blank.glob(f"*.{suffix}"))[0], "", name)
    sheets = {"Overzicht": "overview", "Formulieren": "forms", "Nakijken": "check"}
    for title, name in sheets.items():
        picture(demo / "master.xlsx", title, f"master-{name}")
    picture(sorted(demo.glob("*/*C-101*.pdf"))[0], "", "report")


if __name__ == "__main__":
    main()
