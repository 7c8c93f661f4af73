"""How well scans and photos are read, as tables by severity and by style of mark.

    .venv/bin/python bench/scan.py --pages 500 --jobs 2
    .venv/bin/python bench/scan.py --severity poor --keep output/corpus --show output/errors

The pages come from the simulator in tests/paper; each is a file of its own. A field that is asked
counts with all its boxes as "to check". Boxes of which a person would have to ask (a circle, two
marks, a box made black, a mark hardly visible) stand apart: asked, answered right, or wrong.
"""

import argparse
import pickle
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import cv2

sys.path.insert(0, str(Path(__file__).parents[1]))

from s2c_forms import api
from s2c_forms.form.rubric_file import load_rubric
from s2c_forms.form.shelf import Shelf
from tests.paper.corpus import SEVERITIES, Case, PageShot, Severity, digest, make_case
from tests.paper.pictures import cut_out, page_picture
from tests.paper.scored import BoxScore, PageScore, score

ERRORS = ("false tick", "missed tick", "wrong")


@dataclass(frozen=True)
class Job:
    """One case to make and to read."""

    seed: int
    severity: Severity
    roomy: bool
    rubric: Path | None
    keep: Path | None
    show: bool
    brief: bool

    @property
    def name(self) -> str:
        """Return the case's name, for files."""
        kind = f"{'brief-' if self.brief else ''}{'roomy' if self.roomy else 'standard'}"
        return f"{self.severity}-{kind}-{self.seed}"


@dataclass(frozen=True)
class Result:
    """What became of one page; `pictures` has the boxes to look at, as names and PNG."""

    job: Job
    number: int
    told: tuple[str, ...]
    seconds: float
    score: PageScore
    pictures: tuple[tuple[str, bytes], ...] = ()


@dataclass
class Sums:
    """Counts over many pages."""

    pages: Counter[str] = field(default_factory=Counter)
    clear: Counter[str] = field(default_factory=Counter)
    question: Counter[str] = field(default_factory=Counter)
    fields: list[int] = field(default_factory=lambda: [0, 0])
    seconds: float = 0.0

    def add(self, result: Result) -> None:
        """Count a page."""
        self.pages[result.score.fate] += 1
        self.seconds += result.seconds
        for place in (0, 1):
            self.fields[place] += result.score.fields[place]
        for box in result.score.boxes:
            (self.clear if box.cls == "clear" else self.question)[box.verdict] += 1


@cache
def shelf_of_bench(rubric: Path | None) -> Shelf:
    """Return what forms are read with; their heads are added case by case."""
    return api.shelf_at_hand(rubric, None)


def case_of(job: Job) -> Case:
    """Return a case, made anew or as it was kept."""
    kept = job.keep / f"{job.name}-{digest()}.pickle" if job.keep else None
    if kept and kept.exists():
        found: Case = pickle.loads(kept.read_bytes())  # noqa: S301  written below, by ourselves
        return found
    rubric = load_rubric(job.rubric) if job.rubric else None
    case = make_case(job.seed, job.severity, roomy=job.roomy, rubric=rubric, brief=job.brief)
    if kept:
        kept.write_bytes(pickle.dumps(case))
    return case


def run(job: Job) -> list[Result]:
    """Make a case and read every page of it as a file."""
    cv2.setNumThreads(1)
    case = case_of(job)
    shelf = shelf_of_bench(job.rubric)
    shelf = replace(shelf, copies={case.form.form_id: case.form.prefilled})
    with tempfile.TemporaryDirectory() as folder:
        return [_read(job, case, page, (Path(folder), shelf)) for page in case.pages]


def _read(job: Job, case: Case, page: PageShot, where: tuple[Path, Shelf]) -> Result:
    path = where[0] / f"scan-{page.number}{page.suffix}"
    path.write_bytes(page.data)
    begun = time.process_time()
    try:
        outcome = api.read_file(path, where[1])
    except Exception as error:  # noqa: BLE001  a crash is a page lost without a word
        found = PageScore("silent", f"{type(error).__name__}: {error}")
    else:
        found = score(case, page, outcome)
    seconds = time.process_time() - begun
    pictures = tuple(_pictures(job, page, found)) if job.show else ()
    told = (case.person.pen.name, *page.told)
    return Result(job, page.number, told, seconds, found, pictures)


def _pictures(job: Job, page: PageShot, found: PageScore) -> Iterator[tuple[str, bytes]]:
    """Yield what a person wants to look at: silent errors, unneeded questions, lost pages."""
    if found.fate != "read":
        yield f"lost-{job.name}-{page.number}-{found.why}", page_picture(page)
    asked = set[str]()
    for box in found.boxes:
        unneeded = box.verdict == "asked" and box.cls == "clear" and box.field_id not in asked
        if unneeded:
            asked.add(box.field_id)
        if unneeded or box.verdict in ERRORS:
            yield _name(job, page, box), cut_out(page, box)


def _name(job: Job, page: PageShot, box: BoxScore) -> str:
    said = f"{box.expected or 'none'}-read-{box.said or 'none'}".replace("?", "asked")
    words = (box.verdict, job.name, page.number, box.field_id, box.state, box.style, said)
    return "-".join(str(word) for word in words).replace(" ", "_").replace("/", "_")


def jobs_of(told: argparse.Namespace) -> Iterator[Job]:
    """Yield cases until there are as many pages as asked, all severities and sizes in turn."""
    sizes = [roomy for roomy, only in ((False, told.standard), (True, told.roomy)) if only]
    pages, seed = 0, told.seed
    per_form = {False: 2, True: 4} if told.brief else {False: 3, True: 6}
    while pages < told.pages:
        for severity in told.severity or SEVERITIES:
            for roomy in sizes or (False, True):
                yield Job(
                    seed, severity, roomy, told.rubric, told.keep, bool(told.show), told.brief
                )
                pages += per_form[roomy]
        seed += 1


def results_of(told: argparse.Namespace) -> Iterator[Result]:
    """Yield the results of all cases, as they come."""
    work = list(jobs_of(told))
    if told.jobs == 1:
        for job in work:
            yield from run(job)
        return
    with ProcessPoolExecutor(told.jobs) as pool:
        for done, results in enumerate(pool.map(run, work), start=1):
            print(f"\r{done} of {len(work)} forms", end="", file=sys.stderr, flush=True)
            yield from results
    print(file=sys.stderr)


def print_severities(results: list[Result]) -> None:
    """Print how well each severity was read, in both sizes."""
    head = ("pages", "lost told", "silent", "clear boxes", "right", "false", "missed")
    tail = ("/10,000", "to check", "of fields", "asked?", "right?", "wrong?", "pages/CPU s")
    print(f"{'':16}" + "".join(f"{word:>12}" for word in (*head, *tail)))
    groups: dict[str, Sums] = {}
    for result in results:
        job = result.job
        size = "roomy" if job.roomy else "standard"
        for name in (f"{job.severity} {size}", job.severity, "all"):
            groups.setdefault(name, Sums()).add(result)
    for name in sorted(groups, key=lambda name: (" " in name, name == "all")):
        print(f"{name:16}" + "".join(f"{cell:>12}" for cell in _cells(groups[name])))


def _cells(sums: Sums) -> Iterator[str]:
    clear, question, pages = sums.clear, sums.question, sums.pages
    boxes, questions = max(clear.total(), 1), max(question.total(), 1)
    wrong = clear["false tick"] + clear["missed tick"]
    yield from (str(pages.total()), str(pages["told"]), str(pages["silent"]))
    yield from (str(clear.total()), f"{clear['right'] / boxes:.2%}")
    yield from (str(clear["false tick"]), str(clear["missed tick"]), f"{wrong / boxes * 1e4:.2f}")
    yield from (f"{clear['asked'] / boxes:.2%}", f"{sums.fields[1] / max(sums.fields[0], 1):.2%}")
    yield from (f"{question[verdict] / questions:.1%}" for verdict in ("asked", "right"))
    yield from (str(question["wrong"]), f"{pages.total() / max(sums.seconds, 1e-9):.2f}")


def print_styles(boxes: Iterable[BoxScore]) -> None:
    """Print how each style of mark was read."""
    verdicts = ("right", "asked", *ERRORS)
    counts: dict[tuple[str, str], Counter[str]] = {}
    for box in boxes:
        counts.setdefault((box.cls, box.style), Counter())[box.verdict] += 1
    print(f"\n{'':30}{'boxes':>9}" + "".join(f"{verdict:>13}" for verdict in verdicts))
    for (cls, style), count in sorted(counts.items()):
        total = count.total()
        cells = f"{count['right'] / total:13.2%}{count['asked'] / total:13.2%}"
        print(f"{cls:9} {style:20}{total:9}{cells}" + "".join(f"{count[e]:13}" for e in ERRORS))


def print_rest(results: list[Result]) -> None:
    """Print how room to write was read, and every page that was lost."""
    entries = Counter(pair for result in results for pair in result.score.entries)
    print(f"\n{'':16}{'entries':>9}{'asked':>9}")
    for style in sorted({style for style, _ in entries}):
        asked, quiet = entries[style, True], entries[style, False]
        print(f"{style:16}{asked + quiet:9}{asked / (asked + quiet):9.2%}")
    for result in results:
        if result.score.fate != "read":
            told = ", ".join(result.told)
            print(f"lost: {result.job.name} page {result.number}: {result.score.why} ({told})")


def save(results: list[Result], folder: Path, questions: int) -> None:
    """Save pictures: of all silent errors and lost pages, and of the first unneeded questions."""
    folder.mkdir(parents=True, exist_ok=True)
    asked: Counter[str] = Counter()
    for result in results:
        for name, png in result.pictures:
            asked[result.job.severity] += name.startswith("asked")
            if not name.startswith("asked") or asked[result.job.severity] <= questions:
                (folder / f"{name}.png").write_bytes(png)


def arguments() -> argparse.Namespace:
    """Return what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--pages", type=int, default=500, help="at least so many")
    parser.add_argument("--severity", action="append", choices=SEVERITIES, help="all without it")
    parser.add_argument("--seed", type=int, default=0, help="of the first form")
    parser.add_argument("--roomy", action="store_true", help="only the larger sizes")
    parser.add_argument("--standard", action="store_true", help="only the usual sizes")
    parser.add_argument("--brief", action="store_true", help="only pages with boxes: see make_case")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--rubric", type=Path, help="another rubric than our own")
    parser.add_argument("--keep", type=Path, help="keep the pages here, to read them again")
    parser.add_argument("--show", type=Path, help="save pictures of what went wrong here")
    parser.add_argument("--questions", type=int, default=40, help="to save, by severity")
    return parser.parse_args()


def main() -> None:
    """Make the pages, read them, and print the tables."""
    told = arguments()
    if told.keep:
        told.keep.mkdir(parents=True, exist_ok=True)
    results = list(results_of(told))
    print_severities(results)
    print_styles(box for result in results for box in result.score.boxes)
    print_rest(results)
    if told.show:
        save(results, told.show, told.questions)


if __name__ == "__main__":
    main()
