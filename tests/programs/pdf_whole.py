"""Programs that flatten PDF forms, and that put several into one file."""

import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import need_program
from tests.programs import pdfium
from tests.programs.pdf import HERE, pdfbox, run

Flatten = Callable[[Path, Path], None]
Join = Callable[[Sequence[Path], Path], None]


def _flatten_pdftk(source: Path, target: Path) -> None:
    run(need_program("pdftk"), source, "output", target, "flatten")


def _flatten_mupdf(source: Path, target: Path) -> None:
    import pymupdf

    with pymupdf.open(source) as document:
        document.bake()
        document.save(target)


def _flatten_pdfbox(source: Path, target: Path) -> None:
    pdfbox("flatten", source, target)


def _print_poppler(source: Path, target: Path) -> None:
    run(need_program("pdftocairo"), "-pdf", source, target)


def _print_ghostscript(source: Path, target: Path) -> None:
    options = ("-q", "-dNOPAUSE", "-dBATCH", "-dPreserveAnnots=false", "-sDEVICE=pdfwrite")
    run(need_program("gs"), *options, f"-sOutputFile={target}", source)


FLATTEN: dict[str, Flatten] = {
    "PDFium": pdfium.flatten,
    "MuPDF": _flatten_mupdf,
    "pdftk": _flatten_pdftk,
    "PDFBox": _flatten_pdfbox,
    "poppler": _print_poppler,
    "ghostscript": _print_ghostscript,
}
"""Prints a form to a file, or makes pictures of its fields."""


def _join_pdftk(sources: Sequence[Path], target: Path) -> None:
    run(need_program("pdftk"), *sources, "cat", "output", target)


def _join_poppler(sources: Sequence[Path], target: Path) -> None:
    run(need_program("pdfunite"), *sources, target)


def _join_mupdf(sources: Sequence[Path], target: Path) -> None:
    import pymupdf

    with pymupdf.open() as document:
        for source in sources:
            with pymupdf.open(source) as one:
                document.insert_pdf(one)
        document.save(target)


def _join_pdf_lib(sources: Sequence[Path], target: Path) -> None:
    run(need_program("node"), HERE / "pdf_lib_join.mjs", target, *sources)


def _join_pdfbox(sources: Sequence[Path], target: Path) -> None:
    pdfbox("join", target, *sources)


def _join_pypdf(sources: Sequence[Path], target: Path) -> None:
    from pypdf import PdfWriter

    writer = PdfWriter()
    for source in sources:
        writer.append(source)
    writer.write(target)


def _join_qpdf(sources: Sequence[Path], target: Path) -> None:
    import pikepdf

    with pikepdf.new() as document, fields_astray():
        for source in sources:
            with pikepdf.open(source) as one:
                document.pages.extend(one.pages)
        document.save(target)


@contextmanager
def fields_astray() -> Iterator[None]:
    """Don't let pikepdf warn of pages whose fields are in no form: so they are meant to be."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".*(AcroForm|form)")
        yield


def _join_pdfium(sources: Sequence[Path], target: Path) -> None:
    pdfium.join(sources, target)


JOIN: dict[str, Join] = {
    "pypdf": _join_pypdf,
    "qpdf": _join_qpdf,
    "PDFium": _join_pdfium,
    "MuPDF": _join_mupdf,
    "pdf-lib": _join_pdf_lib,
    "pdftk": _join_pdftk,
    "PDFBox": _join_pdfbox,
    "poppler": _join_poppler,
}
"""Puts several forms into one file."""
