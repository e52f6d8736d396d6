"""From symbols to ink: colours by theme and status, pens, point shapes, paths."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from pyqtgraph.functions import arrayToQPath
from pyqtgraph.Qt.internals import PrimitiveArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPainterPath, QPen, QPolygonF

from app.model.symbols import Symbol
from app.ui.map.camera import FloatArray
from app.ui.map.layers import DASHED, GREY, LIGHT, SOLID, IntArray

BACKGROUND_TABLES = frozenset({"areas", "hazards", "streets", "barriers"})
_DARK_SHARES = {
    "areas": (0.68, 0.88), "hazards": (0.5, 0.5), "streets": (0.68, 0.68),
    "barriers": (0.6, 0.88), "conduits": (0.45, 0.45),
}  # fmt: skip
"""How far lines and fills of the background recede into the dark paper."""
_CHUNK = 20_000
"""Segments drawn at once: between chunks a worker can see that nobody wants its tile."""
_SMALL_PX = 8.0
_INTENDED_DASH = (3.5, 2.2)
_THIN_PX = 2.5
_MANY = 2_000
"""Solid lines up to this width, and more segments than this, are drawn with flat ends."""


@dataclass(frozen=True)
class Look:
    """A symbol after theme and status have had their say; what is drawn in the end."""

    line: str
    width_px: float
    fill: str | None
    opacity: float
    shape: str
    size_px: float
    dash: tuple[float, ...]
    halo: str | None


def look_of(symbol: Symbol, status: int, table: str, colors: dict[str, str], is_dark: bool) -> Look:
    """Return how an object is drawn: ``status`` is one of `SOLID`, `LIGHT`, `DASHED`, `GREY`."""
    line_share, fill_share = _DARK_SHARES.get(table, (0.0, 0.0))
    paper = colors["paper"]
    line = themed(symbol.color, line_share, is_dark, paper)
    fill = themed(symbol.fill, fill_share, is_dark, paper) if symbol.fill else None
    halo = colors["label_halo"] if symbol.halo else None
    dash = symbol.dash
    if status == GREY:
        line, fill = _greyed(line, colors), _greyed(fill, colors) if fill else None
    elif status == LIGHT:
        line = blend(line, colors["paper"], 0.3)
        fill = blend(fill, colors["paper"], 0.3) if fill else None
    elif status == DASHED and table not in ("nodes", "sites"):
        line, dash = blend(line, colors["paper"], 0.2), dash or _INTENDED_DASH
    if status == DASHED and table in ("nodes", "sites") and fill:
        line, fill = fill, blend(fill, colors["label_halo"], 0.62)
    return Look(
        line, symbol.width_px, fill, symbol.opacity, symbol.shape, symbol.size_px, dash, halo
    )


def blend(color: str, other: str, share: float) -> str:
    """Return ``color`` mixed with ``share`` of another colour."""
    one, two = QColor(color), QColor(other)
    red = round(one.red() + (two.red() - one.red()) * share)
    green = round(one.green() + (two.green() - one.green()) * share)
    blue = round(one.blue() + (two.blue() - one.blue()) * share)
    return f"#{red:02x}{green:02x}{blue:02x}"


def themed(color: str, paper_share: float, is_dark: bool, paper: str) -> str:
    """Return a colour of the light sheet as the dark sheet shows it.

    With a ``paper_share`` it recedes into the paper; without, it is lifted to be legible on it.
    """
    if not is_dark:
        return color
    if paper_share:
        return blend(color, paper, paper_share)
    tone = QColor(color)
    if tone.lightnessF() > 0.9:
        return paper
    lifted = QColor.fromHslF(
        max(tone.hslHueF(), 0.0), tone.hslSaturationF() * 0.85, max(tone.lightnessF(), 0.58)
    )
    return str(lifted.name())


def pen_of(look: Look, factor: float = 1.0) -> QPen:
    """Return the pen of a line: rounded joins, dashes in multiples of the width."""
    pen = QPen(QColor(look.line), max(look.width_px * factor, 0.5))
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap if look.dash else Qt.PenCapStyle.RoundCap)
    if look.dash:
        pen.setDashPattern(list(look.dash))
    return pen


def halo_pen(color: str, width_px: float) -> QPen:
    """Return the solid pen that is drawn beneath a line to set it off."""
    return QPen(
        QColor(color), width_px, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap,
        Qt.PenJoinStyle.RoundJoin,
    )  # fmt: skip


def size_factor(scale: float) -> float:
    """Return by how much symbols are enlarged at a scale: small over regions, large in streets."""
    return min(max((40_000.0 / scale) ** 0.25, 0.45), 1.3)


def point_factor(scale: float, size_px: float) -> float:
    """Return by how much a point symbol is enlarged; small ones shrink faster over regions."""
    factor = size_factor(scale)
    if size_px > _SMALL_PX:
        return factor
    return factor * min(max((90_000.0 / scale) ** 0.35, 0.5), 1.0)


def width_factor(scale: float, table: str) -> float:
    """Return by how much lines are widened: streets grow as one comes near, up to four times."""
    if table not in BACKGROUND_TABLES:
        return max(size_factor(scale), 0.75)
    return min(max((25_000.0 / scale) ** 0.45, 0.75), 4.0)


def draw_lines(
    painter: QPainter,
    xy: FloatArray,
    joined: npt.NDArray[np.bool_],
    pen: QPen,
    size_px: tuple[float, float],
) -> None:
    """Draw lines through ``(n, 2)`` pixels; what lies outside a picture of ``size_px`` is left out.

    Thin lines, and very many, are drawn segment by segment with flat ends: stroking them as one
    path takes 10 to 1000 times as long. Thick lines are stroked one by one, for clean bends.
    """
    painter.setBrush(Qt.BrushStyle.NoBrush)
    first = _segments_within(xy, np.flatnonzero(joined), size_px, pen.widthF())
    is_fine = pen.widthF() > _THIN_PX and len(first) <= _MANY
    has_bends = np.count_nonzero(np.diff(first) == 1) > len(first) / 2
    if pen.style() == Qt.PenStyle.CustomDashLine or (is_fine and has_bends):
        _draw_runs(painter, xy, joined, first, pen)
        return
    ends = QPen(pen)
    ends.setCapStyle(Qt.PenCapStyle.RoundCap if is_fine else Qt.PenCapStyle.FlatCap)
    painter.setPen(ends)
    for start in range(0, len(first), _CHUNK):
        some = first[start : start + _CHUNK]
        buffer = PrimitiveArray(QLineF, 4)
        buffer.resize(len(some))
        array = buffer.ndarray()
        array[:, :2] = xy[some]
        array[:, 2:] = xy[some + 1]
        painter.drawLines(*buffer.drawargs())


def _segments_within(
    xy: FloatArray, first: IntArray, size_px: tuple[float, float], margin_px: float
) -> IntArray:
    """Return those of the segments (by first vertex) whose bounding box meets the picture."""
    if len(first) < 32:
        return first
    start, end = xy[first], xy[first + 1]
    low, high = np.minimum(start, end), np.maximum(start, end)
    is_near = (high >= -margin_px) & (low <= np.array(size_px) + margin_px)
    return first[is_near.all(axis=1)]


def _draw_runs(
    painter: QPainter,
    xy: FloatArray,
    joined: npt.NDArray[np.bool_],
    first: IntArray,
    pen: QPen,
) -> None:
    """Stroke runs of segments, each with its dashes where they lie when the whole line is drawn."""
    if not len(first):
        return
    breaks = np.flatnonzero(np.diff(first) != 1)
    starts = first[np.concatenate(([0], breaks + 1))]
    ends = first[np.concatenate((breaks, [len(first) - 1]))] + 2
    offsets = _lengths_before(xy, joined)[starts] / max(pen.widthF(), 1e-6)
    is_dashed = pen.style() == Qt.PenStyle.CustomDashLine
    stroke = QPen(pen)
    painter.setPen(stroke)
    for start, end, offset in zip(starts.tolist(), ends.tolist(), offsets.tolist(), strict=True):
        if is_dashed:
            stroke.setDashOffset(offset)
            painter.setPen(stroke)
        painter.drawPath(path_of(xy[start:end], joined[start:end]))


def _lengths_before(xy: FloatArray, joined: npt.NDArray[np.bool_]) -> FloatArray:
    """Return for every vertex the length from the beginning of its line, in pixels."""
    steps = np.zeros(len(xy))
    steps[1:] = np.hypot(xy[1:, 0] - xy[:-1, 0], xy[1:, 1] - xy[:-1, 1])
    along = np.cumsum(steps)
    begins = np.flatnonzero(np.concatenate(([True], ~joined[:-1])))
    own = np.searchsorted(begins, np.arange(len(xy)), side="right") - 1
    return np.asarray(along - along[begins[own]])


def path_of(xy: FloatArray, joined: npt.NDArray[np.bool_]) -> QPainterPath:
    """Return the path through ``(n, 2)`` pixels, broken where vertices are not joined."""
    if not len(xy):
        return QPainterPath()
    return arrayToQPath(xy[:, 0], xy[:, 1], connect=joined.astype(np.int32), finiteCheck=False)


def draw_areas(
    painter: QPainter,
    xy: FloatArray,
    joined: npt.NDArray[np.bool_],
    look: Look,
    factor: float,
    size_px: tuple[float, float],
) -> None:
    """Fill and outline rings; overlapping areas of one class become one surface."""
    if look.fill:
        path = path_of(xy, joined)
        path.setFillRule(Qt.FillRule.WindingFill)
        fill = QColor(look.fill)
        fill.setAlphaF(look.opacity)
        painter.fillPath(path, QBrush(fill))
    if look.width_px > 0:
        draw_lines(painter, xy, joined, pen_of(look, factor), size_px)


def draw_points(painter: QPainter, xy: FloatArray, sprite: QImage) -> None:
    """Draw one symbol at each of ``(n, 2)`` pixels."""
    half = sprite.width() / sprite.devicePixelRatio() / 2
    for x, y in np.round(xy - half, 2).tolist():
        painter.drawImage(QPointF(x, y), sprite)


@lru_cache(maxsize=512)
def sprite(look: Look, factor: float, ratio: float, ring: str | None = None) -> QImage:
    """Return a point symbol as picture; ``ring`` is the colour of a halo for the selection."""
    size = look.size_px * factor
    border = look.width_px * min(max(factor, 0.5), 1.0) * 2
    side = math.ceil(size + border + (10 if ring else 2)) | 1
    image = QImage(
        round(side * ratio), round(side * ratio), QImage.Format.Format_ARGB32_Premultiplied
    )
    image.setDevicePixelRatio(ratio)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    centre = round(side * ratio) / ratio / 2
    shape = shape_path(look.shape, size, centre, centre)
    if ring:
        painter.strokePath(shape, halo_pen(ring, border + 6))
    if border:
        painter.strokePath(shape, halo_pen(look.line, border))
    painter.fillPath(shape, QBrush(QColor(look.fill or look.line)))
    painter.end()
    return image


def shape_path(shape: str, size: float, x: float, y: float) -> QPainterPath:
    """Return the outline of a point shape ``size`` pixels wide around a centre."""
    path = QPainterPath()
    half = size / 2
    if shape == "square":
        path.addRect(QRectF(x - half * 0.9, y - half * 0.9, size * 0.9, size * 0.9))
    elif shape in _CORNERS:
        path.addPolygon(
            QPolygonF([QPointF(x + half * dx, y + half * dy) for dx, dy in _CORNERS[shape]])
        )
        path.closeSubpath()
    else:
        path.addEllipse(QPointF(x, y), half, half)
    return path


def _greyed(color: str, colors: dict[str, str]) -> str:
    return blend(blend(color, colors["muted"], 0.8), colors["paper"], 0.35)


def _regular(
    count: int, turn: float = -90.0, inner: float | None = None
) -> list[tuple[float, float]]:
    corners = []
    steps = count if inner is None else count * 2
    for step in range(steps):
        radius = inner if inner is not None and step % 2 else 1.08
        angle = math.radians(turn + 360 * step / steps)
        corners.append((radius * math.cos(angle), radius * math.sin(angle)))
    return corners


def _cross(arm: float = 0.36) -> list[tuple[float, float]]:
    quarter = [(arm, -1.0), (arm, -arm), (1.0, -arm)]
    corners = []
    for _ in range(4):
        corners.extend(quarter)
        quarter = [(-y, x) for x, y in quarter]
    return corners


_CORNERS = {
    "triangle": [(0.0, -1.05), (1.0, 0.8), (-1.0, 0.8)],
    "diamond": [(0.0, -1.1), (1.1, 0.0), (0.0, 1.1), (-1.1, 0.0)],
    "hexagon": _regular(6, 0.0),
    "star": _regular(5, -90.0, 0.48),
    "cross": _cross(),
}

__all__ = [
    "DASHED", "GREY", "LIGHT", "SOLID", "Look", "blend", "draw_areas", "draw_lines",
    "draw_points", "halo_pen", "look_of", "path_of", "pen_of", "point_factor", "shape_path",
    "size_factor",
    "sprite", "themed", "width_factor",
]  # fmt: skip
