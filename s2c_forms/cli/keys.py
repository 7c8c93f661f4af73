"""The options about names, and where the password of a key comes from."""

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from s2c_forms.cli.options import PATH
from s2c_forms.errors import RosterError
from s2c_forms.words import mark, say

if TYPE_CHECKING:
    from s2c_forms.api import KeyFile

_VARIABLE = "S2C_KEY_PASSWORD"

_NAMES = click.option(
    "--names",
    type=click.Choice(["codes", "allow"]),
    help=mark(
        "`allow` shows names as they are, for use outside research; `codes` keeps them out."
        " It is remembered; at first it is `codes`."
    ),
)
_KEY = click.option(
    "--key",
    type=PATH,
    metavar=mark("FILE"),
    help=mark("A table of names and codes (.xlsx, .ods, .csv): names become codes."),
)
_EXTEND = click.option(
    "--extend-key",
    is_flag=True,
    help=mark("Give names that the key lacks a new code, and write them into the key."),
)
_PASSWORD = click.option(
    "--key-password-file",
    type=PATH,
    metavar=mark("FILE"),
    help=mark("A file with the key's password; else S2C_KEY_PASSWORD, else it is asked."),
)


def name_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options about names."""
    return _NAMES(_KEY(_EXTEND(_PASSWORD(function))))


def key_of(options: Mapping[str, Any]) -> "KeyFile | None":
    """Return the key that the options name, None where they name none."""
    from s2c_forms.api import KeyFile

    path: Path | None = options["key"]
    if path is None:
        if options["extend_key"]:
            raise click.UsageError(say("--extend-key needs a key: name it with --key."))
        return None
    return KeyFile(path, lambda: _password(options["key_password_file"]), options["extend_key"])


def _password(file: Path | None) -> str:
    """Return the key's password: from its file, the environment, or the person at the keyboard."""
    if file:
        try:
            return file.read_text(encoding="utf-8-sig").splitlines()[0]
        except (OSError, UnicodeDecodeError, IndexError) as error:
            raise RosterError(
                mark("The password can't be read from {path}."),
                mark("Write it on the first line of a text file."),
                path=file,
            ) from error
    if given := os.environ.get(_VARIABLE):
        return given
    if not sys.stdin.isatty():
        raise RosterError(
            mark("The key has a password."),
            mark("Give it with --key-password-file, or in {variable}."),
            variable=_VARIABLE,
        )
    asked: str = click.prompt(say("Password of the key"), hide_input=True, err=True)
    return asked
