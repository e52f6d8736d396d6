"""What every test stands on: no screen, no network, no trace in the user's home, no leftovers."""

from __future__ import annotations

import ipaddress
import multiprocessing
import os
import shutil
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# Before anything of Qt or of the application is imported.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_GRACE_S = 3.0


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the switch for the long campaigns."""
    parser.addoption("--long", action="store_true", help="run tests marked as long too")
    parser.addoption("--take-golden", action="store_true", help="rewrite the golden files")


def pytest_configure(config: pytest.Config) -> None:
    """Move the home and the settings of this run into a folder of its own."""
    home = Path(tempfile.mkdtemp(prefix="anello-tests-"))
    config.stash[_HOME] = home
    for name, folder in (
        ("HOME", "."),
        ("USERPROFILE", "."),
        ("APPDATA", "AppData/Roaming"),
        ("LOCALAPPDATA", "AppData/Local"),
        ("XDG_CONFIG_HOME", ".config"),
        ("XDG_CACHE_HOME", ".cache"),
        ("XDG_DATA_HOME", ".local/share"),
        ("XDG_STATE_HOME", ".local/state"),
    ):
        path = (home / folder).resolve()
        path.mkdir(parents=True, exist_ok=True)
        os.environ[name] = str(path)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the home of this run."""
    shutil.rmtree(config.stash[_HOME], ignore_errors=True)


_HOME = pytest.StashKey[Path]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long campaigns out unless they are asked for."""
    if config.getoption("--long"):
        return
    left_out = [item for item in items if item.get_closest_marker("long")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not item.get_closest_marker("long")]


def is_local_address(address: object) -> bool:
    """Say whether ``address``, as given to ``socket.connect``, stays on this machine."""
    if not isinstance(address, tuple):
        return True  # a path of a Unix socket
    host = str(address[0])
    if host in ("localhost", ""):
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Refuse every connection that would leave this machine."""
    patch = pytest.MonkeyPatch()
    for name in ("connect", "connect_ex"):
        original = getattr(socket.socket, name)

        def guarded(self: socket.socket, address: object, call: object = original) -> object:
            if not is_local_address(address):
                raise RuntimeError(f"a test tried to connect to {address!r}")
            return call(self, address)  # type: ignore[operator]  # the original method

        patch.setattr(socket.socket, name, guarded)
    yield
    patch.undo()


def _visible_windows() -> list[str]:
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return []
    windows = widgets.QApplication.topLevelWidgets()
    return [repr(window) for window in windows if window.isVisible()]


@pytest.fixture(autouse=True)
def _no_leftovers() -> Iterator[None]:
    """Fail a test that leaves a thread, a child process or a window behind."""
    threads_before = set(threading.enumerate())
    children_before = set(multiprocessing.active_children())
    yield
    until_s = time.monotonic() + _GRACE_S
    while True:
        threads = [thread for thread in threading.enumerate() if thread not in threads_before]
        children = [
            child for child in multiprocessing.active_children() if child not in children_before
        ]
        if not (threads or children) or time.monotonic() > until_s:
            break
        time.sleep(0.02)
    windows = _visible_windows()
    for child in children:
        child.kill()
    assert not threads, f"threads survive the test: {threads}"
    assert not children, f"processes survive the test: {children}"
    assert not windows, f"windows survive the test: {windows}"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of real data beside the repository; skip the test without it."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the folder shared/data with real data is not beside the repository")
    return folder
