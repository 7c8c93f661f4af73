"""Reading on a cluster: a scheduler of Dask, and the workers that it has."""

import contextlib
from collections.abc import Iterator
from concurrent.futures import Executor

from s2c_forms.errors import MissingPartError, S2cError
from s2c_forms.words import mark

_PATIENCE = 20  # seconds until the scheduler answers


@contextlib.contextmanager
def cluster(address: str) -> Iterator[Executor]:
    """Give the executor of a cluster; its workers go on when we are done.

    Every worker has this version of s2c-forms with what reads paper, and the files at the same
    paths. What a worker can't do, or dies over, is done here.

    Args:
        address: of the scheduler: `tcp://HOST:PORT`.

    Raises:
        MissingPartError: s2c-forms[cluster] isn't installed.
        S2cError: there is no scheduler.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise MissingPartError(
            mark("Reading on a cluster needs a part that isn't installed: {name}."),
            mark('Install it: pip install "s2c-forms[cluster]"'),
            name="distributed",
        ) from error
    try:
        client = Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise S2cError(
            mark("The scheduler {address} can't be reached."),
            mark("Look whether it is on, and at its address: tcp://HOST:PORT."),
            address=address,
        ) from error
    with client:
        yield client.get_executor(pure=False)
