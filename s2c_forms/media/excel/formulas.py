"""The formulas of the form, each with what it shows before anybody has calculated.

All of them stand text and errors in the cells that they look at: they count, and never add.
"""

from collections.abc import Sequence

from s2c_forms.form.fields import Option
from s2c_forms.media.excel.desk import Desk
from s2c_forms.media.excel.sheet import ANSWER, HINT, cell_name
from s2c_forms.words import say

NO_MEAN = "–"
_MOST_ARGUMENTS = 250  # Excel takes 255; a part has a dozen factors


def status(row: int, options: Sequence[Option], language: str) -> tuple[str, str]:
    """Return what says beside a score what it means, or that it's still to come."""
    todo, wrong = _todo(language), say("not on the scale", language)
    cell = cell_name(row, ANSWER)
    values = ",".join(str(option.value) for option in options)
    labels = ",".join(_quoted(option.label) for option in options)
    found = f"IFERROR(CHOOSE(MATCH({cell},{{{values}}},0),{labels}),{_quoted(wrong)})"
    return f"=IF(ISBLANK({cell}),{_quoted(todo)},{found})", todo


def mean(rows: Sequence[int]) -> tuple[str, str]:
    """Return the mean of the scores in these rows, of those that are numbers."""
    cells = ",".join(cell_name(row, ANSWER) for row in rows[:_MOST_ARGUMENTS])
    return f'=IF(COUNT({cells})=0,"{NO_MEAN}",AVERAGE({cells}))', NO_MEAN


def still_to_score(desk: Desk) -> tuple[str, str]:
    """Return how many scores are still to come, counted by what stands beside them."""
    rows = [desk.rows[factor.score] for factor in desk.form.rubric.factors]
    column = f"{cell_name(min(rows), HINT)}:{cell_name(max(rows), HINT)}"
    number = f"COUNTIF({column},{_quoted(_todo(desk.language))})"
    todo = say("Still to score:", desk.language)
    done = say("✓ All is scored", desk.language)
    formula = f"=IF({number}=0,{_quoted(done)},{_quoted(todo + ' ')}&{number})"
    return formula, f"{todo} {len(rows)}"


def _todo(language: str) -> str:
    return say("still to score", language)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
