"""Swatches and legend from the same symbols as the map."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from app.model.symbols import LayerStyle, Symbol, SymbolSet, load_symbols
from app.model.tables import TABLES
from app.ui.map.painting import SOLID, Look, halo_pen, look_of, pen_of, shape_path

SWATCH = QSize(26, 18)

Translate = Callable[[str], str]


def symbol_icon(
    style: LayerStyle, value: object = None, theme: str = "light", size: QSize = SWATCH
) -> QIcon:
    """Return the swatch of an object whose style column holds ``value``.

    The icon holds pictures for screens of 1, 1.5, 2 and 3 device pixels per pixel.
    """
    icon = QIcon()
    for ratio in (1.0, 1.5, 2.0, 3.0):
        icon.addPixmap(symbol_pixmap(style, style.symbol(value), theme, size, ratio))
    return icon


def symbol_pixmap(
    style: LayerStyle, symbol: Symbol, theme: str = "light", size: QSize = SWATCH, ratio: float = 1
) -> QPixmap:
    """Return a swatch: a point shape, a stretch of line, or a piece of area."""
    symbols = load_symbols(theme)
    look = look_of(symbol, SOLID, style.table, dict(symbols.colors), theme == "dark")
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(0, 0, size.width(), size.height())
    if TABLES[style.table].geometry == "POINT":
        _paint_point(painter, look, box)
    elif look.fill:
        _paint_area(painter, look, box)
    else:
        _paint_line(painter, look, box)
    painter.end()
    return picture


class Legend(QTreeWidget):
    """All symbols by layer, for reading."""

    def __init__(
        self, parent: QWidget | None = None, theme: str = "light", translate: Translate = str
    ) -> None:
        super().__init__(parent)
        self._translate = translate
        self.setHeaderHidden(True)
        self.setIconSize(SWATCH)
        self.setAccessibleName(self.tr("Legend"))
        self.setSelectionMode(QTreeWidget.SelectionMode.NoSelection)
        self.set_theme(theme)

    def set_theme(self, theme: str) -> None:
        """Show the symbols as the ``light`` or ``dark`` sheet has them."""
        self.clear()
        symbols: SymbolSet = load_symbols(theme)
        for style in reversed(symbols.ordered()):
            top = QTreeWidgetItem([self._translate(style.label)])
            self.addTopLevelItem(top)
            for value, symbol in (*style.symbols.items(), (None, style.default)):
                row = QTreeWidgetItem([self._translate(symbol.label)])
                row.setIcon(0, symbol_icon(style, value, theme))
                top.addChild(row)
            top.setExpanded(True)


def _paint_point(painter: QPainter, look: Look, box: QRectF) -> None:
    size = min(look.size_px, box.height() - 2 * look.width_px - 1)
    centre = box.center()
    shape = shape_path(look.shape, size, centre.x(), centre.y())
    if look.width_px:
        painter.strokePath(shape, halo_pen(look.line, look.width_px * 2))
    painter.fillPath(shape, QBrush(QColor(look.fill or look.line)))


def _paint_area(painter: QPainter, look: Look, box: QRectF) -> None:
    fill = QColor(look.fill)
    fill.setAlphaF(look.opacity)
    painter.setBrush(fill)
    painter.setPen(pen_of(look) if look.width_px else Qt.PenStyle.NoPen)
    painter.drawRoundedRect(box.adjusted(2.5, 2.5, -2.5, -2.5), 2, 2)


def _paint_line(painter: QPainter, look: Look, box: QRectF) -> None:
    middle = box.center().y()
    ends = QPointF(box.left() + 3, middle), QPointF(box.right() - 3, middle)
    if look.halo:
        painter.setPen(halo_pen(look.halo, look.width_px + 2.4))
        painter.drawLine(*ends)
    painter.setPen(pen_of(look))
    painter.drawLine(*ends)
