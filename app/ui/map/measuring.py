"""Measuring on the map: lengths and areas on the ellipsoid."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QLocale, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from app.model.geodesy import path_length_m, ring_area_m2
from app.ui.map.overlay import distance_text, paint_note
from app.ui.map.painting import halo_pen
from app.ui.map.tools import (
    Host,
    PanTool,
    Pointer,
    SelectTool,
    Tool,
    ZoomTool,
)

_HECTARE_M2 = 10_000.0
_KM2_M2 = 1_000_000.0


class MeasureTool(Tool):
    """Click along a line: its length on the ellipsoid is shown while it grows."""

    name = "measure"
    cursor = Qt.CursorShape.CrossCursor

    def __init__(self) -> None:
        self._points: list[tuple[float, float]] = []
        self._pointer: tuple[float, float] | None = None
        self._is_done = False

    def press(self, host: Host, pointer: Pointer) -> None:
        """Add a corner; begin anew after the end."""
        if self._is_done:
            self._points, self._is_done = [], False
        self._points.append(host.camera.to_map(pointer.at.x(), pointer.at.y()))
        self._pointer = None
        host.refresh()

    def move(self, host: Host, pointer: Pointer) -> None:
        """Follow the pointer."""
        if self._points and not self._is_done:
            self._pointer = host.camera.to_map(pointer.at.x(), pointer.at.y())
            host.refresh()

    def double_click(self, host: Host, pointer: Pointer) -> None:
        """End the line; its length stays to be read."""
        self._is_done, self._pointer = bool(self._points), None
        host.refresh()

    def cancel(self) -> bool:
        """Drop the line."""
        was_begun = bool(self._points)
        self._points, self._pointer, self._is_done = [], None, False
        return was_begun

    def length_m(self, crs: str) -> float:
        """Return the length so far on the ellipsoid of ``crs``, the pointer included."""
        return path_length_m(self._line(), crs)

    def paint(self, painter: QPainter, host: Host) -> None:
        """Paint the line, its corners and its length."""
        line = self._line()
        if not line:
            return
        pixels = [QPointF(x, y) for x, y in host.camera.to_px(np.array(line)).tolist()]
        self._paint_shape(painter, host, pixels)
        painter.setBrush(QColor(host.colors["label_halo"]))
        painter.setPen(QPen(QColor(host.colors["ink"]), 1.5))
        for point in pixels:
            painter.drawEllipse(point, 3.5, 3.5)
        text = self.reading(host.crs)
        if text:
            paint_note(painter, pixels[-1], text, host.colors, host.camera)

    def reading(self, crs: str) -> str:
        """Return what is measured so far, for reading."""
        return distance_text(self.length_m(crs)) if len(self._line()) > 1 else ""

    def _paint_shape(self, painter: QPainter, host: Host, pixels: list[QPointF]) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen in (halo_pen(host.colors["label_halo"], 5.0), halo_pen(host.colors["ink"], 2.0)):
            painter.setPen(pen)
            painter.drawPolyline(QPolygonF(pixels))

    def _line(self) -> list[tuple[float, float]]:
        return self._points + ([self._pointer] if self._pointer is not None else [])


class MeasureAreaTool(MeasureTool):
    """Click around a surface: its area and rim on the ellipsoid are shown while it grows."""

    name = "measure_area"

    def area_m2(self, crs: str) -> float:
        """Return the area so far on the ellipsoid of ``crs``, the pointer included."""
        return ring_area_m2(self._line(), crs)

    def reading(self, crs: str) -> str:
        """Return area and rim so far, for reading."""
        line = self._line()
        if len(line) < 3:
            return super().reading(crs)
        rim = path_length_m([*line, line[0]], crs)
        return f"{area_text(self.area_m2(crs))} · {distance_text(rim)}"

    def _paint_shape(self, painter: QPainter, host: Host, pixels: list[QPointF]) -> None:
        fill = QColor(host.colors["selection"])
        fill.setAlpha(60)
        painter.setBrush(fill)
        for pen in (halo_pen(host.colors["label_halo"], 5.0), halo_pen(host.colors["ink"], 2.0)):
            painter.setPen(pen)
            painter.drawPolygon(QPolygonF(pixels))
            painter.setBrush(Qt.BrushStyle.NoBrush)


def area_text(area_m2: float) -> str:
    """Return an area for reading, in m², ha or km², by the locale."""
    locale = QLocale()
    if area_m2 < _HECTARE_M2:
        return locale.toString(area_m2, "f", 1 if area_m2 < 100 else 0) + " m²"
    if area_m2 < _KM2_M2:
        return locale.toString(area_m2 / _HECTARE_M2, "f", 2) + " ha"
    return locale.toString(area_m2 / _KM2_M2, "f", 2) + " km²"


def make_tools() -> dict[str, Tool]:
    """Return one tool of each kind by name."""
    tools: tuple[Tool, ...] = (
        PanTool(), SelectTool(), SelectTool("lasso"), MeasureTool(), MeasureAreaTool(), ZoomTool(),
    )  # fmt: skip
    return {tool.name: tool for tool in tools}


__all__ = ["MeasureAreaTool", "MeasureTool", "area_text", "make_tools"]
