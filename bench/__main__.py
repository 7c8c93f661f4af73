"""`make bench`: every job beside the naive way and the floor, as one table and a picture.

.venv/bin/python -m bench --only read-excel --only read-pdf
.venv/bin/python -m bench --quick
"""

import argparse
import sys

from bench import measure, page, table


def main() -> None:
    """Measure the rows that are asked for, and print the table."""
    told = _arguments()
    chosen = [row for row in table.ROWS if not told.only or row.name in told.only]
    found = []
    for row in chosen:
        sys.stderr.write(f"{row.name} ...\n")
        found.append(measure.measure(row, 1 if told.quick else told.turns, quick=told.quick))
    print("\n".join(table.table(found)))
    if told.keep:
        page.write(found)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser("bench", description=__doc__.splitlines()[0])
    names = [row.name for row in table.ROWS]
    parser.add_argument("--only", action="append", choices=names, help="this row; all without it")
    parser.add_argument("--turns", type=int, default=5, help="the least of so many counts")
    parser.add_argument("--quick", action="store_true", help="few forms, one turn: does it work?")
    parser.add_argument("--keep", action="store_true", help="write docs/benchmarks.md anew")
    return parser.parse_args()


if __name__ == "__main__":
    main()
