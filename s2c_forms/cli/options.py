"""Options that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from s2c_forms.cli.language import LANGUAGES
from s2c_forms.places import is_address, server_at
from s2c_forms.words import mark, say

STORE_VARIABLE = "S2C_STORE"  # keeps an address out of what a shell remembers
Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class _Named(click.Path):
    """A path with a name: an empty one, as of an unset variable, would mean the folder itself."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "":
            self.fail(say("the name is empty"), param, ctx)
        return super().convert(value, param, ctx)


PATH = _Named(path_type=Path)


class _Store(_Named):
    """A file, or a PostgreSQL server; of an address that can't be used nothing is repeated."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if isinstance(value, str) and is_address(value):
            return server_at(value)
        return super().convert(value, param, ctx)


def _say_more(_context: click.Context, _option: click.Parameter, value: bool) -> None:
    if value:
        from s2c_forms.cli import talk

        talk.say_more()


_LANG = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    expose_value=False,  # `language.chosen` looked at it before anything was said
    help=mark("The language of messages, else that of this computer."),
)
_VERBOSE = click.option(
    "--verbose",
    is_flag=True,
    expose_value=False,
    callback=_say_more,
    help=mark("Say more, such as where the program stumbled over a file."),
)
rubric_option = click.option(
    "--rubric",
    type=PATH,
    metavar=mark("FILE"),
    help=mark("The rubric, else the one in the folder `rubric`, else the one that was shipped."),
)
store_option = click.option(
    "--store",
    type=_Store(path_type=Path),
    envvar=STORE_VARIABLE,
    metavar=mark("PLACE"),
    help=mark(
        "Where forms and answers are kept: a file, or postgresql://USER@HOST/DATABASE; else what"
        " S2C_STORE says, else `master.sqlite` beside the result."
    ),
)
json_option = click.option(
    "--json", "as_json", is_flag=True, help=mark("Print JSON, one object a line.")
)

jobs_option = click.option(
    "--jobs",
    type=click.IntRange(0),
    default=0,
    show_default=True,
    metavar=mark("NUMBER"),
    help=mark("How many pages of paper are read side by side; 0 is as many as there are cores."),
)
scheduler_option = click.option(
    "--scheduler",
    metavar=mark("ADDRESS"),
    help=mark("A cluster that reads, tcp://HOST:PORT of its scheduler; see docs/landelijk.md."),
)


def common(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that every command has."""
    return _LANG(_VERBOSE(function))


def from_option(told: str) -> Decorator:
    """Return the option that names the workbook whose store is asked; `told` is its help."""
    return click.option(
        "--from",
        "workbook",
        type=PATH,
        default=Path("output/master.xlsx"),
        show_default=True,
        metavar=mark("FILE"),
        help=told,
    )


def out_option(default: str) -> Decorator:
    """Return the option that says where files go."""
    return click.option(
        "-o",
        "--out",
        type=PATH,
        default=Path(default),
        metavar=mark("FOLDER"),
        show_default=True,
        help=mark("The folder where the files go."),
    )
