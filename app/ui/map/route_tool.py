"""The tool that draws routes: stops and way-points are dragged, figures stand at the pointer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import shapely
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from app.ui.map.overlay import small_font
from app.ui.map.painting import halo_pen
from app.ui.map.tools import DRAG_PX, Host, PanTool, Pointer, Tool

_GRIP_PX = 10.0
_NEAR_PX = 7.0

ON_STOP, ON_LINE, ELSEWHERE = "stop", "line", "elsewhere"


class Board(Protocol):
    """Whoever keeps the route: told what the pointer does, asked what to paint."""

    def stops_xy(self) -> Sequence[tuple[float, float] | None]:
        """Return the places of the stops in m, ``None`` where one is not known yet."""

    def lines_xy(self) -> Sequence[np.ndarray]:
        """Return the ``(k, 2)`` vertices of each leg in m."""

    def kept_legs(self) -> frozenset[int]:
        """Return the legs that are kept."""

    def shared_lines(self) -> Sequence[np.ndarray]:
        """Return what is asked to be avoided, in m."""

    def caption(self) -> Sequence[str]:
        """Return the figures, a line each."""

    def grab(self, what: str, number: int, x: float, y: float) -> int:
        """Begin to drag a stop, or a leg by a new way-point; return the stop's number."""

    def drag(self, number: int, at: QPointF, x: float, y: float) -> None:
        """Move a stop."""

    def drop(self, number: int) -> None:
        """End a drag."""

    def click(self, what: str, number: int, at: QPointF, x: float, y: float) -> None:
        """Take a click."""

    def remove(self, number: int) -> None:
        """Take a way-point out."""

    def clear(self) -> bool:
        """Drop the route; return whether there was one."""


class RouteTool(Tool):
    """Drag the line or its stops; drag beside them and the map moves."""

    name = "route"
    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, board: Board) -> None:
        self._board = board
        self._pan = PanTool(identifies=False)
        self._pressed: tuple[str, int, QPointF] | None = None
        self._dragged = -1
        self._pointer: QPointF | None = None

    @property
    def is_dragging(self) -> bool:
        """Whether a stop is being dragged."""
        return self._dragged >= 0

    def press(self, host: Host, pointer: Pointer) -> None:
        """Remember what was taken hold of."""
        what, number = self.hit(host, pointer.at)
        self._pressed = (what, number, pointer.at)
        if what == ELSEWHERE:
            self._pan.press(host, pointer)

    def move(self, host: Host, pointer: Pointer) -> None:
        """Drag what was taken hold of, or the map."""
        self._pointer = pointer.at
        if self._pressed is None:
            host.refresh()
            return
        what, number, start = self._pressed
        if what == ELSEWHERE:
            self._pan.move(host, pointer)
            return
        x, y = host.camera.to_map(pointer.at.x(), pointer.at.y())
        if self._dragged < 0 and (pointer.at - start).manhattanLength() > DRAG_PX:
            self._dragged = self._board.grab(what, number, x, y)
        if self._dragged >= 0:
            self._board.drag(self._dragged, pointer.at, x, y)
            host.refresh()

    def release(self, host: Host, pointer: Pointer) -> None:
        """End the drag, or take a click."""
        if self._pressed is None:
            return
        (what, number, start), self._pressed = self._pressed, None
        if what == ELSEWHERE:
            self._pan.release(host, pointer)
        if self._dragged >= 0:
            number, self._dragged = self._dragged, -1
            self._board.drop(number)
        elif (pointer.at - start).manhattanLength() <= DRAG_PX:
            self._board.click(
                what, number, pointer.at, *host.camera.to_map(pointer.at.x(), pointer.at.y())
            )
        host.refresh()

    def double_click(self, host: Host, pointer: Pointer) -> None:
        """Take out the way-point under the pointer."""
        what, number = self.hit(host, pointer.at)
        if what == ON_STOP:
            self._board.remove(number)
            host.refresh()

    def cancel(self) -> bool:
        """Drop what was begun."""
        self._pressed, self._dragged = None, -1
        self._pan.cancel()
        return self._board.clear()

    def hit(self, host: Host, at: QPointF) -> tuple[str, int]:
        """Return what lies under a pixel: a stop, a leg of the line, or neither."""
        for number, stop in reversed(list(enumerate(self._board.stops_xy()))):
            if stop is not None:
                x, y = host.camera.to_px(np.array([stop]))[0]
                if abs(x - at.x()) <= _GRIP_PX and abs(y - at.y()) <= _GRIP_PX:
                    return ON_STOP, number
        point = shapely.Point(at.x(), at.y())
        best = (_NEAR_PX, -1)
        for number, line in enumerate(self._board.lines_xy()):
            if len(line) > 1:
                away = shapely.distance(shapely.LineString(host.camera.to_px(line)), point)
                best = min(best, (float(away), number))
        return (ON_LINE, best[1]) if best[1] >= 0 else (ELSEWHERE, -1)

    # -- painting ----------------------------------------------------------------------------

    def paint(self, painter: QPainter, host: Host) -> None:
        """Paint the line, its stops and the figures."""
        lines = [host.camera.to_px(xy) for xy in self._board.lines_xy() if len(xy) > 1]
        self._paint_avoided(painter, host)
        polygons = [QPolygonF([QPointF(x, y) for x, y in line.tolist()]) for line in lines]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(halo_pen(host.colors["label_halo"], 9.0))
        for polygon in polygons:
            painter.drawPolyline(polygon)
        kept = self._board.kept_legs()
        for number, polygon in enumerate(polygons):
            painter.setPen(halo_pen(host.colors["route"], 5.0))
            painter.drawPolyline(polygon)
            if number in kept:
                pen = QPen(QColor(host.colors["label_halo"]), 1.6, Qt.PenStyle.DotLine)
                painter.setPen(pen)
                painter.drawPolyline(polygon)
        self._paint_stops(painter, host)
        self._paint_caption(painter, host, lines)

    def _paint_avoided(self, painter: QPainter, host: Host) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        color = QColor(host.colors["error"])
        painter.setPen(QPen(color, 4.0, Qt.PenStyle.DashLine, Qt.PenCapStyle.FlatCap))
        for xy in self._board.shared_lines():
            pixels = host.camera.to_px(xy).tolist()
            painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in pixels]))

    def _paint_stops(self, painter: QPainter, host: Host) -> None:
        stops = self._board.stops_xy()
        for number, stop in enumerate(stops):
            if stop is None:
                continue
            x, y = host.camera.to_px(np.array([stop]))[0]
            is_end = number in (0, len(stops) - 1)
            painter.setPen(QPen(QColor(host.colors["ink"]), 2.0))
            painter.setBrush(QColor(host.colors["route" if is_end else "label_halo"]))
            size = 6.5 if is_end else 5.5
            box = QRectF(x - size, y - size, 2 * size, 2 * size)
            if is_end:
                painter.drawRoundedRect(box, 2, 2)
            else:
                painter.drawEllipse(box)

    def _paint_caption(self, painter: QPainter, host: Host, lines: Sequence[np.ndarray]) -> None:
        texts = [text for text in self._board.caption() if text]
        if not texts:
            return
        if self._dragged >= 0 and self._pointer is not None:
            at = self._pointer
        elif lines:
            middle = lines[len(lines) // 2]
            at = QPointF(*middle[len(middle) // 2].tolist())
        else:
            at = self._pointer or QPointF(24.0, 60.0)
        paint_lines(painter, at, texts, host)


def paint_lines(painter: QPainter, at: QPointF, texts: Sequence[str], host: Host) -> None:
    """Paint some lines of text on a plate beside a place, the first bold, kept inside the view."""
    plain, bold = small_font(), QFont(small_font())
    bold.setBold(True)
    fonts = [bold, *[plain] * (len(texts) - 1)]
    metrics = [QFontMetricsF(font) for font in fonts]
    width = max(m.horizontalAdvance(t) for m, t in zip(metrics, texts, strict=True)) + 18
    step = metrics[0].height() + 2
    height = step * len(texts) + 10
    camera = host.camera
    x = min(max(at.x() + 18, 4.0), camera.width_px - width - 4)
    y = min(max(at.y() - height - 14, 4.0), camera.height_px - height - 4)
    plate = QColor(host.colors["label_halo"])
    plate.setAlpha(235)
    painter.setPen(QPen(QColor(host.colors["route"]), 1.0))
    painter.setBrush(plate)
    painter.drawRoundedRect(QRectF(x, y, width, height), 5, 5)
    painter.setPen(QColor(host.colors["ink"]))
    for number, (text, font) in enumerate(zip(texts, fonts, strict=True)):
        painter.setFont(font)
        box = QRectF(x + 9, y + 5 + number * step, width - 18, step)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


__all__ = ["ELSEWHERE", "ON_LINE", "ON_STOP", "Board", "RouteTool", "paint_lines"]
