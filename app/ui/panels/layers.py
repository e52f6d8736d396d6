"""The layer list: what the map shows, with symbols, counts, legend and opacity."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSlider,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from app.model.frames import plain
from app.model.symbols import LayerStyle, load_symbols
from app.ui.labels import figures, table_label
from app.ui.panels.parts import column_layout
from app.ui.panels.swatches import SIZE_PX, swatch
from app.ui.session import Session
from app.ui.theme import GAP_PX, plain_label, theme_name
from app.ui.translation import translate_text

_TABLE = Qt.ItemDataRole.UserRole


class LayersPanel(QWidget):
    """Layers from the topmost down; ticking shows, the slider fades the current one."""

    visibility_changed = Signal(str, bool)
    opacity_changed = Signal(str, float)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._hidden = set(session.settings.hidden_layers)
        self._opacity: dict[str, float] = {}
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(self.tr("Layers"))
        self.tree.setColumnCount(2)
        self.tree.setMinimumWidth(self.fontMetrics().horizontalAdvance("n") * 24)
        self.tree.setHeaderHidden(True)
        self.tree.setIconSize(QSize(SIZE_PX, SIZE_PX))
        self.tree.setIndentation(16)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.itemChanged.connect(self._ticked)
        self.tree.currentItemChanged.connect(self._show_opacity)
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(10, 100)
        self._slider.setValue(100)
        self._slider.setAccessibleName(self.tr("Opacity of the layer"))
        self._slider.valueChanged.connect(self._faded)
        self._share = plain_label("", is_muted=True, wraps=False)
        self._share.setMinimumWidth(self._share.fontMetrics().horizontalAdvance("100 %") + 4)
        self._share.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._arrange()
        session.project_changed.connect(self._forget)
        session.changed.connect(lambda _tables: self.refresh())
        self.refresh()

    def refresh(self) -> None:
        """Fill the list with the tables of the present network."""
        open_tables = {
            item.data(0, _TABLE)
            for item in map(self.tree.topLevelItem, range(self.tree.topLevelItemCount()))
            if item is not None and item.isExpanded()
        }
        # the first time the legend of the sites lies open, as a hint that there is one
        open_tables |= {"sites"} if not self.tree.topLevelItemCount() else set()
        self.tree.blockSignals(True)
        self.tree.clear()
        for style in reversed(load_symbols(theme_name()).ordered()):
            if len(self._session.network.table(style.table)):
                item = self._layer_item(style)
                self.tree.addTopLevelItem(item)
                item.setExpanded(style.table in open_tables)
        self.tree.blockSignals(False)
        self._show_opacity()

    def hidden(self) -> list[str]:
        """Return the layers that are not ticked."""
        return sorted(self._hidden)

    def is_shown(self, table: str) -> bool:
        """Return whether a layer is ticked."""
        return table not in self._hidden

    def _arrange(self) -> None:
        layout = column_layout(self)
        layout.addWidget(self.tree, 1)
        row = QHBoxLayout()
        row.setSpacing(GAP_PX)
        label = QLabel(self.tr("Opacity"))
        label.setBuddy(self._slider)
        row.addWidget(label)
        row.addWidget(self._slider, 1)
        row.addWidget(self._share)
        layout.addLayout(row)

    def _layer_item(self, style: LayerStyle) -> QTreeWidgetItem:
        frame = self._session.network.table(style.table)
        item = QTreeWidgetItem([table_label(style.table), figures().number(len(frame))])
        item.setData(0, _TABLE, style.table)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        state = Qt.CheckState.Checked if self.is_shown(style.table) else Qt.CheckState.Unchecked
        item.setCheckState(0, state)
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        theme = theme_name()
        if style.column is None:
            item.setIcon(0, swatch(style.table, None, theme))
            return item
        counts = frame[style.column].astype(object).map(plain).value_counts(dropna=False)
        shares: dict[str, tuple[object, int]] = {}
        for value, count in counts.items():
            label = translate_text("core", style.symbol(value).label)
            known = shares.get(label, (value, 0))
            shares[label] = (known[0], known[1] + int(count))
        ranks = {label: rank for rank, label in enumerate(self._legend(style))}
        for label in sorted(shares, key=lambda name: (ranks.get(name, 99), name)):
            value, count = shares[label]
            child = QTreeWidgetItem([label, figures().number(count)])
            child.setIcon(0, swatch(style.table, value, theme))
            child.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.addChild(child)
        first = next(iter(sorted(shares, key=lambda name: ranks.get(name, 99))), None)
        item.setIcon(0, swatch(style.table, shares[first][0] if first else None, theme))
        return item

    @staticmethod
    def _legend(style: LayerStyle) -> list[str]:
        return [
            translate_text("core", symbol.label)
            for symbol in (*style.symbols.values(), style.default)
        ]

    def _current(self) -> str:
        item = self.tree.currentItem()
        if item is None:
            return ""
        parent = item.parent()
        return str((parent or item).data(0, _TABLE) or "")

    def _ticked(self, item: QTreeWidgetItem, column: int) -> None:
        table = item.data(0, _TABLE)
        if column != 0 or not table:
            return
        is_shown = item.checkState(0) == Qt.CheckState.Checked
        if is_shown != self.is_shown(table):
            (self._hidden.discard if is_shown else self._hidden.add)(table)
            self._session.settings.hidden_layers = self._hidden
            self.visibility_changed.emit(table, is_shown)

    def _show_opacity(self) -> None:
        table = self._current()
        self._slider.setEnabled(bool(table))
        self._slider.blockSignals(True)
        self._slider.setValue(round(self._opacity.get(table, 1.0) * 100))
        self._slider.blockSignals(False)
        self._share.setText(figures().percent(self._slider.value() / 100))

    def _faded(self, percent: int) -> None:
        table = self._current()
        if table:
            self._opacity[table] = percent / 100
            self._share.setText(figures().percent(percent / 100))
            self.opacity_changed.emit(table, percent / 100)

    def _forget(self) -> None:
        for table in sorted(self._opacity):
            self.opacity_changed.emit(table, 1.0)
        self._opacity.clear()
        self.refresh()
