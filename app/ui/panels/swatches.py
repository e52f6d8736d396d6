"""Small pictures of map symbols for lists and legends, drawn as the map draws them."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QIcon, QPainter, QPen, QPixmap

from app.model.symbols import Symbol, load_symbols
from app.model.tables import TABLES
from app.ui.map.overlay import ROLES
from app.ui.map.painting import SOLID, Look, halo_pen, look_of, pen_of, sprite
from app.ui.theme import theme_name

SIZE_PX = 18
_RATIO = 2.0
_AREAS = ("MULTIPOLYGON", "POLYGON")


def swatch(table: str, value: object, theme: str) -> QIcon:
    """Return the symbol of an object of ``table`` whose style column holds ``value``."""
    layer = load_symbols(theme).layers.get(table)
    return QIcon() if layer is None else _swatch(table, layer.symbol(value), theme)


@lru_cache(maxsize=512)
def _swatch(table: str, symbol: Symbol, theme: str) -> QIcon:
    colors = dict(load_symbols(theme).colors)
    look = look_of(symbol, SOLID, table, colors, theme == "dark")
    picture = QPixmap(round(SIZE_PX * _RATIO), round(SIZE_PX * _RATIO))
    picture.setDevicePixelRatio(_RATIO)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if TABLES[table].geometry == "POINT":
        _draw_point(painter, look)
    elif look.fill or TABLES[table].geometry in _AREAS:
        _draw_area(painter, look)
    else:
        _draw_line(painter, look)
    painter.end()
    made = QIcon()
    made.addPixmap(picture)
    made.addPixmap(picture, QIcon.Mode.Selected)
    return made


def ring(role: str) -> QIcon:
    """Return the ring with which the map marks a point of this role."""
    return _ring(load_symbols(theme_name()).colors[ROLES[role]])


@lru_cache(maxsize=32)
def _ring(color: str) -> QIcon:
    picture = QPixmap(round(SIZE_PX * _RATIO), round(SIZE_PX * _RATIO))
    picture.setDevicePixelRatio(_RATIO)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(color), 2.5))
    painter.drawEllipse(QRectF(4, 4, SIZE_PX - 8, SIZE_PX - 8))
    painter.end()
    return QIcon(picture)


def _draw_point(painter: QPainter, look: Look) -> None:
    factor = min(1.0, (SIZE_PX - 4) / max(look.size_px, 1.0))
    image = sprite(look, factor, _RATIO)
    side = image.width() / image.devicePixelRatio()
    painter.drawImage(QPointF((SIZE_PX - side) / 2, (SIZE_PX - side) / 2), image)


def _draw_area(painter: QPainter, look: Look) -> None:
    box = QRectF(2, 4, SIZE_PX - 4, SIZE_PX - 8)
    if look.fill:
        fill = QColor(look.fill)
        fill.setAlphaF(look.opacity)
        painter.fillRect(box, QBrush(fill))
    if look.width_px > 0:
        painter.setPen(pen_of(look))
        painter.drawRect(box)


def _draw_line(painter: QPainter, look: Look) -> None:
    start, end = QPointF(1.5, SIZE_PX / 2), QPointF(SIZE_PX - 1.5, SIZE_PX / 2)
    if look.halo:
        painter.setPen(halo_pen(look.halo, look.width_px + 2))
        painter.drawLine(start, end)
    painter.setPen(pen_of(look))
    painter.drawLine(start, end)
