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


@dataclass(frozen=True)
class Bar:
    """One bar: its name, the value, and how low and high it may be."""

    name: str
    value: float
    low: float
    high: float


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
        self.scene().sigMouseClicked.connect(self._clicked)

    def show_bars(self, bars: Sequence[Bar], unit: str, scale: float = 1.0) -> None:
        """Show horizontal bars, the first on top, each with a line from low to high."""
        self.clear()
        self._bars = len(bars)
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
        self.getAxis("bottom").setLabel(unit, color=colors().muted)
        self.setYRange(-len(bars) + 0.4, 0.6, padding=0)
        most = max((bar.high / scale for bar in bars), default=1.0)
        self.setXRange(0, most or 1.0, padding=0.02)

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

    def _ask_where(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save plot"), f"{self._name}.png", self.tr("Plots (*.png *.svg)")
        )
        if chosen:
            self.save(Path(chosen))

    def _clicked(self, event: object) -> None:
        place = self.plotItem.vb.mapSceneToView(event.scenePos())  # type: ignore[attr-defined]  # pyqtgraph's event
        number = round(-place.y())
        if 0 <= number < self._bars:
            self.picked.emit(number)
