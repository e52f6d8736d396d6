"""Plots in the colours of the theme, that can be saved as picture or drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyqtgraph as pg
from pyqtgraph.exporters import ImageExporter
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QColor, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QFileDialog, QWidget

from app.ui.theme import colors

_BAR = 0.62
_SAVED_WIDTH_PX = 1600
_NEAR_PX = 14.0


@dataclass(frozen=True)
class Bar:
    """One bar: its name, the value, and how low and high it may be."""

    name: str
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Point:
    """One point of a plot; those on the front are joined by a line."""

    x: float
    y: float
    is_front: bool = False


class Chart(pg.PlotWidget):
    """A plot without clutter: no buttons, no dragging, a menu to save it.

    ``picked`` carries the number of the bar or point that was clicked.
    """

    picked = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, background=colors().base)
        self._name = name
        self.setAccessibleName(name)
        self.setMinimumSize(180, 90)
        self.setFrameShape(self.Shape.NoFrame)
        self.hideButtons()
        self.setMenuEnabled(False)
        self.setMouseEnabled(x=False, y=False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        save = QAction(self.tr("Save as picture or drawing…"), self)
        save.triggered.connect(lambda _checked=False: self._ask_where())
        self.addAction(save)
        for side in ("left", "bottom"):
            axis = self.getAxis(side)
            axis.setPen(QColor(colors().line))
            axis.setTextPen(QColor(colors().muted))
            axis.setStyle(tickLength=0)
        self._bars = 0
        self._points: tuple[Point, ...] = ()
        self._ring: pg.ScatterPlotItem | None = None
        self.scene().sigMouseClicked.connect(self._clicked)
        self._show_axes(is_shown=False)

    def show_bars(self, bars: Sequence[Bar], unit: str, scale: float = 1.0) -> None:
        """Show horizontal bars, the first on top, each with a line from low to high."""
        self.clear()
        self._bars, self._points, self._ring = len(bars), (), None
        place = [-float(number) for number in range(len(bars))]
        value = [bar.value / scale for bar in bars]
        self.addItem(
            pg.BarGraphItem(
                x0=0, y=place, height=_BAR, width=value, brush=colors().accent, pen=None
            )
        )
        pen = pg.mkPen(colors().text, width=1.5)
        for bar, at in zip(bars, place, strict=True):
            self.plot([bar.low / scale, bar.high / scale], [at, at], pen=pen)
        self.getAxis("left").setTicks(
            [[(at, bar.name) for at, bar in zip(place, bars, strict=True)]]
        )
        self._show_axes(is_shown=bool(bars))
        self.getAxis("bottom").setLabel(unit, color=colors().muted)
        self.setYRange(-len(bars) + 0.4, 0.6, padding=0)
        most = max((bar.high / scale for bar in bars), default=1.0)
        self.setXRange(0, most or 1.0, padding=0.02)

    def show_points(self, points: Sequence[Point], x_name: str, y_name: str) -> None:
        """Show points, those of the front filled and joined in steps."""
        self.clear()
        self._bars, self._points = 0, tuple(points)
        self._show_axes(is_shown=bool(points))
        front = sorted((point for point in points if point.is_front), key=lambda item: item.x)
        line = pg.mkPen(colors().accent, width=1.5)
        if front:
            xs, ys = [item.x for item in front], [item.y for item in front]
            corners_x = [xs[0], *(x for x in xs[1:] for _ in range(2))]
            corners_y = [*(y for y in ys[:-1] for _ in range(2)), ys[-1]]
            self.plot(corners_x, corners_y, pen=line)
        for is_front in (False, True):
            chosen = [item for item in points if item.is_front is is_front]
            self.addItem(
                pg.ScatterPlotItem(
                    x=[item.x for item in chosen],
                    y=[item.y for item in chosen],
                    size=8 if is_front else 6,
                    pen=line if is_front else pg.mkPen(colors().muted, width=1.0),
                    brush=pg.mkBrush(colors().accent if is_front else colors().base),
                )
            )
        self._ring = pg.ScatterPlotItem(
            size=15, pen=pg.mkPen(colors().error, width=2.0), brush=None
        )
        self.addItem(self._ring)
        self.getAxis("left").setTicks(None)
        self.getAxis("left").setLabel(y_name, color=colors().muted)
        self.getAxis("bottom").setLabel(x_name, color=colors().muted)
        self.setXRange(0, max((item.x for item in points), default=1.0), padding=0.05)
        self.setYRange(0, max((item.y for item in points), default=1.0), padding=0.08)

    def choose(self, number: int | None) -> None:
        """Ring the point with this number, or none."""
        if self._ring is not None:
            chosen = [self._points[number]] if number is not None else []
            self._ring.setData([item.x for item in chosen], [item.y for item in chosen])

    def save(self, path: Path) -> None:
        """Write the plot to ``path``: a drawing if it ends in .svg, else a picture."""
        if path.suffix.lower() == ".svg":
            drawing = QSvgGenerator()
            drawing.setFileName(str(path))
            drawing.setSize(self.size())
            drawing.setViewBox(self.rect())
            drawing.setTitle(self._name)
            painter = QPainter(drawing)
            self.render(painter)
            painter.end()
            return
        picture = ImageExporter(self.plotItem)
        picture.parameters()["width"] = _SAVED_WIDTH_PX
        picture.export(str(path))

    def _show_axes(self, *, is_shown: bool) -> None:
        """Leave an empty plot without axes, which would show figures of nothing."""
        for side in ("left", "bottom"):
            self.getAxis(side).setVisible(is_shown)

    def _ask_where(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save plot"), f"{self._name}.png", self.tr("Plots (*.png *.svg)")
        )
        if chosen:
            self.save(Path(chosen))

    def _clicked(self, event: object) -> None:
        place = self.plotItem.vb.mapSceneToView(event.scenePos())  # type: ignore[attr-defined]  # pyqtgraph's event
        if self._points:
            self._pick_near(place.x(), place.y())
            return
        number = round(-place.y())
        if 0 <= number < self._bars:
            self.picked.emit(number)

    def _pick_near(self, x: float, y: float) -> None:
        """Say which point lies under the pointer, within a finger's breadth."""
        width, height = self.plotItem.vb.viewPixelSize()
        away = [((item.x - x) / width) ** 2 + ((item.y - y) / height) ** 2 for item in self._points]
        nearest = min(range(len(away)), key=away.__getitem__)
        if away[nearest] <= _NEAR_PX**2:
            self.picked.emit(nearest)
