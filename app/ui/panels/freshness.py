"""Panels that nobody sees wait: they are brought up to date when they come into sight."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QDockWidget, QWidget
from shiboken6 import isValid

_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly


def is_seen(panel: QWidget) -> bool:
    """Say whether a panel can be looked at: shown, and on top of the other tabs of its dock.

    A dock behind another tab stays "visible" for Qt, which moves it out of the window instead.
    """
    if not panel.isVisible():
        return False
    dock = dock_of(panel)
    if dock is None or dock.isFloating():
        return True
    place = dock.geometry()
    return place.right() >= 0 and place.bottom() >= 0


def dock_of(panel: QWidget) -> QDockWidget | None:
    """Return the dock that a panel is in, if any."""
    above: QWidget | None = panel
    while above is not None and not isinstance(above, QDockWidget):
        above = above.parentWidget()
    return above


class Turns(QObject):
    """Does what is due one after the other, each in a turn of the event loop of its own.

    Between two of them the window takes the keys and clicks that came in and paints.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._due: deque[Freshness] = deque()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._next)

    def add(self, fresh: Freshness) -> None:
        """Put something at the end of the line, unless it stands there already."""
        if fresh not in self._due:
            self._due.append(fresh)
        if not self._timer.isActive():
            self._timer.start()

    def _next(self) -> None:
        fresh = self._due.popleft()
        if self._due:
            self._timer.start()
        # a page may have been taken away since
        if isValid(fresh):
            fresh.catch_up()


def turns_of(panel: QWidget) -> Turns:
    """Return the line of the window that a panel is in."""
    window = panel.window()
    return window.findChild(Turns, options=_DIRECT) or Turns(window)


class Freshness(QObject):
    """Keeps one panel up to date while it is seen; out of sight it only notes that it is old.

    Parameters
    ----------
    panel : QWidget
        What is looked at; also the parent of this object.
    refresh : callable
        Brings the panel up to date.

    Notes
    -----
    `want` replaces a direct call of ``refresh``. What others call to put something into the
    panel, or to read it, has to call `now` first: otherwise a refresh that comes later would
    take it away. A panel outside of any shown window is always kept up to date.
    """

    def __init__(self, panel: QWidget, refresh: Callable[[], object]) -> None:
        super().__init__(panel)
        self._panel = panel
        self._refresh = refresh
        self._dock: QDockWidget | None = None
        self.is_old = False
        panel.installEventFilter(self)

    def want(self) -> None:
        """Bring the panel up to date, at once or when it comes into sight."""
        self.is_old = True
        if not self._panel.window().isVisible() or is_seen(self._panel):
            self.now()
        else:
            self._follow_dock()

    def now(self) -> None:
        """Bring the panel up to date if it is not."""
        if self.is_old:
            self.is_old = False
            self._refresh()

    def catch_up(self) -> None:
        """Bring the panel up to date if it is seen."""
        if is_seen(self._panel):
            self.now()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take the panel's coming into sight as the moment to refresh it."""
        if event.type() == QEvent.Type.Show and self.is_old:
            self._follow_dock()
            # a dock that is being shown has its place among the tabs a turn later
            turns_of(self._panel).add(self)
        return False

    def _follow_dock(self) -> None:
        dock = dock_of(self._panel)
        if dock is not None and dock is not self._dock:
            self._dock = dock
            dock.visibilityChanged.connect(self._dock_shown)

    def _dock_shown(self, is_shown: bool) -> None:
        if is_shown and self.is_old:
            turns_of(self._panel).add(self)


def refresh_seen(above: QWidget) -> None:
    """Bring all panels within ``above`` that are old and seen up to date, at once."""
    for fresh in above.findChildren(Freshness):
        fresh.catch_up()
