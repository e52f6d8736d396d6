"""The desk on a small town, with settings of its own and no Qt warning unseen."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QSettings, QtMsgType
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import jobs
from app.model.progress import no_progress
from app.ui.application import Desk
from app.ui.settings import Settings

OFFSCREEN_ONLY = "This plugin does not support"


def _support(name: str = "desk_support") -> ModuleType:
    """Load a helper beside this file; tests are no package."""
    if name not in sys.modules:
        path = Path(__file__).with_name(f"{name}.py")
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return sys.modules[name]


_support()
_support("table_support")


@pytest.fixture(autouse=True)
def no_qt_warnings(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test in which Qt warned of anything but the lack of a screen."""
    qtlog = request.getfixturevalue("qtlog")
    yield
    loud = (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg)
    told = [
        record.message
        for record in qtlog.records
        if record.type in loud and not record.message.startswith(OFFSCREEN_ONLY)
    ]
    assert told == []


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return settings in a file of the test's own; English and light."""
    store = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    made = Settings(store)
    made.language, made.theme, made.folder = "en", "light", tmp_path
    return made


@pytest.fixture(scope="session")
def town_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the town's project, to be copied."""
    return _support().make_project(tmp_path_factory.mktemp("town") / "town.gpkg")


@pytest.fixture
def project_path(town_file: Path, tmp_path: Path) -> Path:
    """Return a fresh copy of the town's project."""
    path = tmp_path / "town.gpkg"
    path.write_bytes(town_file.read_bytes())
    return path


@pytest.fixture
def desk(qapp: QApplication, qtbot: QtBot, settings: Settings) -> Iterator[Desk]:
    """Return a desk without a project."""
    palette, style = qapp.palette(), qapp.style().name()
    made = Desk(qapp, settings)
    bugs: list[str] = []
    made.session.jobs.failed.connect(
        lambda title, error: bugs.append(f"{title}: {error} {getattr(error, 'trace', '')}")
    )
    made.show()
    qtbot.waitExposed(made.window)
    yield made
    made.close()
    made.window.deleteLater()
    made.deleteLater()
    qapp.processEvents()
    # nothing else deletes them before the next window is dressed, and that dresses all there are
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.setStyleSheet("")
    qapp.setStyle(style)
    qapp.setPalette(palette)
    assert bugs == []


class NearJob:
    """A job in a thread of this process: the same calls, without the start of a process."""

    def __init__(self, function: Callable[..., Any], args: tuple[Any, ...]) -> None:
        self._pool = ThreadPoolExecutor(1)
        self._future = self._pool.submit(function, *args, progress=no_progress)

    def poll(self) -> jobs.JobState:
        return jobs.JobState(is_done=self._future.done())

    def outcome(self) -> Any:
        self._pool.shutdown()
        return self._future.result()

    def cancel(self) -> None:
        self._future.cancel()

    def close(self) -> None:
        self._pool.shutdown()


@pytest.fixture
def near_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the jobs of the window in threads; what processes add has tests of its own."""
    monkeypatch.setattr("app.jobs.start", lambda function, *args: NearJob(function, args))
    monkeypatch.setattr("app.ui.jobs_runner.POLL_MS", 10)


@pytest.fixture
def town(desk: Desk, qtbot: QtBot, project_path: Path) -> Desk:
    """Return a desk with the town open and looked at."""
    with qtbot.waitSignal(desk.session.project_changed, timeout=10_000):
        desk.session.open(project_path)
    with qtbot.waitSignal(desk.session.connected_changed, timeout=10_000):
        desk.session.judge()
    return desk
