"""Programs that fill in a form and are not the one that wrote it, one a medium.

Each has `fill(source, answers, target)`: it copies the form `source` to `target` with `answers`
(values by field id; what is missing or None is left as it was) typed in as a person would.
"""

import importlib
from collections.abc import Callable, Mapping
from pathlib import Path

from s2c_forms.form.kinds import Value

Answers = Mapping[str, Value | None]
Filler = Callable[[Path, Answers, Path], None]


def filler(medium: str) -> Filler:
    """Return what fills in forms of a medium; a medium without one fails its round trip."""
    home = "s2c_forms.demo.fill" if medium != "excel" else "tests.fill"
    fill: Filler = importlib.import_module(f"{home}.{medium}").fill
    return fill
