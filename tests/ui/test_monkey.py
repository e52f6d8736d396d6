"""A monkey at the desk: any action, click, key or choice, in any order, and nothing breaks."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from PySide6.QtCore import QEvent, QPoint, QPointF, QSettings, Qt
from PySide6.QtGui import QContextMenuEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QFileDialog,
    QLineEdit,
    QMenu,
    QTableView,
    QTabWidget,
)

from app.io.project import Project
from app.ui.actions import ACTIONS
from app.ui.application import Desk
from app.ui.settings import Settings

LEFT_OUT = {"quit_program", "open_demo"}
"""The one ends the program, the other builds for half a minute."""
SLOW = {"analyse_redundancy", "check_data", "explain_plan"}
"""Actions that start a process: the short run leaves them to other tests."""
TEXTS = (
    "",
    "a",
    "via",
    "12,5",
    "-3",
    "<b>x</b>",
    "'; drop table sites; --",
    "9.2, 45.45",
    "è" * 40,
)
KEYS = (
    Qt.Key.Key_Escape,
    Qt.Key.Key_Return,
    Qt.Key.Key_Delete,
    Qt.Key.Key_Backspace,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Left,
    Qt.Key.Key_Plus,
    Qt.Key.Key_Home,
    Qt.Key.Key_Space,
)
WAIT_MS = 30_000


class Monkey(RuleBasedStateMachine):
    """Each step does one thing that a hand could do; the project stays whole throughout."""

    source: Path
    leaves_out: set[str]
    steps = 0

    def __init__(self) -> None:
        super().__init__()
        self.errors: list[str] = []
        self._hook = sys.excepthook
        sys.excepthook = lambda kind, error, _trace: self.errors.append(f"{kind.__name__}: {error}")
        self._home = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.folder = Path(self._home.name)
        self.path = self.folder / "town.gpkg"
        self.path.write_bytes(self.source.read_bytes())
        store = QSettings(str(self.folder / "settings.ini"), QSettings.Format.IniFormat)
        made = Settings(store)
        made.language, made.theme, made.folder = "it", "light", self.folder
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.desk = Desk(application, made)
        self.desk.window.resize(1366, 768)
        self.desk.show(self.path)
        self._calm()

    # -- what a hand can do ------------------------------------------------------------------

    @initialize()
    def begin(self) -> None:
        assert self.desk.session.is_open

    @rule(number=st.integers(0, 500))
    def trigger(self, number: int) -> None:
        actions = self.desk.window.actions_by.by_id
        ready = [
            spec.id
            for spec in ACTIONS
            if actions[spec.id].isEnabled() and spec.id not in LEFT_OUT | self.leaves_out
        ]
        chosen = ready[number % len(ready)]
        note(chosen)
        actions[chosen].trigger()
        self._calm()

    @rule(x=st.floats(0, 1), y=st.floats(0, 1), dx=st.integers(-90, 90), dy=st.integers(-90, 90))
    def drag_on_the_map(self, x: float, y: float, dx: int, dy: int) -> None:
        port = self.desk.window.map.canvas.viewport()
        at = QPoint(int(x * port.width()), int(y * port.height()))
        QTest.mousePress(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
        QTest.mouseMove(port, at + QPoint(dx, dy))
        QTest.mouseRelease(
            port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at + QPoint(dx, dy)
        )
        self._calm()

    @rule(x=st.floats(0, 1), y=st.floats(0, 1))
    def double_click_on_the_map(self, x: float, y: float) -> None:
        port = self.desk.window.map.canvas.viewport()
        at = QPoint(int(x * port.width()), int(y * port.height()))
        QTest.mouseDClick(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
        self._calm()

    @rule(x=st.floats(0, 1), y=st.floats(0, 1), number=st.integers(0, 20))
    def choose_from_the_menu_of_the_map(self, x: float, y: float, number: int) -> None:
        view = self.desk.window.map
        at = QPointF(x * view.width(), y * view.height())
        event = QContextMenuEvent(
            QContextMenuEvent.Reason.Mouse, at.toPoint(), view.mapToGlobal(at.toPoint())
        )
        view.context_wanted(at, event)
        menus = [menu for menu in self.desk.window.findChildren(QMenu) if menu.isVisible()]
        for menu in menus:
            offers = [item for item in menu.actions() if item.isEnabled() and item.text()]
            if offers:
                offers[number % len(offers)].trigger()
            menu.close()
        self._calm()

    @rule(steps=st.integers(-3, 3))
    def turn_the_wheel(self, steps: int) -> None:
        port = self.desk.window.map.canvas.viewport()
        middle = QPointF(port.rect().center())
        event = QWheelEvent(
            middle,
            port.mapToGlobal(middle),
            QPoint(),
            QPoint(0, 120 * steps),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(port, event)
        self._calm()

    @rule(key=st.sampled_from(KEYS))
    def press_a_key(self, key: Qt.Key) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.desk.window.map, key)
        self._calm()

    @rule(number=st.integers(0, 50), text=st.sampled_from(TEXTS))
    def type_somewhere(self, number: int, text: str) -> None:
        fields = [field for field in self._seen(QLineEdit) if not field.isReadOnly()]
        if fields:
            fields[number % len(fields)].setText(text)
        self._calm()

    @rule(number=st.integers(0, 60))
    def change_a_panel(self, number: int) -> None:
        names = sorted(self.desk.window.docks)
        self.desk.window.show_panel(names[number % len(names)])
        for tabs in self._seen(QTabWidget)[:1]:
            tabs.setCurrentIndex(number % max(tabs.count(), 1))
        self._calm()

    @rule(number=st.integers(0, 20), row=st.integers(0, 200))
    def choose_a_row(self, number: int, row: int) -> None:
        tables = [view for view in self._seen(QTableView) if view.model().rowCount()]
        if tables:
            view = tables[number % len(tables)]
            view.selectRow(row % view.model().rowCount())
            view.doubleClicked.emit(view.currentIndex())
        self._calm()

    @rule(number=st.integers(0, 80))
    def press_a_button(self, number: int) -> None:
        buttons = [
            item
            for item in self._seen(QAbstractButton)
            if item.isEnabled() and item.window() is self.desk.window
        ]
        if buttons and not self.leaves_out:
            buttons[number % len(buttons)].click()
        self._calm()

    @precondition(lambda self: not self.desk.session.is_open)
    @rule()
    def open_again(self) -> None:
        self.desk.session.open(self.path)
        self._calm()

    # -- what must hold ----------------------------------------------------------------------

    def teardown(self) -> None:
        try:
            self._calm()
            for running in list(self.desk.session.jobs.running):
                running.cancel()
            self._calm()
            session = self.desk.session
            if session.is_open:
                with Project.open(session.path, read_only=True) as stored:
                    _assert_same(session.network, stored.read())
        finally:
            self.desk.close()
            self.desk.window.deleteLater()  # and its floating panels with it
            self.desk.deleteLater()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            sys.excepthook = self._hook
            self._home.cleanup()

    def _seen(self, kind: type[Any]) -> list[Any]:
        return [item for item in self.desk.window.findChildren(kind) if item.isVisible()]

    def _calm(self) -> None:
        """Let everything happen that was begun; close what asks; nothing may have gone wrong."""
        type(self).steps += 1
        waited = 0
        QApplication.processEvents()
        while self.desk.session.is_busy and waited < WAIT_MS:
            QTest.qWait(5)
            waited += 5
        for top in QApplication.topLevelWidgets():
            if isinstance(top, QDialog) and top.isVisible():
                top.reject()
        _leave_whats_this()
        QApplication.processEvents()
        assert self.errors == []
        assert self.desk._crash is None


def _leave_whats_this() -> None:
    from PySide6.QtWidgets import QWhatsThis

    if QWhatsThis.inWhatsThisMode():
        QWhatsThis.leaveWhatsThisMode()


def _assert_same(shown: Any, stored: Any) -> None:
    for name, frame in shown.tables.items():
        other = stored.tables[name]
        assert sorted(frame.index) == sorted(other.index), name
        for column in frame.columns.intersection(other.columns):
            mine = frame[column].astype(object).map(repr).sort_index()
            assert mine.equals(other[column].astype(object).map(repr).sort_index()), (name, column)


@pytest.fixture
def no_file_dialogs(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Answer every question for a file with none: the system's dialog would wait for a hand."""
    nothing: Callable[..., tuple[str, str]] = lambda *_args, **_kwargs: ("", "")  # noqa: E731
    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, staticmethod(nothing))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", staticmethod(lambda *_a, **_k: ([], "")))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", staticmethod(lambda *_a, **_k: ""))
    yield


def _run(source: Path, steps: int, examples: int, leaves_out: set[str]) -> None:
    class Machine(Monkey):
        pass

    Machine.source, Machine.leaves_out = source, leaves_out
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=examples + 2,  # some are cut short
            stateful_step_count=steps,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert Machine.steps >= steps


def test_a_monkey_breaks_nothing(
    qapp: QApplication, town_file: Path, no_file_dialogs: None
) -> None:
    """Sixty steps; the long run makes five hundred and presses every button too."""
    _run(town_file, 60, 1, SLOW)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_a_monkey_breaks_nothing_for_long(
    qapp: QApplication, town_file: Path, no_file_dialogs: None
) -> None:
    """Five hundred steps, jobs included, several times."""
    _run(town_file, 500, 4, set())
