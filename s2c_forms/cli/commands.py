"""The commands. What is heavy is imported in a command's body: `--help` must be quick."""

from pathlib import Path
from typing import Any

import click

from s2c_forms import __version__
from s2c_forms.cli.calibrate import calibrate
from s2c_forms.cli.explain import explain
from s2c_forms.cli.export import export
from s2c_forms.cli.forget import forget
from s2c_forms.cli.keys import key_of, name_options
from s2c_forms.cli.options import (
    PATH,
    common,
    jobs_option,
    json_option,
    out_option,
    rubric_option,
    scheduler_option,
    store_option,
)
from s2c_forms.cli.read import read
from s2c_forms.cli.report import report
from s2c_forms.errors import ExitCode
from s2c_forms.places import store_for
from s2c_forms.words import mark, say

_ALL = ("pdf", "excel", "word")


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    help=mark("Make forms of a rubric, read what comes back, and merge it into one workbook."),
)
@click.version_option(
    __version__, message="%(prog)s %(version)s", help=mark("Show the version and exit.")
)
@common
def program() -> None:
    """Let warnings be heard while a command runs."""
    from s2c_forms.cli.talk import talking

    click.get_current_context().with_resource(talking())


@program.command(
    help=mark("Make forms: by default each of pdf, excel and word, every copy a file of its own."),
    short_help=mark("Make forms to print or to fill in on screen."),
)
@click.argument("medium", type=click.Choice([*_ALL, "all"]), default="all")
@rubric_option
@click.option(
    "--copies",
    type=click.IntRange(1),
    default=1,
    metavar=mark("NUMBER"),
    help=mark("How many copies; with a roster, how many of each row."),
)
@click.option(
    "--roster",
    type=PATH,
    metavar=mark("FILE"),
    help=mark("A table (.xlsx, .ods, .csv) with a row for each form, to fill in its head."),
)
@click.option("--guide", is_flag=True, help=mark("Add the instrument's guide."))
@click.option("--no-remarks", is_flag=True, help=mark("Leave the page with room to write out."))
@click.option("--roomy", is_flag=True, help=mark("Larger type and boxes, on more pages."))
@click.option("--bundle", is_flag=True, help=mark("Add one PDF of all copies for the printer."))
@click.option(
    "--boxes",
    type=click.Choice(["checks", "symbols"]),
    default="checks",
    help=mark("How Excel shows boxes: `symbols` is for versions before Microsoft 365."),
)
@out_option("output")
@store_option
@common
def generate(medium: str, out: Path, **options: Any) -> ExitCode:
    """Make forms and print where they are."""
    from s2c_forms import api
    from s2c_forms.cli import show

    if options["bundle"] and medium not in ("pdf", "all"):
        raise click.UsageError(say("--bundle is for PDF: ask for pdf or all."))
    rubric = api.usable_rubric(options["rubric"])
    rows = api.read_roster(options["roster"], rubric) if options["roster"] else [{}]
    order = api.Order(
        media=api.MEDIA if medium == "all" else tuple(n for n in api.MEDIA if n == medium),
        rows=tuple(rows),
        copies=options["copies"],
        bundle=options["bundle"],
        remarks=not options["no_remarks"],
        guide=options["guide"],
        roomy=options["roomy"],
        boxes=options["boxes"],
    )
    store = store_for(options["store"], out / "master.xlsx")
    show.show_made(api.generate(rubric, order, out, store), store)
    return ExitCode.DONE


@program.command(
    help=mark(
        "Merge filled-in forms, in files and folders, into one workbook of all there is. What you"
        " typed into it is taken over first; without forms, only that is done."
    ),
    short_help=mark("Merge filled-in forms into one workbook."),
)
@click.argument("paths", type=PATH, nargs=-1, metavar=mark("[PATH...]"))
@click.option(
    "--into",
    type=PATH,
    default=Path("output/master.xlsx"),
    show_default=True,
    metavar=mark("FILE"),
    help=mark("The workbook."),
)
@click.option(
    "--roster",
    type=PATH,
    metavar=mark("FILE"),
    help=mark("A table with a row for each form that you expect; it is remembered."),
)
@click.option(
    "--by",
    metavar=mark("FIELD"),
    help=mark(
        "Besides the whole workbook, one to read for each supervisor, coach, or whatever this"
        " field of the form says."
    ),
)
@name_options
@rubric_option
@store_option
@jobs_option
@scheduler_option
@json_option
@common
def merge(paths: tuple[Path, ...], into: Path, *, as_json: bool, **options: Any) -> ExitCode:
    """Merge forms and print what became of every file."""
    from s2c_forms import api
    from s2c_forms.cli import show

    with show.reading(options) as how:
        lists = (options["names"], key_of(options), options["roster"])
        besides = api.Besides(how, *lists, by=options["by"])
        report = api.merge(
            paths, into, store=options["store"], rubric=options["rubric"], besides=besides
        )
    show.show_merged(report, as_json=as_json)
    return report.exit_code


@program.command(
    help=mark("Check a rubric file that you edited: everything to mend, each with its line."),
    short_help=mark("Check a rubric file that you edited."),
)
@click.argument("file", type=PATH, metavar=mark("FILE"))
@json_option
@common
def check(file: Path, *, as_json: bool) -> ExitCode:
    """Check a rubric file."""
    from s2c_forms import api
    from s2c_forms.cli import show

    checked = api.check(file)
    show.show_checked(checked, as_json=as_json)
    return ExitCode.DONE if checked.is_usable else ExitCode.RUBRIC


@program.command(
    help=mark("List what a form asks: id, kind, label and allowed values."),
    short_help=mark("List what a form asks."),
)
@rubric_option
@json_option
@common
def fields(rubric: Path | None, *, as_json: bool) -> ExitCode:
    """List the fields of a rubric."""
    from s2c_forms import api
    from s2c_forms.cli import show

    show.show_fields(api.rubric_at(rubric), as_json=as_json)
    return ExitCode.DONE


@program.command(
    help=mark("Show it all: make forms, fill some in, read them back, and merge them."),
    short_help=mark("Show it all with made-up answers."),
)
@out_option("output/demo")
@common
def demo(out: Path) -> ExitCode:
    """Run the demonstration; the slips in it are meant, so that its end is a good one."""
    from s2c_forms.cli import show
    from s2c_forms.demo import run

    done = run(out)
    click.echo(say("Forms as they are handed out: {path}", path=done.blank))
    click.echo(say("Forms as they came back: {path}", path=done.back))
    show.show_merged(done.report, as_json=False)
    return ExitCode.WRITE if done.report.unwritten else ExitCode.DONE


program.add_command(read)
program.add_command(calibrate)
program.add_command(explain)
program.add_command(export)
program.add_command(report)
program.add_command(forget)
