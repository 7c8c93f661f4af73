"""What a code is, that stands where others would write a name."""

import re
from functools import lru_cache

from s2c_forms.form.fields import Field

# Where a rubric gives no pattern: at most 12 letters and digits without blanks, one digit or more,
# in up to three groups: `C-012`, `J007`, `2B-14`, `s2c_c_7`, `12`.
USUAL_PATTERN = "(?=.*[0-9])(?=.{1,12}$)[A-Z0-9]+(?:[-_][A-Z0-9]+){0,2}"


def code_pattern(field: Field) -> str:
    """Return the regular expression that a code fits in full, whatever its case."""
    return field.pattern or USUAL_PATTERN


def is_code(field: Field, text: str) -> bool:
    """Return whether a text that answers a field of codes is one, and no name."""
    return bool(_compiled(code_pattern(field)).fullmatch(text))


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern, re.ASCII | re.IGNORECASE)
    except re.error:  # which `s2c-forms check` tells; until it is mended the usual codes are codes
        return re.compile(USUAL_PATTERN, re.ASCII | re.IGNORECASE)
