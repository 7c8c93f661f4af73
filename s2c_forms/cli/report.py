"""`s2c-forms report`."""

from pathlib import Path

import click

from s2c_forms.cli.options import common, from_option, out_option, store_option
from s2c_forms.errors import ExitCode
from s2c_forms.places import Place
from s2c_forms.words import count, mark, say


@click.command(
    help=mark(
        "Make a page for the next supervision: what was scored, what goes well, what to talk"
        " about. One for one person, or one for each."
    ),
    short_help=mark("Make a page for somebody's next supervision."),
)
@click.option(
    "--coach",
    "subject",
    metavar=mark("WHO"),
    help=mark("Whose page: the code in the head of the forms, whatever its field is called."),
)
@click.option("--all", "everybody", is_flag=True, help=mark("A page for everybody."))
@from_option(mark("The workbook; what is kept beside it is reported."))
@out_option("output")
@store_option
@common
def report(
    subject: str | None, workbook: Path, out: Path, store: Place | None, *, everybody: bool
) -> ExitCode:
    """Make pages and print where they are."""
    from s2c_forms import api

    if bool(subject) == everybody:
        raise click.UsageError(say("Say whose page: --coach WHO, or --all."))
    done = api.report(workbook, out, subject, store=store)
    for file in done.files:
        click.echo(str(file))
    click.echo(count("{n} page made.", "{n} pages made.", len(done.files)), err=True)
    for notice in done.notices:
        click.echo(notice.text(), err=True)
    return ExitCode.DONE
