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
    """Return the number of the first page with a title at its top; 1 for no title."""
    for number, page in enumerate(PdfReader(printed).pages, start=1):
        top = page.extract_text().strip().splitlines()[:3]
        if any(line.startswith(title) for line in top):
            return number
    raise SystemExit(f"{printed.name} has no page that begins with {title}")


def picture(source: Path, title: str, name: str, share: float = 1.0) -> None:
    """Write a page of a file as a picture, its margins cut off.

    Args:
        source: the file.
        title: what the page begins with.
        name: of the picture.
        share: how much of the page is shown, from its top; what is small is shown larger.
    """
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        printed = to_pdf(source, folder)
        page = str(page_of(printed, title))
        ends = ["-f", page, "-l", page]
        command = [
            "pdftoppm",
            "-png",
            "-r",
            str(round(110 / share**0.5)),
            *ends,
            printed,
            folder / "page",
        ]
        subprocess.run(command, check=True)  # noqa: S603  our own files
        (drawn,) = folder.glob("page*.png")
        whole = Image.open(drawn).convert("RGB")
    image = whole.crop((0, 0, whole.width, round(whole.height * share)))
    paper = Image.new("RGB", image.size, "white")
    edges = ImageChops.difference(image, paper).getbbox() or (0, 0, *image.size)
    left, top, right, bottom = edges
    image = image.crop((max(0, left - 20), max(0, top - 20), right + 20, bottom + 20))
    image.thumbnail((WIDTH if share == 1 else 2 * WIDTH, WIDTH * 2))
    image.quantize(64).save(PICTURES / f"{name}.png", optimize=True)


def main() -> None:
    """Make all pictures."""
    demo = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "output" / "demo"
    blank = demo / "uitgedeeld"
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name, suffix in (("form-pdf", "pdf"), ("form-excel", "xlsx"), ("form-word", "docx")):
        picture(sorted(blank.glob(f"*.{suffix}"))[0], "", name)
    sheets = {"In beeld": "overview", "Formulieren": "forms", "Nakijken": "check"}
    for title, name in sheets.items():
        share = 0.3 if name in ("check", "forms") else 0.9
        picture(demo / "master.xlsx", title, f"master-{name}", share)
    picture(sorted(demo.glob("*/*C-101*.pdf"))[0], "", "report")


if __name__ == "__main__":
    main()
