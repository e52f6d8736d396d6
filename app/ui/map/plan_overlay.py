"""Several plans on the map at once, each in its colour, with a legend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from app.ui.map.camera import Camera
from app.ui.map.layers import Paths, split_parts
from app.ui.map.overlay import small_font
from app.ui.map.painting import halo_pen, path_of
from app.ui.map.tools import Host

_WIDTHS_PX = ((15.0, 5.0), (60.0, 3.6), (float("inf"), 2.4))
"""Resolutions in m a pixel up to which lines are so wide."""

_LINE_PX = 26.0
_TEXT_PX = 260.0


@dataclass(frozen=True)
class Strand:
    """Lines of one colour, and what the legend says of them; ``color`` '' is the map's ink."""

    name: str
    color: str
    lines: Paths
    is_dashed: bool = False


def make_strand(
    name: str, color: str, shapes: Sequence[shapely.Geometry], *, is_dashed: bool = False
) -> Strand:
    """Return a strand of lines in m; what is no line is left out."""
    known = [item for item in shapes if item is not None and not item.is_empty]
    parts = shapely.get_parts(shapely.force_2d(np.array(known, dtype=object)))
    lines = parts[shapely.get_dimensions(parts) == 1] if len(parts) else parts
    return Strand(name, color, split_parts(lines)[0], is_dashed)


class PlanOverlay:
    """Paints strands over the map; the order is that of the legend."""

    def __init__(self) -> None:
        self.strands: tuple[Strand, ...] = ()

    def paint(self, painter: QPainter, host: Host) -> None:
        """Paint lines, then the legend."""
        if not self.strands:
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        paths = [
            path_of(host.camera.to_px(strand.lines.xy), strand.lines.joined)
            for strand in self.strands
        ]
        width = next(px for most, px in _WIDTHS_PX if host.camera.resolution <= most)
        painter.setPen(halo_pen(host.colors["label_halo"], width * 1.6))
        for path in paths:
            painter.drawPath(path)
        for strand, path in zip(self.strands, paths, strict=True):
            painter.setPen(_pen(strand, host, width))
            painter.drawPath(path)
        self._paint_legend(painter, host, host.camera)

    def _paint_legend(self, painter: QPainter, host: Host, camera: Camera) -> None:
        font = small_font()
        metrics = QFontMetricsF(font)
        texts = [
            metrics.elidedText(strand.name, Qt.TextElideMode.ElideMiddle, _TEXT_PX)
            for strand in self.strands
        ]
        step = metrics.height() + 4
        width = max(metrics.horizontalAdvance(text) for text in texts) + _LINE_PX + 30
        box = QRectF(12.0, 12.0, min(width, camera.width_px - 24.0), step * len(texts) + 10)
        plate = QColor(host.colors["label_halo"])
        plate.setAlpha(230)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(plate)
        painter.drawRoundedRect(box, 4, 4)
        painter.setFont(font)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for number, (strand, text) in enumerate(zip(self.strands, texts, strict=True)):
            middle = box.top() + 5 + (number + 0.5) * step
            painter.setPen(_pen(strand, host, _WIDTHS_PX[0][1]))
            begin = box.left() + 10
            painter.drawLine(QPointF(begin, middle), QPointF(begin + _LINE_PX, middle))
            painter.setPen(QColor(host.colors["ink"]))
            place = QRectF(begin + _LINE_PX + 8, middle - step / 2, box.width() - _LINE_PX, step)
            side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.drawText(place, side, text)


def _pen(strand: Strand, host: Host, width: float) -> QPen:
    pen = halo_pen(strand.color or host.colors["ink"], width)
    if strand.is_dashed:
        pen.setDashPattern([1.2, 1.6])
    return pen
