"""A time plan: a row for each site or block of sections, a bar in the year in which it is built."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QWidget

from app.ui.panels.chart import Chart
from app.ui.theme import colors

_BAR = 0.62
_SERVICE_ALPHA = 60
_ROW_PX = 19
_LETTERS = 44
_WHEEL_ROWS = 2.0
_NOTCH = 120.0


@dataclass(frozen=True)
class GanttRow:
    """What is built in a year (``None``: never), in a colour; ``serves`` after it is built."""

    name: str
    year: int | None
    color: str
    serves: bool = True


class Gantt(Chart):
    """Years across, rows down; more rows than fit are reached by wheel or dragging."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._rows: tuple[GanttRow, ...] = ()
        self.setMouseEnabled(x=False, y=True)
        self.showGrid(x=True, y=False, alpha=0.25)

    def show_rows(self, rows: Sequence[GanttRow], years: Sequence[int]) -> None:
        """Show the rows, the first on top; a pale bar says that it serves from then on."""
        self.clear()
        self._rows = tuple(rows)
        self._bars, self._points, self._ring = len(rows), (), None
        self._show_axes(is_shown=bool(years))
        if not years:
            self.getAxis("left").setTicks([[]])
            self.getAxis("bottom").setTicks([[]])
            return
        first, last = min(years), max(years) + 1
        for color in sorted({row.color for row in rows}):
            self._draw([n for n, row in enumerate(rows) if row.color == color], color, last)
        ticks = [(-float(number), _short(row.name)) for number, row in enumerate(rows)]
        self.getAxis("left").setTicks([ticks])
        self.getAxis("bottom").setTicks(
            [[(year + 0.5, str(year)) for year in range(first, last)],
             [(float(year), "") for year in range(first, last + 1)]]
        )  # fmt: skip
        self.setXRange(first, last, padding=0.01)
        self.setLimits(yMin=-len(rows) + 0.3, yMax=0.7)
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Go up or down a few rows; the plot is not zoomed."""
        notches = event.angleDelta().y() / _NOTCH
        self.plotItem.vb.translateBy(y=notches * _WHEEL_ROWS)
        event.accept()

    def resizeEvent(self, event: object) -> None:
        """Show as many rows as there is room for."""
        super().resizeEvent(event)
        if getattr(self, "_rows", ()):
            self._fit()

    def _fit(self) -> None:
        shown = max(3, min(len(self._rows), self.height() // _ROW_PX))
        self.setYRange(0.6 - shown, 0.6, padding=0)

    def _draw(self, numbers: Sequence[int], color: str, last: int) -> None:
        """Draw the bars of one colour: the year of works, and service until the last year."""
        pale = QColor(color)
        pale.setAlpha(_SERVICE_ALPHA)
        built = [(n, self._rows[n]) for n in numbers if self._rows[n].year is not None]
        serving = [(n, row.year) for n, row in built if row.serves and (row.year or 0) + 1 < last]
        for brush, bars in (
            (pale, [(n, (year or 0) + 1, last) for n, year in serving]),
            (QColor(color), [(n, row.year or 0, (row.year or 0) + 1) for n, row in built]),
        ):
            if bars:
                self.addItem(
                    pg.BarGraphItem(
                        x0=[bar[1] for bar in bars],
                        x1=[bar[2] for bar in bars],
                        y=[-float(bar[0]) for bar in bars],
                        height=_BAR,
                        brush=brush,
                        pen=pg.mkPen(colors().base, width=0.5),
                    )
                )


def _short(text: str) -> str:
    return text if len(text) <= _LETTERS else text[: _LETTERS - 1].rstrip() + "…"
