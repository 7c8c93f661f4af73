"""Where rubrics and templates are found: the user's own folder first, then what was shipped."""

from pathlib import Path

from s2c_forms.errors import RubricError
from s2c_forms.words import mark

_PACKAGE = Path(__file__).parent
# In a wheel both folders lie inside the package, in a checkout beside it.
_SHIPPED = _PACKAGE / "shipped" if (_PACKAGE / "shipped").is_dir() else _PACKAGE.parent
DEFAULT_RUBRIC = "reflectie-coachgesprekken-1.yaml"


def rubric_files() -> list[Path]:
    """Return every rubric file at hand: those in `./rubric`, then the shipped ones."""
    folders = [Path("rubric"), _SHIPPED / "rubric"]
    return [path for folder in folders for path in sorted(folder.glob("*.y*ml"))]


def default_rubric() -> Path:
    """Return the rubric used when none is named: the only one in `./rubric`, else ours.

    Raises:
        RubricError: `./rubric` holds several and none of them is the shipped instrument.
    """
    own = sorted(Path("rubric").glob("*.y*ml"))
    for path in own:
        if path.name == DEFAULT_RUBRIC:
            return path
    if len(own) > 1:
        raise RubricError(
            mark("There are {n} rubrics in the folder `rubric`: {names}."),
            mark("Say which one with --rubric."),
            n=len(own),
            names=", ".join(path.name for path in own),
        )
    return own[0] if own else _SHIPPED / "rubric" / DEFAULT_RUBRIC


def template(name: str) -> Path:
    """Return the path of a template: `./templates/NAME` if it is there, else the shipped one."""
    own = Path("templates") / name
    return own if own.exists() else _SHIPPED / "templates" / name
