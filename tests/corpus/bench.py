"""Where cases are made: forms, each made once, and programs that are running."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from s2c_forms.demo.fill import filler
from s2c_forms.form.filled import MediumName
from s2c_forms.form.form import Form
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.shelf import Shelf, shelf_of
from s2c_forms.media import medium
from tests.corpus.answers import HEAD, Answers
from tests.corpus.trap import Trap
from tests.programs.office import Office

FORM_ID, OTHER_ID = "K7QF2M9M", "2222222W"
MEDIUM_OF: dict[str, MediumName] = {".pdf": "pdf", ".xlsx": "excel", ".docx": "word"}


@dataclass(frozen=True)
class Bench:
    """What cases are made with.

    Attributes:
        rubric: what is asked.
        folder: a place for files, for as long as the tests run.
        office: returns a LibreOffice that is running.
        trap: what macros and links lead to.
        made: the forms that were made before.
    """

    rubric: Rubric
    folder: Path
    office: Callable[[], Office]
    trap: Trap
    made: dict[object, Path] = field(default_factory=dict)
    _numbers: "itertools.count[int]" = field(default_factory=itertools.count)

    @property
    def shelf(self) -> Shelf:
        """Return the rubrics that forms are read with."""
        return shelf_of([self.rubric])

    def path(self, suffix: str) -> Path:
        """Return a path that is free."""
        return self.folder / f"{next(self._numbers):04}{suffix}"

    def blank(self, suffix: str, form_id: str = FORM_ID) -> Path:
        """Return a form as it is handed out, its head begun."""
        key = (suffix, form_id)
        if key not in self.made:
            path = self.path(suffix)
            medium(MEDIUM_OF[suffix]).write(Form(self.rubric, form_id, HEAD), path)
            self.made[key] = path
        return self.made[key]

    def filled(self, suffix: str, answers: Answers, form_id: str = FORM_ID) -> Path:
        """Return a form that was filled in by the program of the demonstration."""
        key = (suffix, form_id, tuple(sorted(answers.items())))
        if key not in self.made:
            path = self.path(suffix)
            filler(MEDIUM_OF[suffix])(self.blank(suffix, form_id), answers, path)
            self.made[key] = path
        return self.made[key]
