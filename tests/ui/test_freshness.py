"""Panels out of sight wait, and are true as soon as they are seen."""

from __future__ import annotations

from desk_support import look_at, make_plan
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QLabel, QMainWindow, QTabWidget
from pytestqt.qtbot import QtBot

from app.ui.application import Desk
from app.ui.panels.freshness import Freshness, is_seen


class Page(QLabel):
    """A page that counts how often it was refreshed."""

    def __init__(self) -> None:
        super().__init__("page")
        self.count = 0
        self.fresh = Freshness(self, self.refresh)

    def refresh(self) -> None:
        self.count += 1


def test_a_page_waits_behind_another_tab(qtbot: QtBot) -> None:
    tabs, front, back = QTabWidget(), Page(), Page()
    qtbot.addWidget(tabs)
    tabs.addTab(front, "front")
    tabs.addTab(back, "back")
    with qtbot.waitExposed(tabs):
        tabs.show()
    for _ in range(3):
        front.fresh.want()
        back.fresh.want()
    assert (front.count, back.count) == (3, 0) and back.fresh.is_old
    tabs.setCurrentWidget(back)
    qtbot.waitUntil(lambda: back.count == 1, timeout=2_000)
    tabs.setCurrentWidget(front)
    tabs.setCurrentWidget(back)
    qtbot.wait(50)
    assert back.count == 1


def test_a_dock_behind_another_is_not_seen(qtbot: QtBot) -> None:
    window, pages, docks = QMainWindow(), (Page(), Page()), []
    qtbot.addWidget(window)
    for page in pages:
        dock = QDockWidget(window)
        dock.setWidget(page)
        window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock)
        docks.append(dock)
    window.tabifyDockWidget(*docks)
    docks[0].raise_()
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: is_seen(pages[0]) and not is_seen(pages[1]), timeout=2_000)
    pages[1].fresh.want()
    assert pages[1].count == 0
    docks[1].raise_()
    qtbot.waitUntil(lambda: pages[1].count == 1, timeout=2_000)


def test_a_page_without_a_window_is_always_true(qtbot: QtBot) -> None:
    page = Page()
    qtbot.addWidget(page)
    page.fresh.want()
    assert page.count == 1


def test_a_page_that_is_gone_is_not_refreshed(qtbot: QtBot) -> None:
    tabs, front, back = QTabWidget(), Page(), Page()
    qtbot.addWidget(tabs)
    tabs.addTab(front, "front")
    tabs.addTab(back, "back")
    with qtbot.waitExposed(tabs):
        tabs.show()
    back.fresh.want()
    tabs.setCurrentWidget(back)
    back.setParent(None)
    back.deleteLater()
    qtbot.wait(50)


def test_costs_are_asked_for_when_they_are_seen(town: Desk, qtbot: QtBot, near_jobs: None) -> None:
    del near_jobs
    asked: list[object] = []
    town.window.cases.costed.connect(lambda *told: asked.append(told))
    make_plan(town, qtbot, {"Delta"})
    qtbot.waitUntil(lambda: not town.session.is_busy, timeout=10_000)
    assert not asked and town.window.costs.items.rowCount() == 0
    look_at(town, "costs")
    qtbot.waitUntil(lambda: bool(asked), timeout=10_000)
    assert town.window.costs.items.rowCount() > 0
    # another plan, or none: what was shown is gone when the panel is looked at again
    look_at(town, "sites")
    town.session.show_plan("")
    look_at(town, "costs")
    assert town.window.costs.items.rowCount() == 0
