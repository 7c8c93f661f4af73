"""A roster → the forms that are expected, remembered in the store."""

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
    from s2c_forms.store import Store


def expect(store: "Store", roster: Path, spare: Rubric, *, with_names: bool) -> None:
    """Remember which forms are expected, in place of those that were.

    Args:
        store: where they are remembered; its newest rubric says which columns there may be.
        roster: a table such as `generate` takes: a row for each form.
        spare: the rubric for a store that holds no forms yet.
        with_names: whether names may stand in it: where they are allowed, and where a key turns
            them into codes at once.

    Raises:
        RosterError: the roster can't be used.
    """
    from s2c_forms.store import note_roster, note_rubric, own_rubric, rubrics_of

    own = own_rubric(store)
    known = [one for one in rubrics_of(store) if one.id == own]
    newest = max(known, key=lambda one: natural(one.version), default=spare)
    rows = read_roster(roster, newest)
    if not with_names:
        _refuse_names(roster, rows, newest)
    note_rubric(store, newest)  # it says which of the roster's cells are codes
    note_roster(store, rows)


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
