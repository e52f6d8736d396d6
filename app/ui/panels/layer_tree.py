"""The tree of layers and their legends: ticked, dragged, and filled from the network."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from app.model.conditions import parse_condition
from app.model.frames import plain
from app.model.network import Network
from app.model.symbols import LayerStyle, SymbolSet
from app.model.tables import TABLES
from app.ui.labels import figures, table_label
from app.ui.map.showing import Showing, symbol_key
from app.ui.panels.swatches import SIZE_PX, swatch
from app.ui.theme import theme_name
from app.ui.translation import translate_text

_TABLE = Qt.ItemDataRole.UserRole
_KEYS = Qt.ItemDataRole.UserRole + 1
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_Flag = Qt.ItemFlag


class LayerTree(QTreeWidget):
    """Layers, topmost first; below each its symbols that occur. Layers can be dragged.

    ``ticked`` carries a table and whether it shows, ``symbols_ticked`` also the keys of symbols,
    ``moved`` the tables in their new order, topmost first.
    """

    ticked = Signal(str, bool)
    symbols_ticked = Signal(str, object, bool)
    moved = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setColumnCount(2)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("n") * 24)
        self.setHeaderHidden(True)
        self.setIconSize(QSize(SIZE_PX, SIZE_PX))
        self.setIndentation(16)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDropIndicatorShown(True)
        self.invisibleRootItem().setFlags(_Flag.ItemIsEnabled | _Flag.ItemIsDropEnabled)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.itemChanged.connect(self._changed)

    def tables(self) -> list[str]:
        """Return the tables, topmost first."""
        return [str(item.data(0, _TABLE)) for item in self._layers()]

    def current_table(self) -> str:
        """Return the table of the current line, or ''."""
        item = self.currentItem()
        return "" if item is None else str((item.parent() or item).data(0, _TABLE) or "")

    def move_current(self, step: int) -> None:
        """Move the current layer down by ``step`` places, up when it is negative."""
        table = self.current_table()
        tables = self.tables()
        if not table:
            return
        place = tables.index(table) + step
        if 0 <= place < len(tables):
            item = self.topLevelItem(tables.index(table))
            assert item is not None
            is_open = item.isExpanded()
            self.takeTopLevelItem(tables.index(table))
            self.insertTopLevelItem(place, item)
            item.setExpanded(is_open)
            self.setCurrentItem(item)
            self.moved.emit(self.tables())

    def dropEvent(self, event: QDropEvent) -> None:
        """Take a layer that was dragged, and tell the new order."""
        opened = {self._table(item) for item in self._layers() if item.isExpanded()}
        super().dropEvent(event)
        for item in self._layers():
            item.setExpanded(self._table(item) in opened)
        self.moved.emit(self.tables())

    def fill(self, network: Network, symbols: SymbolSet, showing: Showing) -> None:
        """Show the tables of a network that hold anything; what was open stays open."""
        opened = {self._table(item) for item in self._layers() if item.isExpanded()}
        # the first time the legend of the sites lies open, as a hint that there is one
        opened |= {"sites"} if not self.topLevelItemCount() else set()
        current = self.current_table()
        self.blockSignals(True)
        self.clear()
        known = [style.table for style in symbols.ordered()]
        for table in reversed(showing.ordered(known)):
            if len(network.table(table)):
                item = self._layer_item(symbols.layers[table], network.table(table), showing)
                self.addTopLevelItem(item)
                item.setExpanded(table in opened)
                if table == current:
                    self.setCurrentItem(item)
        self.blockSignals(False)

    def _layers(self) -> list[QTreeWidgetItem]:
        found = (self.topLevelItem(number) for number in range(self.topLevelItemCount()))
        return [item for item in found if item is not None]

    @staticmethod
    def _table(item: QTreeWidgetItem) -> str:
        return str(item.data(0, _TABLE))

    def _layer_item(
        self, style: LayerStyle, frame: pd.DataFrame, showing: Showing
    ) -> QTreeWidgetItem:
        text = showing.filters.get(style.table, "")
        total = len(frame)
        if text:
            frame = frame[parse_condition(text, TABLES[style.table]).matches(frame)]
        count = figures().number(len(frame))
        shown = f"{count} / {figures().number(total)}" if text else count
        item = QTreeWidgetItem([table_label(style.table), shown])
        item.setData(0, _TABLE, style.table)
        item.setFlags(
            _Flag.ItemIsEnabled | _Flag.ItemIsSelectable | _Flag.ItemIsUserCheckable
            | _Flag.ItemIsDragEnabled
        )  # fmt: skip
        item.setCheckState(0, _state(style.table not in showing.hidden))
        item.setTextAlignment(1, _RIGHT)
        item.setToolTip(0, f"<qt>{self.tr('Only: %1')}</qt>".replace("%1", _escaped(text))
                        if text else "")  # fmt: skip
        if style.column is None:
            item.setIcon(0, swatch(style.table, None, theme_name()))
            return item
        self._add_legend(item, style, frame[style.column], showing)
        return item

    def _add_legend(
        self, item: QTreeWidgetItem, style: LayerStyle, values: pd.Series, showing: Showing
    ) -> None:
        hidden = showing.symbols.get(style.table, frozenset())
        entries = _legend(style, values.astype(object).value_counts(dropna=False))
        for label, (value, keys, count) in entries.items():
            child = QTreeWidgetItem([label, figures().number(count)])
            child.setData(0, _KEYS, sorted(keys))
            child.setFlags(_Flag.ItemIsEnabled | _Flag.ItemIsSelectable | _Flag.ItemIsUserCheckable)
            child.setCheckState(0, _state(not keys <= hidden))
            child.setIcon(0, swatch(style.table, value, theme_name()))
            child.setTextAlignment(1, _RIGHT)
            item.addChild(child)
        first = next(iter(entries.values()), None)
        item.setIcon(0, swatch(style.table, first[0] if first else None, theme_name()))

    def _changed(self, item: QTreeWidgetItem, column: int) -> None:
        if column != 0:
            return
        is_on = item.checkState(0) == Qt.CheckState.Checked
        parent = item.parent()
        if parent is None:
            self.ticked.emit(self._table(item), is_on)
        else:
            self.symbols_ticked.emit(self._table(parent), frozenset(item.data(0, _KEYS)), is_on)


_Entry = tuple[object, frozenset[str], int]


def _legend(style: LayerStyle, counts: pd.Series) -> Mapping[str, _Entry]:
    """Return value, keys and count by label, in the order of the styles file."""
    entries: dict[str, _Entry] = {}
    for stored, count in counts.items():
        value = plain(stored)
        label = translate_text("core", style.symbol(value).label)
        known = entries.get(label, (value, frozenset(), 0))
        keys = known[1] | {symbol_key(style, str(value))}
        entries[label] = (known[0], keys, known[2] + int(count))
    usual = [
        translate_text("core", symbol.label) for symbol in (*style.symbols.values(), style.default)
    ]
    ranks = {label: rank for rank, label in enumerate(usual)}
    order = sorted(entries, key=lambda name: (ranks.get(name, 99), name))
    return {label: entries[label] for label in order}


def _state(is_on: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
