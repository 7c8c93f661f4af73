"""Which field says what about a form: whose it is, when it was, who scored, which conversation.

A rubric may say so itself (`roles:`); what it leaves out follows from its `identity`.
"""

from functools import lru_cache

from s2c_forms.form.fields import Field, field_index
from s2c_forms.form.rubric import Roles, Rubric


@lru_cache(maxsize=64)
def roles_of(rubric: Rubric) -> Roles:
    """Return the rubric's roles, those that it leaves out filled in; empty where none has it.

    - `subject`: the first pseudonym of the identity.
    - `rater`: its first choice.
    - `moment`: its dates, then its numbers: in that order forms follow each other.
    - `conversation`: what is left of the identity without the rater. Dates are left out too where
      a number counts the conversations, since two people seldom score on the same day.
    """
    told = rubric.roles or Roles()
    index = field_index(rubric)
    asked = [index[id_] for id_ in rubric.identity if id_ in index]
    dates, numbers = _of_kind(asked, "date"), _of_kind(asked, "number")
    rater = told.rater or next(iter(_of_kind(asked, "choice")), "")
    left_out = {rater, *(dates if numbers else ())}
    return Roles(
        subject=told.subject or next(iter(_of_kind(asked, "pseudonym")), ""),
        moment=told.moment or (*dates, *numbers),
        rater=rater,
        conversation=told.conversation or tuple(f.id for f in asked if f.id not in left_out),
    )


def _of_kind(fields: list[Field], kind: str) -> tuple[str, ...]:
    return tuple(field.id for field in fields if field.kind == kind)
