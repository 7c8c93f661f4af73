"""Programs that fill in PDF forms."""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from s2c_forms.demo.fill import pdf as with_pypdf
from s2c_forms.form.fields import field_index
from s2c_forms.form.kinds import Value, show_date
from s2c_forms.form.rubric import Rubric
from tests.conftest import need_program
from tests.programs import pdfium
from tests.programs.need import need_file, need_python

HERE = Path(__file__).parent
PDFBOX = Path("/usr/share/java/pdfbox2.jar")
Answers = Mapping[str, Value]
Fill = Callable[[Rubric, Path, Answers, Path], None]


def run(*command: object) -> None:
    """Run a program; its complaints are what a failure shows."""
    done = subprocess.run(list(map(str, command)), check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr or done.stdout


def texts(answers: Answers, ticked: str = "Yes") -> dict[str, str]:
    """Return answers as a person would type them; of a box, the state that is on."""
    return {name: ticked if value is True else _text(value) for name, value in answers.items()}


def _text(value: Value) -> str:
    return str(value) if isinstance(value, str | int) else show_date(value)


def told(answers: Answers, beside: Path) -> Path:
    """Return a file of answers for programs in other languages: texts, and true for a tick."""
    path = beside.with_suffix(".json")
    said: dict[str, str | bool] = dict(texts(answers))
    said |= {name: True for name, value in answers.items() if value is True}
    path.write_text(json.dumps(said), encoding="utf-8")
    return path


def _pdftk(_rubric: Rubric, source: Path, answers: Answers, target: Path) -> None:
    fields = "".join(
        f'<field name="{name}"><value>{escape(text)}</value></field>'
        for name, text in texts(answers).items()
    )
    xfdf = target.with_suffix(".xfdf")
    xfdf.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><xfdf xmlns="http://ns.adobe.com/xfdf/">'
        f"<fields>{fields}</fields></xfdf>",
        encoding="utf-8",
    )
    run(need_program("pdftk"), source, "fill_form", xfdf, "output", target)


def _pdf_lib(_rubric: Rubric, source: Path, answers: Answers, target: Path) -> None:
    node, script = need_program("node"), HERE / "fill_pdf_lib.mjs"
    run(node, script, source, told(answers, target), target)


def _pdf_js(_rubric: Rubric, source: Path, answers: Answers, target: Path) -> None:
    node, script = need_program("node"), HERE / "fill_pdf_js.mjs"
    run(node, script, source, told(answers, target), target)


def _pdfium(_rubric: Rubric, source: Path, answers: Answers, target: Path) -> None:
    pdfium.fill(source, texts(answers), target)


def _pypdf(_rubric: Rubric, source: Path, answers: Answers, target: Path) -> None:
    with_pypdf.fill(source, answers, target)


def _mupdf(_rubric: Rubric, source: Path, answers: Answers, target: Path) -> None:
    import pymupdf

    said = texts(answers)
    with pymupdf.open(source) as document:
        for page in document:
            for widget in page.widgets():
                name = widget.field_name
                is_text = widget.field_type_string == "Text"
                if name in said and (is_text or widget.on_state() == said[name]):
                    widget.field_value = said[name] if is_text else True
                    widget.update()
        document.save(target)


def _pdfbox(_rubric: Rubric, source: Path, answers: Answers, target: Path) -> None:
    pdfbox("fill", source, told(answers, target), target)


def pdfbox(*arguments: object) -> None:
    """Let PDFBox do something."""
    need_program("java")
    need_file(PDFBOX)
    run(sys.executable, HERE / "pdfbox.py", *arguments)


def _poppler(rubric: Rubric, source: Path, answers: Answers, target: Path) -> None:
    index = field_index(rubric)
    said: dict[str, str | int] = dict(texts(answers))
    for name, value in answers.items():
        if value is True:
            said[name] = 0
        elif options := index[name].options:
            said[name] = [option.value for option in options].index(value)  # type: ignore[arg-type]
    path = target.with_suffix(".json")
    path.write_text(json.dumps(said), encoding="utf-8")
    run(need_python("gi"), HERE / "poppler_fill.py", source, path, target)


FILL: dict[str, Fill] = {
    "pypdf": _pypdf,
    "PDFium": _pdfium,
    "MuPDF": _mupdf,
    "pdf.js": _pdf_js,
    "pdf-lib": _pdf_lib,
    "pdftk": _pdftk,
    "PDFBox": _pdfbox,
    "poppler": _poppler,
}
"""Fills in a form."""
