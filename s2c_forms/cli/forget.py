"""`s2c-forms forget`."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from s2c_forms.cli.options import PATH, common, json_option, store_option
from s2c_forms.errors import ExitCode
from s2c_forms.places import Place, is_address
from s2c_forms.words import count, mark, say

if TYPE_CHECKING:
    from s2c_forms import api


@click.command(
    help=mark(
        "Take everything of one person out of the store and the workbook, for good. The files"
        " that came back stay: they are named, for you to delete."
    ),
    short_help=mark("Take everything of one person out."),
)
@click.argument("code")
@click.option(
    "--into",
    type=PATH,
    default=Path("output/master.xlsx"),
    show_default=True,
    metavar=mark("FILE"),
    help=mark("The workbook."),
)
@click.option("--yes", is_flag=True, help=mark("Don't ask whether it is meant."))
@store_option
@json_option
@common
def forget(code: str, into: Path, store: Place | None, *, yes: bool, as_json: bool) -> ExitCode:
    """Forget a person, and print what is left to delete by hand."""
    from s2c_forms.cli import show

    if not yes and not sys.stdin.isatty():
        raise click.UsageError(say("This can't be undone: say --yes where nobody can be asked."))
    if not yes:
        click.confirm(say("Take everything of {code} out for good?", code=code), abort=True)
    from s2c_forms import api

    done = api.forget(code, into, store)
    if as_json:
        show.print_json(done.told())
    else:
        _show(done, into)
    return ExitCode.DONE


def _from_here(into: Path, place: str) -> str:
    """Return a place that is told as seen from the workbook as one seen from where we stand."""
    return place if is_address(place) else os.path.normpath(into.parent / place)


def _show(done: "api.Forgotten", into: Path) -> None:
    from s2c_forms.records.pages import told_numbers

    forms = count("{n} form", "{n} forms", done.forms)
    heads = count("{n} handed out or expected", "{n} handed out or expected", done.heads)
    click.echo(
        say(
            "Forgotten: {forms}, {heads}. {path} is written anew.",
            forms=forms,
            heads=heads,
            path=into,
        )
    )
    if done.files:
        click.echo(say("Delete these files yourself; merged again, they would be taken up again:"))
    for file in done.files:
        click.echo(f"  {_from_here(into, file)}")
    if done.sheets:
        click.echo(say("Take these pages out of scans that hold forms of others as well:"))
    for file, pages in done.sheets:
        click.echo(f"  {_from_here(into, file)} ({told_numbers(pages)})")
    if done.kept:
        click.echo(
            say("Delete these older workbooks and stores yourself, or take the person out of them:")
        )
    for name in done.kept:
        click.echo(f"  {_from_here(into, name)}")
    if done.mentions:
        texts = count("{n} text", "{n} texts", done.mentions)
        click.echo(say("The code still stands in {texts} of other forms.", texts=texts))
    click.echo(say("Think of reports, exports, mail, backups and the key as well."))
