"""The walls around every test stand: no network, no home of the user, no leftovers."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import platformdirs
import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("method", ["connect", "connect_ex"])
@pytest.mark.parametrize(
    ("family", "address"),
    [
        (socket.AF_INET, ("192.0.2.1", 80)),
        (socket.AF_INET, ("example.org", 443)),
        (socket.AF_INET6, ("2001:db8::1", 80, 0, 0)),
    ],
)
def test_a_connection_out_of_this_machine_is_refused(
    method: str, family: int, address: tuple[object, ...]
) -> None:
    """Before any packet is sent."""
    with socket.socket(family) as plug, pytest.raises(RuntimeError, match="tried to connect"):
        getattr(plug, method)(address)


def test_a_connection_within_this_machine_is_allowed() -> None:
    """Worker processes may talk to each other."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = server.getsockname()
        with socket.create_connection(address, timeout=5) as plug:
            assert plug.getpeername() == address


def test_settings_go_to_a_folder_of_this_run() -> None:
    """Whatever a test stores as preference does not reach the user's."""
    folder = Path(platformdirs.user_config_dir("anello")).resolve()
    assert folder.is_relative_to(Path(tempfile.gettempdir()).resolve())
    assert Path.home() == Path(os.environ["HOME"])


LEFTOVERS = {
    "thread": "import threading; threading.Thread(target=E.wait, daemon=True).start()",
    "process": "C = multiprocessing.get_context('spawn').Process(target=time.sleep, args=(60,)); "
    "C.start()",
    "window": "from PySide6.QtWidgets import QApplication, QWidget; "
    "A = QApplication.instance() or QApplication([]); W = QWidget(); W.show()",
    "nothing": "pass",
}


@pytest.mark.parametrize("kind", sorted(LEFTOVERS))
def test_what_a_test_leaves_behind_fails_it(kind: str, tmp_path: Path) -> None:
    """The check itself sees threads, processes and windows, and no more than there are."""
    text = (ROOT / "tests" / "conftest.py").read_text(encoding="utf-8")
    (tmp_path / "conftest.py").write_text(text.replace("_GRACE_S = 3.0", "_GRACE_S = 0.2"))
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    (tmp_path / "test_it.py").write_text(
        "import multiprocessing, threading, time\nE = threading.Event()\n"
        f"def test_it():\n    global A, C, W\n    {LEFTOVERS[kind]}\n"
    )
    completed = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    out = completed.stdout + completed.stderr
    if kind == "nothing":
        assert completed.returncode == 0, out
    else:
        plural = {"thread": "threads", "process": "processes", "window": "windows"}[kind]
        assert f"{plural} survive the test" in out, out


def test_long_campaigns_wait_until_they_are_asked_for(tmp_path: Path) -> None:
    """A test marked as long runs with ``--long`` only."""
    text = (ROOT / "tests" / "conftest.py").read_text(encoding="utf-8")
    (tmp_path / "conftest.py").write_text(text)
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = long: slow\n")
    (tmp_path / "test_it.py").write_text(
        "import pytest\n@pytest.mark.long\ndef test_long(): pass\ndef test_short(): pass\n"
    )
    summaries = []
    for extra in ([], ["--long"]):
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *extra]
        completed = subprocess.run(
            [*command, str(tmp_path)], capture_output=True, text=True, timeout=120, check=False,
            cwd=tmp_path,
        )  # fmt: skip
        summaries.append(completed.stdout.splitlines()[-1])
    assert "1 passed, 1 deselected" in summaries[0]
    assert "2 passed" in summaries[1]
