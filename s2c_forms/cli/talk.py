"""What the library warns of, said on stderr. Imported when a command runs: logging takes time."""

import contextlib
import logging
import os
from collections.abc import Iterator

import click

_LOGGER = logging.getLogger("s2c_forms")


class _ToStderr(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        click.echo(self.format(record), err=True)


@contextlib.contextmanager
def talking() -> Iterator[None]:
    """Say warnings on stderr, for as long as a command runs."""
    handler = _ToStderr()
    _LOGGER.addHandler(handler)
    if os.environ.get("S2C_FORMS_VERBOSE"):
        say_more()
    try:
        yield
    finally:
        _LOGGER.removeHandler(handler)
        _LOGGER.setLevel(logging.NOTSET)


def say_more() -> None:
    """Say tracebacks of refused files as well."""
    _LOGGER.setLevel(logging.DEBUG)
