"""The canvas: a pyqtgraph view without axes, on which the map is painted and pointed at.

Tiles are painted as its background, selection and labels as its foreground; what is added to its
scene (pyqtgraph items included, in pixels of the view) lies between the two.
"""

from __future__ import annotations

from typing import Protocol

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QEnterEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsView, QWidget

from app.ui.map.pointing import Pointing
from app.ui.map.tools import Pointer


class Owner(Protocol):
    """What the canvas tells and asks the map view."""

    def paint_background(self, painter: QPainter) -> None: ...  # noqa: D102
    def paint_foreground(self, painter: QPainter) -> None: ...  # noqa: D102
    @property
    def pointing(self) -> Pointing: ...  # noqa: D102
    def pointer_at(self, at: QPointF) -> None: ...  # noqa: D102
    def canvas_resized(self) -> None: ...  # noqa: D102
    def context_wanted(self, at: QPointF, event: QContextMenuEvent) -> None: ...  # noqa: D102


class Canvas(pg.GraphicsView):
    """A `pyqtgraph.GraphicsView` that hands painting and pointing to its owner."""

    _owner: Owner | None = None  # the base class resizes while it is being made

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, background=None)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setCacheMode(QGraphicsView.CacheModeFlag.CacheNone)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def set_owner(self, owner: Owner | None) -> None:
        """Hand painting and events to ``owner``; to nobody with ``None``."""
        self._owner = owner

    def drawBackground(self, painter: QPainter, rect: QRectF) -> None:
        """Paint the tiles."""
        if self._owner is not None:
            self._owner.paint_background(painter)

    def drawForeground(self, painter: QPainter, rect: QRectF) -> None:
        """Paint what lies on top."""
        if self._owner is not None:
            self._owner.paint_foreground(painter)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pass a press on."""
        if self._owner is not None:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._owner.pointing.press(_pointer(event), event.button())
            self.show_cursor()
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pass a movement on."""
        if self._owner is not None:
            self._owner.pointing.move(_pointer(event))
            self._owner.pointer_at(event.position())
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Pass a release on."""
        if self._owner is not None:
            self._owner.pointing.release(_pointer(event), event.button())
            self.show_cursor()
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Pass a double click on."""
        if self._owner is not None and event.button() == Qt.MouseButton.LeftButton:
            self._owner.pointing.double_click(_pointer(event))
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Pass the wheel on, in notches."""
        turned = event.angleDelta().y() or event.angleDelta().x()
        if self._owner is not None and turned:
            self._owner.pointing.turn(event.position(), turned / 120.0)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pass a key on, and let the window have those that the map does not know."""
        if self._owner is None or not self._owner.pointing.key_press(event):
            event.ignore()
        self.show_cursor()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Pass a key on."""
        if self._owner is None or not self._owner.pointing.key_release(event):
            event.ignore()
        self.show_cursor()

    def show_cursor(self) -> None:
        """Give the pointer the shape that the tool wants."""
        if self._owner is not None:
            self.viewport().setCursor(self._owner.pointing.cursor)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Pass the wish for a menu on."""
        if self._owner is not None:
            self._owner.context_wanted(QPointF(event.pos()), event)
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell the new size."""
        super().resizeEvent(event)
        if self._owner is not None:
            self._owner.canvas_resized()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Do nothing: the scene below has no use for it."""
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """Do nothing: the scene below has no use for it."""
        event.accept()


def _pointer(event: QMouseEvent) -> Pointer:
    return Pointer(event.position(), event.modifiers())
