"""The command line in Dutch: its own words and click's."""

import gettext
import os
import re
from pathlib import Path

import click
import pytest

from s2c_forms import words
from s2c_forms.cli import run
from s2c_forms.cli.commands import program
from s2c_forms.cli.language import CLICK, CLICK_COUNTED, chosen, click_speaks, told
from s2c_forms.words import count, say

COMMANDS = [[], *([name] for name in program.commands)]


@pytest.fixture(autouse=True)
def language_as_it_was():
    before = words.spoken()
    yield
    words.speak(before)


@pytest.mark.parametrize(
    ("arguments", "language"),
    [
        (["--lang", "nl", "read"], "nl"),
        (["read", "x", "--lang=en"], "en"),
        (["read", "x"], None),
        (["read", "--lang"], None),
        (["read", "--lang", "fr"], None),
        (["read", "--", "--lang", "nl"], None),
    ],
)
def test_the_language_is_known_before_anything_is_said(arguments, language):
    assert chosen(arguments) == language


@pytest.mark.parametrize("command", COMMANDS, ids=str)
def test_help_in_dutch_has_no_english_line(command, capsys):
    assert run([*command, "--help", "--lang", "en"]) == 0
    english = capsys.readouterr().out
    assert run(["--lang", "nl", *command, "--help"]) == 0
    dutch = capsys.readouterr().out
    assert "Gebruik: s2c-forms" in dutch
    assert "Usage" in english
    same = set(english.splitlines()) & set(dutch.splitlines())
    assert not [line for line in same if len(line.split()) > 1]


@pytest.mark.parametrize("command", [program, *program.commands.values()], ids=lambda c: c.name)
def test_every_text_of_ours_has_its_dutch(command):
    texts = [command.help, command.short_help, command.options_metavar]
    for parameter in command.params:
        texts += [getattr(parameter, "help", None), parameter.metavar]
    for text in filter(None, texts):
        assert say(text, "nl") != text


def test_wrong_usage_is_told_in_dutch(capsys):
    for arguments, what in (
        (["--lang", "nl", "reed"], "De opdracht 'reed' bestaat niet. Bedoel je 'read'?"),
        (["read", "--lang", "nl"], "Hier ontbreekt nog 'PAD...'."),
        (["generate", "--lang", "nl", "--copies", "x"], "'x' is geen heel getal."),
        (["generate", "--lang=nl", "pfd"], "'pfd' is niet een van 'pdf'"),
        (["check", "a", "b", "--lang", "nl"], "Dit staat er te veel: b"),
        (["--lang", "nl"], None),
    ):
        assert run(arguments) == 2
        err = capsys.readouterr().err
        assert "Gebruik: s2c-forms" in err
        assert "Error" not in err
        assert what is None or what in err, err
    assert run(["fields", "--lang", "nl", "--json=x"]) == 2
    assert capsys.readouterr().err == "Fout: Bij de optie '--json' hoort geen waarde.\n"
    assert run(["merge", "x", "--lang", "nl", "--into"]) == 2
    assert capsys.readouterr().err == "Fout: Bij de optie '--into' hoort een waarde.\n"


def test_texts_are_clicks_own_word_for_word():
    source = "".join(
        path.read_text(encoding="utf-8") for path in Path(click.__file__).parent.glob("*.py")
    )
    for text in (*CLICK, *(one for pair in CLICK_COUNTED for one in pair)):
        literal = text.replace("\n", "\\n").replace("\t", "\\t")
        assert f'"{literal}"' in source, text


def test_every_text_of_click_has_its_dutch():
    for text in CLICK:
        assert say(text, "nl") != text
    for one, more in CLICK_COUNTED:
        fields = dict.fromkeys(re.findall(r"{(\w+)", one + more), 3)
        dutch = words._catalogue("nl")
        assert dutch.ngettext(one, more, 1) != one
        assert dutch.ngettext(one, more, 2).format(**fields)
    assert count("{n} file in", "{n} files in", 2, "nl") == "2 bestanden erin"


def test_what_click_asks_is_left_as_it_was(monkeypatch):
    monkeypatch.setenv("LANGUAGE", "de")
    domain = gettext.textdomain()
    with click_speaks("nl"):
        assert gettext.gettext("Usage:") == "Gebruik:"
    assert (gettext.textdomain(), os.environ["LANGUAGE"]) == (domain, "de")
    monkeypatch.delenv("LANGUAGE")
    with click_speaks("en"):
        assert gettext.gettext("Usage:") == "Usage:"
    assert "LANGUAGE" not in os.environ


def test_telling_a_command_changes_none_of_it():
    before = program.commands["read"].help
    words.speak("nl")
    dutch = told(program)
    assert dutch.commands["read"].help != before
    assert program.commands["read"].help == before
