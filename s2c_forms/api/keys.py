"""A key file → codes in place of names, in all that the store keeps."""

import contextlib
import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from s2c_forms.api.key_file import KeyFile, Opened, extend_key, open_key
from s2c_forms.api.table import Line
from s2c_forms.errors import RosterError
from s2c_forms.form.kinds import same_words
from s2c_forms.records.names import is_near, is_telling, spelling
from s2c_forms.words import Message, count, mark, say

if TYPE_CHECKING:
    from s2c_forms.form.rubric import Rubric
    from s2c_forms.records.keying import Key
    from s2c_forms.store import Store

_NAMES = ("naam", "name", "namen", "names")
_CODES = ("code", "codes")
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class OpenedKey:
    """A key, with the file that it stands in.

    Attributes:
        key: names and codes.
        file: where they stand.
        columns: of the name and of the code, from 0.
        extend: whether names that it lacks are to be added.
    """

    key: "Key"
    file: Opened = field(repr=False)
    columns: tuple[int, int]
    extend: bool


def read_key(file: KeyFile, outputs: Iterable[Path]) -> OpenedKey:
    """Return the key in a file.

    Raises:
        RosterError: it lies in one of the folders `outputs`, can't be read, or contradicts
            itself. No message tells a name.
    """
    from s2c_forms.records.keying import Key

    opened = open_key(file, tuple(outputs))
    lines = [line for line in opened.lines if any(line.cells)]
    columns = _columns(file.path, lines)
    rows = [_pair(line, columns) for line in lines[1:]]
    findings = list(_findings(rows))
    if findings:
        raise RosterError(
            mark("The key {path} can't be used: {n} findings."),
            mark("Mend the rows named here."),
            findings=tuple(findings),
            path=file.path,
            n=len(findings),
        )
    _warn_of_shared(rows)
    codes = {name: code for _, name, code in rows if name and code}
    key = Key(codes, frozenset(code for _, _, code in rows if code))
    whole = Opened(opened.path, opened.data, opened.password, tuple(lines))
    return OpenedKey(key, whole, columns, file.extend)


_Pair = tuple[int, str, str]


def _columns(path: Path, lines: Sequence[Line]) -> tuple[int, int]:
    heads = lines[0].cells if lines else ()
    found = [
        [place for place, head in enumerate(heads) if any(same_words(head, w) for w in words)]
        for words in (_NAMES, _CODES)
    ]
    if any(len(places) != 1 for places in found):
        raise RosterError(
            mark("The key {path} needs one column for names and one for codes."),
            mark("Call them `naam` and `code` in the first row."),
            path=path,
        )
    return found[0][0], found[1][0]


def _pair(line: Line, columns: tuple[int, int]) -> _Pair:
    name, code = (line.cells[c] if c < len(line.cells) else "" for c in columns)
    return line.number, name, code


def _findings(rows: Sequence[_Pair]) -> Iterable[str]:
    """Yield what is wrong with the rows of a key. By row only: a message tells no name."""
    by_spelling: dict[str, list[_Pair]] = defaultdict(list)
    for row, name, code in rows:
        if name and not code:
            yield say("row {row}: there is a name without a code.", row=row)
        if name and not is_telling(name):
            yield say("row {row}: what stands for a name is none.", row=row)
        if name and code:
            by_spelling[spelling(name)].append((row, name, code))
    for same in by_spelling.values():
        if len({code.casefold() for _, _, code in same}) > 1:
            told = ", ".join(str(row) for row, _, _ in same)
            yield say("rows {rows}: one name has several codes.", rows=told)


def _warn_of_shared(rows: Sequence[_Pair]) -> None:
    by_code: dict[str, list[_Pair]] = defaultdict(list)
    for row, name, code in rows:
        if name and code:
            by_code[code.casefold()].append((row, name, code))
    for shared in by_code.values():
        first = shared[0][1]
        if any(not is_near(first, name) for _, name, _ in shared[1:]):
            told = ", ".join(str(row) for row, _, _ in shared)
            _log.warning(
                "%s", say("The key has one code for different names, in rows {rows}.", rows=told)
            )


@contextlib.contextmanager
def apart_from_names(store: "Store", opened: OpenedKey | None) -> Iterator[None]:
    """See that a server gets no name while the block fills the store: of a key, or met since.

    What was forgotten on another computer goes from this one too.
    """
    from s2c_forms.store.forgetting import forget_gone
    from s2c_forms.store.names import digests_of

    if not store.is_shared:
        yield
        return
    forget_gone(store)
    if opened:
        _know(store, opened.key)
    before = digests_of(store)
    yield
    if digests_of(store) != before:
        _share_anew(store)


def _share_anew(store: "Store") -> None:
    """Let the server have what forms said that were read here without names known since."""
    from s2c_forms.store import rubrics_of, share_version, versions_of

    rubrics = {rubric.hash: rubric for rubric in rubrics_of(store.here)}
    for version in versions_of(store.here, rubrics):
        share_version(store, version, rubrics[version.record.stamp.hash])


def _know(store: "Store", key: "Key") -> None:
    """Keep digests of a key's names."""
    from s2c_forms.records.names import names_of
    from s2c_forms.store.names import made_secret, note_names

    note_names(store, names_of(made_secret(store), key.codes).digests)


def apply_key(store: "Store", opened: OpenedKey) -> int:
    """Put codes in the place of names in the store, and remember digests of the key's names.

    Returns:
        How many names got a new code, and were written into the key's file.
    """
    from s2c_forms.records.keying import keyed, new_codes
    from s2c_forms.store import rewrite_version, rubrics_of, versions_of
    from s2c_forms.store.heads import names_in_heads

    rubrics = {rubric.hash: rubric for at in (store.here, store) for rubric in rubrics_of(at)}
    versions = versions_of(store.here, rubrics)  # names are nowhere else
    key = opened.key
    _warn_of_odd_codes(key, rubrics.values())
    made: dict[str, str] = {}
    if opened.extend:
        heads = names_in_heads(store, rubrics.values())
        made, without = new_codes(versions, rubrics, key, heads)
        _warn_of_fields(without)
        for name, code in made.items():
            key = key.with_code(name, code)
    for version in versions:
        rubric = rubrics[version.record.stamp.hash]
        told = keyed(version, rubric, key)
        if told.record != version.record:
            was, now = version.record.values, told.record.values
            changed = {id_ for id_ in was if was[id_] != now[id_]}
            rewrite_version(store, told, rubric, changed)
    _remember(store, key, rubrics.values())
    if made:
        extend_key(opened.file, made, opened.columns)
    return len(made)


def _remember(store: "Store", key: "Key", rubrics: Iterable["Rubric"]) -> None:
    """Keep digests of the key's names, and codes in place of names that forms were made for."""
    from s2c_forms.records.keying import fitting_code
    from s2c_forms.store.heads import change_heads

    _know(store, key)
    change_heads(store, rubrics, lambda field, value: fitting_code(field, value, key) or value)


def _warn_of_odd_codes(key: "Key", rubrics: Iterable["Rubric"]) -> None:
    from s2c_forms.form.codes import is_code
    from s2c_forms.form.fields import fields_of

    asked = [f for rubric in rubrics for f in fields_of(rubric) if f.kind == "pseudonym"]
    odd = [
        code for code in key.codes.values() if asked and not any(is_code(f, code) for f in asked)
    ]
    if odd:
        told = count(
            "{n} code of the key is none by the rubric, and isn't used.",
            "{n} codes of the key are none by the rubric, and aren't used.",
            len(odd),
        )
        _log.warning("%s", told)


def _warn_of_fields(without: Sequence[str]) -> None:
    for field_id in without:
        message = Message(
            mark("For names in `{field}` no code could be made: write them into the key by hand."),
            {"field": field_id},
        )
        _log.warning("%s", message.text())
