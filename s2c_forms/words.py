"""Words that people read: English in code, other languages in catalogues beside it.

Forms and workbooks speak the rubric's language; messages speak the one chosen with `speak`.
"""

import gettext
import locale
import os
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

LOCALES = Path(__file__).parent / "locale"
DOMAIN = "s2c_forms"
_spoken: ContextVar[str] = ContextVar("language of messages", default="en")


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, LOCALES, [language], fallback=True)


def speak(language: str) -> None:
    """Let every later message be in `language` (a code such as `nl`)."""
    _spoken.set(language[:2].lower())


def spoken() -> str:
    """Return the code of the language that messages are in."""
    return _spoken.get()


def language_of_machine() -> str:
    """Return the language that this machine's user has chosen, `en` where it says none."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            break
    else:
        value = locale.getlocale()[0] or ""  # Windows sets no LANG
    is_dutch = value.lower().startswith(("nl", "dutch"))
    return "nl" if is_dutch else "en"


def mark(msgid: str) -> str:
    """Mark a text for the catalogue without translating it yet."""
    return msgid


def say(msgid: str, language: str | None = None, /, **values: object) -> str:
    """Return `msgid` in `language` (the spoken one by default), its placeholders filled in."""
    text = _catalogue(language or spoken()).gettext(msgid) if msgid else ""
    return text.format(**_told(values, language)) if values else text


def _told(values: Mapping[str, object], language: str | None) -> dict[str, object]:
    """Return values with those that are messages themselves told in the same language."""
    return {
        name: value.text(language) if isinstance(value, Message) else value
        for name, value in values.items()
    }


def count(singular: str, plural: str, number: int, language: str | None = None, /) -> str:
    """Return the form of a counted text that `number` asks for; `{n}` in it is the number."""
    return _catalogue(language or spoken()).ngettext(singular, plural, number).format(n=number)


@dataclass(frozen=True)
class Message:
    """A text with its values, translated only where somebody reads it."""

    msgid: str
    values: Mapping[str, object] = field(default_factory=dict)

    def text(self, language: str | None = None) -> str:
        """Return the message in `language`, by default the spoken one."""
        return say(self.msgid, language, **self.values)
