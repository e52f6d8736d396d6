"""Where a call goes: command line or window, and whether there is a screen."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from app import __main__ as start


class Calls:
    """Records what would have been started."""

    def __init__(self, patch: pytest.MonkeyPatch, code: int = 0) -> None:
        self.commands: list[list[str]] = []
        self.windows: list[Path | None] = []
        self.code = code
        patch.setattr(start, "_run_command", self._command)
        patch.setattr(start, "_open_window", self._window)

    def _command(self, arguments: list[str]) -> int:
        self.commands.append(list(arguments))
        return self.code

    def _window(self, project: Path | None) -> int:
        self.windows.append(project)
        return 0


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"DISPLAY": ":0", "CI": "true"}, False),
        ("linux", {"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, False),
        ("win32", {}, True),
        ("darwin", {}, True),
        ("win32", {"CI": "1"}, False),
    ],
)
def test_screen(platform: str, environment: dict[str, str], expected: bool) -> None:
    """A window is shown only where somebody can see it."""
    assert start.has_screen(platform, environment) is expected


def test_no_word_opens_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program's icon has no arguments."""
    calls = Calls(monkeypatch)
    assert start.main([]) == 0
    assert calls.windows == [None]
    assert calls.commands == []


def test_a_command_goes_to_the_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """With its arguments, and its exit code comes back."""
    calls = Calls(monkeypatch, code=1)
    assert start.main(["check", "p.gpkg", "--json"]) == 1
    assert calls.commands == [["check", "p.gpkg", "--json"]]
    assert calls.windows == []


def test_open_needs_a_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Wrong use is 2, a missing file 3."""
    calls = Calls(monkeypatch)
    assert start.main(["open"]) == 2
    assert start.main(["open", str(tmp_path / "missing.gpkg")]) == 3
    assert "missing.gpkg" in capsys.readouterr().err
    project = tmp_path / "p.gpkg"
    project.touch()
    assert start.main(["open", str(project)]) == 0
    assert calls.windows == [project]


@pytest.mark.parametrize(
    ("arguments", "folder"),
    [([], "demo"), (["--folder", "x"], "x"), (["--folder=y", "--language", "en"], "y")],
)
def test_demo_opens_its_project_on_a_screen(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], folder: str
) -> None:
    """First the command, then the window."""
    calls = Calls(monkeypatch)
    monkeypatch.setattr(start, "has_screen", lambda *_: True)
    monkeypatch.setattr(start, "can_open_window", lambda: True)
    assert start.main(["demo", *arguments]) == 0
    assert calls.commands == [["demo", *arguments]]
    assert calls.windows == [Path(folder) / "demo.gpkg"]


@pytest.mark.parametrize("option", ["--no-window", "--json", "--help"])
def test_demo_without_window(monkeypatch: pytest.MonkeyPatch, option: str) -> None:
    """Asked for, or because the answer goes to a program."""
    calls = Calls(monkeypatch)
    monkeypatch.setattr(start, "has_screen", lambda *_: True)
    assert start.main(["demo", option]) == 0
    assert calls.windows == []
    assert "--no-window" not in calls.commands[0]


def test_a_screen_that_does_not_answer_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The demo is done all the same; Qt would abort the process."""
    calls = Calls(monkeypatch)
    monkeypatch.setattr(start, "has_screen", lambda *_: True)
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    monkeypatch.setenv("DISPLAY", ":987")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert start.main(["demo"]) == 0
    assert calls.windows == []
    assert "anello open" in capsys.readouterr().err


def test_the_probe_passes_where_qt_can_draw() -> None:
    """Without a screen Qt draws into memory, as all tests do."""
    assert start.can_open_window()


def test_a_failed_demo_opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The exit code of the command is the answer."""
    calls = Calls(monkeypatch, code=3)
    monkeypatch.setattr(start, "has_screen", lambda *_: True)
    assert start.main(["demo"]) == 3
    assert calls.windows == []


def test_the_demo_project_has_the_name_that_the_command_gives_it() -> None:
    """Two places name it; neither may import the other's packages at start."""
    from app.workflows import demo

    assert start.DEMO_PROJECT == demo.PROJECT


def test_a_command_does_not_import_qt() -> None:
    """Help comes without Qt, also where it is not installed."""
    code = (
        "import sys; from app.__main__ import main; main(['--help']); "
        "sys.exit(any(name.startswith(('PySide6', 'pyqtgraph')) for name in sys.modules))"
    )
    root = Path(__file__).resolve().parents[1]
    completed = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, timeout=120,
        check=False,
    )  # fmt: skip
    assert completed.returncode == 0, completed.stderr
    assert "plan" in completed.stdout
