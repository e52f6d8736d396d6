"""Spread: what the total may come to, and which prices drive it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from app.ui.labels import figures
from app.ui.panels.chart import Chart
from app.ui.panels.parts import column_layout
from app.ui.theme import GAP_PX, colors, plain_label

_CORRELATIONS = (0.0, 0.5, 1.0)
_LEFT_PX = 270
_SHOWN = 9
_THOUSAND = 1000.0
_BAR = 0.62
_LETTERS = 34


class TornadoChart(Chart):
    """Bars from low to high about the typical total, the widest on top."""

    def show_swings(self, swings: Sequence[tuple[str, float, float]], total: float) -> None:
        """Show names with the total (EUR) at their low and at their high price."""
        self.clear()
        self._bars, self._points, self._ring = len(swings), (), None
        self._show_axes(is_shown=bool(swings))
        place = [-float(number) for number in range(len(swings))]
        middle = total / _THOUSAND
        low = [swing[1] / _THOUSAND for swing in swings]
        high = [swing[2] / _THOUSAND for swing in swings]
        for starts, brush in ((low, colors().good), (high, colors().warning)):
            self.addItem(
                pg.BarGraphItem(x0=middle, x1=starts, y=place, height=_BAR, brush=brush, pen=None)
            )
        if not swings:
            return
        self.addItem(pg.InfiniteLine(middle, angle=90, pen=pg.mkPen(colors().text, width=1.5)))
        self.getAxis("left").setTicks(
            [[(at, swing[0]) for at, swing in zip(place, swings, strict=True)]]
        )
        self.getAxis("bottom").setLabel(self.tr("thousand €"), color=colors().muted)
        self.setYRange(-len(swings) + 0.4, 0.6, padding=0)
        self.setXRange(min([middle, *low]), max([middle, *high, middle + 1e-6]), padding=0.03)


class SpreadTab(QWidget):
    """Quantiles of the total by stated draws, and the tornado; a bar points to its line."""

    correlation_changed = Signal(float)
    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._codes: list[str] = []
        self.correlation = QComboBox()
        names = (
            self.tr("Independent"), self.tr("Half together in a chapter"),
            self.tr("Wholly together in a chapter"),
        )  # fmt: skip
        for name, value in zip(names, _CORRELATIONS, strict=True):
            self.correlation.addItem(name, value)
        self.correlation.setAccessibleName(self.tr("How prices move"))
        self.told = plain_label("")
        self.method = plain_label("", is_muted=True)
        self.chart = TornadoChart(self.tr("What drives the total"))
        left = QWidget()
        left.setFixedWidth(_LEFT_PX)
        column = column_layout(left, margin_px=0)
        column.addWidget(plain_label(self.tr("Prices move"), is_muted=True))
        column.addWidget(self.correlation)
        column.addWidget(self.told)
        column.addWidget(self.method)
        column.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(GAP_PX * 2)
        row.addWidget(left)
        row.addWidget(self.chart, 1)
        column_layout(self, margin_px=0).addLayout(row)
        self.correlation.currentIndexChanged.connect(
            lambda _n: self.correlation_changed.emit(self.value)
        )
        self.chart.picked.connect(lambda number: self.picked.emit(self._codes[number]))

    @property
    def value(self) -> float:
        """The correlation of the prices of a chapter."""
        return float(self.correlation.currentData())

    def show_costs(self, found: Mapping[str, Any], texts: Mapping[str, str]) -> None:
        """Show the spread from the summary of the cost study; ``texts`` names items by code."""
        spread = found.get("spread_eur")
        swings = [] if spread is None else spread["tornado"][:_SHOWN]
        self._codes = [swing["code"] for swing in swings]
        total = found.get("total_eur", {"typical": 0.0})["typical"]
        rows = [
            (_short(texts.get(swing["code"], swing["code"])), swing["low_eur"], swing["high_eur"])
            for swing in swings
        ]
        self.chart.show_swings(rows, total)
        self.told.setText("" if spread is None else self._told(spread))
        self.method.setText("" if spread is None else self._method(spread))

    def _told(self, spread: Mapping[str, Any]) -> str:
        text = self.tr("In 8 of 10 cases %1 to %3; as often above as below %2.")
        for place, name in enumerate(("p10_eur", "p50_eur", "p90_eur"), 1):
            text = text.replace(f"%{place}", figures().euro(spread[name], 0))
        return text

    def _method(self, spread: Mapping[str, Any]) -> str:
        text = self.tr(
            "%1 draws, seed %2: each price falls between low and high, most often near typical. "
            "Prices that move together spread the total more."
        )
        draws = figures().number(spread["draws"])
        return text.replace("%1", draws).replace("%2", str(spread["seed"]))


def _short(text: str) -> str:
    return text if len(text) <= _LETTERS else text[: _LETTERS - 1].rstrip() + "…"
