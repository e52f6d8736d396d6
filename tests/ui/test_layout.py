"""The window fits a small screen, and nothing in its panels is cut off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_support import make_plan
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QTabWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.ui.application import Desk
from app.ui.panels.parts import FittingLabel, Link
from app.ui.settings import Settings

SMALL = (1366, 768)
LEAST_SCREEN_PX = 1280


@pytest.fixture(params=["en", "it"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Return settings in each language."""
    store = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    made = Settings(store)
    made.language, made.theme, made.folder = request.param, "light", tmp_path
    return made


def cut_off(panel: QWidget) -> Iterator[str]:
    """Yield the parts that are narrower than their texts need, or that an edge cuts."""
    for kind in (QLabel, QPushButton, QCheckBox, QComboBox, QAbstractSpinBox, QLineEdit):
        for part in panel.findChildren(kind):
            if not part.isVisible() or part.visibleRegion().isEmpty():
                continue
            is_label = isinstance(part, QLabel)
            wraps = is_label and (part.wordWrap() or isinstance(part, (FittingLabel, Link)))
            need = 0 if wraps or not is_label else part.minimumSizeHint().width()
            if isinstance(part, (QPushButton, QCheckBox)):
                need = part.minimumSizeHint().width()
            seen = part.visibleRegion().boundingRect().width()
            if seen < max(need, part.width()) and not (is_label and seen >= need > 0):
                text = getattr(part, "text", part.accessibleName)()
                yield f"{type(part).__name__} {text}: {seen} of {need}, {part.width()} px"


def pages_of(panel: QWidget) -> Iterator[None]:
    """Turn over the pages behind the tabs of a panel, those in front first."""
    yield
    for tabs in panel.findChildren(QTabWidget):
        for page in range(1, tabs.count()):
            if tabs.isVisible():
                tabs.setCurrentIndex(page)
                yield
        tabs.setCurrentIndex(0)


def studies_of(town: Desk) -> Iterator[str]:
    """Turn over the studies of redundancy, which have no tabs."""
    box = town.window.redundancy.study_box
    for number in range(box.count()):
        box.setCurrentIndex(number)
        yield str(box.itemData(number))


def test_nothing_is_cut_off_on_a_small_screen(town: Desk, qtbot: QtBot, near_jobs: None) -> None:
    window = town.window
    window.resize(*SMALL)
    make_plan(town, qtbot, {"Bravo & Co", "Delta"})
    found = []
    for name, dock in window.docks.items():
        window.show_panel(name)
        qtbot.wait(30)
        for _page in pages_of(dock.widget()):
            qtbot.wait(10)
            found += [f"{name}: {text}" for text in cut_off(dock.widget())]
    window.show_panel("redundancy")
    for name in studies_of(town):
        qtbot.wait(10)
        found += [f"{name}: {text}" for text in cut_off(window.docks["redundancy"])]
    assert found == []
    assert window.size().toTuple() == SMALL
    assert window.minimumSizeHint().width() <= LEAST_SCREEN_PX


def test_the_window_opens_as_wide_as_a_small_screen(desk: Desk, project_path: Path) -> None:
    assert desk.window.width() <= SMALL[0]
    assert desk.window.minimumSizeHint().width() <= LEAST_SCREEN_PX
