"""A roster → the forms that are expected, remembered in the store."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from s2c_forms.api.roster import Row, read_roster
from s2c_forms.errors import RosterError
from s2c_forms.form.codes import is_code
from s2c_forms.form.fields import field_index
from s2c_forms.form.kinds import natural
from s2c_forms.form.rubric import Rubric
from s2c_forms.words import mark, say

if TYPE_CHECKING:
    from s2c_forms.records.keying import Key
    from s2c_forms.store import Store


@dataclass(frozen=True)
class Expecting:
    """How a roster is taken.

    Attributes:
        spare: the rubric for a store that holds no forms yet.
        with_names: whether names may stand in it: where they are allowed, and where a key turns
            them into codes afterwards.
        key: what turns names into codes beforehand; None where nothing does.
    """

    spare: Rubric
    with_names: bool = False
    key: "Key | None" = None


def expect(store: "Store", roster: Path, how: Expecting) -> None:
    """Remember which forms are expected, in place of those that were.

    Args:
        store: where they are remembered; its newest rubric says which columns there may be.
        roster: a table such as `generate` takes: a row for each form.
        how: whether names may stand in it, and what becomes of them.

    Raises:
        RosterError: the roster can't be used.
    """
    from s2c_forms.store import note_roster, note_rubric, own_rubric, rubrics_of

    own = own_rubric(store)
    known = [one for one in rubrics_of(store) if one.id == own]
    newest = max(known, key=lambda one: natural(one.version), default=how.spare)
    rows = _coded(read_roster(roster, newest), newest, how.key)
    if not how.with_names:
        _refuse_names(roster, rows, newest)
    note_rubric(store, newest)  # it says which of the roster's cells are codes
    note_roster(store, rows)


def _coded(rows: list[Row], rubric: Rubric, key: "Key | None") -> list[Row]:
    """Return rows with the codes that a key has for the names in them."""
    from s2c_forms.records.keying import fitting_code

    index = field_index(rubric)
    if key is None:
        return rows
    return [
        {id_: fitting_code(index[id_], value, key) or value for id_, value in row.items()}
        for row in rows
    ]


def _refuse_names(path: Path, rows: list[Row], rubric: Rubric) -> None:
    """See that a roster holds codes where codes belong; a name is told by its place only.

    Raises:
        RosterError: it holds others.
    """
    index = field_index(rubric)
    findings = [
        say("form {row} of the list: no code in {column}", row=number, column=id_)
        for number, row in enumerate(rows, start=1)
        for id_, value in row.items()
        if index[id_].kind == "pseudonym" and not is_code(index[id_], str(value))
    ]
    if findings:
        raise RosterError(
            mark("The roster {path} has names, or something else, where codes belong: {n}."),
            mark(
                "Put codes there, or give the key with --key. With --names allow names are taken."
            ),
            findings=tuple(findings),
            path=path,
            n=len(findings),
        )
