"""What tells a form from every other: its stamp, its form id, and the code on its paper.

A form id is seven characters drawn by lot and one that checks them, written `K7QF-2M9X` for
people and `K7QF2M9X` for programs. The alphabet has 31 characters (no 0, O, I, L or U), a prime
number, so that one weighted sum finds every single wrong character and every two that were
swapped (the scheme of ISBN-10).
"""

import re
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass

ALPHABET = "123456789ABCDEFGHJKMNPQRSTVWXYZ"
ID_LENGTH = 8
_HASH_LENGTH = 8
_PREFIX = "S2C"


@dataclass(frozen=True)
class Stamp:
    """Which rubric a form was made from, and which copy it is."""

    rubric: str
    version: str
    hash: str
    form_id: str

    def entries(self) -> dict[str, str]:
        """Return the stamp as names and texts, for document properties and the like."""
        return {f"s2c_{name}": text for name, text in asdict(self).items()}

    @classmethod
    def from_entries(cls, entries: Mapping[str, str]) -> "Stamp | None":
        """Return the stamp among `entries`, or None where it isn't there whole."""
        names = ("rubric", "version", "hash", "form_id")
        texts = [str(entries.get(f"s2c_{name}", "")).strip() for name in names]
        form_id = parse_form_id(texts[3])
        return cls(texts[0], texts[1], texts[2], form_id) if all(texts[:3]) and form_id else None

    def line(self) -> str:
        """Return the stamp as the small line of text that stands on every form."""
        return f"{spaced(self.form_id)} · {self.rubric} · {self.version} · {self.hash}"


_LINE = re.compile(
    r"(?P<id>[0-9A-Za-z]{4}-?[0-9A-Za-z]{4})\s*·\s*(?P<rubric>[\w-]+)\s*·\s*"
    r"(?P<version>[^\s·]+)\s*·\s*(?P<hash>[0-9a-f]{16})"
)


def find_stamp_line(text: str) -> Stamp | None:
    """Return the stamp written by `Stamp.line` somewhere in `text`, or None."""
    for found in _LINE.finditer(text):
        if form_id := parse_form_id(found["id"]):
            return Stamp(found["rubric"], found["version"], found["hash"], form_id)
    return None


def check_character(body: str) -> str:
    """Return the character that makes the weighted sum of `body` and itself 0 modulo 31."""
    total = sum(weight * ALPHABET.index(char) for weight, char in enumerate(body, start=2))
    return ALPHABET[-total % len(ALPHABET)]


def new_form_id() -> str:
    """Return a form id drawn by lot: one of 27,512,614,111."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(ID_LENGTH - 1))
    return body + check_character(body)


def parse_form_id(text: str) -> str | None:
    """Return the form id that a person or program wrote, or None where it isn't one."""
    compact = re.sub(r"[\s-]", "", text).upper()
    if len(compact) != ID_LENGTH or any(char not in ALPHABET for char in compact):
        return None
    return compact if check_character(compact[:-1]) == compact[-1] else None


def spaced(form_id: str) -> str:
    """Return a form id as people read it aloud: in two groups of four."""
    return f"{form_id[:4]}-{form_id[4:]}"


@dataclass(frozen=True)
class PageCode:
    """What the QR codes of one sheet of paper say."""

    form_id: str
    layout_hash: str
    page: int
    pages: int

    def payload(self) -> str:
        """Return 22 capitals and digits: what fits a QR code of version 2, level Q."""
        sheet = ALPHABET[self.page] + ALPHABET[self.pages]
        body = self.form_id + self.layout_hash + sheet
        return _PREFIX + body + check_character(body)


def parse_page_code(payload: str) -> PageCode | None:
    """Return what a code says, or None where it isn't ours or its check character fails."""
    body, check = payload[len(_PREFIX) : -1], payload[-1:]
    if not payload.startswith(_PREFIX) or len(body) != ID_LENGTH + _HASH_LENGTH + 2:
        return None
    if any(char not in ALPHABET for char in body) or check_character(body) != check:
        return None
    form_id = parse_form_id(body[:ID_LENGTH])
    page, pages = ALPHABET.index(body[-2]), ALPHABET.index(body[-1])
    return PageCode(form_id, body[ID_LENGTH:-2], page, pages) if form_id else None


def short_hash(digest: bytes) -> str:
    """Return a digest as the 8 characters (39 bits) that fit a QR code."""
    number = int.from_bytes(digest[:16], "big")
    chars = []
    for _ in range(_HASH_LENGTH):
        number, rest = divmod(number, len(ALPHABET))
        chars.append(ALPHABET[rest])
    return "".join(chars)
