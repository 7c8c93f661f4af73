"""`s2c-forms explain`."""

import datetime as dt
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from s2c_forms.cli.options import PATH, common, from_option, json_option, store_option
from s2c_forms.cli.picture import can_draw, drawn, write_pictures
from s2c_forms.errors import ExitCode, S2cError
from s2c_forms.places import Place
from s2c_forms.words import mark, say

if TYPE_CHECKING:
    from s2c_forms import api

_INDENT = " " * 6
_EVENTS = {
    "to_check": mark("answered beside the question"),
    "forms": mark("typed in the row of the form"),
    "withdrawn": mark("taken back"),
}


@click.command(
    help=mark(
        "Tell why a cell of the workbook has its value: what each file said and where, word for"
        " word, and what was decided when."
    ),
    short_help=mark("Tell why a cell has its value."),
)
@click.argument("form", metavar=mark("FORM"))
@click.argument("field", metavar=mark("FIELD"))
@from_option(mark("The workbook."))
@store_option
@click.option(
    "--picture",
    type=PATH,
    metavar=mark("FILE"),
    help=mark("Write the picture of what stands on paper to this PNG file."),
)
@json_option
@common
def explain(  # noqa: PLR0913  as many as the command has options
    form: str,
    field: str,
    workbook: Path,
    store: Place | None,
    picture: Path | None,
    *,
    as_json: bool,
) -> ExitCode:
    """Print why a field of a form has its value."""
    from s2c_forms import api
    from s2c_forms.cli import show

    told = api.explain(form, field, workbook, store)
    if picture:
        _write(told, picture)
    for one in told:
        if as_json:
            show.print_json(one.told())
        else:
            click.echo("\n".join(_lines(one)))
    return ExitCode.DONE


def _write(told: Iterable["api.Explained"], path: Path) -> None:
    """Write the pictures of what each version says, and say where they are."""
    pictures = [said.picture for one in told for said in one.said if said.picture]
    if not pictures:
        raise S2cError(
            mark("There is no picture of this answer."),
            mark("Only what came back on paper has one, and only where something is to be seen."),
        )
    for written in write_pictures(pictures, path):
        click.echo(say("Picture: {path}", path=written), err=True)


def _lines(one: "api.Explained") -> Iterator[str]:
    value = one.value or say("(empty)")
    forms = ", ".join(one.form_ids)
    yield say("{field} of form {forms}: {value}", field=one.field, forms=forms, value=value)
    yield f"  {one.label}"
    if one.left_out:
        yield "  " + say("This form was left out of the workbook.")
    for said in one.said:
        yield from _said(said)
    for settled in one.settled:
        made_at = dt.datetime.fromisoformat(settled.made_at)
        when = f"{made_at:%d-%m-%Y %H:%M}"
        told = {"when": when, "old": settled.old or "–", "new": settled.new or "–"}
        how = say(_EVENTS.get(settled.event, settled.event))
        line = say("Decided {when}: from {old} to {new}, {how}.", **told, how=how)
        yield "  " + " ".join(filter(None, (line, settled.remark)))
    for question in one.questions:
        yield "  " + say("Still asked: {question}", question=question)


def _said(said: "api.Said") -> Iterator[str]:
    file = f"{said.folder}/{said.file}" if said.folder else said.file
    value = said.value or said.problem or say("nothing")
    about = {"file": file, "form": said.form_id, "value": value}
    yield "  " + say("{file} (form {form}) says: {value}", **about)
    for where, raw in said.raw:
        yield "    " + say("{where}: “{raw}”", where=where, raw=raw)
    known = {where for where, _ in said.raw}
    yield from (f"    {where}" for where in said.where if where not in known)
    if said.picture and can_draw():
        room = shutil.get_terminal_size().columns - len(_INDENT) - 1
        yield from (_INDENT + line for line in drawn(said.picture, room))
