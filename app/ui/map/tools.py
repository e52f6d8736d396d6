"""Tools: what pointer and keys do on the map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import shapely
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from app.ui.map.camera import Camera
from app.ui.map.layers import LayerData

DRAG_PX = 4.0
"""Shorter movements between press and release are a click."""

REPLACE, ADD, TOGGLE = "replace", "add", "toggle"


@dataclass(frozen=True)
class SelectionRequest:
    """Objects by table that shall replace the selection, be added to it or be toggled in it."""

    uids: Mapping[str, frozenset[str]]
    mode: str = REPLACE


@dataclass(frozen=True)
class Pointer:
    """Where the pointer is (px), what is pressed, and with which keys."""

    at: QPointF
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier


class Host(Protocol):
    """What a tool needs of the map view."""

    @property
    def camera(self) -> Camera: ...  # noqa: D102
    @property
    def crs(self) -> str: ...  # noqa: D102
    @property
    def colors(self) -> Mapping[str, str]: ...  # noqa: D102
    def set_camera(self, camera: Camera) -> None: ...  # noqa: D102
    def identify(self, at: QPointF) -> None: ...  # noqa: D102
    def select_at(self, at: QPointF, mode: str) -> None: ...  # noqa: D102
    def select_within(self, shape: shapely.Geometry, mode: str) -> None: ...  # noqa: D102
    def zoom_to_rect(self, xmin: float, ymin: float, xmax: float, ymax: float) -> None: ...  # noqa: D102
    def zoom_to_all(self) -> None: ...  # noqa: D102
    def set_tool(self, name: str) -> None: ...  # noqa: D102
    def visible_data(self) -> Sequence[LayerData]: ...  # noqa: D102
    def refresh(self) -> None: ...  # noqa: D102


class Tool:
    """A tool that does nothing; the others override what they need."""

    name = "none"
    cursor = Qt.CursorShape.ArrowCursor

    def press(self, host: Host, pointer: Pointer) -> None:
        """Take the left button going down."""

    def move(self, host: Host, pointer: Pointer) -> None:
        """Take a movement, with the button down or up."""

    def release(self, host: Host, pointer: Pointer) -> None:
        """Take the left button coming up."""

    def double_click(self, host: Host, pointer: Pointer) -> None:
        """Take a double click of the left button."""

    def key_press(self, host: Host, key: int) -> bool:
        """Take a key going down, before the map; return whether the tool knows it."""
        return False

    def finish(self, host: Host) -> bool:
        """End what was begun by a right click; return whether there was anything to end."""
        return False

    def cancel(self) -> bool:
        """Drop what was begun; return whether there was anything."""
        return False

    def paint(self, painter: QPainter, host: Host) -> None:
        """Paint what the tool has begun, in pixels."""


class PanTool(Tool):
    """Drag the map; a click without a drag identifies."""

    name = "pan"
    cursor = Qt.CursorShape.OpenHandCursor

    def __init__(self, identifies: bool = True) -> None:
        self._identifies = identifies
        self._start: QPointF | None = None
        self._camera: Camera | None = None
        self._is_dragging = False

    def press(self, host: Host, pointer: Pointer) -> None:
        """Remember where the drag begins."""
        self._start, self._camera, self._is_dragging = pointer.at, host.camera, False

    def move(self, host: Host, pointer: Pointer) -> None:
        """Move the map with the pointer."""
        if self._start is None or self._camera is None:
            return
        way = pointer.at - self._start
        self._is_dragging |= way.manhattanLength() > DRAG_PX
        if self._is_dragging:
            host.set_camera(self._camera.panned(way.x(), way.y()))

    def release(self, host: Host, pointer: Pointer) -> None:
        """End the drag, or identify what was clicked."""
        was_click = self._start is not None and not self._is_dragging
        self._start, self._camera = None, None
        if was_click and self._identifies:
            host.identify(pointer.at)

    def double_click(self, host: Host, pointer: Pointer) -> None:
        """Zoom in where it was clicked."""
        host.set_camera(host.camera.zoomed(2.0, pointer.at.x(), pointer.at.y()))

    def cancel(self) -> bool:
        """End a drag."""
        was_begun = self._start is not None
        self._start, self._camera = None, None
        return was_begun


class BoxTool(Tool):
    """Base of the tools that draw a rectangle."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self) -> None:
        self._start: QPointF | None = None
        self._end: QPointF | None = None

    def press(self, host: Host, pointer: Pointer) -> None:
        """Begin the rectangle."""
        self._start = self._end = pointer.at

    def move(self, host: Host, pointer: Pointer) -> None:
        """Draw the rectangle larger."""
        if self._start is not None:
            self._end = pointer.at
            host.refresh()

    def release(self, host: Host, pointer: Pointer) -> None:
        """Use the rectangle, or the click when it has no size."""
        if self._start is None:
            return
        start, self._start, self._end = self._start, None, None
        host.refresh()
        if (pointer.at - start).manhattanLength() <= DRAG_PX:
            self.click(host, pointer)
        else:
            self.use(host, QRectF(start, pointer.at).normalized(), pointer)

    def cancel(self) -> bool:
        """Drop the rectangle."""
        was_begun = self._start is not None
        self._start = self._end = None
        return was_begun

    def paint(self, painter: QPainter, host: Host) -> None:
        """Paint the rectangle."""
        if self._start is None or self._end is None:
            return
        paint_rubber(painter, host, QPolygonF(QRectF(self._start, self._end).normalized()))

    def click(self, host: Host, pointer: Pointer) -> None:
        """Take a click."""

    def use(self, host: Host, box: QRectF, pointer: Pointer) -> None:
        """Take the finished rectangle, in pixels."""


class ZoomTool(BoxTool):
    """Zoom to a rectangle; a click zooms in, with Alt out."""

    name = "zoom"

    def click(self, host: Host, pointer: Pointer) -> None:
        """Zoom about the pointer."""
        factor = 0.5 if pointer.modifiers & Qt.KeyboardModifier.AltModifier else 2.0
        host.set_camera(host.camera.zoomed(factor, pointer.at.x(), pointer.at.y()))

    def use(self, host: Host, box: QRectF, pointer: Pointer) -> None:
        """Zoom to the rectangle."""
        xmin, ymax = host.camera.to_map(box.left(), box.top())
        xmax, ymin = host.camera.to_map(box.right(), box.bottom())
        host.zoom_to_rect(xmin, ymin, xmax, ymax)


class SelectTool(BoxTool):
    """Click, or draw a rectangle, to select: Shift adds, Ctrl toggles, Alt draws freehand.

    As ``lasso`` it always draws freehand (window managers may keep Alt to themselves).
    """

    cursor = Qt.CursorShape.ArrowCursor

    def __init__(self, name: str = "select") -> None:
        super().__init__()
        self.name = name
        self._lasso: list[QPointF] = []

    def press(self, host: Host, pointer: Pointer) -> None:
        """Begin a rectangle, or with Alt a lasso."""
        super().press(host, pointer)
        wants_lasso = self.name == "lasso" or bool(
            pointer.modifiers & Qt.KeyboardModifier.AltModifier
        )
        self._lasso = [pointer.at] if wants_lasso else []

    def move(self, host: Host, pointer: Pointer) -> None:
        """Draw on."""
        if self._lasso and (pointer.at - self._lasso[-1]).manhattanLength() > 2:
            self._lasso.append(pointer.at)
        super().move(host, pointer)

    def click(self, host: Host, pointer: Pointer) -> None:
        """Select the object under the pointer."""
        self._lasso = []
        host.select_at(pointer.at, mode_of(pointer.modifiers))

    def use(self, host: Host, box: QRectF, pointer: Pointer) -> None:
        """Select what the shape touches."""
        lasso, self._lasso = self._lasso, []
        corners = [(point.x(), point.y()) for point in lasso]
        if len(corners) < 3:
            corners = [
                (box.left(), box.top()), (box.right(), box.top()),
                (box.right(), box.bottom()), (box.left(), box.bottom()),
            ]  # fmt: skip
        shape = shapely.Polygon([host.camera.to_map(*corner) for corner in corners])
        if not shape.is_valid:
            shape = shapely.make_valid(shape)
        host.select_within(shape, mode_of(pointer.modifiers))

    def cancel(self) -> bool:
        """Drop rectangle and lasso."""
        self._lasso = []
        return super().cancel()

    def paint(self, painter: QPainter, host: Host) -> None:
        """Paint the shape so far."""
        if len(self._lasso) > 1:
            paint_rubber(painter, host, QPolygonF(self._lasso))
        elif not self._lasso:
            super().paint(painter, host)


def mode_of(modifiers: Qt.KeyboardModifier) -> str:
    """Return how pressed keys change a selection."""
    if modifiers & Qt.KeyboardModifier.ControlModifier:
        return TOGGLE
    return ADD if modifiers & Qt.KeyboardModifier.ShiftModifier else REPLACE


def paint_rubber(painter: QPainter, host: Host, shape: QPolygonF) -> None:
    """Paint a shape that is being drawn."""
    fill = QColor(host.colors["selection"])
    fill.setAlpha(45)
    painter.setBrush(fill)
    painter.setPen(QPen(QColor(host.colors["ink"]), 1.2, Qt.PenStyle.DashLine))
    painter.drawPolygon(shape)
