"""Places in a rubric file by pattern, whatever else in it is wrong."""

from collections.abc import Callable, Iterator

from s2c_forms.form.rubric_file import Finding, Path_, Source

Findings = Iterator[Finding]
Rule = Callable[[Source], Findings]
ANY = "*"
PART = ("parts", ANY)
FACTOR = (*PART, "factors", ANY)
INDICATOR = (*FACTOR, "indicators", ANY)
QUESTIONS: tuple[Path_, ...] = (("header", ANY), ("added", ANY))


def texts_at(source: Source, *patterns: Path_) -> Iterator[tuple[Path_, str]]:
    """Yield each place that fits a pattern (`*` is any place in a list), and the text there."""
    for pattern in patterns:
        for path, value in _at(source.data, pattern, ()):
            if isinstance(value, str):
                yield path, value


def _at(data: object, pattern: Path_, path: Path_) -> Iterator[tuple[Path_, object]]:
    if not pattern:
        yield path, data
        return
    step, rest = pattern[0], pattern[1:]
    if isinstance(data, tuple):
        for index, item in enumerate(data):
            if step in (ANY, index):
                yield from _at(item, rest, (*path, index))
    elif isinstance(data, dict) and step in data:
        yield from _at(data[step], rest, (*path, step))


def groups_at(source: Source, *patterns: Path_) -> Iterator[tuple[Path_, dict[str, object]]]:
    """Yield each group of keys that stands at a place that fits a pattern."""
    for pattern in patterns:
        for path, value in _at(source.data, pattern, ()):
            if isinstance(value, dict):
                yield path, value


def asked(key: str) -> tuple[Path_, ...]:
    """Return the patterns of one key of every question."""
    return tuple((*question, key) for question in QUESTIONS)


def folded(text: str) -> str:
    """Return a text without the differences that people don't see."""
    return " ".join(text.split()).casefold()


def doubles(source: Source, places: Iterator[tuple[Path_, str]], what: str, mend: str) -> Findings:
    """Yield a finding for each text that stood before, in whatever capitals."""
    seen: dict[str, int] = {}
    for path, text in sorted(places, key=lambda place: source.line(place[0])):
        plain = folded(text)
        if plain in seen:
            yield source.finding(path, what, mend, text=text, first=seen[plain])
        elif plain:
            seen[plain] = source.line(path)
