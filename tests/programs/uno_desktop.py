"""What scripts run by LibreOffice's own Python share: connect, open, save.

They run outside our environment (`/usr/bin/python3` has Debian's `python3-uno`), so they import
nothing of ours but this. How they are called: `tests.programs.office.Office.run_uno`.
"""

import time
from pathlib import Path
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

# The filter that saves a document under each ending.
FILTERS = {
    "calc": {
        ".xlsx": "Calc MS Excel 2007 XML",
        ".xlsm": "Calc MS Excel 2007 VBA XML",
        ".ods": "calc8",
        ".xls": "MS Excel 97",
        ".pdf": "calc_pdf_Export",
    },
    "writer": {
        ".docx": "MS Word 2007 XML",
        ".odt": "writer8",
        ".doc": "MS Word 97",
        ".pdf": "writer_pdf_Export",
    },
}


def connect(address: str, patience: float = 60) -> Any:
    """Return the desktop of the LibreOffice that listens at `address`, waiting for it to start."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    context = _resolve(resolver, f"uno:{address};urp;StarOffice.ComponentContext", patience)
    return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)


def _resolve(resolver: Any, url: str, patience: float) -> Any:
    until = time.monotonic() + patience
    while True:
        try:
            return resolver.resolve(url)
        except NoConnectException:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def open_document(desktop: Any, path: str) -> Any:
    """Return the document in a file, opened without a window."""
    url = Path(path).resolve().as_uri()
    document = desktop.loadComponentFromURL(url, "_blank", 0, (_property("Hidden", True),))
    if document is None:
        raise OSError(f"LibreOffice can't open {path}")
    return document


def save_document(document: Any, path: str, password: str = "") -> None:
    """Save a document in the format that the ending of `path` says, with a password if given."""
    is_calc = document.supportsService("com.sun.star.sheet.SpreadsheetDocument")
    filter_name = FILTERS["calc" if is_calc else "writer"][Path(path).suffix]
    url = Path(path).resolve().as_uri()
    secret = (_property("Password", password),) if password else ()
    document.storeToURL(url, (_property("FilterName", filter_name), *secret))


def _property(name: str, value: object) -> Any:
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made
