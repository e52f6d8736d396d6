"""Every table of the project: sorted, filtered, edited in place, linked with map and selection."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd
from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from app.model.attributes import can_add, can_delete, set_cells, set_columns
from app.model.errors import InputError
from app.model.frames import plain
from app.model.schema import Column, Table
from app.model.tables import TABLES
from app.ui.dialogs.column_filter import ListFilter, RangeFilter
from app.ui.entering import copied_text, shown_text
from app.ui.labels import column_label, figures, table_label
from app.ui.panels.cells import CellDelegate, CellView, clipboard_cells, put_on_clipboard
from app.ui.panels.frame_model import FrameModel
from app.ui.panels.parts import EmptyHint, FittingLabel, column_layout, select_rows, tool_button
from app.ui.panels.table_columns import set_widths, view_columns
from app.ui.panels.table_filter import TableFilter
from app.ui.panels.table_menus import columns_menu, context_menu, header_menu
from app.ui.pasting import paste_label, pasted
from app.ui.session import Session, refusal_text
from app.ui.theme import GAP_PX, plain_label
from app.ui.titles import Titles

FIRST_TABLE = "sites"
_MOST_RANGES = 2000
"""Chosen rows that lie apart; more would take Qt seconds to mark."""

_LINK_MS = 60
_PREPARE_MS = 40


class TablesPanel(QWidget):
    """One table of the project at a time, its cells as a spreadsheet shows them.

    ``add_wanted`` carries the table, ``delete_wanted`` and ``form_wanted`` table and objects,
    ``export_wanted`` table, objects and columns in the order in which they are shown,
    ``layer_wanted`` the table and the condition that its layer shall have.
    """

    add_wanted = Signal(str)
    delete_wanted = Signal(str, object)
    form_wanted = Signal(str, object)
    export_wanted = Signal(str, object, object)
    layer_wanted = Signal(str, str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._titles = Titles(session.network)
        self._is_linking = False
        self._is_laid_out = False
        self.table: Table = TABLES[FIRST_TABLE]
        self.model = FrameModel(view_columns(self.table, lambda: self._titles), self)
        self.view = CellView(self.model, self.tr("Table"))
        hint = self.tr("Nothing to show: import a file, add a row, or clear the filter.")
        EmptyHint(self.view, hint)
        self.delegate = CellDelegate(self.column_at, lambda: self._titles, self)
        self.view.setItemDelegate(self.delegate)
        self.table_box = QComboBox()
        self.filter = TableFilter()
        self.summary = FittingLabel(Qt.AlignmentFlag.AlignRight)
        self.count = plain_label("", is_muted=True, wraps=False)
        self._linking = QTimer(self)
        self._linking.setSingleShot(True)
        self._linking.setInterval(_LINK_MS)
        self._preparing = QTimer(self)
        self._preparing.setInterval(_PREPARE_MS)
        self._preparing.timeout.connect(self._prepare)
        self._make_buttons()
        self._arrange()
        self._connect()
        self._fill_tables()
        self.show_table(FIRST_TABLE)

    # -- what is shown -----------------------------------------------------------------------

    def show_table(self, name: str) -> None:
        """Show another table, from its first row on, with the columns as they were left."""
        self._keep_layout()
        self.table = TABLES[name]
        self.table_box.setCurrentIndex(self.table_box.findData(name))
        self.filter.clear()
        self._is_linking = True
        self.model.set_columns(view_columns(self.table, lambda: self._titles), self._frame())
        self._restore_layout()
        self._is_linking = False
        self._narrow()
        self._preparing.start()
        self.add.setEnabled(can_add(name) and self._session.is_open)
        self.view.setAccessibleName(table_label(name))

    def refresh(self) -> None:
        """Show the present network; rows stay where they are while only values change."""
        self._titles = Titles(self._session.network)
        self._fill_tables()
        if not self.model.renew(self._frame()):
            self._is_linking = True
            self.model.set_frame(self._frame(), np.zeros(len(self._frame()), dtype=bool))
            self._is_linking = False
            self._narrow()
        self._tell()

    def column_at(self, number: int) -> Column:
        """Return the schema's column at a place of the model."""
        return self.table.columns[number]

    def number_of(self, name: str) -> int:
        """Return the place of a column in the model."""
        return self.table.column_names.index(name)

    def chosen(self) -> list[str]:
        """Return the objects in whose rows a cell is chosen, in their order."""
        return self.model.uids_at(self.view.chosen_rows())

    def keep(self) -> None:
        """Remember widths, order and choice of the columns."""
        self._keep_layout()

    def _frame(self) -> pd.DataFrame:
        return self._session.network.table(self.table.name)

    def _prepare(self) -> None:
        """Get ready for the first letter typed, a column at a time and only while in sight."""
        if not self.isVisible() or not self.model.prepare_next():
            self._preparing.stop()

    def showEvent(self, event: QShowEvent) -> None:
        """Go on with what waits until the panel is seen."""
        super().showEvent(event)
        self._preparing.start()

    # -- set up ------------------------------------------------------------------------------

    def _make_buttons(self) -> None:
        self.only = tool_button(self.tr("Only what is selected"), "select", self._narrow)
        self.only.setCheckable(True)
        self.columns = tool_button(self.tr("Choose columns"), "columns", self._show_columns)
        self.form = tool_button(
            self.tr("Open the form of what is selected"), "edit", self.open_form
        )
        self.add = tool_button(self.tr("Add a row"), "new", self._add)
        self.remove = tool_button(self.tr("Delete what is selected"), "delete", self.delete)
        self.copy = tool_button(
            self.tr("Copy for a spreadsheet"), "copy", lambda: self.copy_cells(with_headings=True)
        )
        self.export = tool_button(self.tr("Export the table as shown"), "export", self._export)

    def _arrange(self) -> None:
        self.table_box.setAccessibleName(self.tr("Table"))
        self.table_box.setMinimumContentsLength(14)
        self.table_box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.table_box.setMaxVisibleItems(30)
        row = QHBoxLayout()
        row.setSpacing(GAP_PX // 2)
        row.addWidget(self.table_box)
        row.addWidget(self.filter.box, 1)
        for part in (self.only, self.columns, self.form, self.add, self.remove, self.copy):
            row.addWidget(part)
        row.addWidget(self.export)
        low = QHBoxLayout()
        low.setSpacing(GAP_PX)
        low.addWidget(self.count)
        low.addWidget(self.summary, 1)
        layout = column_layout(self)
        layout.addLayout(row)
        layout.addLayout(self.filter.below())
        layout.addWidget(self.view, 1)
        layout.addLayout(low)

    def _connect(self) -> None:
        session, view = self._session, self.view
        self.table_box.activated.connect(lambda _at: self.show_table(self.table_box.currentData()))
        self.filter.changed.connect(self._narrow)
        self._linking.timeout.connect(self._link_to_session)
        view.selectionModel().selectionChanged.connect(lambda *_: self._chosen_changed())
        view.selectionModel().currentChanged.connect(lambda *_: self._tell())
        view.paste_wanted.connect(self.paste)
        view.clear_wanted.connect(self.clear_cells)
        view.copy_wanted.connect(lambda headings: self.copy_cells(with_headings=headings))
        view.customContextMenuRequested.connect(self._show_menu)
        view.horizontalHeader().customContextMenuRequested.connect(self._show_header_menu)
        self.model.modelReset.connect(self._link_from_session)
        self.model.edited.connect(self._edit)
        session.selection_changed.connect(self._selection_changed)
        session.project_changed.connect(self._start_anew)
        session.changed.connect(lambda _tables: self.refresh())

    def _fill_tables(self) -> None:
        self.table_box.blockSignals(True)
        self.table_box.clear()
        names = sorted(TABLES, key=lambda name: table_label(name).casefold())
        for name in names:
            rows = len(self._session.network.table(name))
            told = f"{table_label(name)} ({figures().number(rows)})" if rows else table_label(name)
            self.table_box.addItem(told, name)
        self.table_box.setCurrentIndex(self.table_box.findData(self.table.name))
        self.table_box.blockSignals(False)

    def _start_anew(self) -> None:
        self._titles = Titles(self._session.network)
        self._fill_tables()
        self.show_table(self.table.name)

    def _keep_layout(self) -> None:
        if not self._is_laid_out:
            return
        state = self.view.horizontalHeader().saveState()
        self._session.settings.set_layout(f"table_{self.table.name}", state)

    def _restore_layout(self) -> None:
        header = self.view.horizontalHeader()
        kept = self._session.settings.layout(f"table_{self.table.name}")
        # what another version kept has other columns: then all begin anew
        if kept.isEmpty() or not header.restoreState(kept):
            set_widths(self.view, self.table)
        self._is_laid_out = True

    # -- filter and columns ------------------------------------------------------------------

    def _narrow(self) -> None:
        passing = self.filter.passing(self.model, self.table)
        if passing is None:
            return
        if self.only.isChecked():
            chosen = self._session.selection.get(self.table.name, frozenset())
            passing &= self.model.frame.index.isin(list(chosen))
        self._is_linking = True
        self.model.set_mask(passing)
        self._is_linking = False
        self._link_from_session()
        self._tell()

    def filter_column(self, name: str) -> None:
        """Ask for the values or the range that a column shall have."""
        column = self.table.column(name)
        dialog: ListFilter | RangeFilter
        if column.is_numeric:
            dialog = RangeFilter(column, self)
        else:
            cells = self.model.frame[name].astype(object).map(plain)
            counts = cells.value_counts(dropna=False)
            pairs = [(plain(value), int(count)) for value, count in counts.items()]
            text = partial(shown_text, column, titles=self._titles)
            dialog = ListFilter(column, pairs, text, self)
        dialog.accepted.connect(
            lambda: self.filter.set_condition(name, dialog.condition, dialog.told)
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _show_columns(self) -> None:
        menu = columns_menu(self)
        menu.exec(self.columns.mapToGlobal(QPoint(0, self.columns.height())))
        menu.deleteLater()

    def show_column(self, number: int, is_shown: bool) -> None:
        """Show or hide a column."""
        # a table without columns could not be brought back by its header
        if is_shown or len(self.view.visible_columns()) > 1:
            self.view.setColumnHidden(number, not is_shown)

    def reset_columns(self) -> None:
        """Put the columns back as they were at first."""
        header = self.view.horizontalHeader()
        for number in range(header.count()):
            header.moveSection(header.visualIndex(number), number)
        set_widths(self.view, self.table)

    def _show_header_menu(self, place: QPoint) -> None:
        number = self.view.horizontalHeader().logicalIndexAt(place)
        if number >= 0:
            menu = header_menu(self, number)
            menu.exec(self.view.horizontalHeader().mapToGlobal(place))
            menu.deleteLater()

    # -- selection ---------------------------------------------------------------------------

    def _chosen_changed(self) -> None:
        if not self._is_linking:
            self._linking.start()
        self._tell()

    def _link_to_session(self) -> None:
        self._linking.stop()
        name = self.table.name
        chosen = {uid: uids for uid, uids in self._session.selection.items() if uid != name}
        self._is_linking = True
        self._session.select({**chosen, name: self.chosen()})
        self._is_linking = False

    def _selection_changed(self) -> None:
        if self.only.isChecked() and not self._is_linking:
            self._narrow()
        self._link_from_session()

    def _link_from_session(self) -> None:
        if self._is_linking:
            return
        wanted = self.model.rows_of(self._session.selection.get(self.table.name, frozenset()))
        if wanted == self.view.chosen_rows():
            return
        breaks = int(np.count_nonzero(np.diff(wanted) > 1)) if len(wanted) > 1 else 0
        self._is_linking = True
        select_rows(self.view, wanted if breaks < _MOST_RANGES else wanted[:_MOST_RANGES])
        self._is_linking = False
        self._tell()

    # -- figures -----------------------------------------------------------------------------

    def _tell(self) -> None:
        shown, total = figures().number(self.model.rowCount()), figures().number(self.model.total)
        rows = self.view.chosen_rows()
        text = self.tr("%1 of %2 shown").replace("%1", shown).replace("%2", total)
        if rows:
            chosen = self.tr("%1 selected").replace("%1", figures().number(len(rows)))
            text = f"{text} · {chosen}"
        self.count.setText(text)
        self.summary.setText(self.summary_text())

    def summary_text(self) -> str:
        """Return sum, mean, least and most of what is chosen in the current column."""
        current = self.view.currentIndex()
        number = current.column() if current.isValid() else self._first_amount()
        if number is None or not self.column_at(number).is_numeric:
            return ""
        rows = self.view.rows_chosen_in(number)
        rows = rows if len(rows) > 1 else list(range(self.model.rowCount()))
        values = self.model.numbers_at(rows, number)
        values = values[~np.isnan(values)]
        if not len(values):
            return ""
        parts = (
            (self.tr("sum"), float(values.sum())),
            (self.tr("mean"), float(values.mean())),
            (self.tr("least"), float(values.min())),
            (self.tr("most"), float(values.max())),
        )
        told = " · ".join(f"{name} {figures().quantity(value)}" for name, value in parts)
        count = self.tr("%n value(s)", "", len(values))
        return f"{column_label(self.column_at(number))}: {count} · {told}"

    def _first_amount(self) -> int | None:
        amounts = (
            number
            for number in self.view.visible_columns()
            if self.column_at(number).is_numeric and self.column_at(number).unit
        )
        return next(amounts, None)

    # -- changes -----------------------------------------------------------------------------

    def _edit(self, uid: str, column: str, value: object) -> None:
        name = self.table.name
        self._session.edit(lambda network: set_columns(network, name, [uid], {column: value}))

    def paste(self, texts: list[list[str]]) -> None:
        """Put copied cells into the table, from the first chosen cell on; one value fills all."""
        rows, columns = self.view.chosen_rows(), self.view.chosen_columns()
        if not texts or not rows or not columns:
            return
        name = self.table.name
        is_single = len(texts) == 1 and len(texts[0]) == 1
        if is_single:
            texts = [texts[0] * len(columns)] * len(rows)
            uids = self.model.uids_at(rows)
        else:
            uids = self.model.uids()[rows[0] :]
            columns = self.view.columns_from(columns[0])
        try:
            cells = pasted(name, texts, uids, [self.column_at(n) for n in columns], self._titles)
            label = paste_label(name, cells)
            changes = set_cells(self._session.network, name, cells, label)
        except InputError as error:
            self._session.told.emit("warning", refusal_text(error))
            return
        self._session.do(None, changes)

    def clear_cells(self) -> None:
        """Empty the chosen cells."""
        self.paste([[""]])

    def copy_cells(self, *, with_headings: bool = False) -> None:
        """Put the chosen cells on the clipboard, or all shown when there is at most one."""
        rows, columns = self.view.chosen_rows(), self.view.chosen_columns()
        if with_headings and len(rows) < 2:
            rows, columns = list(range(self.model.rowCount())), self.view.visible_columns()
        titles = self._titles
        cells = [
            [copied_text(self.column_at(n), self.model.cell(row, n), titles) for n in columns]
            for row in rows
        ]
        if with_headings:
            cells.insert(0, [column_label(self.column_at(number)) for number in columns])
        if cells:
            put_on_clipboard(cells)
            told = self.tr("%n row(s) copied", "", len(rows))
            self._session.told.emit("info", told)

    # -- menu --------------------------------------------------------------------------------

    def _show_menu(self, place: QPoint) -> None:
        menu = context_menu(self)
        menu.exec(self.view.viewport().mapToGlobal(place))
        menu.deleteLater()

    def paste_here(self) -> None:
        """Paste what the clipboard holds."""
        self.view.paste_wanted.emit(clipboard_cells())

    def narrow_layer(self) -> None:
        """Let the map show only the rows that meet the conditions."""
        self.layer_wanted.emit(self.table.name, self.filter.where(self.table))

    def select_shown(self) -> None:
        """Select every row that is shown."""
        self._session.select({self.table.name: self.model.uids()})

    def zoom(self) -> None:
        """Show the chosen rows on the map."""
        self._link_to_session()
        uids = self._session.selection.get(self.table.name)
        if uids:
            self._session.zoom_requested.emit({self.table.name: uids})

    def open_form(self) -> None:
        """Ask for the form of the chosen rows."""
        if self.chosen():
            self._link_to_session()
            self.form_wanted.emit(self.table.name, self.chosen())

    def _add(self) -> None:
        self.add_wanted.emit(self.table.name)

    def delete(self) -> None:
        """Ask for the deletion of the chosen rows."""
        if self.chosen() and can_delete(self.table.name):
            self.delete_wanted.emit(self.table.name, self.chosen())

    def _export(self) -> None:
        columns = [self.column_at(number).name for number in self.view.visible_columns()]
        self.export_wanted.emit(self.table.name, self.model.uids(), columns)
