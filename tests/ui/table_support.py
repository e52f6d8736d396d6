"""What the tests of tables and forms do again and again."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.model.tables import TABLES
from app.ui.features.tables import TablesFeature
from app.ui.panels.editors import LineEditor
from app.ui.panels.identify import IdentifyPanel
from app.ui.panels.tables import TablesPanel
from app.ui.session import Session
from app.ui.settings import Settings
from app.ui.translation import LanguageSwitch
from app.ui.use_cases import UseCases

WAIT_MS = 10_000
Flag = QItemSelectionModel.SelectionFlag


class SmallWindow(QWidget):
    """A window with the panel of the object alone."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.identify = IdentifyPanel(session)


class SmallDesk:
    """Session, tables and object panel without the rest of the window, which takes a second."""

    def __init__(self, application: QApplication, settings: Settings) -> None:
        self._languages = LanguageSwitch(application)
        self._languages.use(settings.language)
        self.session = Session(settings)
        self.window = SmallWindow(self.session)
        cases = UseCases(self.session)
        bench: Any = SimpleNamespace(
            session=self.session,
            cases=cases,
            window=self.window,
            show_panel=lambda _name: None,
            show_dialog=self._show,
            show_refusal=lambda title, text: self.session.told.emit("warning", f"{title} {text}"),
        )
        self.feature = TablesFeature(bench)
        self.feature.ready()
        layout = QHBoxLayout(self.window)
        layout.addWidget(self.window.identify)
        layout.addWidget(self.feature.panel, 1)
        self.window.resize(1200, 600)
        self.window.show()

    def _show(self, dialog: QDialog) -> None:
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def close(self) -> None:
        """Let everything go."""
        self.feature.end()
        self.session.close()
        self.window.close()
        self.window.deleteLater()
        self._languages.remove()
        self._languages.use("en")
        self._languages.remove()


def feature_of(desk: SmallDesk) -> TablesFeature:
    return desk.feature


def panel_of(desk: SmallDesk, table: str = "sites") -> TablesPanel:
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


def settle(desk: SmallDesk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not desk.session.is_busy, timeout=WAIT_MS)


def stored(desk: SmallDesk, table: str, uid: str, column: str) -> Any:
    return desk.session.network.table(table).loc[uid, column]


def content(desk: SmallDesk) -> str:
    return desk.session.network.content_hash(TABLES)


def undo(desk: SmallDesk, qtbot: QtBot) -> None:
    settle(desk, qtbot)
    with qtbot.waitSignal(desk.session.changed, timeout=WAIT_MS):
        desk.session.undo()
    settle(desk, qtbot)
