"""Bookmarks, overview and areas, driven through the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.model.bookmarks import SETTING
from app.ui.application import Desk
from app.ui.dialogs.bookmarks import BookmarksDialog
from app.ui.features.views import ViewsFeature


def feature(town: Desk) -> ViewsFeature:
    return next(item for item in town.window.features if isinstance(item, ViewsFeature))


def open_bookmarks(town: Desk, qtbot: QtBot) -> BookmarksDialog:
    town.window.actions_by.by_id["bookmarks"].trigger()
    qtbot.waitUntil(
        lambda: isinstance(QApplication.activeModalWidget(), BookmarksDialog), timeout=5000
    )
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, BookmarksDialog)
    qtbot.waitUntil(dialog.isActiveWindow, timeout=5000)
    return dialog


def test_a_view_is_kept_renamed_found_again_and_deleted(town: Desk, qtbot: QtBot) -> None:
    view = town.window.map
    qtbot.waitUntil(lambda: view._navigator.has_view, timeout=3000)
    qtbot.wait(20)
    view.zoom_to_rect(515_200, 5_035_200, 515_400, 5_035_400)
    before = view.camera
    dialog = open_bookmarks(town, qtbot)
    assert not dialog.primary.isEnabled()
    qtbot.keyClicks(dialog.name_box, "Centro")
    qtbot.keyClick(dialog.name_box, Qt.Key.Key_Return)
    assert [dialog.list.item(n).text() for n in range(dialog.list.count())] == ["Centro"]
    dialog.list.item(0).setText("Piazza")
    assert dialog.current == "Piazza"
    qtbot.keyClicks(dialog.name_box, "Piazza")
    dialog.add_button.click()
    assert not dialog.error.isHidden()
    dialog.name_box.clear()
    dialog.reject()
    view.zoom_to_all()
    dialog = open_bookmarks(town, qtbot)
    dialog.list.setFocus()
    dialog.accept()
    camera = view.camera
    assert (camera.x, camera.y) == pytest.approx((before.x, before.y), abs=0.5)
    assert camera.resolution == pytest.approx(before.resolution, rel=0.01)
    dialog = open_bookmarks(town, qtbot)
    dialog.list.setFocus()
    QTest.keyClick(dialog.list, Qt.Key.Key_Delete)
    assert dialog.list.count() == 0
    dialog.reject()
    answers: list[object] = []
    town.session.ask(lambda project: project.setting(SETTING), answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=5000)
    assert answers == [[]]


def test_the_overview_moves_the_map(town: Desk, qtbot: QtBot) -> None:
    view, overview = town.window.map, feature(town).overview_map
    assert overview.isHidden()
    town.window.actions_by.by_id["overview"].trigger()
    assert not overview.isHidden() and town.settings.has_overview
    qtbot.waitUntil(lambda: overview.is_drawn, timeout=5000)
    view.set_scale(2_000)
    qtbot.mouseClick(overview, Qt.MouseButton.LeftButton, pos=QPoint(40, 40))
    seen = overview.seen()
    assert (seen.center().x(), seen.center().y()) == pytest.approx((40, 40), abs=1.5)
    assert town.window.map.rect().contains(overview.geometry())
    town.window.actions_by.by_id["overview"].trigger()
    assert overview.isHidden()


def test_an_area_is_measured_on_the_ellipsoid(town: Desk, qtbot: QtBot) -> None:
    view = town.window.map
    qtbot.wait(20)
    view.zoom_to_rect(515_000, 5_035_000, 515_400, 5_035_400)
    town.window.actions_by.by_id["tool_measure_area"].trigger()
    viewport = view.canvas.viewport()
    corners = [(515_100, 5_035_100), (515_300, 5_035_100), (515_300, 5_035_300),
               (515_100, 5_035_300)]  # fmt: skip
    for x, y in view.camera.to_px(corners).tolist():
        qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))
    tool = view.current_tool
    # UTM shrinks lengths by 0.04 % here: the ellipsoid's area is larger by twice that
    assert tool.area_m2(view.crs) == pytest.approx(40_000 * 1.0008, rel=0.01)
    assert "ha" in tool.reading(view.crs) and "m" in tool.reading(view.crs)
    qtbot.keyClick(view.canvas, Qt.Key.Key_Escape)
    assert tool.reading(view.crs) == ""
