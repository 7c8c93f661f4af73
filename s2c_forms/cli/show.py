"""What commands print: results on stdout, talk on stderr, progress on a terminal only."""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from s2c_forms import api
from s2c_forms.errors import ExitCode
from s2c_forms.form.fields import Field, field_index, fields_of
from s2c_forms.form.kinds import KIND_NAMES
from s2c_forms.form.kinds import show as show_value
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.shelf import Shelf
from s2c_forms.form.stamp import spaced
from s2c_forms.records.record import Record
from s2c_forms.words import count, mark, say

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


def progress(files: list[Path]) -> Iterator[Path]:
    """Yield files, with a bar on stderr where that is a terminal."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    yield from track(
        files,
        say("Reading"),
        console=console,
        transient=True,
        disable=not console.is_terminal or len(files) < 10,
    )


def show_made(made: Sequence[api.Made], store: Path) -> None:
    """Print the files that were made, a line each."""
    for file in made:
        click.echo(str(file.path))
    files = count("{n} file made.", "{n} files made.", len(made))
    click.echo(say("{files} Noted in {store}.", files=files, store=store), err=True)


def show_read(outcomes: Iterable[api.FileOutcome], shelf: Shelf, *, as_json: bool) -> ExitCode:
    """Print what was read, and what became of every file; return the exit code."""
    kept = []
    for outcome in outcomes:
        kept.append(outcome)
        if as_json:
            for data in api.told_file(outcome):
                print_json(data)
    if not as_json:
        _show_records(kept, shelf)
    became = Counter(_became(outcome) for outcome in kept)
    told = {status: became[status] for status in ("read", "to_check", "refused")}
    files = count("{n} file in", "{n} files in", len(kept))
    sum_ = say("{read} read + {to_check} to check + {refused} refused", **told)
    click.echo(f"{files} = {sum_}", err=True)
    return _code(became)


def _became(outcome: api.FileOutcome) -> str:
    if outcome.refusal:
        return "refused"
    return "to_check" if any(record.problems for record in outcome.records) else "read"


def _code(became: Counter[str]) -> ExitCode:
    if not became["read"] + became["to_check"]:
        return ExitCode.INPUT
    if became["refused"]:
        return ExitCode.REFUSED
    return ExitCode.TO_CHECK if became["to_check"] else ExitCode.DONE


def _show_records(outcomes: list[api.FileOutcome], shelf: Shelf) -> None:
    """Print each form's head and counts, then what is to be checked; refusals go to stderr."""
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
    for outcome in outcomes:
        if outcome.refusal:
            click.echo(f"{outcome.path}: {outcome.refusal.text()}", err=True)


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
