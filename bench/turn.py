"""One way of one row, done once in a process of its own: `python -m bench.turn ROW WAY N FOLDER`.

It prints JSON: seconds of CPU (user and system, processes that it started too) and megabytes of
memory at the highest.
"""

import json
import resource
import sys
import tempfile
from pathlib import Path

from bench.rows import Place, Row, Way


def main() -> None:
    """Do it and print what it took."""
    from bench.table import row_named

    name, way, number, folder = sys.argv[1:]
    row = row_named(name)
    sys.stdout.write(json.dumps(measure(row, row.ways[way], int(number), Path(folder))))


def measure(row: Row, way: Way, number: int, folder: Path) -> dict[str, float]:
    """Return what a way of a row takes, with `number` forms that stand prepared in `folder`."""
    if row.warm:
        _timed(way, row.warm, folder)
    seconds = _timed(way, number, folder)
    return {"seconds": seconds, "memory": _memory()}


def _timed(way: Way, number: int, folder: Path) -> float:
    with tempfile.TemporaryDirectory() as out:
        place = Place(folder / str(number), Path(out), number)
        if way.before:
            way.before(place)
        begun = _cpu(way)
        way.run(place)
        return _cpu(way) - begun


def _cpu(way: Way) -> float:
    whose = [resource.RUSAGE_CHILDREN] + [resource.RUSAGE_SELF] * (not way.starts)
    used = [resource.getrusage(who) for who in whose]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _memory() -> float:
    """Return the memory that this process had at its highest, in megabytes."""
    highest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return highest / (1024 * 1024 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main()
