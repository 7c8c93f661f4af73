"""One run of the command line: its language, its streams, its errors and its exit code."""

import os
import sys
from collections.abc import Sequence

import click

from s2c_forms import words
from s2c_forms.cli import language
from s2c_forms.cli.commands import program
from s2c_forms.errors import ExitCode, RosterError, RubricError, S2cError


def main() -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(run())


def run(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments say, those of the process by default, and return the exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    spoken = language.chosen(given) or words.language_of_machine()
    words.speak(spoken)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a Windows pipe takes 256 letters only
            stream.reconfigure(errors="replace")
    with language.click_speaks(spoken):
        try:
            done = int(_do(arguments))
            sys.stdout.flush()
        except OSError as error:  # a disk that is full, behind `>`
            click.echo(words.say("The output can't be written: {reason}.", reason=error), err=True)
            sys.stdout = open(os.devnull, "w")  # noqa: PTH123,SIM115  what is left in it has nowhere to go
            return ExitCode.WRITE
        except click.ClickException as error:
            error.show()
            return ExitCode.USAGE
        except SystemExit:  # click leaves so for one reason: a reader such as `head` has left
            return ExitCode.DONE
        except (click.Abort, KeyboardInterrupt):
            click.echo(words.say("Interrupted. Nothing half is left behind."), err=True)
            return ExitCode.INTERRUPTED
        except S2cError as error:
            _tell(error)
            return error.exit_code
        return done


def _do(arguments: Sequence[str] | None) -> int:
    """Return the exit code of the command that the arguments name.

    Those of the process are left to click, which on Windows does what a shell does: `*.xlsx`.
    """
    command = language.told(program)
    done = command.main(arguments, prog_name="s2c-forms", standalone_mode=False)
    return int(done or ExitCode.DONE)


def _tell(error: S2cError) -> None:
    """Say on stderr what is wrong: every finding on a line, then what it comes to."""
    if isinstance(error, RubricError | RosterError):
        for finding in error.findings:
            click.echo(f"  {finding}", err=True)
    click.echo(words.say("Error: {message}", message=error.text()), err=True)
