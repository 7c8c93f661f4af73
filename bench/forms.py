"""Filled-in forms for the benchmarks: made by us, filled in by other programs, kept once made."""

import datetime as dt
import os
import shutil
from pathlib import Path
from random import Random

from bench.measure import OUTPUT
from s2c_forms import api
from s2c_forms.demo.fill import filler
from s2c_forms.form.fields import Field, fields_of
from s2c_forms.form.filled import MediumName
from s2c_forms.form.kinds import Value
from s2c_forms.resources import default_rubric

_WORDS = "doel gesprek rustig samen werk stage school afspraak goed later thuis vraag luisteren"
_DIFFERENT = 20
"""How many different forms there are in a folder: making them takes far longer than reading."""


def filled(medium: MediumName, folder: Path, number: int) -> None:
    """Put so many filled-in forms of a medium into a folder, linked over and over to a few.

    Nothing is remembered from one file to the next while reading, so that the same form takes as
    long as another.
    """
    forms = _made(medium, min(number, _DIFFERENT))
    for place in range(number):
        form = forms[place % len(forms)]
        target = folder / f"{place:06}{form.suffix}"
        try:
            os.link(form, target)
        except OSError:  # a file system without links
            shutil.copy(form, target)


def _made(medium: MediumName, number: int) -> list[Path]:
    """Return so many different forms; those that lack are made first, and each appears whole."""
    kept = OUTPUT / "forms" / medium
    kept.mkdir(parents=True, exist_ok=True)
    there = len(list(kept.iterdir()))
    blank = kept.with_name(f"{medium}-blank")
    shutil.rmtree(blank, ignore_errors=True)
    if there < number:
        rubric = api.usable_rubric(default_rubric())
        order = api.Order(media=(medium,), copies=number - there)
        made = api.generate(rubric, order, blank, blank.with_name(f"{medium}.sqlite"))
        for place, form in enumerate(made, start=there):
            target = blank / f"filled{form.path.suffix}"
            filler(medium)(form.path, answers(place), target)
            target.rename(kept / f"{place:05}{form.path.suffix}")
    shutil.rmtree(blank, ignore_errors=True)
    return sorted(kept.iterdir())[:number]


def answers(number: int) -> dict[str, Value | None]:
    """Return made-up answers to a whole form, the same for the same number."""
    chance = Random(number)
    rubric = api.usable_rubric(default_rubric())
    return {field.id: _answer(field, number, chance) for field in fields_of(rubric)}


def _answer(field: Field, number: int, chance: Random) -> Value | None:
    if field.kind == "pseudonym":
        return f"{field.id[0].upper()}-{100 + number // 4}"
    if field.kind == "number":
        return number % 4 + 1
    if field.kind == "date":
        return dt.date(2026, 9, 1) + dt.timedelta(days=number % 280)
    if field.kind == "tick":
        return chance.random() < 0.5
    if field.options:
        return chance.choice(field.options).value
    return " ".join(chance.choices(_WORDS.split(), k=12 if field.lines else 3))
