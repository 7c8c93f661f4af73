"""PDFBox at work, as a program of its own: a Java inside of pytest would never leave it.

Arguments: `fill` source answers.json target, `flatten` source target, `join` target source …
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jpype
import jpype.imports

JARS = ("pdfbox2", "fontbox2", "commons-logging")
HOME = Path("/usr/share/java")  # where Debian puts them


def fill(source: str, answers: str, target: str) -> None:
    document = _opened(source)
    form = document.getDocumentCatalog().getAcroForm()
    for name, value in json.loads(Path(answers).read_text(encoding="utf-8")).items():
        field = form.getField(name)
        if value is True:
            field.check()
        else:
            _type(field, str(value))
    document.save(target)
    document.close()


def _type(field: Any, text: str) -> None:
    """Type a text; letters that its font lacks are kept, and only can't be drawn."""
    try:
        field.setValue(text)
    except jpype.JException as error:
        if "not available in" not in str(error):
            raise
        field.getCOSObject().setString("V", text)


def flatten(source: str, target: str) -> None:
    document = _opened(source)
    document.getDocumentCatalog().getAcroForm().flatten()
    document.save(target)
    document.close()


def join(target: str, *sources: str) -> None:
    from org.apache.pdfbox.io import MemoryUsageSetting
    from org.apache.pdfbox.multipdf import PDFMergerUtility

    merger = PDFMergerUtility()
    for source in sources:
        merger.addSource(source)
    merger.setDestinationFileName(target)
    merger.mergeDocuments(MemoryUsageSetting.setupMainMemoryOnly())


def _opened(source: str) -> Any:
    from java.io import File
    from org.apache.pdfbox.pdmodel import PDDocument

    return PDDocument.load(File(source))


COMMANDS: dict[str, Callable[..., object]] = {"fill": fill, "flatten": flatten, "join": join}

if __name__ == "__main__":
    jpype.startJVM(
        "-Djava.awt.headless=true",
        "-Xmx256m",
        "-XX:TieredStopAtLevel=1",
        classpath=[str(HOME / f"{jar}.jar") for jar in JARS],
    )
    COMMANDS[sys.argv[1]](*sys.argv[2:])
