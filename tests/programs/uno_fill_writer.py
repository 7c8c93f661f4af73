"""Fill in a Word form in LibreOffice Writer, and save it under other endings.

Arguments: address, source, answers (a JSON file: texts by field id, ticks as true), target …
LibreOffice 7.4 keeps the bookmark around each control. A tick is the control's own property; a
text or a choice is put in the place of the control's text, as its own drop-down does.
"""

import json
import sys
from pathlib import Path
from typing import Any

from tests.programs.uno_desktop import connect, open_document, save_document


def main(address: str, source: str, answers: str, *targets: str) -> None:
    document = open_document(connect(address), source)
    try:
        for field_id, value in json.loads(Path(answers).read_text(encoding="utf-8")).items():
            _fill(document, field_id, value)
        for target in targets:
            save_document(document, target)
    finally:
        document.close(True)


def _fill(document: Any, field_id: str, value: str | bool) -> None:
    anchor = document.Bookmarks.getByName(field_id).Anchor
    portions = [
        portion
        for paragraph in _each(anchor)
        for portion in _each(paragraph)
        if portion.TextPortionType in ("ContentControl", "TextField")
    ]
    assert len(portions) == 1, f"{field_id}: {len(portions)} places"
    if portions[0].TextPortionType == "TextField":
        portions[0].TextField.Content = value
    else:
        _fill_control(portions[0].ContentControl, value)


def _fill_control(control: Any, value: str | bool) -> None:
    control.ShowingPlaceHolder = False
    if isinstance(value, bool):
        control.Checked = value
        value = control.CheckedState if value else control.UncheckedState
    old = len("".join(text.String for text in _texts(control)))
    control.setString(value)  # this puts it before what is there
    cursor = control.createTextCursorByRange(_texts(control)[-1].End)
    cursor.goLeft(old, True)
    cursor.setString("")


def _texts(control: Any) -> list[Any]:
    return [portion for portion in _each(control) if portion.TextPortionType == "Text"]


def _each(parent: Any) -> list[Any]:
    walk = parent.createEnumeration()
    found = []
    while walk.hasMoreElements():
        found.append(walk.nextElement())
    return found


if __name__ == "__main__":
    main(*sys.argv[1:])
