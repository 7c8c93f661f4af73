"""A process that reads files one after the other, and says what each took: see test_hostile.

python -m tests.media.scan.measured FILE…
"""

import json
import re
import sys
import time
from pathlib import Path
from typing import Any

from s2c_forms.api.reading import read_file
from s2c_forms.form.rubric_file import load_rubric
from s2c_forms.form.shelf import Shelf, shelf_of
from tests.conftest import SECOND


def most_memory() -> float:
    """Return the most megabytes that this process ever held.

    `resource.getrusage` counts what the process that started it held, too.
    """
    told = Path("/proc/self/status").read_text(encoding="ascii")
    found = re.search(r"VmHWM:\s+(\d+) kB", told)
    if found is None:
        raise OSError("this system doesn't tell of memory")
    return int(found[1]) / 1024


def measured(path: Path, shelf: Shelf) -> dict[str, Any]:
    """Return what reading a file took of the CPU, and what came of it; of a crash, what it was."""
    before = time.process_time()
    told: dict[str, Any] = {"name": path.name, "crash": "", "refusal": "", "records": 0}
    try:
        outcome = read_file(path, shelf)
        told["refusal"] = outcome.refusal.code if outcome.refusal else ""
        told["records"] = len(outcome.records)
    except Exception as error:  # noqa: BLE001  that is what is looked for
        told["crash"] = repr(error)
    return told | {"seconds": time.process_time() - before, "megabytes": most_memory()}


def main() -> None:
    shelf = shelf_of([load_rubric(SECOND)])
    for name in sys.argv[1:]:
        sys.stdout.write(json.dumps(measured(Path(name), shelf)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
