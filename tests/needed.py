"""What the program says it needs, and what that needs in turn."""

import tomllib
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, distribution
from itertools import chain

from packaging.requirements import Requirement

from tests.conftest import ROOT


def ours(*, extras: bool) -> list[str]:
    """What `pyproject.toml` asks for."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [
        *told["dependencies"],
        *(chain(*told["optional-dependencies"].values()) if extras else ()),
    ]


def needed(requirements: Iterable[str]) -> set[str]:
    """The names of the packages that fulfil requirements here, and of all that they need."""
    todo, found = [Requirement(text) for text in requirements], set[str]()
    while todo:
        wanted = todo.pop()
        name = wanted.name.lower().replace("_", "-")
        if name in found:
            continue
        found.add(name)
        extras = ("", *wanted.extras)
        more = [Requirement(text) for text in _requires(name)]
        todo += [
            one
            for one in more
            if not one.marker or any(one.marker.evaluate({"extra": extra}) for extra in extras)
        ]
    return found


def _requires(name: str) -> list[str]:
    try:
        return distribution(name).requires or []
    except PackageNotFoundError:  # it is for another system
        return []
