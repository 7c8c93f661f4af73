"""`s2c-forms calibrate`."""

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
from s2c_forms.errors import ExitCode
from s2c_forms.places import files_of, store_for
from s2c_forms.words import count, mark, say

if TYPE_CHECKING:
    from s2c_forms.api import Calibrated


@click.command(
    help=mark(
        "Show every box of your scans, sorted by ink, with the limits drawn in from which on a"
        " mark counts; and how to change them. Do it once with your own scanner and pens."
    ),
    short_help=mark("Show whether the limits for marks fit your scanner."),
)
@click.argument("scans", type=PATH, nargs=-1, required=True, metavar=mark("PATH..."))
@click.option(
    "-o",
    "--out",
    type=PATH,
    default=Path("output/gallery.pdf"),
    show_default=True,
    metavar=mark("FILE"),
    help=mark("The PDF to write."),
)
@jobs_option
@scheduler_option
@rubric_option
@store_option
@json_option
@common
def calibrate(scans: tuple[Path, ...], out: Path, *, as_json: bool, **options: Any) -> ExitCode:
    """Make a gallery of boxes and print where it is."""
    from s2c_forms import api
    from s2c_forms.cli import show

    store = store_for(options["store"], Path("output/master.xlsx"))
    shelf = api.shelf_at_hand(options["rubric"], store)
    own = {out.absolute(), *(file.absolute() for file in files_of(store))}
    files = [path for path in api.files_in(scans) if path.absolute() not in own]
    with show.reading(options) as how:
        done = api.calibrate(files, out, shelf, how)
    _show(done, as_json=as_json)
    return ExitCode.REFUSED if done.refused else ExitCode.DONE


def _show(done: "Calibrated", *, as_json: bool) -> None:
    from s2c_forms.cli.show import print_json

    if as_json:
        print_json(done.told())
    else:
        click.echo(str(done.path))
    for path, refusal in done.refused:
        click.echo(f"{path}: {refusal.text()}", err=True)
    boxes = count("{n} box", "{n} boxes", done.boxes)
    pages = count("{n} page", "{n} pages", done.pages)
    asked = count("{n} asked about", "{n} asked about", done.asked)
    click.echo(say("{boxes} on {pages}, {asked}.", boxes=boxes, pages=pages, asked=asked), err=True)
    if done.others:
        told = count(
            "{n} other page: blank, of others, or not readable.",
            "{n} other pages: blank, of others, or not readable.",
            done.others,
        )
        click.echo(told, err=True)
