"""What the tests of tables and forms do again and again."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.model.tables import TABLES
from app.ui.application import Desk
from app.ui.features.tables import TablesFeature
from app.ui.panels.editors import LineEditor
from app.ui.panels.tables import TablesPanel

WAIT_MS = 10_000
Flag = QItemSelectionModel.SelectionFlag


def feature_of(desk: Desk) -> TablesFeature:
    return next(item for item in desk.window.features if isinstance(item, TablesFeature))


def panel_of(desk: Desk, table: str = "sites") -> TablesPanel:
    feature = feature_of(desk)
    feature.show_rows_of(table)
    return feature.panel


def cell(panel: TablesPanel, uid: str, column: str) -> QModelIndex:
    (row,) = panel.model.rows_of([uid])
    return panel.model.index(row, panel.number_of(column))


def choose(panel: TablesPanel, uids: list[str], column: str) -> None:
    panel.view.clearSelection()
    for uid in uids:
        panel.view.selectionModel().select(cell(panel, uid, column), Flag.Select)
    where = cell(panel, uids[0], column)
    panel.view.selectionModel().setCurrentIndex(where, Flag.NoUpdate)


def open_editor(panel: TablesPanel, uid: str, column: str) -> Any:
    where = cell(panel, uid, column)
    panel.view.setCurrentIndex(where)
    panel.view.edit(where)
    editor = panel.view.indexWidget(where)
    assert isinstance(editor, QWidget)
    return editor


def type_into(qtbot: QtBot, editor: QWidget, text: str) -> None:
    assert isinstance(editor, LineEditor)
    editor.selectAll()
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)


def settle(desk: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not desk.session.is_busy, timeout=WAIT_MS)


def stored(desk: Desk, table: str, uid: str, column: str) -> Any:
    return desk.session.network.table(table).loc[uid, column]


def content(desk: Desk) -> str:
    return desk.session.network.content_hash(TABLES)


def undo(desk: Desk, qtbot: QtBot) -> None:
    settle(desk, qtbot)
    with qtbot.waitSignal(desk.session.changed, timeout=WAIT_MS):
        desk.session.undo()
    settle(desk, qtbot)
