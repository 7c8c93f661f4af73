"""A roster → the forms that are expected, remembered beside the master workbook."""

from pathlib import Path

from s2c_forms.api.checking import rubric_at
from s2c_forms.api.roster import Row, read_roster
from s2c_forms.errors import RosterError
from s2c_forms.form.codes import is_code
from s2c_forms.form.fields import field_index
from s2c_forms.form.kinds import natural
from s2c_forms.form.rubric import Rubric
from s2c_forms.words import mark, say


def expect(
    roster: Path, into: Path, *, store: Path | None = None, rubric: Path | None = None
) -> int:
    """Remember which forms are expected, in place of those that were; return how many.

    The next merge into the workbook shows them beside what came, and so does every later one.

    Args:
        roster: a table such as `generate` takes: a row for each form.
        into: the workbook.
        store: where everything is kept; `into` with the ending .sqlite by default.
        rubric: a rubric file, for a store that holds no forms yet.

    Raises:
        RubricError: `rubric` can't be used.
        RosterError: the roster can't be used; then nothing has changed.
        WriteError: the store can't be used.
    """
    from s2c_forms.store import note_roster, open_store, own_rubric, rubrics_of
    from s2c_forms.store.names import names_allowed

    path = store or into.with_suffix(".sqlite")
    with open_store(path) as opened:
        own = own_rubric(opened)
        known = [one for one in rubrics_of(opened) if one.id == own]
        newest = max(known, key=lambda one: natural(one.version), default=None)
        asked = newest or rubric_at(rubric)
        rows = read_roster(roster, asked)
        if not names_allowed(opened):
            _refuse_names(roster, rows, asked)
        note_roster(opened, rows)
    return len(rows)


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
            mark("Put codes there. With --names allow names are taken."),
            findings=tuple(findings),
            path=path,
            n=len(findings),
        )
