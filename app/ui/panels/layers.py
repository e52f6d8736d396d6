"""The layer list: what the map shows, with symbols, counts, legend, filter and opacity."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QSlider,
    QTreeWidgetItem,
    QWidget,
)

from app.model.conditions import parse_condition
from app.model.errors import InputError
from app.model.symbols import load_symbols
from app.model.tables import TABLES
from app.ui.icons import icon
from app.ui.labels import figures
from app.ui.map.showing import Showing, showing_from_json
from app.ui.panels.layer_tree import LayerTree
from app.ui.panels.parts import EmptyHint, column_layout, tool_button
from app.ui.session import Session
from app.ui.theme import GAP_PX, plain_label, theme_name, tip
from app.ui.translation import render

SETTING = "map_layers"
_KEEP_MS = 600


class LayersPanel(QWidget):
    """Layers from the topmost down; ticking shows, dragging orders, the slider fades one.

    What is set is kept with the project.
    """

    visibility_changed = Signal(str, bool)
    opacity_changed = Signal(str, float)
    showing_changed = Signal(object)
    zoom_wanted = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.showing = Showing(hidden=frozenset(session.settings.hidden_layers))
        self.tree = LayerTree()
        hint = self.tr("No layers yet: drop files into the window, or import them.")
        EmptyHint(self.tree, hint)
        self.tree.setAccessibleName(self.tr("Layers"))
        self.tree.ticked.connect(self._ticked)
        self.tree.symbols_ticked.connect(self._symbols_ticked)
        self.tree.moved.connect(self._ordered)
        self.tree.currentItemChanged.connect(self._show_current)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.customContextMenuRequested.connect(self._show_menu)
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(10, 100)
        self._slider.setValue(100)
        self._slider.setAccessibleName(self.tr("Opacity of the layer"))
        self._slider.valueChanged.connect(self._faded)
        self._share = plain_label("", is_muted=True, wraps=False)
        self._share.setMinimumWidth(self._share.fontMetrics().horizontalAdvance("100 %") + 4)
        self._share.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.filter_box = QLineEdit()
        self.filter_box.setClearButtonEnabled(True)
        self.filter_box.setPlaceholderText(self.tr("Only: status = 'proposed'"))
        self.filter_box.setAccessibleName(self.tr("Filter of the layer"))
        self.filter_box.setToolTip(self.tr("Condition on the rows of the layer that are shown"))
        self.filter_box.editingFinished.connect(self._filtered)
        self.filter_box.textChanged.connect(self._filter_typed)
        self._keep = QTimer(self)
        self._keep.setSingleShot(True)
        self._keep.setInterval(_KEEP_MS)
        self._keep.timeout.connect(self._store)
        self._arrange()
        session.project_changed.connect(self._forget)
        session.changed.connect(lambda _tables: self.refresh())
        self.refresh()

    def refresh(self) -> None:
        """Fill the list with the tables of the present network."""
        self.tree.fill(self._session.network, load_symbols(theme_name()), self.showing)
        self._show_current()

    def hidden(self) -> list[str]:
        """Return the layers that are not ticked."""
        return sorted(self.showing.hidden)

    def is_shown(self, table: str) -> bool:
        """Return whether a layer is ticked."""
        return table not in self.showing.hidden

    def set_filter(self, table: str, text: str) -> None:
        """Show only rows that meet a condition; '' shows all. Raises `InputError`."""
        if text.strip():
            parse_condition(text, TABLES[table])
        self._change(self.showing.with_filter(table, text))
        self.refresh()

    def show_only(self, table: str) -> None:
        """Switch every other layer off."""
        self._change(self.showing.with_only(table, self.tree.tables()))
        self.refresh()

    def show_all(self) -> None:
        """Switch every layer on, without filters."""
        self._change(Showing(order=self.showing.order, opacity=self.showing.opacity))
        self.refresh()

    def _arrange(self) -> None:
        layout = column_layout(self)
        layout.addWidget(self.tree, 1)
        bar = QHBoxLayout()
        bar.setSpacing(2)
        bar.addWidget(self.filter_box, 1)
        self._buttons = [
            tool_button(self.tr("Move the layer up (Alt+Up)"), "layer-up", self._up),
            tool_button(self.tr("Move the layer down (Alt+Down)"), "layer-down", self._down),
            tool_button(self.tr("Show the whole layer"), "zoom-all", self._zoom),
        ]
        for made in self._buttons:
            bar.addWidget(made)
        layout.addLayout(bar)
        row = QHBoxLayout()
        row.setSpacing(GAP_PX)
        label = QLabel(self.tr("Opacity"))
        label.setBuddy(self._slider)
        row.addWidget(label)
        row.addWidget(self._slider, 1)
        row.addWidget(self._share)
        layout.addLayout(row)
        for keys, slot in (("Alt+Up", self._up), ("Alt+Down", self._down)):
            shortcut = QShortcut(QKeySequence(keys), self.tree)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(slot)

    # -- what the hand does ------------------------------------------------------------------

    def _ticked(self, table: str, is_shown: bool) -> None:
        if is_shown != self.is_shown(table):
            self._change(self.showing.with_table(table, is_shown))
            self.visibility_changed.emit(table, is_shown)

    def _symbols_ticked(self, table: str, keys: frozenset[str], is_shown: bool) -> None:
        hidden = self.showing.symbols.get(table, frozenset())
        self._change(self.showing.with_symbols(table, hidden - keys if is_shown else hidden | keys))

    def _ordered(self, tables: list[str]) -> None:
        """Take the order of the list, which may lack empty tables, topmost first."""
        known = [style.table for style in load_symbols(theme_name()).ordered()]
        order = Showing(order=tuple(reversed(tables))).ordered(known)
        self._change(self.showing.with_order(order))

    def _up(self) -> None:
        self.tree.move_current(-1)

    def _down(self) -> None:
        self.tree.move_current(1)

    def _zoom(self) -> None:
        table = self.tree.current_table()
        if table:
            self.zoom_wanted.emit(table)

    def _faded(self, percent: int) -> None:
        table = self.tree.current_table()
        if table:
            self._share.setText(figures().percent(percent / 100))
            self._change(self.showing.with_opacity(table, percent / 100))
            self.opacity_changed.emit(table, percent / 100)

    def _filter_typed(self, text: str) -> None:
        if not text and self.filter_box.hasFocus():
            self._filtered()

    def _filtered(self) -> None:
        table, text = self.tree.current_table(), self.filter_box.text().strip()
        if not table or text == self.showing.filters.get(table, ""):
            self._tell_fault("")
            return
        try:
            self.set_filter(table, text)
        except InputError as error:
            self._tell_fault(render(error.message))
        else:
            self._tell_fault("")

    def _tell_fault(self, text: str) -> None:
        self.filter_box.setProperty("error", bool(text))
        self.filter_box.style().polish(self.filter_box)
        usual = self.tr("Condition on the rows of the layer that are shown")
        self.filter_box.setToolTip(tip(text or usual))
        if text:
            self._session.told.emit("warning", text)

    def _show_current(self) -> None:
        table = self.tree.current_table()
        for control in (self._slider, self.filter_box, *self._buttons):
            control.setEnabled(bool(table))
        self._slider.blockSignals(True)
        self._slider.setValue(round(self.showing.opacity.get(table, 1.0) * 100))
        self._slider.blockSignals(False)
        self._share.setText(figures().percent(self._slider.value() / 100))
        if not self.filter_box.hasFocus():
            self.filter_box.setText(self.showing.filters.get(table, ""))
            self.filter_box.setCursorPosition(0)

    def _show_menu(self, at: QPoint) -> None:
        item: QTreeWidgetItem | None = self.tree.itemAt(at)
        if item is None:
            return
        self.tree.setCurrentItem(item)
        table = self.tree.current_table()
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        lines: list[tuple[str, str, Callable[[], None]]] = [
            (self.tr("Show the whole layer"), "zoom-all", self._zoom),
            (self.tr("Show only this layer"), "layers", lambda: self.show_only(table)),
            (self.tr("Show all layers"), "layers", self.show_all),
            (self.tr("Filter…"), "filter", self.filter_box.setFocus),
            (self.tr("Move up"), "layer-up", self._up),
            (self.tr("Move down"), "layer-down", self._down),
        ]
        for text, name, slot in lines:
            menu.addAction(icon(name), text).triggered.connect(lambda _on=False, run=slot: run())
        menu.popup(self.tree.viewport().mapToGlobal(at))

    # -- what is kept ------------------------------------------------------------------------

    def _change(self, showing: Showing) -> None:
        if showing == self.showing:
            return
        self.showing = showing
        self._session.settings.hidden_layers = showing.hidden
        self.showing_changed.emit(showing)
        if self._session.is_open:
            self._keep.start()

    def _store(self) -> None:
        stored = self.showing.as_json()
        self._session.ask(lambda project: project.set_setting(SETTING, stored), _ignore)

    def _forget(self) -> None:
        """Show another project as it was shown last."""
        self._keep.stop()
        self.showing = Showing(hidden=frozenset(self._session.settings.hidden_layers))
        self.showing_changed.emit(self.showing)
        self.refresh()
        network = self._session.network

        def take(stored: object) -> None:
            known = showing_from_json(stored)
            if known is not None and self._session.network is network:
                self.showing = known
                self.showing_changed.emit(known)
                self.refresh()

        self._session.ask(lambda project: project.setting(SETTING), take)


def _ignore(_: object) -> None:
    """Take a result that nobody needs."""
