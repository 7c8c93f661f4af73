"""Everything we install is listed with its licence, and what we ship with goes with MIT.

Write the list anew with `S2C_GOLDEN=write`.
"""

import os
import re
from importlib.metadata import PackageNotFoundError, distribution
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.needed import needed, ours

PAGE = ROOT / "docs" / "licences.md"
HEAD = "| package | licence | for |\n| --- | --- | --- |\n"
BEGIN, END = "<!-- the list -->\n", "<!-- its end -->\n"
# Licences that put no terms on what imports the library; LGPL-3.0 is that of psycopg, an extra.
FREE = re.compile(
    r"MIT|MIT-0|MIT-CMU|0BSD|BSD|BSD-[23]-Clause|Apache-2\.0|PSF-2\.0|Zlib|CC0-1\.0|MPL-2\.0"
    r"|LGPL-3\.0-only|the licences of what it contains"
)
NAMES = {  # as the licence's own short name says it
    "MIT License": "MIT",
    "BSD License": "BSD",
    "Apache Software License": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "BSD-3-Clause, Apache-2.0, dependency licenses": (
        "BSD-3-Clause AND Apache-2.0 AND the licences of what it contains"
    ),
    "Dual Licensed - GNU AFFERO GPL 3.0 or Artifex Commercial License": "AGPL-3.0",
}


def locked(name: str) -> set[str]:
    text = (ROOT / "locks" / f"{name}.txt").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z0-9-]+)==", text, re.MULTILINE))


def licence(name: str) -> str | None:
    """What a package says of itself; None where it isn't installed, being for another system."""
    try:
        told: Any = distribution(name).metadata
    except PackageNotFoundError:
        return None
    kinds = [c.split(" :: ")[-1] for c in told.get_all("Classifier", ()) if "License ::" in c]
    kinds = [kind for kind in kinds if kind != "OSI Approved"]
    said = told.get("License-Expression") or next(iter(kinds), "") or told.get("License", "")
    return NAMES.get(said, said)


def shipped() -> set[str]:
    return needed(ours(extras=True))


def rows() -> list[str]:
    mine = shipped()
    here = {name: told for name in locked("demo") | locked("dev") if (told := licence(name))}
    return [
        f"| {name} | {told} | {'using it' if name in mine else 'testing, building'} |\n"
        for name, told in sorted(here.items())
    ]


def listed() -> str:
    return PAGE.read_text(encoding="utf-8").split(BEGIN)[1].split(END)[0]


def test_the_list_of_licences_is_up_to_date():
    if os.environ.get("S2C_GOLDEN") == "write":
        text = PAGE.read_text(encoding="utf-8")
        new = BEGIN + HEAD + "".join(rows())
        PAGE.write_text(text.replace(BEGIN + listed(), new), encoding="utf-8")
    assert set(rows()) <= set(listed().splitlines(keepends=True))
    names = set(re.findall(r"^\| ([a-z0-9-]+) \|", listed().removeprefix(HEAD), re.MULTILINE))
    assert names <= locked("demo") | locked("dev")


def test_the_list_knows_what_ships():
    mine = shipped()
    assert {"lxml", "numpy", "polars", "psycopg", "pydantic-core", "sqlalchemy"} <= mine
    assert not {"pytest", "mypy", "krippendorff", "pymupdf"} & mine


@pytest.mark.parametrize("name", sorted(shipped()))
def test_what_ships_goes_with_our_licence(name):
    told = licence(name)
    if told is None:
        pytest.skip("not for this system")
    parts = re.split(r" (?:AND|OR|WITH) ", told)
    assert all(FREE.fullmatch(part.strip("()")) for part in parts), told
