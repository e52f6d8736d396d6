"""The overview: a small map of the whole in the corner, with the part that is seen."""

from __future__ import annotations

import threading
from collections import deque

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.ui.map.camera import Camera
from app.ui.map.scene import Scene, render_picture
from app.ui.map.view import MapView
from app.ui.map.workers import Workers

WIDTH_PX, HEIGHT_PX = 190, 130
_EDGE_PX = 12
_ABOVE_PX = 34
"""Room below for the sources of the data."""
_TABLES = ("areas", "barriers", "streets", "spans")
_PAUSE_MS = 250
_SMALLEST_PX = 6.0


class Overview(QWidget):
    """Shows the network's whole extent; a click or a drag moves the map there."""

    _drawn = Signal()

    def __init__(self, view: MapView) -> None:
        super().__init__(view)
        self._view = view
        self._camera = Camera(width_px=WIDTH_PX, height_px=HEIGHT_PX)
        self._image = QImage()
        self._results: deque[tuple[Camera, QImage]] = deque()
        self._is_closed = threading.Event()
        self._pool = Workers(1, self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._draw)
        self._drawn.connect(self._take)
        self.setFixedSize(WIDTH_PX, HEIGHT_PX)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setToolTip(self.tr("Click or drag to move the map"))
        self.setAccessibleName(self.tr("Overview"))
        view.installEventFilter(self)
        view.camera_moved.connect(self.update)
        view.scenes_changed.connect(self._pause.start)
        self.hide()
        self._place()

    @property
    def is_drawn(self) -> bool:
        """Whether there is a picture."""
        return not self._image.isNull()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner of the map, whatever its size."""
        if watched is self._view and event.type() == QEvent.Type.Resize:
            self._place()
        return bool(super().eventFilter(watched, event))

    def showEvent(self, event: QEvent) -> None:
        """Draw what has changed while hidden."""
        self._place()
        self._pause.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture and the frame of what the map shows."""
        colors = self._view.colors
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(colors["paper"]))
        if self.is_drawn:
            painter.drawImage(0, 0, self._image)
            seen = self.seen()
            fill = QColor(colors["plan"])
            fill.setAlpha(45)
            painter.setBrush(fill)
            painter.setPen(QPen(QColor(colors["plan"]), 1.6))
            painter.drawRect(seen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colors["muted"]), 1.0))
        painter.drawRect(QRectF(0.5, 0.5, WIDTH_PX - 1, HEIGHT_PX - 1))
        painter.end()

    def seen(self) -> QRectF:
        """Return the frame of what the map shows, in pixels of the overview; never a dot."""
        west, south, east, north = self._view.camera.extent
        (x0, y0), (x1, y1) = self._camera.to_px([(west, north), (east, south)]).tolist()
        frame = QRectF(QPointF(x0, y0), QPointF(x1, y1))
        more_x = max(_SMALLEST_PX - frame.width(), 0) / 2
        more_y = max(_SMALLEST_PX - frame.height(), 0) / 2
        return frame.adjusted(-more_x, -more_y, more_x, more_y)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Move the map to a place."""
        self._go(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the map along."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event)

    def shutdown(self) -> None:
        """Wait for the worker."""
        self._pause.stop()
        self._is_closed.set()
        self._pool.close()

    def _go(self, event: QMouseEvent) -> None:
        if self.is_drawn and event.buttons() & Qt.MouseButton.LeftButton:
            at = event.position()
            self._view.center_on(*self._camera.to_map(at.x(), at.y()))
        event.accept()

    def _place(self) -> None:
        self.move(
            self._view.width() - WIDTH_PX - _EDGE_PX, self._view.height() - HEIGHT_PX - _ABOVE_PX
        )

    def _draw(self) -> None:
        extent = self._view.extent()
        if extent is None or not self.isVisible() or self._is_closed.is_set():
            return
        camera = Camera(
            width_px=WIDTH_PX, height_px=HEIGHT_PX, ratio=float(self.devicePixelRatioF())
        ).fitted(extent)
        layers = tuple(
            layer for layer in self._view.visible_layers() if layer.data.table in _TABLES
        )
        scene = Scene(0, layers, self._view.colors["paper"], float(self.logicalDpiX()))
        self._pool.clear()
        self._pool.start(lambda: self._render(scene, camera))

    def _render(self, scene: Scene, camera: Camera) -> None:
        if self._is_closed.is_set():
            return
        corner, size = (camera.left, camera.top), (WIDTH_PX, HEIGHT_PX)
        image = render_picture(scene, camera.resolution, corner, size, camera.ratio)
        if not self._is_closed.is_set():
            self._results.append((camera, image))
            self._drawn.emit()

    def _take(self) -> None:
        while self._results:
            self._camera, self._image = self._results.popleft()
        self.update()
