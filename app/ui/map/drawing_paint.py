"""How drawing looks: the line so far, its vertices, and a mark that says what was snapped."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from app.ui.map.drawing_snap import POINT, SEGMENT, Snap
from app.ui.map.overlay import paint_note
from app.ui.map.painting import halo_pen
from app.ui.map.tools import Host

_MARK_PX = 7.0
_VERTEX_PX = 3.5


def pixels_of(host: Host, xy: npt.ArrayLike) -> list[QPointF]:
    """Return ``(n, 2)`` places in m as pixels."""
    points = np.asarray(xy, dtype=float).reshape(-1, 2)
    return [QPointF(x, y) for x, y in host.camera.to_px(points).tolist()]


def paint_line(
    painter: QPainter, host: Host, xy: npt.ArrayLike, *, is_live: bool = False, role: str = "plan"
) -> None:
    """Paint a line that is being drawn; the part that follows the pointer is dashed."""
    places = pixels_of(host, xy)
    if len(places) < 2:
        return
    pixels = QPolygonF(places)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(halo_pen(host.colors["label_halo"], 6.0))
    painter.drawPolyline(pixels)
    pen = QPen(QColor(host.colors[role]), 2.5)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if is_live:
        pen.setDashPattern([3.0, 2.5])
    painter.setPen(pen)
    painter.drawPolyline(pixels)


def paint_area(painter: QPainter, host: Host, xy: npt.ArrayLike) -> None:
    """Paint the inside of an area that is being drawn."""
    fill = QColor(host.colors["plan"])
    fill.setAlpha(40)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawPolygon(QPolygonF(pixels_of(host, xy)))


def paint_vertices(
    painter: QPainter, host: Host, xy: npt.ArrayLike, chosen: int | None = None
) -> None:
    """Paint vertices as small squares, one of them filled."""
    for number, at in enumerate(pixels_of(host, xy)):
        is_chosen = number == chosen
        size = _VERTEX_PX + (1.5 if is_chosen else 0.0)
        painter.setPen(QPen(QColor(host.colors["ink"]), 1.4))
        painter.setBrush(QColor(host.colors["selection" if is_chosen else "label_halo"]))
        painter.drawRect(QRectF(at.x() - size, at.y() - size, 2 * size, 2 * size))


def paint_plus(painter: QPainter, host: Host, xy: Sequence[float]) -> None:
    """Paint the sign that a vertex can be put here."""
    at = pixels_of(host, [xy])[0]
    for pen in (halo_pen(host.colors["label_halo"], 5.0), QPen(QColor(host.colors["ink"]), 2.0)):
        painter.setPen(pen)
        painter.drawLine(QPointF(at.x() - 6, at.y()), QPointF(at.x() + 6, at.y()))
        painter.drawLine(QPointF(at.x(), at.y() - 6), QPointF(at.x(), at.y() + 6))


def paint_snap(painter: QPainter, host: Host, snap: Snap | None) -> None:
    """Paint what was snapped: a square a vertex, a circle a point, a cross a place on a line."""
    if snap is None:
        return
    at = pixels_of(host, [snap.place])[0]
    x, y, half = at.x(), at.y(), _MARK_PX
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in (halo_pen(host.colors["label_halo"], 5.0), QPen(QColor(host.colors["route"]), 2.2)):
        painter.setPen(pen)
        if snap.kind == POINT:
            painter.drawEllipse(at, half + 1, half + 1)
        elif snap.kind == SEGMENT:
            painter.drawLine(QPointF(x - half, y - half), QPointF(x + half, y + half))
            painter.drawLine(QPointF(x - half, y + half), QPointF(x + half, y - half))
        else:
            painter.drawRect(QRectF(x - half, y - half, 2 * half, 2 * half))


def paint_text(painter: QPainter, host: Host, xy: Sequence[float], text: str) -> None:
    """Paint a short note beside a place in m."""
    if text:
        paint_note(painter, pixels_of(host, [xy])[0], text, host.colors, host.camera)
