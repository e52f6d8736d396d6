"""The house holds: layers, sizes, where broad handlers stand, and nothing of a machine in it."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MAX_LINES = 500

# The job's child, the command line's main, the window's last resort.
BROAD_HANDLERS = {
    "app/jobs.py": 1,
    "app/responder.py": 1,
    "app/cli/entry.py": 1,
    "app/ui/application.py": 1,
}

# Built from parts, so that this file does not contain what it forbids.
FORBIDDEN_TEXTS = [
    "/".join(["", "work", ""]),
    "/".join(["", "tmp", ""]),
    "/".join(["", "root", ""]),
    "/".join(["", "home", ""]),
    "extra-" + "index-url",
]

BLOCK_QT = """
import importlib, sys

class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("PySide6", "shiboken6", "pyqtgraph"):
            raise ImportError(f"{name} is blocked")

sys.meta_path.insert(0, Blocker())
for name in sys.argv[1:]:
    importlib.import_module(name)
"""


def source_files(folder: str = "app") -> list[Path]:
    """Return the Python files below ``folder`` in a fixed order."""
    return sorted((ROOT / folder).rglob("*.py"))


def name_of(path: Path) -> str:
    """Return the path from the repository's root, with slashes."""
    return path.relative_to(ROOT).as_posix()


def module_name(path: Path) -> str:
    """Return the dotted name under which ``path`` is imported."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported_modules(tree: ast.AST) -> set[str]:
    """Return the names of all modules that ``tree`` imports, anywhere in it."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def is_broad(handler: ast.ExceptHandler) -> bool:
    """Say whether ``handler`` keeps everything that it catches; cleaning up and raising is fine."""
    last = handler.body[-1]
    if isinstance(last, ast.Raise) and last.exc is None:
        return False
    if handler.type is None:
        return True
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(
        isinstance(kind, ast.Name) and kind.id in ("Exception", "BaseException") for kind in caught
    )


def tracked_files() -> list[Path]:
    """Return the files that git keeps; skip where there is no git."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, timeout=60
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is not a git work tree")
    paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    return [path for path in paths if path.is_file()]


def test_layers_hold() -> None:
    """The contracts in pyproject.toml are kept."""
    completed = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as c; c(['--no-cache'])",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert completed.returncode == 0, completed.stdout + completed.stderr


@pytest.mark.parametrize("folder", ["app", "tests", "benchmarks"])
def test_no_file_is_too_long(folder: str) -> None:
    """A file over the limit is a room to divide by topic."""
    lengths = {name_of(path): len(path.read_bytes().splitlines()) for path in source_files(folder)}
    too_long = {name: lines for name, lines in lengths.items() if lines > MAX_LINES}
    assert not too_long


def test_broad_handlers_stand_where_they_are_meant_to() -> None:
    """Everything else catches what it expects, so that a bug stays visible."""
    found = {}
    for path in source_files():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        handlers = [node for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler)]
        count = sum(is_broad(handler) for handler in handlers)
        if count:
            found[name_of(path)] = count
    assert {name: n for name, n in found.items() if n > BROAD_HANDLERS.get(name, 0)} == {}


def test_qt_is_imported_only_by_the_window() -> None:
    """Qt and pyqtgraph are named in app.ui alone."""
    found = []
    for path in source_files():
        roots = {name.partition(".")[0] for name in imported_modules(ast.parse(path.read_bytes()))}
        if roots & {"PySide6", "pyqtgraph", "shiboken6"}:
            found.append(name_of(path))
    assert [name for name in found if not name.startswith("app/ui/")] == []


def test_everything_but_the_window_works_without_qt() -> None:
    """All modules outside app.ui import where PySide6 cannot be found."""
    modules = [module_name(path) for path in source_files()]
    wanted = [name for name in modules if not name.startswith("app.ui")]
    assert "app.planning" in wanted
    completed = subprocess.run(
        [sys.executable, "-c", BLOCK_QT, *wanted],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert completed.returncode == 0, completed.stderr


def test_the_blocker_blocks() -> None:
    """The check above would fail if something needed Qt."""
    completed = subprocess.run(
        [sys.executable, "-c", BLOCK_QT, "PySide6.QtCore"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert completed.returncode != 0
    assert "PySide6 is blocked" in completed.stderr


def test_start_imports_nothing_heavy() -> None:
    """``app.__main__`` is read by tasks.py with a Python that has no packages."""
    completed = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); "
         "import app.__main__"],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert completed.returncode == 0, completed.stderr


def test_nothing_of_one_machine_is_in_the_repository() -> None:
    """No path of a machine and no address of a package registry in any tracked text."""
    found = []
    for path in tracked_files():
        if name_of(path).startswith("resources/vendor/"):
            continue  # unchanged texts of others
        text = path.read_bytes().decode("utf-8", errors="ignore")
        found += [(name_of(path), word) for word in FORBIDDEN_TEXTS if word in text]
    assert found == []


def test_no_unfinished_marks() -> None:
    """What is not finished is said in the changelog, not left as a mark in the code."""
    marks = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b|raise NotImplemented" r"Error")
    found = []
    for folder in ("app", "tests", "benchmarks"):
        for path in source_files(folder):
            lines = path.read_text(encoding="utf-8").splitlines()
            found += [
                f"{name_of(path)}:{i}" for i, line in enumerate(lines, 1) if marks.search(line)
            ]
    assert found == []


def test_every_table_of_pins_is_a_plain_version() -> None:
    """The constraints name versions, no address and no folder."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert len(pins) > 50
    bad = [pin for pin in pins if not re.fullmatch(r"[a-z0-9-]+==[0-9][0-9a-z.]*", pin)]
    assert bad == []


def test_qt_stays_below_the_version_that_aborts() -> None:
    """PySide6 6.12.0 on Python 3.11 aborts after some thousand repaints."""
    pins = dict(
        line.split("==")
        for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").split()
        if "==" in line
    )
    version = tuple(int(part) for part in pins["pyside6-essentials"].split("."))
    assert (6, 10, 3) <= version < (6, 12)
