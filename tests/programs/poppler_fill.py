"""Fill in a PDF form with poppler, as Evince does: run by the Python that Debian's `gi` is for.

Arguments: source, answers.json (of a button: which one of its group, from 0), target
"""

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import gi

gi.require_version("Poppler", "0.18")
from gi.repository import Poppler  # noqa: E402  only now its version is chosen


def main(source: str, answers: str, target: str) -> None:
    document = Poppler.Document.new_from_file(Path(source).resolve().as_uri(), None)
    fields: dict[str, list[Any]] = defaultdict(list)
    for number in range(document.get_n_pages()):
        found = document.get_page(number).get_form_field_mapping()
        for mapping in sorted(found, key=lambda item: (-round(item.area.y1), item.area.x1)):
            fields[mapping.field.get_name()].append(mapping.field)
    for name, value in json.loads(Path(answers).read_text(encoding="utf-8")).items():
        if fields[name][0].get_field_type() == Poppler.FormFieldType.TEXT:
            fields[name][0].text_set_text(value)
        else:
            fields[name][int(value)].button_set_state(True)
    document.save(Path(target).resolve().as_uri())


if __name__ == "__main__":
    main(*sys.argv[1:])
