"""The demonstration, in the order in which a coordinator meets it."""

import csv
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from s2c_forms.api import (
    MEDIA,
    Besides,
    Made,
    MergeReport,
    Order,
    generate,
    merge,
    report,
    usable_rubric,
)
from s2c_forms.demo.fill import filler
from s2c_forms.demo.people import Talk, expected, talks
from s2c_forms.errors import RefusedError, WriteError
from s2c_forms.form.form import Form
from s2c_forms.form.kinds import Value
from s2c_forms.form.roles import roles_of
from s2c_forms.form.rubric import Rubric
from s2c_forms.media import scan
from s2c_forms.resources import default_rubric
from s2c_forms.words import mark, say

MARKER = "demo.txt"
ODD = 5
"""Which of the forms comes back with answers that nobody can be sure of."""
SCANNED = 2
"""How many of the forms come back on paper, in one stack."""
EXPLAINED = mark(
    "Made by `s2c-forms demo`, with made-up people. This folder is emptied when it runs again.\n"
    "\n"
    "{blank}/   forms as they're handed out: open one, print one\n"
    "{back}/   the same forms filled in, under the names that files have in real life\n"
    "{list}   the forms that are expected: three of them are still to come\n"
    "master.xlsx   everything together: this is what it's all for\n"
    "master.sqlite   what the program keeps\n"
    "{pages}/   a page for each coach's next supervision\n"
)


@dataclass(frozen=True)
class Demo:
    """What the demonstration made."""

    blank: Path
    back: Path
    master: Path
    report: MergeReport


def run(out: Path) -> Demo:
    """Make forms, fill them in, read them back and merge them, in the folder `out`.

    Raises:
        WriteError: the folder holds something that isn't a demonstration's.
    """
    rubric = usable_rubric(default_rubric())
    language = rubric.language
    blank, back = out / say(mark("handed-out"), language), out / say(mark("returned"), language)
    _clear(out)
    for folder in (blank, back):
        folder.mkdir(parents=True)
    roster = (out / say(mark("expected"), language)).with_suffix(".csv")
    pages = out / say(mark("supervision"), language)
    names = {"blank": blank, "back": back, "list": roster, "pages": pages}
    explained = say(EXPLAINED, language, **{key: path.name for key, path in names.items()})
    (out / MARKER).write_text(explained, encoding="utf-8")
    _return(rubric, list(_hand_out(rubric, blank, out)), back)
    whose = roles_of(rubric).subject  # without it nobody is expected, and no page is anybody's
    if whose:
        _expect(rubric, roster)
    besides = Besides(roster=roster if whose else None)
    done = merge([back], out / "master.xlsx", besides=besides)
    if whose:
        report(out / "master.xlsx", pages)
    return Demo(blank, back, out / "master.xlsx", done)


def _expect(rubric: Rubric, roster: Path) -> None:
    """Write the list of forms that are expected, as a Dutch Excel saves it."""
    rows = expected(rubric)
    with roster.open("w", encoding="utf-8-sig", newline="") as stream:
        table = csv.DictWriter(stream, list(rows[0]), delimiter=";")
        table.writeheader()
        table.writerows(rows)


def _clear(out: Path) -> None:
    is_file = out.exists() and not out.is_dir()
    if is_file or (out.exists() and any(out.iterdir()) and not (out / MARKER).exists()):
        raise WriteError(
            mark("The folder {path} holds other things than a demonstration."),
            mark("Choose another, or a new one, with -o."),
            path=out,
        )
    shutil.rmtree(out, ignore_errors=True)


def _hand_out(rubric: Rubric, folder: Path, out: Path) -> Iterable[tuple[Made, Talk]]:
    """Make a form for each conversation, in one medium after the other."""
    for talk, name in zip(talks(rubric), cycle(MEDIA), strict=False):
        order = Order(media=(name,), rows=(talk.head,))
        (made,) = generate(rubric, order, folder, out / "master.sqlite")
        yield made, talk


def _return(rubric: Rubric, handed_out: list[tuple[Made, Talk]], folder: Path) -> None:
    """Fill forms in and send them back as people do: twice, by wrong names, with slips."""
    stem = say(mark("form"), rubric.language)
    paper = _on_paper(handed_out)
    _scan(rubric, paper, folder)
    for number, (made, talk) in enumerate(handed_out, start=1):
        if (made, talk) in paper:
            continue
        target = folder / f"{stem} ({number}){made.path.suffix}"
        answers = {**talk.answers, **_odd(rubric)} if number == ODD else talk.answers
        filler(made.medium)(made.path, answers, target)
    returned = sorted(folder.iterdir())
    doubled = say("copy of {name}", rubric.language, name=returned[0].name)
    shutil.copy(returned[0], folder / doubled)
    (folder / f"{stem} (99).xlsx").write_bytes(b"")
    _slip(rubric, handed_out[1], folder)


def _on_paper(handed_out: list[tuple[Made, Talk]]) -> list[tuple[Made, Talk]]:
    """Return the forms that come back on paper; none where nothing that reads it is installed."""
    try:
        scan.refuse_without_parts()
    except RefusedError:
        return []
    printed = [(made, talk) for made, talk in handed_out if made.medium == "pdf"]
    return printed[-SCANNED:]


def _scan(rubric: Rubric, printed: list[tuple[Made, Talk]], folder: Path) -> None:
    """Send forms back as one stack that went through the scanner."""
    from s2c_forms.demo.fill.paper import fill_stack
    from s2c_forms.media.pdf import layout_of

    if printed:
        name = say(mark("stack"), rubric.language)
        forms = [(made.path, talk.answers) for made, talk in printed]
        fill_stack(forms, layout_of(Form(rubric, "")), (folder / name).with_suffix(".pdf"))


def _odd(rubric: Rubric) -> dict[str, Value]:
    """Return answers that no scale has, as people give them all the same."""
    points = [point.value for point in rubric.scale]
    scores = [factor.score for factor in rubric.factors]
    return {scores[1]: points[-1] + 1, scores[2]: f"{points[0]} / {points[1]}"}


def _slip(rubric: Rubric, handed_out: tuple[Made, Talk], folder: Path) -> None:
    """Send one form back a second time with a score that differs: a person has to decide."""
    made, talk = handed_out
    score = rubric.factors[0].score
    others = [point.value for point in rubric.scale if point.value != talk.answers.get(score)]
    name = say("{form} corrected", rubric.language, form=say(mark("form"), rubric.language))
    target = folder / f"{name}{made.path.suffix}"
    filler(made.medium)(made.path, {**talk.answers, score: others[0]}, target)
