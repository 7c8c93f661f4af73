"""Everything in a folder: each table in each format, what it all means, and the rubric."""

import json
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

from s2c_forms.export import document, frames, text
from s2c_forms.export.codebook import codebook_of
from s2c_forms.export.description import describe
from s2c_forms.export.model import Dataset, Table
from s2c_forms.export.variables import code_labels
from s2c_forms.export.whole import DESCRIPTION, guard, whole_folder
from s2c_forms.form.rubric import Rubric
from s2c_forms.words import say

README = "README.txt"
DOCUMENT = "data.json"


def write_folder(data: Dataset, to: Path) -> list[Path]:
    """Write the data set to a folder, and return its files.

    Raises:
        MissingPartError: SPSS and Parquet need s2c-forms[research].
        WriteError: it can't be written, or holds other things than an export.
    """
    frames.need_research()
    guard(to, replace=False)
    with whole_folder(to) as folder:
        for table in data.tables:
            frames.write_sav(data, table, folder / f"{table.name}.sav")
            frames.write_parquet(data, table, folder / f"{table.name}.parquet")
        tables = (*data.tables, codebook_of(data))
        for table in tables:
            text.write_csv(table, folder / f"{table.name}.csv", text.PLAIN)
            text.write_csv(table, folder / f"{table.name}-excel.csv", text.EXCEL)
        document.write_json(data, folder / DOCUMENT)
        for name, rubric in rubric_files(data.rubrics):
            (folder / name).write_text(rubric_yaml(rubric), encoding="utf-8", newline="\n")
        (folder / README).write_text(_readme(data, tables), encoding="utf-8", newline="\n")
        names = sorted(file.name for file in folder.iterdir())
        told = json.dumps(describe(data, tables, names), ensure_ascii=False, indent=2)
        (folder / DESCRIPTION).write_text(told + "\n", encoding="utf-8", newline="\n")
    return [to / name for name in (DESCRIPTION, *names)]


def rubric_files(rubrics: tuple[Rubric, ...]) -> Iterator[tuple[str, Rubric]]:
    """Yield each version of the rubric with the name of its file."""
    seen: set[str] = set()
    for rubric in rubrics:
        stem = re.sub(r"[^\w.-]", "_", f"{rubric.id}-{rubric.version}")
        name = f"{stem}-{rubric.hash}" if stem in seen else stem
        seen.add(name)
        yield f"{name}.yaml", rubric


def rubric_yaml(rubric: Rubric) -> str:
    """Return a rubric as a file that `load_rubric` reads as the same rubric."""
    import yaml

    filled = json.loads(rubric.canonical())
    data: dict[str, Any] = {
        one.name: filled[one.name] for one in fields(rubric) if one.name in filled
    }
    if rubric.renamed:
        data["renamed"] = {pair.was: pair.now for pair in rubric.renamed}
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100)


def _readme(data: Dataset, tables: tuple[Table, ...]) -> str:
    """Return what is in the folder, for people."""
    lang = data.book.language
    lines = [data.book.rubric.title, ""]
    lines += [f"{table.name}: {table.title}" for table in tables]
    lines += [
        "",
        say("Each as .sav (SPSS), .parquet, .csv (commas, UTF-8) and -excel.csv.", lang),
        say(
            "In -excel.csv a text that Excel might take for a formula has an apostrophe before it;"
            " analyse one of the others.",
            lang,
        ),
        say("data.json has everything as one document; datapackage.json describes it all.", lang),
        say("What is missing has a code where one can stand:", lang),
        *(f"  {code}: {label}" for code, label in code_labels(lang)),
        say("What a version of the rubric doesn't ask is empty, without a code.", lang),
    ]
    return "\n".join(lines) + "\n"
