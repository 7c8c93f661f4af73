"""Where everything is kept: a file on this computer, or a PostgreSQL server that several share."""

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit, urlunsplit

from s2c_forms.errors import WriteError
from s2c_forms.words import mark

_SCHEMES = ("postgresql", "postgres")
_SECRET = ("password", "sslpassword", "sslkey", "passfile", "oauth_client_secret")
PRIVATE = ".local.sqlite"


@dataclass(frozen=True)
class Server:
    """A store on a PostgreSQL server. Shown and printed it has no user and no password.

    Attributes:
        url: the address, which may hold a password.
        private: the file on this computer for what the server never gets, such as names; None
            where nothing of that kind is read or written.
    """

    url: str = field(repr=False)
    private: Path | None = None

    def __str__(self) -> str:
        parts = urlsplit(self.url)
        host = parts.hostname or ", ".join(parse_qs(parts.query).get("host", ()))
        port = f":{parts.port}" if parts.port else ""
        return f"postgresql://{host}{port}{parts.path}"

    def table(self, name: str) -> "Server":
        """Return the address of one table of the store, to be shown."""
        parts = urlsplit(self.url)
        return replace(self, url=urlunsplit(parts._replace(path=f"{parts.path}/{name}")))

    @property
    def secrets(self) -> tuple[str, ...]:
        """Return what no message may repeat: passwords, as they are written and as they are."""
        parts = urlsplit(self.url)
        query = parse_qs(parts.query)
        told = [parts.password, *(text for name in _SECRET for text in query.get(name, ()))]
        return tuple({form for text in told if text for form in (text, unquote(text))})


Place = Path | Server


def server_at(url: str) -> Server:
    """Return the store at an address.

    Raises:
        WriteError: it is none of a PostgreSQL server. The message repeats nothing of it: where
            a password has letters that belong there escaped, any part may be of the password.
    """
    try:
        parts = urlsplit(url.strip())
        is_sound = parts.scheme in _SCHEMES and _is_sound(parts)
    except ValueError:
        is_sound = False
    if not is_sound:
        raise WriteError(
            mark("The address given with --store is none of a PostgreSQL server."),
            mark(
                "Write it as postgresql://USER@HOST:5432/DATABASE. A password with other signs than"
                " letters and digits goes into PGPASSWORD, or into a file .pgpass."
            ),
        )
    return Server(url.strip())


def _is_sound(parts: SplitResult) -> bool:
    """Return whether an address says which database, and nothing of it stands elsewhere.

    A `/`, `?`, `#` or `@` in a password that isn't escaped moves the rest to other parts.
    """
    _ = parts.port  # raises ValueError where it is no number
    names = re.fullmatch(r"/[^/@:]+", parts.path) and "@" not in (parts.hostname or "")
    return bool(names) and not parts.fragment and "@" not in parts.query


def is_address(text: str) -> bool:
    """Return whether a text means a server, and not a file."""
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]+://", text) is not None


def store_for(given: Place | None, workbook: Path) -> Place:
    """Return where a workbook's records are kept: as given, else in a file beside it."""
    if isinstance(given, Server):
        return replace(given, private=given.private or workbook.with_suffix(PRIVATE))
    return given or workbook.with_suffix(".sqlite")


def files_of(place: Place) -> tuple[Path, ...]:
    """Return the file of a store on this computer; none where nothing of it is here."""
    file = place.private if isinstance(place, Server) else place
    return (file,) if file else ()


def name_of(place: Place) -> str:
    """Return what a store is called where its folder doesn't matter."""
    return str(place) if isinstance(place, Server) else place.name


def is_there(place: Place) -> bool:
    """Return whether there may be a store: a server tells when it is asked."""
    return isinstance(place, Server) or place.is_file()
