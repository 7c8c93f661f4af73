"""What files point to that would start a program, write a file, or fetch something.

Nothing may ever come of it: a server listens where links go, and macros would make a file.
"""

import socket
from dataclasses import dataclass, field
from pathlib import Path


def _listening() -> socket.socket:
    """Return a socket on this machine, where links of the cases go."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.setblocking(False)
    return listener


@dataclass(frozen=True)
class Trap:
    """What must stay untouched, whatever is read.

    Attributes:
        folder: where commands and macros would make a file.
    """

    folder: Path
    _listener: socket.socket = field(default_factory=_listening)

    @property
    def url(self) -> str:
        """Return where a file would be fetched from, or sent to."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}/form"

    @property
    def made(self) -> Path:
        """Return the file that a command or macro would make."""
        return self.folder / "made-by-a-form"

    @property
    def command(self) -> str:
        """Return a command that would make it."""
        return f"touch {self.made}"

    def sprung(self) -> list[str]:
        """Return what was started or fetched: nothing, or the reader runs what it reads."""
        try:
            connection, _ = self._listener.accept()
        except BlockingIOError:
            fetched = []
        else:
            connection.close()
            fetched = [self.url]
        return fetched + [str(path) for path in (self.made,) if path.exists()]

    def close(self) -> None:
        """Stop listening."""
        self._listener.close()
