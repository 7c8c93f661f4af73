"""The documentation says what the program does. Write it anew with `S2C_GOLDEN=write`."""

import os
import re

import pytest

from s2c_forms.errors import REFUSALS, ExitCode
from s2c_forms.records.problems import PROBLEMS
from s2c_forms.words import say
from tests.conftest import ROOT

PAGE = ROOT / "docs" / "errors.md"
HEAD = """# Every message, and what to do

This page is made from the program itself (`S2C_GOLDEN=write pytest tests/test_docs.py`). What the
program says in Dutch stands below what it says in English; `…` stands for what was found.

"""
FILES = """## A file that is refused

Such a file is not read at all, and named with its reason; every other file goes on. In the workbook
it stands in *Herkomst*.

"""
ANSWERS = """## An answer that is not sure

The answer stays empty and stands in *Nakijken*, with file and place; nothing else of the form is
lost.

"""


def page() -> str:
    return HEAD + FILES + table(REFUSALS) + "\n" + ANSWERS + table(PROBLEMS)


def table(catalogue: dict[str, tuple[str, str]]) -> str:
    rows = ["| code | what it says | what to do |", "| --- | --- | --- |"]
    for code, texts in catalogue.items():
        told = [f"{cell(text, 'en')}<br>*{cell(text, 'nl')}*" for text in texts]
        rows.append(f"| `{code}` | {told[0]} | {told[1]} |")
    return "\n".join(rows) + "\n"


def cell(text: str, language: str) -> str:
    return re.sub(r"\{\w+\}", "…", say(text, language)).replace("|", "\\|")


def test_the_page_of_messages_is_up_to_date():
    if os.environ.get("S2C_GOLDEN") == "write":
        PAGE.write_text(page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page()


@pytest.mark.parametrize("code", list(ExitCode))
def test_the_readme_names_every_exit_code(code):
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert re.search(rf"\b{int(code)} \w", text)


def test_the_readme_names_every_command():
    from s2c_forms.cli.commands import program

    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in program.commands:
        assert f"s2c-forms {name}" in text
