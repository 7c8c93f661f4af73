"""Whether an office program has the workbook open, told by the file it puts beside it."""

from pathlib import Path


def holder(path: Path) -> tuple[Path, str] | None:
    """Return the lock file beside a workbook and who it names, None where there is none."""
    excel, office = path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#")
    if office.is_file():
        return office, _named_by_libreoffice(_start(office))
    if excel.is_file():
        return excel, _named_by_excel(_start(excel))
    return None


def _start(path: Path) -> bytes:
    """Return the first bytes of a lock file; none where another program keeps it to itself."""
    try:
        with path.open("rb") as stream:
            return stream.read(1024)
    except OSError:
        return b""


def _named_by_libreoffice(data: bytes) -> str:
    """Return the name in `,user,host,date,profile;`, in which a user may go without a name."""
    parts = data.decode("utf-8", "replace").split(",")
    return next((part.strip() for part in parts[:3] if part.strip()), "")


def _named_by_excel(data: bytes) -> str:
    """Return the name behind the byte that says how long it is."""
    name = data[1 : 1 + data[0]] if data else b""
    return name.decode("cp1252", "replace").strip("\0 ")
