"""The command line: parse → one call into `api` → print → exit code."""

from s2c_forms.cli.running import main, run

__all__ = ["main", "run"]
