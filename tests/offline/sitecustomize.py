"""No network in any Python of the tests, whoever starts it.

`tests/conftest.py` calls `block` in the tests' own process and puts this folder on PYTHONPATH:
Python imports a module of this name when it starts, so each process that a test starts is cut off
too. Loopback and Unix sockets go on working. What somebody tried is also noted in a file, because
a program that catches the exception would hide it.

What Python can't see is not stopped: libraries in C that open sockets themselves, and the resolver
where a name goes into `connect` itself (its answer is of no use).

It imports nothing but what every Python has loaded: how quickly the program starts is tested.
"""

import os
import sys
from typing import Any

LOG = "S2C_OFFLINE_LOG"
"""The environment variable that names the file in which attempts are noted."""
IS_OFFLINE = True
_CONNECTING = frozenset({"socket.bind", "socket.connect", "socket.sendto", "socket.sendmsg"})
_ASKING = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})


def block() -> None:
    """Refuse every way out of this machine, for as long as this process lives."""
    sys.addaudithook(_watch)


def _watch(event: str, args: tuple[Any, ...]) -> None:
    """Python's own hook: called before a socket does anything, whatever library it belongs to."""
    if event in _CONNECTING:
        refused = not _stays_here(*args[:2])
    elif event in _ASKING:
        refused = not (args[0] in (None, "", b"") or _is_here(args[0]))
    else:
        return
    if refused:
        told = f"{event} {args[1] if event in _CONNECTING else args[0]!r}"
        _note(told)
        raise PermissionError(f"no network in tests: {told}")


def _stays_here(sock: Any, address: Any) -> bool:
    """Return whether an address of a socket is of this machine; None: it is connected already."""
    import _socket  # loaded by now, or there would be no socket

    if address is None or sock.family == getattr(_socket, "AF_UNIX", None):
        return True
    internet = sock.family in (_socket.AF_INET, _socket.AF_INET6)
    return internet and isinstance(address, tuple) and _is_here(address[0])


def _is_here(host: object) -> bool:
    import _socket

    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    return name in ("localhost", "::1", _socket.gethostname()) or name.startswith("127.")


def _note(told: str) -> None:
    if path := os.environ.get(LOG):
        with open(path, "a", encoding="utf-8") as log:  # noqa: PTH123  pathlib is slow to start
            log.write(f"{told}\n")


if __name__ == "sitecustomize":
    block()
