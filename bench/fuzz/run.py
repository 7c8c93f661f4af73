"""Fuzz readers with atheris, one after another, and tell what was found.

    .venv/bin/python bench/fuzz/run.py --minutes 10 .xlsx .pdf
    .venv/bin/python bench/fuzz/run.py --minutes 10 --all

Minutes are those of the processor. A reader that dies is started again until its time is up.
Needs the dependency group `fuzz`.
"""

import argparse
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.fuzzing.readers import READERS

HARNESS = Path(__file__).with_name("harness.py")
_LEAST = 5  # seconds that are worth a new start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("suffixes", nargs="*", choices=[*READERS, []], metavar="SUFFIX")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--out", type=Path, default=Path("output/fuzz"))
    told = parser.parse_args()
    bad = 0
    for suffix in READERS if told.all else told.suffixes:
        folder = told.out / suffix.strip(".").replace(".", "-")
        runs = fuzz(suffix, folder, told.minutes * 60)
        found = sorted(findings(folder))
        bad += len(found)
        print(f"{suffix}: {runs:,} files in {told.minutes:g} minutes, {len(found)} findings")
        for name in found:
            print(f"    {name}", flush=True)
    sys.exit(1 if bad else 0)


def fuzz(suffix: str, folder: Path, seconds: float) -> int:
    """Run one reader's harness until its time is up; return how many files it read."""
    folder.mkdir(parents=True, exist_ok=True)
    begun = spent()
    with (folder / "log.txt").open("a", encoding="utf-8") as log:
        while (left := seconds - (spent() - begun)) > _LEAST:
            command = [sys.executable, str(HARNESS), suffix, str(folder), str(left)]
            subprocess.run(command, stdout=log, stderr=log, check=False)
    runs = folder / "runs.txt"
    return len(runs.read_text(encoding="ascii").splitlines()) if runs.exists() else 0


def spent() -> float:
    """Return the processor's time that harnesses took, in seconds."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def findings(folder: Path) -> Iterator[str]:
    """Yield the names of the inputs that were kept."""
    for path in folder.iterdir():
        if path.is_file() and path.suffix != ".txt":
            yield path.name


if __name__ == "__main__":
    main()
