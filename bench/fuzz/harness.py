"""One reader under atheris, until its time is up: what `run.py` starts, and starts again.

    .venv/bin/python bench/fuzz/harness.py .xlsx FINDINGS SECONDS

Its time is that of the processor, since a machine may have more to do. Each exception that isn't
ours is kept once, by its kind and the line of ours that it left; so is what takes too long. What
kills the process libFuzzer keeps itself, as `crash-…`.
"""

import os
import sys
import time
import traceback
from pathlib import Path
from random import Random

import atheris

sys.path.insert(0, str(Path(__file__).parents[2]))

with atheris.instrument_imports(include=["s2c_forms", "xlrd", "zipfile"]):
    from tests.fuzzing.mutations import mutations_of
    from tests.fuzzing.readers import read_or_refuse
    from tests.fuzzing.seeds import seed

SLOW = 10.0  # seconds of this process: what the issue allows a read
_OURS = "s2c_forms/"


def main() -> None:
    suffix, findings, seconds = sys.argv[1], Path(sys.argv[2]), float(sys.argv[3])
    corpus = findings / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    (corpus / "seed").write_bytes(seed(suffix))
    runs = (findings / "runs.txt").open("a", encoding="ascii")

    def mutate(data: bytes, most: int, number: int) -> bytes:
        return mutated(suffix, data, most, Random(number))

    def crossed(data: bytes, other: bytes, most: int, number: int) -> bytes:
        return mutated(suffix, data if number % 2 else other, most, Random(number))

    def look_at(data: bytes) -> None:
        if time.process_time() > seconds:  # libFuzzer counts hours of the clock only
            os._exit(0)
        look(suffix, data, findings)
        print("read", file=runs, flush=True)

    options = ["-max_len=2000000", "-timeout=300", "-report_slow_units=1000", "-rss_limit_mb=2500"]
    arguments = [sys.argv[0], *options, f"-artifact_prefix={findings}/", str(corpus)]
    atheris.Setup(arguments, look_at, custom_mutator=mutate, custom_crossover=crossed)
    atheris.Fuzz()


def mutated(suffix: str, data: bytes, most: int, random: Random) -> bytes:
    """Return a file changed in one of the ways that its kind is; the seed where that fails."""
    change = random.choice(mutations_of(suffix))
    try:
        changed = change(data or seed(suffix), random)
    except Exception:  # noqa: BLE001  what was changed before can't be taken apart any more
        changed = change(seed(suffix), random)
    return changed if len(changed) <= most else seed(suffix)


def look(suffix: str, data: bytes, findings: Path) -> None:
    """Read a file, and keep it where something else than a refusal comes of it."""
    begun = time.process_time()
    try:
        read_or_refuse(suffix, data)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # noqa: BLE001  a panic of Rust is no Exception
        keep(findings, told(error), data)
    if time.process_time() - begun > SLOW:
        keep(findings, "slow", data)


def told(error: BaseException) -> str:
    """Return a name for an exception: its kind, and the last line of ours that it left."""
    ours = [one for one in traceback.extract_tb(error.__traceback__) if _OURS in one.filename]
    where = f"{Path(ours[-1].filename).stem}-{ours[-1].lineno}" if ours else "elsewhere"
    return f"{type(error).__name__}-{where}"


def keep(findings: Path, name: str, data: bytes) -> None:
    """Keep the smallest input with this name."""
    path = findings / name
    if not path.exists() or len(data) < path.stat().st_size:
        path.write_bytes(data)
        print(f"found: {name} ({len(data)} bytes)", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
