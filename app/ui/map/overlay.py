"""Drawn live on top of the tiles: selection, highlights, and the map's furniture."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from PySide6.QtCore import QLocale, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from app.ui.map.camera import Camera
from app.ui.map.layers import IntArray, Paths, split_parts
from app.ui.map.painting import (
    blend,
    draw_lines,
    draw_points,
    halo_pen,
    path_of,
    pen_of,
    point_factor,
    sprite,
    width_factor,
)
from app.ui.map.scene import SceneLayer, Window

ROLES = {
    "failure": "error", "route": "route", "protection": "protection", "shared": "error",
    "apart": "selection", "place": "selection", "cut": "error", "dark": "ink",
    "weak": "protection", "member": "route", "added": "added", "removed": "protection",
    "changed": "route",
}  # fmt: skip
"""Role of a highlight to the name of its colour in the styles file; a colour is its own role."""


_ARM_PX = 7.0
"""Half the breadth of the cross where something is cut."""


@dataclass(frozen=True)
class Highlight:
    """Geometries that are pointed out: their lines, areas and points in m, and their role."""

    role: str
    lines: Paths
    areas: Paths
    points: Paths


def make_highlight(geometries: Iterable[shapely.Geometry | None], role: str) -> Highlight:
    """Return a highlight of geometries; missing and empty ones are left out."""
    shapes = np.array(
        [item for item in geometries if item is not None and not item.is_empty], dtype=object
    )
    return Highlight(role, *split_parts(shapely.force_2d(shapes)))


def role_color(role: str, colors: Mapping[str, str]) -> str:
    """Return the colour of a role; one such as ``#0072b2`` is a colour itself."""
    return role if role.startswith("#") else colors[ROLES.get(role, "selection")]


def paint_highlight(
    painter: QPainter, highlight: Highlight, camera: Camera, colors: Mapping[str, str]
) -> None:
    """Paint geometries under a broad translucent band of their role's colour."""
    if highlight.role == "cut":
        _paint_cuts(painter, highlight, camera, colors)
        return
    color = QColor(role_color(highlight.role, colors))
    color.setAlpha(150)
    pen = QPen(color, 9.0)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if highlight.role == "removed":  # not by colour alone
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([1.0, 0.7])
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen)
    for paths in (highlight.areas, highlight.lines):
        if not paths.is_empty:
            painter.drawPath(path_of(camera.to_px(paths.xy), paths.joined))
    pen.setWidthF(4.0)
    painter.setPen(pen)
    for x, y in camera.to_px(highlight.points.xy).tolist():
        painter.drawEllipse(QPointF(x, y), 13.0, 13.0)


def _paint_cuts(
    painter: QPainter, highlight: Highlight, camera: Camera, colors: Mapping[str, str]
) -> None:
    """Paint what fails: a band along lines, and a cross where each is cut."""
    color = QColor(colors[ROLES["cut"]])
    lines = highlight.lines
    if not lines.is_empty:
        band = QColor(color)
        band.setAlpha(110)
        pen = QPen(band, 8.0, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen)
        painter.drawPath(path_of(camera.to_px(lines.xy), lines.joined))
    places = [*highlight.points.xy.tolist(), *_middles(lines)]
    for width, shade in ((8.0, QColor(colors["label_halo"])), (4.0, color)):
        painter.setPen(QPen(shade, width, c=Qt.PenCapStyle.RoundCap))
        for x, y in camera.to_px(np.array(places).reshape(-1, 2)).tolist():
            painter.drawLine(QPointF(x - _ARM_PX, y - _ARM_PX), QPointF(x + _ARM_PX, y + _ARM_PX))
            painter.drawLine(QPointF(x - _ARM_PX, y + _ARM_PX), QPointF(x + _ARM_PX, y - _ARM_PX))


def _middles(lines: Paths) -> list[list[float]]:
    """Return the point half-way along each line."""
    if lines.is_empty:
        return []
    breaks = np.flatnonzero(~lines.joined[:-1]) + 1
    middles = []
    for points in np.split(lines.xy, breaks):
        if len(points) < 2:
            continue
        half = shapely.LineString(points).interpolate(0.5, normalized=True)
        middles.append([half.x, half.y])
    return middles


@dataclass(frozen=True)
class Selected:
    """Selected rows of a layer."""

    layer: SceneLayer
    rows: IntArray


def find_selected(
    layers: Sequence[SceneLayer], selection: Mapping[str, frozenset[str]]
) -> tuple[Selected, ...]:
    """Return the selected rows of every layer that shows."""
    found = (
        Selected(layer, layer.data.rows_of(selection.get(layer.data.table, frozenset())))
        for layer in layers
    )
    return tuple(item for item in found if len(item.rows))


def paint_selection(
    painter: QPainter,
    selected: Iterable[Selected],
    camera: Camera,
    colors: Mapping[str, str],
    dpi: float,
) -> None:
    """Paint selected objects again, on top, within a halo of the selection's colour."""
    scale = camera.scale(dpi)
    size = float(camera.width_px), float(camera.height_px)
    window = Window(camera.left, camera.top, camera.resolution, dpi, camera.ratio, size)
    for item in selected:
        data = item.layer.data
        rows = np.intersect1d(item.rows, item.layer.visible_rows(camera.extent))
        groups = list(item.layer.by_class(rows, 0.0))
        for cls, own in groups:
            xy, joined = data.areas.gather(own)
            if len(xy):
                fill = QColor(colors["selection"])
                fill.setAlpha(60)
                path = path_of(window.to_px(xy), joined)
                painter.fillPath(path, fill)
                painter.strokePath(path, halo_pen(colors["selection"], 3.0))
            xy, joined = data.lines.gather(own)
            if len(xy):
                pixels = window.to_px(xy)
                widths = width_factor(scale, data.table)
                width = cls.look.width_px * widths
                for pen in (
                    halo_pen(colors["ink"], width + 8),
                    halo_pen(colors["selection"], width + 6),
                    pen_of(cls.look, widths),
                ):
                    draw_lines(painter, pixels, joined, pen, size)
        for cls, own in groups:
            xy, _ = data.points.gather(own)
            if len(xy):
                factor = max(point_factor(scale, cls.look.size_px), 0.9)
                picture = sprite(cls.look, factor, camera.ratio, colors["selection"])
                draw_points(painter, window.to_px(xy), picture)


def paint_furniture(
    painter: QPainter, camera: Camera, colors: Mapping[str, str], attribution: str
) -> None:
    """Paint scale bar, north arrow and attribution into the corners."""
    painter.setFont(small_font())
    _paint_scalebar(painter, camera, colors)
    _paint_north(painter, camera, colors)
    if attribution:
        metrics = QFontMetricsF(small_font())
        width = min(metrics.horizontalAdvance(attribution), camera.width_px * 0.6)
        text = metrics.elidedText(attribution, Qt.TextElideMode.ElideRight, width + 1)
        box = QRectF(camera.width_px - width - 18, camera.height_px - 24.0, width + 12, 18)
        _paint_plate(painter, box, colors)
        painter.setPen(QColor(colors["muted"]))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def paint_note(
    painter: QPainter, at: QPointF, text: str, colors: Mapping[str, str], camera: Camera
) -> None:
    """Paint a short text on a plate beside a place, kept inside the view."""
    font = small_font()
    font.setBold(True)
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    width, height = metrics.horizontalAdvance(text) + 16, metrics.height() + 8
    x = min(max(at.x() + 14, 4.0), camera.width_px - width - 4)
    y = min(max(at.y() - height - 8, 4.0), camera.height_px - height - 4)
    box = QRectF(x, y, width, height)
    _paint_plate(painter, box, colors)
    painter.setPen(QColor(colors["ink"]))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def small_font() -> QFont:
    """Return the font of the map's furniture."""
    font = QFont()
    font.setPixelSize(11)
    return font


def distance_text(length_m: float) -> str:
    """Return a length for reading, in m or km, by the locale."""
    locale = QLocale()
    if length_m < 10:
        return locale.toString(length_m, "f", 2) + " m"
    if length_m < 10_000:
        return locale.toString(length_m, "f", 0) + " m"
    return locale.toString(length_m / 1000, "f", 2) + " km"


def bar_length_m(resolution: float, wanted_px: float = 130.0) -> float:
    """Return the round length (1, 2 or 5 times a power of ten) nearest below the wanted one."""
    wanted = resolution * wanted_px
    power = 10.0 ** math.floor(math.log10(wanted))
    return max(step * power for step in (1, 2, 5) if step * power <= wanted)


def _paint_scalebar(painter: QPainter, camera: Camera, colors: Mapping[str, str]) -> None:
    length_m = bar_length_m(camera.resolution)
    width = length_m / camera.resolution
    left, base = 18.0, camera.height_px - 16.0
    box = QRectF(left - 8, base - 25, width + 16, 33)
    _paint_plate(painter, box, colors)
    ink = QColor(colors["ink"])
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(QPen(ink, 1))
    painter.setBrush(ink)
    painter.drawRect(QRectF(round(left), base - 4, round(width / 2), 4))
    painter.setBrush(QColor(colors["label_halo"]))
    painter.drawRect(QRectF(round(left + width / 2), base - 4, round(width / 2), 4))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    locale = QLocale()
    if length_m < 1000:
        text = locale.toString(length_m, "g", 6) + " m"
    else:
        text = locale.toString(length_m / 1000, "g", 6) + " km"
    painter.drawText(
        QRectF(left, base - 23, max(width, 40.0), 16), Qt.AlignmentFlag.AlignLeft, text
    )


def _paint_north(painter: QPainter, camera: Camera, colors: Mapping[str, str]) -> None:
    x, y = camera.width_px - 26.0, 30.0
    ink, pale = QColor(colors["ink"]), QColor(blend(colors["ink"], colors["paper"], 0.75))
    _paint_plate(painter, QRectF(x - 15, y - 21, 30, 46), colors)
    painter.setPen(QPen(ink, 1))
    painter.setBrush(ink)
    painter.drawPolygon(QPolygonF([QPointF(x, y - 4), QPointF(x - 7, y + 18), QPointF(x, y + 13)]))
    painter.setBrush(pale)
    painter.drawPolygon(QPolygonF([QPointF(x, y - 4), QPointF(x + 7, y + 18), QPointF(x, y + 13)]))
    painter.drawText(QRectF(x - 12, y - 20, 24, 16), Qt.AlignmentFlag.AlignCenter, "N")


def _paint_plate(painter: QPainter, box: QRectF, colors: Mapping[str, str]) -> None:
    plate = QColor(colors["label_halo"])
    plate.setAlpha(205)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(plate)
    painter.drawRoundedRect(box, 4, 4)


__all__ = [
    "Highlight", "Selected", "bar_length_m", "distance_text", "find_selected",
    "make_highlight", "paint_furniture", "paint_highlight", "paint_note", "paint_selection",
]  # fmt: skip
