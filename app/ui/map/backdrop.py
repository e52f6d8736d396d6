"""The backdrop: pictures in web Mercator, warped into the project's CRS below all layers.

They are composed into the same tiles as the layers, in threads of their own, so that panning
costs nothing and a slow source holds nothing up.
"""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter, QPolygonF, QTransform

from app.model.geodesy import transformer
from app.ui.map.camera import FloatArray
from app.ui.map.scene import TILE_PX, blank_sheet

MERCATOR = "EPSG:3857"
SOURCE_PX = 256
HALF_M = 20_037_508.342789244
"""Half the side of web Mercator's square, in m."""
WORKERS = 3

_KEPT = 256
"""Pictures of tiles that are kept decoded."""
_LARGEST_PX = 2048
_MOST_TILES = 64
"""Source tiles that one tile of the map may need; beyond it nothing is drawn."""
_TOLERANCE_PX = 0.4
_PARTS = (1, 2, 4, 8, 16)


class TileSource(Protocol):
    """Where pictures come from; asked in worker threads."""

    min_zoom: int
    max_zoom: int

    def tile(self, zoom: int, column: int, row: int) -> bytes | None: ...  # noqa: D102


@dataclass(frozen=True)
class Piece:
    """A part of a source tile: where it lies in the picture (0 to 1), and on the map tile (px)."""

    part: QRectF
    corners: FloatArray


class Pictures:
    """The decoded pictures used last, of one source."""

    def __init__(self, source: TileSource) -> None:
        self._source = source
        self._known: OrderedDict[tuple[int, int, int], QImage] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def zooms(self) -> tuple[int, int]:
        """Lowest and highest level of the source."""
        return self._source.min_zoom, self._source.max_zoom

    def get(self, zoom: int, column: int, row: int) -> QImage:
        """Return the picture of a tile; a null image where there is none."""
        key = (zoom, column, row)
        with self._lock:
            known = self._known.get(key)
            if known is not None:
                self._known.move_to_end(key)
                return known
        content = self._source.tile(zoom, column, row)
        image = QImage.fromData(content) if content else QImage()
        if max(image.width(), image.height()) > _LARGEST_PX:
            image = QImage()
        if content:  # what could not be had may be there the next time
            with self._lock:
                self._known[key] = image
                if len(self._known) > _KEPT:
                    self._known.popitem(last=False)
        return image


@dataclass(frozen=True)
class BackdropScene:
    """What the tiles of the backdrop show; drawn by `render` in worker threads."""

    version: int = 0
    pictures: Pictures | None = None
    crs: str = MERCATOR
    opacity: float = 1.0
    paper: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return self.pictures is None

    def render(self, resolution: float, column: int, row: int, ratio: float) -> QImage:
        """Compose one tile of the map."""
        if self.pictures is None:
            return QImage()
        span = TILE_PX * resolution
        left, top = column * span, -row * span
        box = mercator_box(self.crs, left, top, span)
        if box is None:
            return QImage()
        zoom = best_zoom(box, TILE_PX * ratio, self.pictures.zooms)
        image = blank_sheet((TILE_PX, TILE_PX), ratio, None)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setOpacity(self.opacity)
        for tile in tiles_in(box, zoom):
            picture = self.pictures.get(zoom, *tile)
            if not picture.isNull():
                for piece in pieces(self.crs, zoom, *tile, (left, top), resolution):
                    _draw(painter, picture, piece)
        painter.end()
        return image


def mercator_box(
    crs: str, left: float, top: float, span: float
) -> tuple[float, float, float, float] | None:
    """Return the rectangle of web Mercator around a square of the project's CRS."""
    steps = np.linspace(0.0, 1.0, 5)
    xs, ys = (part.ravel() for part in np.meshgrid(left + steps * span, top - steps * span))
    x, y = transformer(crs, MERCATOR).transform(xs, ys)
    if not (np.isfinite(x).all() and np.isfinite(y).all()):
        return None
    return float(np.min(x)), float(np.min(y)), float(np.max(x)), float(np.max(y))


def best_zoom(
    box: tuple[float, float, float, float], size_px: float, zooms: tuple[int, int]
) -> int:
    """Return the level whose pictures are nearest to ``size_px`` pixels over a rectangle."""
    width = max(box[2] - box[0], 1e-6)
    exact = math.log2(2 * HALF_M / width * size_px / SOURCE_PX)
    return min(max(round(exact), zooms[0]), zooms[1])


def tiles_in(box: tuple[float, float, float, float], zoom: int) -> list[tuple[int, int]]:
    """Return columns and rows of the tiles that meet a rectangle; none when they are too many."""
    side, last = 2 * HALF_M / 2**zoom, 2**zoom - 1
    west, south, east, north = box
    columns = range(
        max(int((west + HALF_M) // side), 0), min(int((east + HALF_M) // side), last) + 1
    )
    rows = range(
        max(int((HALF_M - north) // side), 0), min(int((HALF_M - south) // side), last) + 1
    )
    if len(columns) * len(rows) > _MOST_TILES:
        return []
    return [(column, row) for row in rows for column in columns]


def pieces(
    crs: str, zoom: int, column: int, row: int, corner: tuple[float, float], resolution: float
) -> Iterator[Piece]:
    """Yield parts of a source tile so small that each is straight on the map within 0.4 px.

    ``corner`` is the upper left corner of the picture to draw on, in m; pixels are logical.
    """
    for parts in _PARTS:
        grid = _grid(crs, zoom, column, row, parts, corner, resolution)
        if not np.isfinite(grid).all():
            return
        if parts == _PARTS[-1] or _bend_px(crs, zoom, column, row, parts, corner, resolution) < (
            _TOLERANCE_PX
        ):
            break
    for j in range(parts):
        for i in range(parts):
            corners = np.array([grid[j, i], grid[j, i + 1], grid[j + 1, i + 1], grid[j + 1, i]])
            yield Piece(QRectF(i / parts, j / parts, 1 / parts, 1 / parts), corners)


def _grid(
    crs: str, zoom: int, column: int, row: int, parts: int, corner: tuple[float, float],
    resolution: float,
) -> FloatArray:  # fmt: skip
    """Return ``(parts + 1, parts + 1, 2)`` pixels of a regular grid over a source tile."""
    side = 2 * HALF_M / 2**zoom
    steps = np.linspace(0.0, 1.0, parts + 1)
    xs, ys = np.meshgrid((column + steps) * side - HALF_M, HALF_M - (row + steps) * side)
    x, y = transformer(MERCATOR, crs).transform(xs, ys)
    return np.stack([(x - corner[0]) / resolution, (corner[1] - y) / resolution], axis=-1)


def _bend_px(
    crs: str, zoom: int, column: int, row: int, parts: int, corner: tuple[float, float],
    resolution: float,
) -> float:  # fmt: skip
    """Return how far the middles of the parts' sides lie from the straight lines, in px."""
    fine = _grid(crs, zoom, column, row, 2 * parts, corner, resolution)
    if not np.isfinite(fine).all():
        return 0.0
    across = fine[::2, 1::2] - (fine[::2, :-1:2] + fine[::2, 2::2]) / 2
    down = fine[1::2, ::2] - (fine[:-1:2, ::2] + fine[2::2, ::2]) / 2
    return float(max(np.abs(across).max(), np.abs(down).max()))


def _draw(painter: QPainter, picture: QImage, piece: Piece) -> None:
    part = QRectF(
        piece.part.x() * picture.width(), piece.part.y() * picture.height(),
        piece.part.width() * picture.width(), piece.part.height() * picture.height(),
    )  # fmt: skip
    target = QPolygonF([QPointF(x, y) for x, y in piece.corners.tolist()])
    source = QPolygonF([part.topLeft(), part.topRight(), part.bottomRight(), part.bottomLeft()])
    warp = QTransform()
    if QTransform.quadToQuad(source, target, warp):
        painter.save()
        painter.setTransform(warp, True)
        painter.drawImage(part, picture, part)
        painter.restore()
