"""Whatever a person reads has its Dutch: found by reading the code, extractor or not."""

import ast
import subprocess
import sys
from collections.abc import Iterator

import pytest

from s2c_forms.words import Message, _catalogue, count, language_of_machine, say, speak
from tests.conftest import ROOT

MARKERS = {"say", "mark", "Message", "count"}


def marked_texts() -> Iterator[tuple[str, str]]:
    """Yield place and text of every text that the code marks for people."""
    for path in sorted((ROOT / "s2c_forms").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id in MARKERS and node.args and isinstance(node.args[0], ast.Constant):
                text = node.args[0].value
                if isinstance(text, str) and text:
                    yield f"{path.name}:{node.lineno}", text


def test_every_text_has_dutch():
    dutch = _catalogue("nl")
    known = {key[0] if isinstance(key, tuple) else key for key in dutch._catalog}  # type: ignore[attr-defined]
    assert [place for place, text in marked_texts() if text not in known] == []


def test_the_compiled_catalogue_is_what_the_code_and_the_translations_say():
    command = [sys.executable, str(ROOT / "scripts" / "words.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_placeholders_are_the_same_in_dutch():
    from string import Formatter

    def names(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    wrong = []
    for key, told in _catalogue("nl")._catalog.items():  # type: ignore[attr-defined]
        counted = isinstance(key, tuple)  # "1 file" may do without what "{n} files" needs
        if not counted and key and "%(" not in key and not names(told) <= names(key):
            wrong.append(key)
    assert wrong == []


def test_a_message_is_told_in_the_language_asked_for():
    message = Message("The file is damaged: {reason}.", {"reason": Message("plain text")})
    assert message.text("en") == "The file is damaged: plain text."
    assert message.text("nl") == "Het bestand is beschadigd: platte tekst."
    assert say("yes", "nl") == "ja"
    assert say("yes", "xx") == "yes"


def test_what_was_chosen_is_spoken():
    speak("nl_NL")
    try:
        assert say("no") == "nee"
        assert count("{n} file", "{n} files", 2, "en") == "2 files"
    finally:
        speak("en")


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "nl_NL.UTF-8"}, "nl"),
        ({"LC_ALL": "nl_BE", "LANG": "en_US"}, "nl"),
        ({"LANGUAGE": "en", "LANG": "nl_NL"}, "en"),
        ({"LANG": "C"}, "en"),
    ],
)
def test_the_language_of_the_machine_is_its_users(monkeypatch, environment, language):
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert language_of_machine() == language


def test_windows_says_its_language_in_words(monkeypatch):
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("locale.getlocale", lambda: ("Dutch_Netherlands", "1252"))
    assert language_of_machine() == "nl"
