"""Hands that draw: the mouse and the keys over places of the town."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from app.ui.application import Desk
from app.ui.map.view import MapView
from tests.ui.desk_support import EAST_M, NORTH_M, STEP_M

WAIT_MS = 20_000
NO_KEY = Qt.KeyboardModifier.NoModifier


def pixel(view: MapView, column: float, row: float) -> QPoint:
    xy = view.camera.to_px([(EAST_M + column * STEP_M, NORTH_M + row * STEP_M)])[0]
    return QPoint(round(xy[0]), round(xy[1]))


def move(view: MapView, qtbot: QtBot, column: float, row: float) -> None:
    qtbot.mouseMove(view.canvas.viewport(), pixel(view, column, row))


def click(
    view: MapView,
    qtbot: QtBot,
    column: float,
    row: float,
    modifier: Qt.KeyboardModifier = NO_KEY,
) -> None:
    move(view, qtbot, column, row)
    target, at = view.canvas.viewport(), pixel(view, column, row)
    qtbot.mouseClick(target, Qt.MouseButton.LeftButton, modifier, at)


def drag(view: MapView, qtbot: QtBot, start: tuple[float, float], end: tuple[float, float]) -> None:
    target = view.canvas.viewport()
    move(view, qtbot, *start)
    qtbot.mousePress(target, Qt.MouseButton.LeftButton, NO_KEY, pixel(view, *start))
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    move(view, qtbot, *middle)
    move(view, qtbot, *end)
    qtbot.mouseRelease(target, Qt.MouseButton.LeftButton, NO_KEY, pixel(view, *end))


def key(view: MapView, qtbot: QtBot, wanted: Qt.Key) -> None:
    qtbot.keyClick(view.canvas, wanted)


def settle(desk: Desk, qtbot: QtBot, steps: int) -> None:
    """Wait until so many steps can be undone."""
    session = desk.session
    qtbot.waitUntil(
        lambda: session.undo_stack.index() == steps and not session.is_busy, timeout=WAIT_MS
    )
    desk.window.map.wait_idle()
