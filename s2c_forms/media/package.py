"""Zipped office files (xlsx, docx, ods, odt), opened so that they can do no harm.

Sizes are summed before anything is inflated, and inflating stops at the same limits, since a zip
may lie about them. XML with a document type is refused: no form has one, and every attack with
entities needs one.
"""

import io
import zipfile
import zlib
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from s2c_forms.errors import RefusedError
from s2c_forms.words import Message, mark

MEGABYTE = 1024 * 1024
MAX_TOTAL = 100 * MEGABYTE
MAX_PART = 50 * MEGABYTE
MAX_PARTS = 2000
_KEPT = 10 * MEGABYTE  # of the parts of a file, inflated: a form has less than one


# What zipfile raises for an archive that is broken; a ValueError for places and names in it.
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError)


@dataclass(frozen=True)
class Package:
    """An opened office file whose sizes were looked at."""

    archive: zipfile.ZipFile
    names: frozenset[str]
    inflated: dict[str, bytes] = field(default_factory=dict, repr=False, compare=False)
    """Parts that were read before, as many as `_KEPT` has room for: several ask for most."""

    def read(self, name: str) -> bytes | None:
        """Return one part inflated, or None where there is no such part.

        Raises:
            RefusedError: the part is damaged, encrypted, or larger than it said.
        """
        if name not in self.names:
            return None
        if name in self.inflated:
            return self.inflated[name]
        data = self._inflate(name)
        if sum(map(len, self.inflated.values())) + len(data) <= _KEPT:
            self.inflated[name] = data
        return data

    def _inflate(self, name: str) -> bytes:
        try:
            with self.archive.open(name) as stream:
                data = stream.read(MAX_PART + 1)
        except _DAMAGED as error:
            raise RefusedError("damaged", reason=name) from error
        except RuntimeError as error:  # zipfile's way to say that a part has a password
            raise RefusedError("encrypted") from error
        if len(data) > MAX_PART:
            raise RefusedError("too_large", limit=MAX_PART // MEGABYTE)
        return data

    def xml(self, name: str) -> etree._Element | None:
        """Return one part as XML, or None where there is no such part.

        Raises:
            RefusedError: the part isn't well-formed, or has a document type.
        """
        data = self.read(name)
        return None if data is None else parse_xml(data, name)


@lru_cache(maxsize=1)  # whoever tells a file's medium opens it just before its reader
def open_package(data: bytes) -> Package:
    """Open a zipped office file.

    Raises:
        RefusedError: it is damaged, or unpacks to more than any form does.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise RefusedError("damaged", reason=Message(mark("it is no whole zip file"))) from error
    infos = archive.infolist()
    sizes = [info.file_size for info in infos]
    if len(infos) > MAX_PARTS or sum(sizes) > MAX_TOTAL or max(sizes, default=0) > MAX_PART:
        raise RefusedError("too_large", limit=MAX_TOTAL // MEGABYTE)
    if len({(info.filename, info.CRC) for info in infos}) > len({i.filename for i in infos}):
        # One program would read the first of them, and another the last.
        raise RefusedError("damaged", reason=Message(mark("a part of it is there twice")))
    return Package(archive, frozenset(info.filename for info in infos))


def authors_of(package: Package) -> tuple[str, ...]:
    """Return who made an office file and who saved it last, as far as it tells."""
    try:
        roots = [package.xml("docProps/core.xml"), package.xml("meta.xml")]
    except RefusedError:  # no answer is in these parts: without them a form is as good
        return ()
    names = ("creator", "lastModifiedBy", "initial-creator")
    found = [root.iter(*(f"{{*}}{name}" for name in names)) for root in roots if root is not None]
    texts = ["".join(map(str, item.itertext())).strip() for items in found for item in items]
    return tuple(dict.fromkeys(filter(None, texts)))


_CODES = ("utf-8", "utf-16-le", "utf-16-be")
_TYPED = tuple(told.encode(code) for told in ("<!DOCTYPE", "<!ENTITY") for code in _CODES)


def refuse_typed(data: bytes) -> None:
    """Refuse XML with a document type, without parsing it.

    Raises:
        RefusedError: it has one.
    """
    if any(told in data for told in _TYPED):
        raise RefusedError("unsafe_xml")


def parse_xml(data: bytes, name: str) -> etree._Element:
    """Return XML parsed without entities, document types or network.

    Raises:
        RefusedError: it isn't well-formed, or has a document type.
    """
    # The cheap look first: some attacks do their work while a document type is parsed.
    refuse_typed(data)
    # Without comments, which would cut a text in two.
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise RefusedError("damaged", reason=name) from error
    if root.getroottree().docinfo.internalDTD is not None:  # written in UTF-16, say
        raise RefusedError("unsafe_xml")
    return root
