"""Labels: names with a halo, placed so that none covers another or an important symbol."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QImage, QPainter, QPainterPath, QPen

from app.ui.map.camera import Camera, Extent, padded
from app.ui.map.layers import IntArray, LayerData
from app.ui.map.painting import point_factor
from app.ui.map.scene import SceneLayer

MAX_LABELS = 250
_SAME_PX = 40.0
"""Objects of one name that lie so near are named once."""
_MARGIN = 0.35
"""Labels are placed for a view this much larger on each side, so that panning keeps them."""
_GAP_PX = 3.0
_MAIN_PRIORITY = 9
_LONGEST = 48
_BRIEF_SCALE = 15_000.0
"""At smaller scales what follows a comma or bracket in a name is left out."""


@dataclass(frozen=True)
class LabelKind:
    """How the names of some objects are written. ``max_scale``: largest scale denominator."""

    size_px: float
    is_bold: bool
    color: str
    max_scale: float
    priority: int
    is_spaced: bool = False


@dataclass(frozen=True)
class Label:
    """A name, where its object lies (m), how it is written, and how far to keep from the point."""

    text: str
    x: float
    y: float
    kind: LabelKind
    offset_px: float
    weight: float = 0.0


@dataclass(frozen=True)
class Placed:
    """A label's rectangle, relative to the upper left corner of the view it was placed for."""

    label: Label
    rect: QRectF


class Labeller:
    """Finds, places and paints labels; keeps pictures of names and the last placement."""

    def __init__(self) -> None:
        self._anchors: dict[int, tuple[LayerData, np.ndarray, np.ndarray]] = {}
        self._pictures: dict[tuple[str, LabelKind, str, float], QImage] = {}
        self._placed: tuple[Placed, ...] = ()
        self._camera: Camera | None = None
        self._token: object = None

    @property
    def placed(self) -> tuple[Placed, ...]:
        """The labels of the last placement."""
        return self._placed

    def forget(self) -> None:
        """Place anew at the next painting."""
        self._camera = None

    def paint(
        self,
        painter: QPainter,
        camera: Camera,
        layers: Sequence[SceneLayer],
        colors: Mapping[str, str],
        token: object,
        dpi: float,
    ) -> None:
        """Paint the labels of ``layers``; ``token`` changes when they look different."""
        if self._needs_placing(camera, token):
            self._place(camera, layers, colors, dpi)
            self._camera, self._token = camera, token
        origin = self._camera if self._camera is not None else camera
        dx = (origin.left - camera.left) / camera.resolution
        dy = (camera.top - origin.top) / camera.resolution
        seen = QRectF(0, 0, camera.width_px, camera.height_px)
        for item in self._placed:
            rect = item.rect.translated(dx, dy)
            if rect.intersects(seen):
                picture = self._picture(item.label, colors["label_halo"], camera.ratio)
                painter.drawImage(QPointF(round(rect.x()), round(rect.y())), picture)

    def _needs_placing(self, camera: Camera, token: object) -> bool:
        known = self._camera
        if known is None or token != self._token or known.level != camera.level:
            return True
        if (known.width_px, known.height_px, known.ratio) != (
            camera.width_px, camera.height_px, camera.ratio
        ):  # fmt: skip
            return True
        slack = 0.9 * _MARGIN * camera.resolution
        return (
            abs(known.x - camera.x) > slack * camera.width_px
            or abs(known.y - camera.y) > slack * camera.height_px
        )

    def _place(
        self, camera: Camera, layers: Sequence[SceneLayer], colors: Mapping[str, str], dpi: float
    ) -> None:
        scale = camera.scale(dpi)
        reach = _MARGIN * max(camera.width_px, camera.height_px) * camera.resolution
        extent = padded(camera.extent, reach)
        labels: list[Label] = []
        obstacles: list[QRectF] = []
        for layer in layers:
            labels.extend(self._candidates(layer, extent, scale, colors))
            if layer.data.table == "nodes":
                obstacles.extend(_symbols_in_the_way(layer, extent, camera, scale))
        labels.sort(key=lambda item: (-item.kind.priority, -item.weight, item.text))
        chosen = labels[: MAX_LABELS * 4]
        self._placed = tuple(place(chosen, camera, obstacles))[:MAX_LABELS]

    def _candidates(
        self, layer: SceneLayer, extent: Extent, scale: float, colors: Mapping[str, str]
    ) -> Iterable[Label]:
        data = layer.data
        if data.names is None:
            return
        kinds = label_kinds(data, colors)
        if not any(scale <= kind.max_scale for kind in kinds.values()):
            return
        rows = layer.visible_rows(extent)
        rows = rows[layer.is_row_visible(scale)[rows]]
        anchors, weights = self._anchors_of(data)
        for row in rows.tolist():
            name = data.names[row]
            value = data.values[data.code[row]]
            kind = kinds.get(value)
            if kind is None or scale > kind.max_scale or not isinstance(name, str):
                continue
            offset = 0.0
            if data.table != "areas":
                size = data.style.symbol(value).size_px
                offset = size * point_factor(scale, size) / 2 + 2
            x, y = anchors[row]
            text = shortened(brief(name) if scale > _BRIEF_SCALE else name)
            yield Label(text, float(x), float(y), kind, offset, float(weights[row]))

    def _anchors_of(self, data: LayerData) -> tuple[np.ndarray, np.ndarray]:
        known = self._anchors.get(id(data))
        if known is None or known[0] is not data:
            inside = shapely.point_on_surface(data.geometries)
            centre = shapely.centroid(data.geometries)
            is_inside = shapely.contains(data.geometries, centre)
            xy = shapely.get_coordinates(np.where(is_inside, centre, inside))
            known = (data, xy, shapely.area(data.geometries))
            stale = [key for key, item in self._anchors.items() if item[0].table == data.table]
            for key in stale:
                del self._anchors[key]
            self._anchors[id(data)] = known
        return known[1], known[2]

    def _picture(self, label: Label, halo: str, ratio: float) -> QImage:
        key = (label.text, label.kind, halo, ratio)
        picture = self._pictures.get(key)
        if picture is None:
            if len(self._pictures) > 3000:
                self._pictures.clear()
            picture = self._pictures[key] = label_picture(label.text, label.kind, halo, ratio)
        return picture


def label_kinds(data: LayerData, colors: Mapping[str, str]) -> dict[str, LabelKind]:
    """Return for each value of a layer's style column how its names are written."""
    ink, muted = colors["ink"], colors["muted"]
    limit = data.style.label_max_scale
    if data.table == "areas":
        town = LabelKind(12, False, muted, limit, 3, is_spaced=True)
        return {value: town for value in data.values if value in ("municipality", "park", "water")}
    if data.table == "nodes":
        special = {
            "hub": LabelKind(13, True, ink, 1e6, 9),
            "pop": LabelKind(11.5, True, ink, max(limit, 150_000), 8),
            "tower": LabelKind(11, False, ink, limit, 5),
        }
        return {value: special.get(value, LabelKind(10.5, False, ink, limit / 16, 1))
                for value in data.values}  # fmt: skip
    plain = LabelKind(11, False, ink, limit, 2)
    return dict.fromkeys(data.values, plain)


def place(labels: Sequence[Label], camera: Camera, obstacles: Sequence[QRectF]) -> list[Placed]:
    """Place labels greedily, the first in the list first; those without room are left out.

    The names of main objects, which come first, may lie on ``obstacles``; no other may.

    A label of a point is tried right, left, above and below it; one of an area at its middle.
    """
    taken = _Occupied()
    written: list[Placed] = []
    told: dict[str, list[Label]] = {}
    reach = _SAME_PX * camera.resolution
    is_blocked = False
    for label in labels:
        # a site and the node that serves it often bear one name
        twins = told.setdefault(label.text, [])
        if any(abs(t.x - label.x) + abs(t.y - label.y) < reach for t in twins):
            continue
        if not is_blocked and label.kind.priority < _MAIN_PRIORITY:
            is_blocked = True
            for rect in obstacles:
                taken.add(rect)
        x, y = camera.to_px(np.array([[label.x, label.y]]))[0].tolist()
        metrics = QFontMetricsF(font_of(label.kind))
        width, height = metrics.horizontalAdvance(label.text) + 4, metrics.height() + 2
        for left, top in _positions(x, y, width, height, label.offset_px):
            rect = QRectF(left, top, width, height)
            if taken.is_free(rect):
                taken.add(rect.adjusted(-_GAP_PX, -1, _GAP_PX, 1))
                written.append(Placed(label, rect))
                twins.append(label)
                break
    return written


def font_of(kind: LabelKind) -> QFont:
    """Return the font of a kind of label."""
    font = QFont()
    font.setPixelSize(max(round(kind.size_px), 8))
    font.setBold(kind.is_bold)
    if kind.is_spaced:
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.6)
    return font


def label_picture(text: str, kind: LabelKind, halo: str, ratio: float) -> QImage:
    """Return a name with its halo as a picture; the text is never read as markup."""
    font = font_of(kind)
    metrics = QFontMetricsF(font)
    width = math.ceil(metrics.horizontalAdvance(text)) + 6
    height = math.ceil(metrics.height()) + 4
    image = QImage(
        round(width * ratio), round(height * ratio), QImage.Format.Format_ARGB32_Premultiplied
    )
    image.setDevicePixelRatio(ratio)
    image.fill(0)
    path = QPainterPath()
    path.addText(QPointF(2, 1 + metrics.ascent()), font, text)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    around = QColor(halo)
    around.setAlpha(215)
    pen = QPen(around, 3.0)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, pen)
    painter.setFont(font)
    painter.setPen(QColor(kind.color))
    painter.setBrush(QBrush(QColor(kind.color)))
    painter.drawText(QPointF(2, 1 + metrics.ascent()), text)
    painter.end()
    return image


def brief(name: str) -> str:
    """Return a name without address or remark: ``Idroscalo, hub (modelled)`` is ``Idroscalo``."""
    head = name.split(" (", maxsplit=1)[0].split(", ", maxsplit=1)[0].strip()
    return head or name


def shortened(name: str) -> str:
    """Return a name on one line, without control characters, cut when it is very long."""
    text = " ".join("".join(c if c.isprintable() else " " for c in name).split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"


class _Occupied:
    """Rectangles in a coarse grid, to ask quickly whether a place is free."""

    _CELL_PX = 64

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[QRectF]] = {}

    def add(self, rect: QRectF) -> None:
        for cell in self._cells_of(rect):
            self._cells.setdefault(cell, []).append(rect)

    def is_free(self, rect: QRectF) -> bool:
        return not any(
            rect.intersects(other)
            for cell in self._cells_of(rect)
            for other in self._cells.get(cell, ())
        )

    def _cells_of(self, rect: QRectF) -> Iterable[tuple[int, int]]:
        size = self._CELL_PX
        for column in range(int(rect.left() // size), int(rect.right() // size) + 1):
            for row in range(int(rect.top() // size), int(rect.bottom() // size) + 1):
                yield column, row


def _positions(
    x: float, y: float, width: float, height: float, offset: float
) -> Iterable[tuple[float, float]]:
    if offset <= 0:
        yield x - width / 2, y - height / 2
        return
    yield x + offset, y - height / 2
    yield x - offset - width, y - height / 2
    yield x - width / 2, y - offset - height
    yield x - width / 2, y + offset


def _symbols_in_the_way(
    layer: SceneLayer, extent: Extent, camera: Camera, scale: float
) -> Iterable[QRectF]:
    rows: IntArray = layer.visible_rows(extent)
    for item, own in layer.by_class(rows, scale):
        size = item.symbol.size_px
        if size < 9:
            continue
        xy, _ = layer.data.points.gather(own)
        half = size * point_factor(scale, size) / 2
        for x, y in camera.to_px(xy).tolist():
            yield QRectF(x - half, y - half, 2 * half, 2 * half)


__all__ = ["Label", "LabelKind", "Labeller", "Placed", "label_picture", "place"]
