"""A rubric file → Rubric, or every finding at once with its line and how to mend it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from s2c_forms.errors import RubricError
from s2c_forms.form.rubric import Rubric
from s2c_forms.words import Message, mark, say

Path_ = tuple[str | int, ...]


@dataclass(frozen=True)
class Finding:
    """Something wrong in a rubric file: where, what, and how to mend it.

    A warning is for people to know; the rubric can be used.
    """

    line: int
    what: Message
    mend: Message
    is_warning: bool = False

    def text(self, language: str | None = None) -> str:
        """Return the finding as one line."""
        line = say("line {line}", language, line=self.line)
        return f"{line}: {self.what.text(language)} {self.mend.text(language)}"


@dataclass(frozen=True)
class Source:
    """A rubric file as data, every scalar as the text it is, and the line of each place."""

    data: Any
    lines: dict[Path_, int]
    findings: tuple[Finding, ...]

    def line(self, path: Path_) -> int:
        """Return the line of a place, or of the nearest one around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def finding(self, path: Path_, what: str, mend: str, /, **values: object) -> Finding:
        """Return a finding at a place in the file."""
        return Finding(self.line(path), Message(what, values), Message(mend, values))


def load_rubric(path: Path) -> Rubric:
    """Return the rubric in a file.

    Raises:
        RubricError: with every finding of its structure, each with line and mend.
    """
    rubric, source = parse_rubric(read_text(path))
    if rubric is None:
        raise unusable(path, source.findings)
    return rubric


def unusable(path: Path, findings: tuple[Finding, ...]) -> RubricError:
    """Return the error that tells a file's findings."""
    return RubricError(
        mark("The rubric {path} can't be used as it is."),
        mark("Mend the lines named here and run `s2c-forms check` again."),
        findings=tuple(finding.text() for finding in findings),
        path=path,
    )


def read_text(path: Path) -> str:
    """Return a file's text.

    Raises:
        RubricError: the file can't be opened or isn't UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise RubricError(
            mark("The rubric {path} can't be opened: {reason}."),
            mark("Look at the name, or choose another with --rubric."),
            path=path,
            reason=error.strerror,
        ) from error
    except UnicodeDecodeError as error:
        raise RubricError(
            mark("The rubric {path} is not in UTF-8 (at byte {place})."),
            mark("Save it as UTF-8 in your text editor."),
            path=path,
            place=error.start,
        ) from error


def parse_rubric(text: str) -> tuple[Rubric | None, Source]:
    """Return the rubric in `text` (None where its structure is wrong), and its source."""
    source = _parse_yaml(text)
    if source.findings:
        return None, source
    from pydantic import TypeAdapter, ValidationError

    try:
        return TypeAdapter(Rubric).validate_python(_plain(source.data)), source
    except ValidationError as error:
        findings = tuple(_structural(source, dict(detail)) for detail in error.errors())
        return None, Source(source.data, source.lines, findings)


def _plain(data: Any) -> Any:
    """Return a file's data as the rubric has it: `renamed`, a map in files, is a list in it."""
    if not isinstance(data, dict) or not isinstance(data.get("renamed"), dict):
        return data
    return data | {
        "renamed": tuple({"was": was, "now": now} for was, now in data["renamed"].items())
    }


def _parse_yaml(text: str) -> Source:
    try:
        for event in yaml.parse(text, Loader=yaml.CBaseLoader):
            if isinstance(event, yaml.AliasEvent):  # a few of them unfold to more than memory holds
                return _with_alias(event.start_mark.line + 1 if event.start_mark else 1)
        node = yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.YAMLError as error:
        place = getattr(error, "problem_mark", None)
        return _no_yaml(text, place.line + 1 if place else 1)
    except RecursionError:
        return _no_yaml(text, 1)
    lines: dict[Path_, int] = {}
    findings: list[Finding] = []
    data = _data(node, (), lines, findings) if node else {}
    return Source(data, lines, tuple(findings))


def _no_yaml(text: str, line: int) -> Source:
    lines = text.splitlines()
    shown = lines[line - 1].strip()[:60] if line <= len(lines) else ""
    what = Message(mark("From here on this is not YAML: “{text}”."), {"text": shown})
    mend = Message(mark("Often an indent, a tab, or a text with `: ` in it that needs quotes."))
    return Source(None, {}, (Finding(line, what, mend),))


def _with_alias(line: int) -> Source:
    what = Message(mark("A reference (`*name`) stands here, which rubrics don't have."))
    return Source(None, {}, (Finding(line, what, Message(mark("Write it out in full."))),))


def _data(node: yaml.Node, path: Path_, lines: dict[Path_, int], findings: list[Finding]) -> Any:
    """Return a YAML node as data, noting each place's line and every key that stands twice."""
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        pairs: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in pairs:
                findings.append(_double_key(key_node.start_mark.line + 1, key))
            pairs[key] = _data(value_node, (*path, key), lines, findings)
            lines[(*path, key)] = key_node.start_mark.line + 1
        return pairs
    if isinstance(node, yaml.SequenceNode):
        items = enumerate(node.value)
        return tuple(_data(item, (*path, index), lines, findings) for index, item in items)
    return node.value


def _double_key(line: int, key: str) -> Finding:
    values = {"key": key}
    return Finding(
        line,
        Message(mark("The key `{key}` stands twice in the same place."), values),
        Message(mark("Keep one of the two.")),
    )


# pydantic's type of error → what is wrong, how to mend it
_STRUCTURE: dict[str, tuple[str, str]] = {
    "missing": (mark("`{key}` is missing."), mark("Add a line `{key}: …` here.")),
    "unexpected_keyword_argument": (
        mark("The key `{key}` is not known here."),
        mark("Take it out, or look at its spelling."),
    ),
    "int_parsing": (mark("`{key}` must be a whole number."), mark("Write digits only.")),
    "string_type": (mark("`{key}` must be a text."), mark("Write it on one line, in quotes.")),
    "tuple_type": (
        mark("`{key}` must be a list."),
        mark("Start each of its items with a hyphen on a line of its own."),
    ),
    "dataclass_type": (
        mark("`{key}` must be a group of keys."),
        mark("Write lines such as `id: …` under it."),
    ),
    "literal_error": (
        mark("`{key}` must be one of {expected}."),
        mark("Choose one of these words."),
    ),
}
_OTHER = (mark("`{key}` doesn't fit here."), mark("Compare it with the rubric that was shipped."))


def _structural(source: Source, detail: dict[str, Any]) -> Finding:
    path = tuple(step for step in detail["loc"])
    what, mend = _STRUCTURE.get(detail["type"], _OTHER)
    names = [step for step in path if isinstance(step, str)]
    key = names[-1] if names else mark("rubric")
    expected = detail.get("ctx", {}).get("expected", "").replace(" or ", ", ")
    return source.finding(path, what, mend, key=key, expected=expected)
