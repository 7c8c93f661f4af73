"""`s2c-forms read`."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from s2c_forms.cli.options import (
    PATH,
    common,
    jobs_option,
    json_option,
    rubric_option,
    scheduler_option,
    store_option,
)
from s2c_forms.errors import ExitCode, WriteError
from s2c_forms.places import files_of, store_for
from s2c_forms.words import count, mark, say

if TYPE_CHECKING:
    from s2c_forms.api import FileOutcome


@click.command(
    help=mark("Read filled-in forms, in files and folders, and print what they answer."),
    short_help=mark("Read filled-in forms."),
)
@click.argument("paths", type=PATH, nargs=-1, required=True, metavar=mark("PATH..."))
@click.option(
    "--overlay",
    type=PATH,
    metavar=mark("FOLDER"),
    help=mark("Draw on each page of paper what was read on it, and put the pictures here."),
)
@jobs_option
@scheduler_option
@rubric_option
@store_option
@json_option
@common
def read(paths: tuple[Path, ...], *, as_json: bool, **options: Any) -> ExitCode:
    """Read forms and print them as a table or as JSON."""
    from s2c_forms import api
    from s2c_forms.cli import show

    store = store_for(options["store"], Path("output/master.xlsx"))
    shelf = api.shelf_at_hand(options["rubric"], store)
    own = {file.absolute() for file in files_of(store)}
    files = [path for path in api.files_in(paths) if path.absolute() not in own]
    files = api.without_overlays(files, options["overlay"])
    with show.reading(options, overlay=options["overlay"]) as how:
        got = _gather(api.read_files(files, shelf, how), as_json=as_json)
    if not as_json:
        show.show_records(got.outcomes, shelf)
    became = Counter(_became(outcome) for outcome in got.outcomes)
    became["left"] += len(files) - len(got.outcomes)
    _tell(got.outcomes, became)
    return _end(got, became)


@dataclass(frozen=True)
class _Got:
    """What was read, and what ended it before all was; None where nothing did."""

    outcomes: "list[FileOutcome]"
    ended: BaseException | None = None


def _gather(outcomes: "Iterable[FileOutcome]", *, as_json: bool) -> _Got:
    """Read files, printing JSON as they come; what ends it early takes nothing away."""
    from s2c_forms import api
    from s2c_forms.cli.show import print_json

    kept: list[FileOutcome] = []
    try:
        for outcome in outcomes:
            kept.append(outcome)
            for data in api.told_file(outcome) if as_json else ():
                print_json(data)
    except (KeyboardInterrupt, WriteError) as ended:
        return _Got(kept, ended)
    return _Got(kept)


def _tell(outcomes: "Iterable[FileOutcome]", became: Counter[str]) -> None:
    """Say on stderr what became of every page and every file, each in a sum."""
    for outcome in outcomes:
        for line in _lines(outcome):
            click.echo(line, err=True)
    told = {status: became[status] for status in ("read", "to_check", "refused")}
    files = count("{n} file in", "{n} files in", became.total())
    sum_ = say("{read} read + {to_check} to check + {refused} refused", **told)
    if left := became["left"]:
        sum_ += " + " + count("{n} not read to the end", "{n} not read to the end", left)
    click.echo(f"{files} = {sum_}", err=True)


def _lines(outcome: "FileOutcome") -> Iterator[str]:
    from s2c_forms.records.pages import told_pages, told_reasons

    if outcome.refusal and outcome.is_whole:
        yield f"{outcome.path}: {outcome.refusal.text()}"
    if outcome.pages:
        yield f"{outcome.path}: {told_pages(outcome.pages)}"
    yield from (f"  {reason}" for reason in told_reasons(outcome.pages).splitlines())


def _became(outcome: "FileOutcome") -> str:
    """Return what became of a file; one with pages that belong to no form is to be looked at."""
    from s2c_forms import api

    if not outcome.is_whole:
        return "left"
    if outcome.refusal:
        return "refused"
    asked = any(record.problems for record in outcome.records) or api.strays_of(outcome)
    return "to_check" if asked else "read"


def _end(got: _Got, became: Counter[str]) -> ExitCode:
    """Return the exit code, or go on with what ended the reading.

    Raises:
        WriteError: a picture can't be written.
    """
    if isinstance(got.ended, WriteError):
        raise got.ended
    if got.ended:
        click.echo(say("Interrupted. What was read so far stands above."), err=True)
        return ExitCode.INTERRUPTED
    refusals = [outcome.refusal for outcome in got.outcomes if outcome.refusal]
    if any(refusal.code == "part_missing" for refusal in refusals):
        return ExitCode.PART
    if not became["read"] + became["to_check"]:
        return ExitCode.INPUT
    if refusals:
        return ExitCode.REFUSED
    return ExitCode.TO_CHECK if became["to_check"] else ExitCode.DONE
