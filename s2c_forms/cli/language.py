"""The command line in the language that is spoken: ours by `say`, click's own by gettext."""

import contextlib
import copy
import gettext
import os
from collections.abc import Iterator, Sequence
from typing import TypeVar

import click

from s2c_forms.words import DOMAIN, LOCALES, mark, say

LANGUAGES = ("nl", "en")
_Command = TypeVar("_Command", bound=click.Command)


def chosen(arguments: Sequence[str]) -> str | None:
    """Return the language that `--lang` asks for: usage errors must be told in it already."""
    for place, argument in enumerate(arguments):
        if argument == "--":
            return None
        name, _, value = argument.partition("=")
        if name == "--lang":
            value = value or next(iter(arguments[place + 1 :]), "")
            return value if value in LANGUAGES else None
    return None


@contextlib.contextmanager
def click_speaks(language: str) -> Iterator[None]:
    """Let click take its own words from our catalogue: it asks gettext's global domain."""
    domain, chosen_before = gettext.textdomain(), os.environ.get("LANGUAGE")
    gettext.bindtextdomain(DOMAIN, str(LOCALES))
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = language
    try:
        yield
    finally:
        gettext.textdomain(domain)
        if chosen_before is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = chosen_before


def told(command: _Command) -> _Command:
    """Return a command, and all those under it, with its texts in the spoken language."""
    command = copy.copy(command)
    command.help, command.short_help = _said(command.help), _said(command.short_help)
    command.options_metavar = _said(command.options_metavar)
    command.params = [_told_parameter(parameter) for parameter in command.params]
    if isinstance(command, click.Group):
        command.subcommand_metavar = _said(command.subcommand_metavar) or ""
        command.commands = {name: told(each) for name, each in command.commands.items()}
    return command


def _told_parameter(parameter: click.Parameter) -> click.Parameter:
    parameter = copy.copy(parameter)
    parameter.metavar = _said(parameter.metavar)
    if isinstance(parameter, click.Option):
        parameter.help = _said(parameter.help)
    return parameter


def _said(text: str | None) -> str | None:
    return say(text) if text else text


def count(singular: str, plural: str) -> tuple[str, str]:
    """Mark a counted text of click for the catalogue, as `words.count` does for ours."""
    return singular, plural


# What click says of itself in a command line like ours. tests/cli holds them against click.
CLICK = (
    mark("Usage:"),
    mark("Options"),
    mark("Commands"),
    mark("[OPTIONS]"),
    mark("COMMAND [ARGS]..."),
    mark("Show this message and exit."),
    mark("Error: {message}"),
    mark("default: {default}"),
    mark("required"),
    mark("Try '{command} {option}' for help."),
    mark("Invalid value: {message}"),
    mark("Invalid value for {param_hint}: {message}"),
    mark("Missing argument"),
    mark("Missing option"),
    mark("Missing command."),
    mark("No such option {name!r}."),
    mark("No such command {name!r}."),
    mark("Option {name!r} does not take a value."),
    mark("Choose from:\n\t{choices}"),
    mark("{value!r} is not a valid {number_type}."),
    mark("{value} is not in the range {range}."),
)
CLICK_COUNTED = (
    count("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
    count(
        "Got unexpected extra argument ({args})",
        "Got unexpected extra arguments ({args})",
    ),
    count(
        "Option {name!r} requires an argument.",
        "Option {name!r} requires {nargs} arguments.",
    ),
    count("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
)
