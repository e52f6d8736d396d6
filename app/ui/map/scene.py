"""What one stack of tiles shows, as an immutable value that worker threads can draw from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from app.model.symbols import LayerStyle, Symbol
from app.ui.map.camera import INCH_M, STANDARD_DPI, Extent, FloatArray, padded
from app.ui.map.layers import SOLID, IntArray, LayerData
from app.ui.map.painting import (
    DASHED,
    GREY,
    LIGHT,
    Look,
    draw_areas,
    draw_lines,
    draw_points,
    halo_pen,
    look_of,
    pen_of,
    point_factor,
    sprite,
    width_factor,
)
from app.ui.map.showing import symbol_key
from app.ui.map.stroking import Stroke, is_loaded, stroke

TILE_PX = 512
_REACH_PX = 24
"""How far a symbol may stick out of its place: rows this near a tile are drawn on it too."""


@dataclass(frozen=True)
class DrawClass:
    """Rows that are drawn alike: value ``code`` of the style column and status ``status``."""

    code: int
    status: int
    symbol: Symbol
    look: Look


@dataclass(frozen=True)
class SceneLayer:
    """A layer with its classes, lowest first, and how much of it shows."""

    data: LayerData
    classes: tuple[DrawClass, ...]
    opacity: float
    plan: str | None
    shown: np.ndarray | None = None
    """``(rows,)`` which rows pass the layer's filter; all without one."""

    def visible_rows(self, extent: Extent) -> IntArray:
        """Return the rows near ``extent`` that plan and filter let show."""
        return self.kept(self.data.rows_in(extent))

    def kept(self, rows: IntArray) -> IntArray:
        """Return those of ``rows`` that the previewed plan and the filter let show."""
        rows = self.data.of_plan(rows, self.plan)
        return rows if self.shown is None else rows[self.shown[rows]]

    def by_class(self, rows: IntArray, scale: float) -> Iterator[tuple[DrawClass, IntArray]]:
        """Yield the classes that show at a scale with their rows, lowest first."""
        key = self.data.code[rows] * 4 + self.data.look[rows]
        for item in self.classes:
            if scale <= item.symbol.max_scale:
                own = rows[key == item.code * 4 + item.status]
                if len(own):
                    yield item, own

    def is_row_visible(self, scale: float) -> np.ndarray:
        """Return for every row of the layer whether its symbol shows at a scale."""
        shown = np.zeros(len(self.data.values) * 4, dtype=bool)
        for item in self.classes:
            shown[item.code * 4 + item.status] = scale <= item.symbol.max_scale
        return shown[self.data.code * 4 + self.data.look]


@dataclass(frozen=True)
class Scene:
    """The layers of one stack, lowest first, on paper or on nothing (``paper`` is ``None``)."""

    version: int = 0
    layers: tuple[SceneLayer, ...] = ()
    paper: str | None = None
    dpi: float = STANDARD_DPI

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw, not even paper."""
        return not self.layers and self.paper is None

    def render(self, resolution: float, column: int, row: int, ratio: float) -> QImage:
        """Draw one tile; see `render_tile`."""
        return render_tile(self, resolution, column, row, ratio)


def make_layer(
    data: LayerData,
    colors: Mapping[str, str],
    is_dark: bool,
    opacity: float = 1.0,
    plan: str | None = None,
    shown: np.ndarray | None = None,
    hidden: frozenset[str] = frozenset(),
) -> SceneLayer:
    """Return a layer with the looks of every value and status that occurs in it.

    ``shown`` says which rows pass its filter, ``hidden`` names symbols that are left out.
    """
    used = np.unique(data.code * 4 + data.look)
    sheet = dict(colors)
    classes = [
        DrawClass(
            int(key) // 4, int(key) % 4, symbol,
            look_of(symbol, int(key) % 4, data.table, sheet, is_dark),
        )
        for key in used
        if symbol_key(data.style, data.values[int(key) // 4]) not in hidden
        for symbol in (data.style.symbol(data.values[int(key) // 4]),)
    ]  # fmt: skip
    rank = _ranks(data.style)
    # The styles file names the most important symbol first: it is drawn last, on top.
    classes.sort(
        key=lambda item: (-rank.get(data.values[item.code], len(rank)), -_STATUS_RANK[item.status])
    )
    return SceneLayer(data, tuple(classes), opacity, plan, shown)


def render_tile(scene: Scene, resolution: float, column: int, row: int, ratio: float) -> QImage:
    """Draw one tile; safe in any thread. One without paper and objects is a null image.

    Parameters
    ----------
    resolution
        Metres per logical pixel.
    column, row
        Number of the tile to the east of 0 and to the south of 0.
    ratio
        Device pixels per logical pixel.
    """
    span = TILE_PX * resolution
    return render_picture(
        scene, resolution, (column * span, -row * span), (TILE_PX, TILE_PX), ratio
    )


def render_picture(
    scene: Scene,
    resolution: float,
    corner: tuple[float, float],
    size_px: tuple[int, int],
    ratio: float,
) -> QImage:
    """Draw a rectangle from its upper left ``corner`` (m) on; as `render_tile` otherwise."""
    (left, top), (width, height) = corner, size_px
    near = padded(
        (left, top - height * resolution, left + width * resolution, top), _REACH_PX * resolution
    )
    found = [(layer, layer.visible_rows(near)) for layer in scene.layers]
    found = [(layer, rows) for layer, rows in found if len(rows)]
    if not found and scene.paper is None:
        return QImage()
    image = blank_sheet(size_px, ratio, scene.paper)
    window = Window(left, top, resolution, scene.dpi, ratio, (float(width), float(height)))
    for layer, rows in found:
        if layer.opacity >= 1.0:
            paint_layer(image, layer, rows, window)
            continue
        sheet = blank_sheet(size_px, ratio, None)
        paint_layer(sheet, layer, rows, window)
        painter = QPainter(image)
        painter.setOpacity(layer.opacity)
        painter.drawImage(0, 0, sheet)
        painter.end()
    return image


def blank_sheet(size_px: tuple[int, int], ratio: float, paper: str | None) -> QImage:
    """Return a picture to draw on: transparent, or of the colour of ``paper``."""
    form = QImage.Format.Format_ARGB32_Premultiplied
    image = QImage(
        round(size_px[0] * ratio), round(size_px[1] * ratio),
        form if paper is None else QImage.Format.Format_RGB32,
    )  # fmt: skip
    image.setDevicePixelRatio(ratio)
    image.fill(0 if paper is None else QColor(paper))
    return image


@dataclass(frozen=True)
class Window:
    """Upper left corner in m, metres per pixel, and the screen of something being drawn."""

    left: float
    top: float
    resolution: float
    dpi: float = STANDARD_DPI
    ratio: float = 1.0
    size_px: tuple[float, float] = (TILE_PX, TILE_PX)

    @property
    def scale(self) -> float:
        """Scale denominator."""
        return self.resolution * self.dpi / INCH_M

    def to_px(self, xy: FloatArray) -> FloatArray:
        """Return ``(n, 2)`` pixels of ``(n, 2)`` metres."""
        return (xy - (self.left, self.top)) * (1 / self.resolution, -1 / self.resolution)


Groups = Sequence[tuple[DrawClass, IntArray]]


def _paint_areas(painter: QPainter, data: LayerData, groups: Groups, window: Window) -> None:
    for item, own in groups:
        xy, joined = data.areas.gather(own)
        if len(xy):
            widths = width_factor(window.scale, data.table)
            pixels = window.to_px(xy)
            draw_areas(painter, pixels, joined, item.look, widths, window.size_px)


def _paint_points(painter: QPainter, data: LayerData, groups: Groups, window: Window) -> None:
    for item, own in groups:
        xy, _ = data.points.gather(own)
        factor = point_factor(window.scale, item.look.size_px)
        draw_points(painter, window.to_px(xy), sprite(item.look, factor, window.ratio))


def _lines(data: LayerData, groups: Groups, scale: float) -> Iterator[tuple[IntArray, QPen]]:
    """Yield rows and pens in the order of drawing: halos lie below all lines."""
    factor = width_factor(scale, data.table)
    for item, own in groups:
        if item.look.halo:
            yield own, halo_pen(item.look.halo, item.look.width_px * factor + 2.4)
    for item, own in groups:
        yield own, pen_of(item.look, factor)


def _paint_lines(image: QImage, data: LayerData, groups: Groups, window: Window) -> None:
    pens = list(_lines(data, groups, window.scale))
    if is_loaded():
        strokes = [
            Stroke(own, pen.color().name(), pen.widthF(), tuple(pen.dashPattern()))
            for own, pen in pens
        ]
        stroke(image, data.lines, strokes, (window.left, window.top), window.resolution)
        return
    with _painting(image) as painter:
        for own, pen in pens:
            xy, joined = data.lines.gather(own)
            if len(xy):
                draw_lines(painter, window.to_px(xy), joined, pen, window.size_px)


def paint_layer(image: QImage, layer: SceneLayer, rows: IntArray, window: Window) -> None:
    """Draw rows of a layer into a picture: areas, then halos, lines and points."""
    data = layer.data
    groups = list(layer.by_class(rows, window.scale))
    if groups and not data.areas.is_empty:
        with _painting(image) as painter:
            _paint_areas(painter, data, groups, window)
    if groups and not data.lines.is_empty:
        _paint_lines(image, data, groups, window)
    if groups and not data.points.is_empty:
        with _painting(image) as painter:
            _paint_points(painter, data, groups, window)


@contextmanager
def _painting(image: QImage) -> Iterator[QPainter]:
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    try:
        yield painter
    finally:
        painter.end()


def _ranks(style: LayerStyle) -> dict[str, int]:
    return {value: position for position, value in enumerate(style.symbols)}


_STATUS_RANK = {SOLID: 0, LIGHT: 1, DASHED: 2, GREY: 3}
