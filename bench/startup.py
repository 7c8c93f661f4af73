"""How long the program takes to say its first word, as ratios beside `python -c pass`.

    .venv/bin/python bench/startup.py

Each command runs in turns with the others, and the least CPU time of each counts.
"""

import resource
import subprocess
import sys
from pathlib import Path

PROGRAM = Path(sys.executable).with_name("s2c-forms")
TURNS = 15
COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "s2c-forms --help": [str(PROGRAM), "--help"],
    "s2c-forms fields": [str(PROGRAM), "fields", "--json"],
    "importing everything": [
        sys.executable,
        "-c",
        "import s2c_forms.cli.commands, s2c_forms.api.merging, s2c_forms.media.pdf.writer, "
        "s2c_forms.media.pdf.reader, s2c_forms.media.excel, s2c_forms.media.word, pydantic, "
        "openpyxl, docx, pypdf, rich.table, sqlalchemy",
    ],
}


def cpu_seconds(command: list[str]) -> float:
    """Return the CPU time of one run, user and system together."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print a row for each command."""
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(TURNS):
        for name, command in COMMANDS.items():
            times[name].append(cpu_seconds(command))
    floor = min(times["python -c pass"])
    for name, found in times.items():
        print(f"{name:24} {min(found) * 1000:6.0f} ms CPU {min(found) / floor:6.1f} ×")


if __name__ == "__main__":
    main()
