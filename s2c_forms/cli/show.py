"""What commands print: results on stdout, talk on stderr, progress on a terminal only."""

import contextlib
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from s2c_forms import api
from s2c_forms.form.fields import Field, field_index, fields_of
from s2c_forms.form.kinds import KIND_NAMES
from s2c_forms.form.kinds import show as show_value
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.shelf import Shelf
from s2c_forms.form.stamp import spaced
from s2c_forms.places import Place
from s2c_forms.records.record import Record
from s2c_forms.words import count, mark, say

_MANY = 5  # files and pages from which on a bar is shown
_WIDTH = 120  # columns of a table that goes to a file


def print_json(data: Mapping[str, Any]) -> None:
    """Print one object on one line, in letters that stdout takes."""
    encoding = (sys.stdout.encoding or "").lower()
    click.echo(json.dumps(data, ensure_ascii=not encoding.startswith("utf")))


def print_table(title: str, heads: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """Print a table as wide as the terminal."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    table = Table(title=title, box=SIMPLE_HEAD, title_justify="left", pad_edge=False)
    for head in heads:
        table.add_column(head, overflow="fold")
    for row in rows:
        table.add_row(*row)
    width = None if sys.stdout.isatty() else _WIDTH
    Console(file=sys.stdout, width=width, markup=False, highlight=False, emoji=False).print(table)


@contextlib.contextmanager
def meter() -> Iterator[Callable[[int, int], None]]:
    """Give a callback that is told what is done, of how many: a bar on stderr on a terminal."""
    if not sys.stderr.isatty():  # without a bar the libraries for it aren't needed
        yield lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeRemainingColumn(), console=console, transient=True) as bar:
        task = bar.add_task(say("Reading"), total=None, visible=False)

        def watch(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, visible=total >= _MANY)

        yield watch


@contextlib.contextmanager
def reading(options: Mapping[str, Any], **more: Any) -> Iterator[api.Reading]:
    """Give how files are read, as the options of a command say: where, and with a bar."""
    with contextlib.ExitStack() as begun:
        watch = begun.enter_context(meter())
        address = options["scheduler"]
        executor = begun.enter_context(api.cluster(address)) if address else None
        yield api.Reading(options["jobs"], watch, executor=executor, **more)


def show_made(made: Sequence[api.Made], store: Place) -> None:
    """Print the files that were made, a line each."""
    for file in made:
        click.echo(str(file.path))
    files = count("{n} file made.", "{n} files made.", len(made))
    click.echo(say("{files} Noted in {store}.", files=files, store=store), err=True)


def show_records(outcomes: Sequence[api.FileOutcome], shelf: Shelf) -> None:
    """Print each form's head and counts, then what is to be checked."""
    names = Counter(outcome.path.name for outcome in outcomes)
    read = [
        (outcome.path.name if names[outcome.path.name] == 1 else str(outcome.path), record)
        for outcome in outcomes
        for record in outcome.records
    ]
    if read:
        heads = [mark("File"), mark("Form"), mark("Head"), mark("Scores"), mark("Ticks")]
        rows = [_row(name, record, shelf.rubric_of(record.stamp)) for name, record in read]
        print_table(say("Read"), [say(head) for head in heads], rows)
    problems = [row for name, record in read for row in _problems(name, record, shelf)]
    if problems:
        heads = [mark("File"), mark("Question"), mark("Place"), mark("What is wrong")]
        print_table(say("To check"), [say(head) for head in heads], problems)


def _row(name: str, record: Record, rubric: Rubric) -> list[str]:
    """Return a form on one row: where it is, who it is about, and how much is filled in."""
    fields = fields_of(rubric)
    head = [_answer(field, record, rubric) for field in fields if field.id in rubric.identity]
    counts = []
    for kind in ("score", "tick"):
        mine = [field for field in fields if field.kind == kind]
        filled = sum(record.values[field.id] not in (None, False) for field in mine)
        counts.append(f"{filled}/{len(mine)}")
    return [name, spaced(record.stamp.form_id), " · ".join(filter(None, head)), *counts]


def _answer(field: Field, record: Record, rubric: Rubric) -> str:
    return show_value(field, record.values[field.id], rubric.language)


def _problems(name: str, record: Record, shelf: Shelf) -> Iterator[list[str]]:
    labels = field_index(shelf.rubric_of(record.stamp))
    for problem in record.problems:
        label = labels[problem.field_id].label if problem.field_id in labels else ""
        yield [name, label, problem.where, problem.message()]


def show_merged(report: api.MergeReport, *, as_json: bool) -> None:
    """Print what became of every file, and where the workbook is, or why it isn't."""
    if as_json:
        print_json(report.told())
    for line in report.lines():
        click.echo(line, err=as_json)
    if report.decided:
        done = count("{n} decision taken over.", "{n} decisions taken over.", report.decided)
        click.echo(done, err=as_json)
    for notice in report.notices:
        click.echo(notice.text(), err=True)
    if report.unwritten:
        click.echo(say("Error: {message}", message=report.unwritten.text()), err=True)
        return
    forms = count("{n} form", "{n} forms", report.forms)
    questions = count("{n} thing to check", "{n} things to check", report.questions)
    told = say("{path}: {forms}, {questions}.", path=report.into, forms=forms, questions=questions)
    click.echo(told, err=as_json)


def show_checked(checked: api.Checked, *, as_json: bool) -> None:
    """Print the findings on a rubric file, or that it is sound and what is in it."""
    for finding in checked.findings:
        if as_json:
            print_json(
                {
                    "file": str(checked.path),
                    "line": finding.line,
                    "what": finding.what.text(),
                    "mend": finding.mend.text(),
                    "warning": finding.is_warning,
                }
            )
        else:
            click.echo(f"{checked.path}: {finding.text()}")
    if checked.rubric and checked.is_usable:
        click.echo(_sound(checked.path, checked.rubric), err=as_json)
    else:
        number = sum(not finding.is_warning for finding in checked.findings)
        click.echo(count("{n} thing to mend.", "{n} things to mend.", number), err=True)


def _sound(path: Path, rubric: Rubric) -> str:
    """Return what a sound rubric holds, for people to see that nothing was lost."""
    asked = len(rubric.header) + len(rubric.added)
    held = ", ".join(
        (
            count("{n} part", "{n} parts", len(rubric.parts)),
            count("{n} factor", "{n} factors", len(rubric.factors)),
            count("{n} indicator", "{n} indicators", len(rubric.indicators)),
            count("{n} other question", "{n} other questions", asked),
            say("a scale of {n}", n=len(rubric.scale)),
        )
    )
    name = say("{id}, version {version}", id=rubric.id, version=rubric.version)
    sound = say("{path} is sound: nothing to mend.", path=path)
    return f"{sound}\n{name} ({rubric.hash}): {held}."


def show_fields(rubric: Rubric, *, as_json: bool) -> None:
    """Print what a rubric asks."""
    if as_json:
        for data in api.told_fields(rubric):
            print_json(data)
        return
    rows = [[f.id, say(KIND_NAMES[f.kind]), f.label, _values(f)] for f in fields_of(rubric)]
    heads = [mark("Id"), mark("Kind"), mark("Label"), mark("Allowed")]
    print_table(f"{rubric.title} ({rubric.id} {rubric.version})", map(say, heads), rows)


def _values(field: Field) -> str:
    if field.kind == "number" and field.minimum is not None:
        return say("{minimum} and up", minimum=field.minimum)
    return ", ".join(
        str(o.value) if str(o.value) == o.label else f"{o.value} = {o.label}" for o in field.options
    )
