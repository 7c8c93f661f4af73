"""Bring the Dutch catalogue up to date with the code, and compile it.

With `--check` nothing is written: it says which texts have no Dutch yet, or whether the compiled
catalogue is old, and exits with 1.
"""

import datetime as dt
import io
import sys
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).parent.parent / "s2c_forms"
PO = PACKAGE / "locale/nl/LC_MESSAGES/s2c_forms.po"
NO_DAY = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)  # git knows when; the same words, the same file
KEYWORDS = {"say": (1,), "mark": (1,), "Message": (1,), "count": (1, 2)}


def extracted() -> Catalog:
    """Return every text that the code marks for translation."""
    catalog = Catalog()
    found = extract_from_dir(PACKAGE, [("**.py", "python")], keywords=KEYWORDS)
    for name, _line, message, comments, _context in sorted(found, key=lambda item: item[:2]):
        catalog.add(message, locations=[(name, 1)], auto_comments=comments)
    return catalog


def main() -> int:
    """Update or check the catalogue; return the exit code."""
    with PO.open("rb") as stream:
        dutch = read_po(stream, locale="nl", domain="s2c_forms")
    dutch.update(extracted(), no_fuzzy_matching=True)
    dutch.obsolete.clear()
    dutch.creation_date = dutch.revision_date = NO_DAY
    compiled = io.BytesIO()
    write_mo(compiled, dutch)
    untold = [message.id for message in dutch if message.id and not _told(message.string)]
    for text in untold:
        sys.stderr.write(f"no Dutch yet: {text!r}\n")
    mo = PO.with_suffix(".mo")
    if "--check" in sys.argv:
        return int(bool(untold) or mo.read_bytes() != compiled.getvalue())
    for text in untold:  # left out, so that a translation added below is not its double
        dutch.delete(text)
    with PO.open("wb") as stream:
        write_po(stream, dutch, sort_output=True, no_location=True, width=96)
    mo.write_bytes(compiled.getvalue())
    return 0


def _told(string: str | tuple[str, ...]) -> bool:
    return all(string) if isinstance(string, tuple | list) else bool(string)


if __name__ == "__main__":
    sys.exit(main())
