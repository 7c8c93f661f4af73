"""The filled-in form in each format that it can come back in."""

import json

from s2c_forms.form.fields import field_index
from s2c_forms.form.kinds import show
from tests.corpus.answers import ANSWERS, Answers
from tests.corpus.bench import MEDIUM_OF, Bench
from tests.corpus.case import Make
from tests.corpus.sheet_changes import filled_in_calc
from tests.programs.office import HERE

FORMATS = (".pdf", ".xlsx", ".docx", ".ods", ".xls", ".odt")


def needs(suffix: str) -> tuple[str, ...]:
    """Return the programs that make a format."""
    return () if suffix in MEDIUM_OF else ("soffice",)


def base(suffix: str, answers: Answers = ANSWERS) -> Make:
    """Return the form in a format, filled in."""
    if suffix in (".ods", ".xls"):
        return filled_in_calc(suffix, answers=answers)
    if suffix == ".odt":
        return filled_in_writer(suffix, answers)
    return lambda bench: bench.filled(suffix, answers).read_bytes()


def filled_in_writer(suffix: str, answers: Answers = ANSWERS) -> Make:
    """Return the form as it is filled in in LibreOffice, which saves it in two formats at once."""

    def make(bench: Bench) -> bytes:
        key = ("writer", tuple(sorted(answers.items())))
        if key not in bench.made:
            folder = bench.path("")
            folder.mkdir()
            said = folder / "answers.json"
            said.write_text(json.dumps(_chosen(bench, answers)), encoding="utf-8")
            targets = [folder / f"back{ending}" for ending in (".docx", ".odt")]
            bench.office().run_uno(
                HERE / "uno_fill_writer.py", bench.blank(".docx"), said, *targets
            )
            bench.made[key] = folder
        return (bench.made[key] / f"back{suffix}").read_bytes()

    return make


def _chosen(bench: Bench, answers: Answers) -> dict[str, str | bool]:
    """Return answers as they are typed, ticked, and chosen from lists."""
    index = field_index(bench.rubric)
    return {
        name: True if value is True else show(index[name], value, bench.rubric.language)
        for name, value in answers.items()
    }
