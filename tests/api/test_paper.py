"""Paper read by one process or by several, half of it, and a lot of it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from s2c_forms.api.paper import Reading, read_files
from s2c_forms.api.reading import FileOutcome, read_file
from s2c_forms.form.form import Form
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.shelf import Shelf, shelf_of
from s2c_forms.media.excel import write
from tests.conftest import ROOT
from tests.media.scan.drawn import IDS, answers, fill_in, pages_of, save

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def shelf(second_rubric: Rubric) -> Shelf:
    return shelf_of([second_rubric])


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory, second_rubric: Rubric) -> Path:
    """Three forms of a page, and three blank backs, as one TIFF."""
    images = []
    for turn, form_id in enumerate(IDS[:3]):
        pages = pages_of(Form(second_rubric, form_id, remarks=False))
        fill_in(pages, answers(second_rubric, turn))
        images += [pages[0].image, pages[0].image * 0 + 255]
    return save(images, tmp_path_factory.mktemp("stack") / "stack.tif")


@pytest.fixture
def batch(stack: Path, second_rubric: Rubric, tmp_path: Path) -> list[Path]:
    """Paper between files that are none, one of which isn't even there."""
    form, junk = tmp_path / "form.xlsx", tmp_path / "junk.txt"
    write(Form(second_rubric, IDS[3]), form)
    junk.write_text("nothing of ours", encoding="utf-8")
    single = tmp_path / "single.png"
    with Image.open(stack) as pages:
        pages.seek(2)
        pages.save(single)
    return [junk, stack, form, tmp_path / "gone.pdf", single]


def alike(one: list[FileOutcome], other: list[FileOutcome]) -> bool:
    def said(outcomes: list[FileOutcome]) -> list[object]:
        refusals = [o.refusal.code if o.refusal else "" for o in outcomes]
        bare = [(o.path, o.sha256, o.size, o.medium, o.pages, o.is_whole) for o in outcomes]
        return [refusals, bare, [(o.records, [r.evidence for r in o.records]) for o in outcomes]]

    return said(one) == said(other)


def test_one_process_or_two_say_the_same_in_the_same_order(batch, shelf):
    alone = list(read_files(batch, shelf, Reading(jobs=1)))
    shared = list(read_files(batch, shelf, Reading(jobs=2)))
    assert [outcome.path for outcome in alone] == batch
    assert alike(alone, shared)
    assert alike(alone, [read_file(path, shelf) for path in batch])
    assert [len(outcome.records) for outcome in alone] == [0, 3, 1, 0, 1]


@pytest.mark.parametrize("jobs", [1, 2])
def test_progress_counts_every_page_and_every_file_once(batch, shelf, jobs):
    seen: list[tuple[int, int]] = []
    list(read_files(batch, shelf, Reading(jobs, watch=lambda *at: seen.append(at))))
    assert [done for done, _ in seen] == list(range(1, 11))  # six pages, three files, one page
    assert seen[-1] == (10, 10)
    assert all(done <= total for done, total in seen)


@pytest.mark.parametrize("jobs", [1, 2])
def test_pictures_are_handed_over_page_by_page(batch, shelf, jobs):
    kept: list[tuple[str, int, int]] = []

    def keep(paper, page, cutouts) -> None:
        kept.append((paper.path.name, page, len(cutouts)))

    list(read_files(batch, shelf, Reading(jobs, keep=keep)))
    assert [(name, page) for name, page, _ in kept] == [
        *[("stack.tif", page) for page in range(1, 7)],
        ("single.png", 1),
    ]
    boxes = [count for _, _, count in kept]
    assert boxes[1::2][:3] == [0, 0, 0]
    assert min(boxes[0], boxes[2], boxes[4], boxes[6]) > 5


@pytest.mark.parametrize("jobs", [1, 2])
def test_whoever_stops_half_way_keeps_the_pages_that_were_read(stack, shelf, jobs):
    def stop(_paper, page, _cutouts) -> None:
        if page == 4:
            raise KeyboardInterrupt

    found: list[FileOutcome] = []
    with pytest.raises(KeyboardInterrupt):
        found.extend(read_files([stack, stack], shelf, Reading(jobs, keep=stop)))
    (outcome,) = found
    assert not outcome.is_whole
    assert [page.page for page in outcome.pages if page.state != "left"] == [1, 2, 3]
    states = [page.state for page in outcome.pages]
    assert states == ["read", "blank", "read", "left", "left", "left"]
    assert len(outcome.records) == 2


def test_whoever_stops_before_the_first_page_gets_a_file_without_pages(stack, shelf):
    def stop(_paper, _page, _cutouts) -> None:
        raise KeyboardInterrupt

    reading = read_files([stack], shelf, Reading(1, keep=stop))
    outcome = next(reading)
    assert (outcome.is_whole, outcome.records) == (False, ())
    assert {page.state for page in outcome.pages} == {"left"}
    with pytest.raises(KeyboardInterrupt):
        next(reading)


_GROWTH = """
import json, sys
from pathlib import Path
from s2c_forms.api.paper import Reading, read_files
from s2c_forms.form.rubric_file import load_rubric
from s2c_forms.form.shelf import shelf_of
from tests.conftest import SECOND
from tests.media.scan.measured import most_memory

held = {}
keep = lambda paper, page, cutouts: held.setdefault(page, most_memory())
if __name__ == "__main__":
    (outcome,) = read_files(
        [Path(sys.argv[1])], shelf_of([load_rubric(SECOND)]), Reading(int(sys.argv[2]), keep=keep)
    )
    print(json.dumps([held[20], held[200], len(outcome.pages), len(outcome.records)]))
"""


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_long_stack_takes_no_more_memory_than_a_short_one(stack, tmp_path, jobs):
    """Two hundred pages: one form, scanned again and again, and nine blank pages each time."""
    pages: list[Image.Image] = []
    with Image.open(stack) as image:
        for number in (0, *[1] * 9):
            image.seek(number)
            pages.append(image.convert("L"))
    path, script = tmp_path / "stack.pdf", tmp_path / "growth.py"
    pages[0].save(path, save_all=True, append_images=(pages * 20)[1:], resolution=200)
    script.write_text(_GROWTH, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, script, path, str(jobs)],
        cwd=ROOT,
        env={**os.environ, "PATH": ""},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    early, late, count, records = json.loads(done.stdout)
    assert (count, records) == (200, 1)
    assert late - early < 60
