"""The desk on a small town, with settings of its own and no Qt warning unseen."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QSettings, QtMsgType
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.application import Desk
from app.ui.settings import Settings

OFFSCREEN_ONLY = "This plugin does not support"


def _support() -> ModuleType:
    """Load the helper beside this file; tests are no package."""
    name = "desk_support"
    if name not in sys.modules:
        path = Path(__file__).with_name(f"{name}.py")
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return sys.modules[name]


_support()


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
    qapp.setStyleSheet("")
    qapp.setStyle(style)
    qapp.setPalette(palette)
    assert bugs == []


@pytest.fixture
def town(desk: Desk, qtbot: QtBot, project_path: Path) -> Desk:
    """Return a desk with the town open."""
    with qtbot.waitSignal(desk.session.project_changed, timeout=10_000):
        desk.session.open(project_path)
    return desk
