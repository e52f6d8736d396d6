"""Where the program starts: a command goes to the command line, otherwise the window opens."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

DEMO_FOLDER = "demo"
DEMO_PROJECT = "demo.gpkg"


def has_screen(platform: str, environment: Mapping[str, str]) -> bool:
    """Say whether a window can be shown to somebody.

    Parameters
    ----------
    platform : str
        As in ``sys.platform``.
    environment : Mapping[str, str]
        As in ``os.environ``; ``CI`` set to anything means that nobody watches.
    """
    if environment.get("CI") or environment.get("QT_QPA_PLATFORM") in ("offscreen", "minimal"):
        return False
    if platform in ("win32", "darwin"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def can_open_window() -> bool:
    """Try the screen in a process of its own, because Qt aborts where it finds none."""
    probe = "from PySide6.QtWidgets import QApplication; QApplication([])"
    try:
        completed = subprocess.run(
            [sys.executable, "-c", probe], capture_output=True, timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return completed.returncode == 0


def _run_command(arguments: Sequence[str]) -> int:
    from app.cli import main as run_cli

    return run_cli(list(arguments))


def _open_window(project: Path | None) -> int:
    from app.ui.garbage import held

    with held():
        from app.ui.application import run
    return run(project)


def demo_folder(arguments: Sequence[str]) -> Path:
    """Return the folder that the demo goes to: ``--folder`` or the usual one."""
    folder = DEMO_FOLDER
    for word, following in zip(arguments, [*arguments[1:], ""], strict=False):
        if word == "--folder":
            folder = following
        elif word.startswith("--folder="):
            folder = word.partition("=")[2]
    return Path(folder)


def _run_demo(arguments: Sequence[str]) -> int:
    is_quiet = not {"--no-window", "--help", "--json"}.isdisjoint(arguments)
    code = _run_command(["demo", *(word for word in arguments if word != "--no-window")])
    if code or is_quiet or not has_screen(sys.platform, os.environ):
        return code
    project = demo_folder(arguments) / DEMO_PROJECT
    if not can_open_window():
        print(f"No window can be opened here. Elsewhere: anello open {project}", file=sys.stderr)
        return code
    return _open_window(project)


def _run_open(arguments: Sequence[str]) -> int:
    if len(arguments) != 1 or arguments[0].startswith("-"):
        print("Usage: anello open PROJECT.gpkg", file=sys.stderr)
        return 0 if arguments[:1] == ["--help"] else 2
    path = Path(arguments[0])
    if not path.is_file():
        print(f"There is no project file {path}", file=sys.stderr)
        return 3
    return _open_window(path)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, or open the window when none is given, and return the exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words:
        return _open_window(None)
    if words[0] == "open":
        return _run_open(words[1:])
    if words[0] == "demo":
        return _run_demo(words[1:])
    return _run_command(words)


if __name__ == "__main__":
    # Jobs are spawned processes: in a frozen program they start here too.
    multiprocessing.freeze_support()
    sys.exit(main())
