"""`s2c-forms export`."""

from pathlib import Path
from typing import Any

import click

from s2c_forms.cli.options import PATH, common, from_option, json_option, store_option
from s2c_forms.errors import ExitCode
from s2c_forms.words import mark, say


@click.command(
    help=mark(
        "Export all forms for research: to .sav (SPSS), .csv, .parquet or .json, or to a folder"
        " with all of them, the codebook and the rubric."
    ),
    short_help=mark("Export all forms for SPSS, R, Python or Excel."),
)
@from_option(mark("The workbook; what is kept beside it is exported."))
@click.option(
    "--to",
    type=PATH,
    required=True,
    metavar=mark("PATH"),
    help=mark("A file that ends in .sav, .csv, .parquet or .json; or a folder, for everything."),
)
@click.option(
    "--table",
    type=click.Choice(["forms", "scores", "indicators", "missing"]),
    default="forms",
    metavar=mark("TABLE"),
    help=mark(
        "What one file holds: `forms` (wide, as is usual), `scores` or `indicators` (long), or"
        " `missing`: why texts and dates are empty."
    ),
)
@click.option(
    "--csv",
    type=click.Choice(["excel", "plain"]),
    default="excel",
    show_default=True,
    help=mark("What reads the .csv: a Dutch Excel (semicolons), or anything else (commas)."),
)
@click.option("--replace", is_flag=True, help=mark("Replace a file that is no export as well."))
@store_option
@json_option
@common
def export(workbook: Path, to: Path, *, as_json: bool, **options: Any) -> ExitCode:
    """Export forms and print what was made."""
    from s2c_forms import api

    _refuse_ending(to)
    wish = api.Wish(options["table"], options["csv"] == "plain", options["replace"])
    done = api.export(workbook, to, wish, options["store"])
    _show(done, as_json=as_json)
    return ExitCode.DONE


def _refuse_ending(to: Path) -> None:
    """Refuse a file of a format that we haven't: it would become a folder of that name."""
    from s2c_forms.api.exporting import ENDINGS, is_file

    if to.suffix and not to.is_dir() and not is_file(to):
        raise click.UsageError(
            say(
                "{ending} is no format to export to: choose one of {known}, or a folder.",
                ending=to.suffix,
                known=", ".join(ENDINGS),
            )
        )


def _show(done: Any, *, as_json: bool) -> None:
    from s2c_forms.cli.show import print_json
    from s2c_forms.words import count

    if as_json:
        print_json(done.told())
    else:
        for file in done.files:
            click.echo(str(file))
    forms = count("{n} form exported.", "{n} forms exported.", done.forms)
    click.echo(forms, err=True)
    if done.waiting:
        told = count(
            "{n} form has something to check: what isn't sure is missing in the data.",
            "{n} forms have something to check: what isn't sure is missing in the data.",
            done.waiting,
        )
        click.echo(told, err=True)
    for notice in done.notices:
        click.echo(notice.text(), err=True)
