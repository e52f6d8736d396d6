"""The prices panel: lists with their versions, the items of one, and another beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QIcon, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QMenu,
    QSplitter,
    QWidget,
)

from app.ui.icons import icon
from app.ui.labels import code_label, figures, language, sentence_text
from app.ui.panels.frame_model import FrameModel, ViewColumn
from app.ui.panels.parts import (
    EmptyHint,
    FittingLabel,
    button,
    column_layout,
    make_table,
    selected_rows,
)
from app.ui.theme import GAP_PX, colors

Row = Mapping[str, Any]

_LEFT_SHARE, _RIGHT_SHARE = 2, 3
_LEFT_PX, _RIGHT_PX = 300, 520
_CODE_PX, _NAME_PX, _TEXT_PX = 110, 130, 170
_PLANS_NAMED = 3
_LETTERS = 11
_ITEM_COLUMNS = (
    "code", "text", "typical_eur", "unit", "other_eur", "ratio", "range", "is_placeholder",
)  # fmt: skip


class PricesPanel(QWidget):
    """Shows what it is given; what the user wants of it goes out as signals with uids."""

    list_wanted = Signal(str, str)
    """Carries the list to show and the one to set beside it, or ''."""
    import_wanted = Signal()
    index_wanted = Signal(str)
    use_wanted = Signal(str)
    export_wanted = Signal(str)
    delete_wanted = Signal(str)
    reprice_wanted = Signal(str)
    reference_wanted = Signal()
    rules_wanted = Signal()
    seen = Signal()
    edit_wanted = Signal(str, object)
    """Carries the list and the row of the item to change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[str, Row] = {}
        self._items: dict[str, Row] = {}
        self.lists = FrameModel(self._list_columns(), self)
        self.lists_table = make_table(self.lists, self.tr("Price lists"), is_multiple=False)
        self.items = FrameModel(self._item_columns(), self)
        self.items_table = make_table(self.items, self.tr("Items"), is_multiple=False)
        EmptyHint(self.lists_table, self.tr("No price list yet: import one."))
        EmptyHint(self.items_table, self.tr("Choose a price list to see its items."))
        self.take_in = button(self.tr("Import…"), "import")
        self.use = button(self.tr("Use"), "accept")
        self.use.setToolTip(self.tr("Use for new plans"))
        self.more = button(self.tr("More"))
        self.menu = QMenu(self.more)
        self.more.setMenu(self.menu)
        self.index = self._entry(self.tr("Prices of another year…"), "history")
        self.reprice = self._entry(self.tr("Price the chosen plan with this list"), "preview")
        self.hand_out = self._entry(self.tr("Export…"), "export")
        self.delete = self._entry(self.tr("Delete"), "delete")
        self.menu.addSeparator()
        self.reference = self._entry(self.tr("Add the newest reference prices"), "new")
        self.rules = self._entry(self.tr("Cost rules…"), "settings")
        self.edit = button(self.tr("Change…"), "edit")
        self.beside = QComboBox()
        self.beside.setAccessibleName(self.tr("Compare with"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Code or text"))
        self.search.setAccessibleName(self.tr("Search items"))
        self.search.setClearButtonEnabled(True)
        self.state = FittingLabel()
        self._arrange()
        self._connect()
        self._tell()

    @property
    def chosen(self) -> str:
        """The ``uid`` of the chosen list, or ''."""
        rows = selected_rows(self.lists_table)
        return self.lists.uid_at(rows[0]) if rows else ""

    def show_lists(self, rows: Sequence[Row], *, is_reference_newer: bool) -> None:
        """Show the lists; the chosen one stays, at first the one in use."""
        kept = self.chosen
        self._rows = {str(row["uid"]): row for row in rows}
        columns = ["name", "version", "year", "placeholders", "is_current"]
        assumed = self.tr("%1/%2")
        shown = [
            {
                **row,
                "placeholders": assumed.replace("%1", str(row["placeholders"])).replace(
                    "%2", str(row["items"])
                ),
            }
            for row in rows
        ]  # fmt: skip
        frame = pd.DataFrame(
            [[row[name] for name in columns] for row in shown], columns=columns,
            index=list(self._rows), dtype=object,
        )  # fmt: skip
        self.lists.set_frame(frame)
        self.reference.setVisible(is_reference_newer)
        self._fit()
        self._fill_beside()
        current = next((uid for uid, row in self._rows.items() if row["is_current"]), "")
        wanted = kept if kept in self._rows else current
        if wanted:
            self.lists_table.selectRow(self.lists.rows_of([wanted])[0])
        else:
            self.show_items([], {})
        self._tell()

    def show_items(self, rows: Sequence[Row], other: Mapping[str, float | None]) -> None:
        """Show the items of the chosen list, and beside them the ``other`` prices by code."""
        self._items = {str(row["uid"]): row for row in rows}
        frame = pd.DataFrame(
            [_item(row, other) for row in rows], columns=_ITEM_COLUMNS, index=list(self._items),
            dtype=object,
        )  # fmt: skip
        self.items.set_frame(frame)
        for name in ("other_eur", "ratio"):
            self.items_table.setColumnHidden(_ITEM_COLUMNS.index(name), not other)
        self._filter()
        self._tell()
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Say that somebody looks."""
        super().showEvent(event)
        self.seen.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the texts what the other columns leave, but never nothing."""
        super().resizeEvent(event)
        self._fit()

    def code_shown(self, row: int) -> str:
        """Return the code of an item in the table."""
        return str(self._items[self.items.uid_at(row)]["code"])

    # -- inside ------------------------------------------------------------------------------

    def _list_columns(self) -> list[ViewColumn]:
        return [
            ViewColumn(
                "name",
                self.tr("Price list"),
                icon=self._mark,
                icon_from="is_current",
                tip=self.tr("The marked one is used for new plans"),
            ),
            ViewColumn("version", self.tr("Ver."), is_number=True, tip=self.tr("Version")),
            ViewColumn("year", self.tr("Year"), is_number=True),
            ViewColumn(
                "placeholders",
                self.tr("Assumed"),
                is_number=True,
                tip=self.tr("Prices without a verified source"),
            ),
        ]

    def _item_columns(self) -> list[ViewColumn]:
        def euro(value: Any) -> str:
            return "" if value is None else figures().euro(value, 2)

        def ratio(value: Any) -> str:
            return "" if value is None else figures().number(value, 2)

        return [
            ViewColumn("code", self.tr("Code")),
            ViewColumn("text", self.tr("Item")),
            ViewColumn("typical_eur", self.tr("Typical"), euro, is_number=True),
            ViewColumn("unit", self.tr("Unit"), code_label),
            ViewColumn("other_eur", self.tr("Other list"), euro, is_number=True),
            ViewColumn("ratio", self.tr("Ratio"), ratio, is_number=True),
            ViewColumn("range", self.tr("Range"), is_number=True),
            ViewColumn("is_placeholder", self.tr("Assumed"), self._yes),
        ]

    @staticmethod
    def _mark(is_current: object) -> QIcon:
        return icon("check", colors().accent) if is_current else QIcon()

    def _yes(self, value: Any) -> str:
        return self.tr("Yes") if value else ""

    def _arrange(self) -> None:
        left, right = QWidget(), QWidget()
        lists = column_layout(left, margin_px=0)
        lists.addLayout(_row(self.take_in, self.use, self.more))
        lists.addWidget(self.lists_table, 1)
        items = column_layout(right, margin_px=0)
        top = QHBoxLayout()
        top.setSpacing(GAP_PX)
        top.addWidget(self.search, 1)
        top.addWidget(self.beside, 1)
        items.addLayout(top)
        items.addWidget(self.items_table, 1)
        foot = QHBoxLayout()
        foot.setSpacing(GAP_PX)
        foot.addWidget(self.state, 1)
        foot.addWidget(self.edit)
        items.addLayout(foot)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(left)
        self.splitter.addWidget(right)
        self.splitter.setSizes([_LEFT_PX, _RIGHT_PX])
        self.splitter.setStretchFactor(0, _LEFT_SHARE)
        self.splitter.setStretchFactor(1, _RIGHT_SHARE)
        column_layout(self).addWidget(self.splitter)
        self.beside.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.beside.setMinimumContentsLength(_LETTERS)
        for table, stretched in ((self.lists_table, 0), (self.items_table, 1)):
            header = table.horizontalHeader()
            header.setStretchLastSection(False)
            for number in range(table.model().columnCount()):
                mode = QHeaderView.ResizeMode.ResizeToContents
                header.setSectionResizeMode(number, mode)
            header.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Interactive)
        header = self.items_table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(0, _CODE_PX)

    def _fit(self) -> None:
        for table, column, least in (
            (self.lists_table, 0, _NAME_PX), (self.items_table, 1, _TEXT_PX),
        ):  # fmt: skip
            count = table.model().columnCount()
            others = sum(table.columnWidth(at) for at in range(count) if at != column)
            table.setColumnWidth(column, max(least, table.viewport().width() - others))

    def _connect(self) -> None:
        self.splitter.splitterMoved.connect(lambda *_: self._fit())
        self.use.clicked.connect(lambda _checked=False: self.use_wanted.emit(self.chosen))
        self.take_in.clicked.connect(lambda _checked=False: self.import_wanted.emit())
        for entry, signal in (
            (self.index, self.index_wanted), (self.hand_out, self.export_wanted),
            (self.delete, self.delete_wanted), (self.reprice, self.reprice_wanted),
        ):  # fmt: skip
            entry.triggered.connect(lambda _checked=False, s=signal: s.emit(self.chosen))
        self.reference.triggered.connect(lambda _checked=False: self.reference_wanted.emit())
        self.rules.triggered.connect(lambda _checked=False: self.rules_wanted.emit())
        self.edit.clicked.connect(lambda _checked=False: self._want_edit())
        self.items_table.doubleClicked.connect(lambda _index: self._want_edit())
        self.lists_table.selectionModel().selectionChanged.connect(lambda *_: self._list_chosen())
        self.items_table.selectionModel().selectionChanged.connect(lambda *_: self._tell())
        self.beside.activated.connect(lambda _index: self._list_chosen())
        self.search.textChanged.connect(lambda _text: self._filter())

    def _fill_beside(self) -> None:
        kept = self.beside.currentData()
        self.beside.clear()
        self.beside.addItem(self.tr("Compare with…"), "")
        for uid, row in self._rows.items():
            self.beside.addItem(f"{row['name']} ({row['version']})", uid)
        self.beside.setCurrentIndex(max(0, self.beside.findData(kept)))

    def _list_chosen(self) -> None:
        if self.chosen:
            other = str(self.beside.currentData() or "")
            self.list_wanted.emit(self.chosen, "" if other == self.chosen else other)
        self._tell()

    def _filter(self) -> None:
        self.items.set_mask(self.items.holding(self.search.text().strip().casefold()))

    def _want_edit(self) -> None:
        rows = selected_rows(self.items_table)
        if rows and self.chosen:
            self.edit_wanted.emit(self.chosen, self._items[self.items.uid_at(rows[0])])

    def _tell(self) -> None:
        """Enable what the chosen list allows, and say what it is."""
        row = self._rows.get(self.chosen)
        self.use.setEnabled(row is not None)
        for entry in (self.index, self.hand_out, self.delete, self.reprice):
            entry.setEnabled(row is not None)
        self.edit.setEnabled(row is not None and bool(selected_rows(self.items_table)))
        if row is None:
            self.state.setText("")
            return
        self.use.setEnabled(not row["is_current"])
        self.delete.setEnabled(not row["plans"] and len(self._rows) > 1)
        parts = [self._source(row)]
        if row["index_factor"] is not None:
            indexed = self.tr("Every price × %1, after %2")
            factor = figures().number(row["index_factor"], 4)
            parts.append(indexed.replace("%1", factor).replace("%2", str(row["index_source"])))
        if row["plans"]:
            told = self.tr("Priced with it: %1; a change makes a new version.")
            parts.append(told.replace("%1", ", ".join(row["plans"][:_PLANS_NAMED])))
        if not row["is_newest_rules"] and not row["missing"]:
            parts.append(self.tr("It was made for older cost rules, with fewer items."))
        if row["missing"]:
            lacking = self.tr("Items that plans need are missing: %1")
            parts.append(lacking.replace("%1", ", ".join(row["missing"][:4]) + " …"))
        self.state.setText("  ".join(part for part in parts if part))

    def _source(self, row: Row) -> str:
        """Return what the chosen item, else the list, says of its source."""
        chosen = selected_rows(self.items_table)
        item = self._items.get(self.items.uid_at(chosen[0])) if chosen else None
        if item is None:
            return sentence_text(str(row["source"] or ""))
        source = sentence_text(str(item["source"] or ""))
        parts = (item["code"], code_label(item["chapter"] or ""), source, item["price_year"])
        return ", ".join(str(part) for part in parts if part) + "."

    def _entry(self, text: str, icon_name: str) -> QAction:
        return self.menu.addAction(icon(icon_name), text)


def _item(row: Row, other: Mapping[str, float | None]) -> list[Any]:
    price = other.get(str(row["code"]))
    typical = row["typical_eur"]
    ratio = None if not price or typical is None else price / typical if typical else None
    low, high = row["low_eur"], row["high_eur"]
    show = figures()
    ends = (
        ""
        if low is None and high is None
        else (
            f"{show.number(typical if low is None else low, 2)} – "
            f"{show.number(typical if high is None else high, 2)}"
        )
    )
    values = {
        **row, "text": row[f"text_{language()}"], "other_eur": price, "ratio": ratio,
        "range": ends,
    }  # fmt: skip
    return [values[name] for name in _ITEM_COLUMNS]


def _row(*widgets: QWidget) -> QHBoxLayout:
    layout = QHBoxLayout()
    layout.setSpacing(GAP_PX)
    for widget in widgets:
        layout.addWidget(widget)
    layout.addStretch(1)
    return layout
