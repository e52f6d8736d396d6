"""The way in: run a command and turn every outcome into an exit code."""

from __future__ import annotations

import io
import sys
import traceback
from collections.abc import Sequence

from app.cli.commands import cli
from app.cli.console import log_console, print_error
from app.model.errors import AnelloError, Cancelled, Infeasible, InputError

EXIT_OK = 0
EXIT_FINDINGS = 1
EXIT_USAGE = 2
EXIT_FILE = 3
EXIT_BUG = 70
EXIT_INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command in ``arguments`` (default: the process's) and return its exit code.

    0 fine; 1 findings, partial or infeasible; 2 usage; 3 project or file; 70 a bug, with its
    trace on stderr; 130 interrupted.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    try:
        cli(words, prog_name="anello")
    except SystemExit as stop:  # how the command parser ends, also on wrong usage
        return stop.code if isinstance(stop.code, int) else EXIT_OK
    except AnelloError as error:
        print_error(error, "--json" in words)
        return _exit_code(error)
    except (Cancelled, KeyboardInterrupt):
        log_console().print("anello: interrupted")
        return EXIT_INTERRUPTED
    except Exception:  # noqa: BLE001 - the last resort: a bug is told whole, never swallowed
        log_console().print("anello: this is a bug in Anello, please report what follows")
        log_console().print(traceback.format_exc())
        return EXIT_BUG
    return EXIT_OK


def _exit_code(error: AnelloError) -> int:
    if isinstance(error, Infeasible):
        return EXIT_FINDINGS
    if isinstance(error, InputError):
        return EXIT_USAGE
    return EXIT_FILE
