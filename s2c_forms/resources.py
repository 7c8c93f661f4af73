"""Where rubrics and templates are found: the user's own folder first, then what was shipped."""

import re
from pathlib import Path
from typing import Any

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

    Files that are named alike but for a number, `NAME-1.yaml` and `NAME-2.yaml`, are versions of
    one rubric, of which it is the newest.

    Raises:
        RubricError: `./rubric` holds several and none of them is the shipped instrument.
    """
    own = sorted(Path("rubric").glob("*.y*ml"), key=_version)
    newest = {_instrument(path): path for path in own}
    if shipped := newest.get(_instrument(Path(DEFAULT_RUBRIC))):
        return shipped
    if len(newest) > 1:
        raise RubricError(
            mark("There are {n} rubrics in the folder `rubric`: {names}."),
            mark("Say which one with --rubric."),
            n=len(own),
            names=", ".join(sorted(path.name for path in own)),
        )
    return own[-1] if own else _SHIPPED / "rubric" / DEFAULT_RUBRIC


def _instrument(path: Path) -> str:
    """Return a file's name without its version: `-1`, `-2026.2` or `_v3` at the end."""
    return re.sub(r"[-_ ]v?\d+([.-]\d+)*$", "", path.stem)


def _version(path: Path) -> tuple[list[int], str]:
    return [int(digits) for digits in re.findall(r"\d+", path.stem)], path.name


def template(name: str) -> Path:
    """Return the path of a template: `./templates/NAME` if it is there, else the shipped one."""
    own = Path("templates") / name
    return own if own.exists() else _SHIPPED / "templates" / name


def settings(name: str) -> tuple[Path, dict[str, Any]]:
    """Return where a template of settings is, and what it says by name.

    Raises:
        RubricError: it can't be read.
    """
    import yaml

    path = template(name)
    try:
        data: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise RubricError(
            mark("{path} can't be read: {reason}."),
            mark(
                "Take the file that was shipped, and change one number in a plain editor (UTF-8)."
            ),
            path=path,
            reason=" ".join(str(error).split()),
        ) from error
    return path, data if isinstance(data, dict) else {}
