"""The identify panel: everything that is known of one object, and who changed it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from app.model.frames import plain
from app.model.geodesy import lengths_m
from app.model.tables import TABLES
from app.ui.labels import (
    column_label,
    figures,
    moment_text,
    object_title,
    table_label,
    unit_label,
    value_text,
)
from app.ui.open_project import HistoryEntry
from app.ui.panels.parts import column_layout
from app.ui.session import Session
from app.ui.theme import heading, plain_label
from app.ui.translation import render

_LABEL_SHARE = 0.42


class IdentifyPanel(QWidget):
    """Attributes with their units, then the history, of the object that was clicked."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._table = ""
        self._uid = ""
        self.title = heading("")
        self.title.setWordWrap(True)
        self.kind = plain_label("", is_muted=True)
        hint = self.tr("Click an object on the map to see it here.")
        self.hint = plain_label(hint, is_muted=True)
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(self.tr("Attributes"))
        self.tree.setColumnCount(2)
        self.tree.setHeaderHidden(True)
        self.tree.setRootIsDecorated(False)
        self.tree.setIndentation(10)
        self.tree.setAlternatingRowColors(True)
        self.tree.setTextElideMode(Qt.TextElideMode.ElideRight)
        header = self.tree.header()
        header.setMinimumSectionSize(40)
        header.setStretchLastSection(True)
        self.tree.setWordWrap(True)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = column_layout(self)
        for widget in (self.title, self.kind, self.hint):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.tree, 1)
        layout.addStretch(0)
        session.project_changed.connect(self.clear)
        session.changed.connect(lambda _tables: self._again())
        session.selection_changed.connect(self._selected)
        self.clear()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the labels two fifths of the width."""
        super().resizeEvent(event)
        self.tree.setColumnWidth(0, round(self.width() * _LABEL_SHARE))

    def clear(self) -> None:
        """Show nothing."""
        self._table = self._uid = ""
        self.tree.clear()
        self.title.hide()
        self.kind.hide()
        self.tree.hide()
        self.hint.show()

    def show_object(self, table: str, uid: str) -> None:
        """Show an object of ``table``."""
        frame = self._session.network.tables.get(table)
        if frame is None or uid not in frame.index:
            self.clear()
            return
        self._table, self._uid = table, uid
        self.title.setText(object_title(self._session.network, table, uid))
        self.kind.setText(table_label(table))
        self.hint.hide()
        for widget in (self.title, self.kind, self.tree):
            widget.show()
        self._fill()
        self._session.ask(
            lambda project: project.history(table, uid),
            lambda entries: self._add_history(uid, entries),
        )

    def _fill(self) -> None:
        self.tree.clear()
        row = self._session.network.tables[self._table].loc[self._uid]
        for column in TABLES[self._table].columns:
            text = value_text(column, plain(row[column.name]), self._session.network)
            if text:
                told = f"{text} {unit_label(column.unit)}" if column.unit else text
                self._add(column_label(column, with_unit=False), told, column.help)
        if TABLES[self._table].geometry == "LINESTRING" and row["geometry"] is not None:
            measured = lengths_m([row["geometry"]], self._session.network.crs)[0]
            label = self.tr("Length on the ellipsoid")
            self._add(label, f"{figures().number(float(measured), 1)} m")
        self._add(self.tr("Identifier"), self._uid)

    def _add(self, label: str, text: str, help_text: str = "") -> QTreeWidgetItem:
        item = QTreeWidgetItem([label, text])
        item.setToolTip(1, text)
        if help_text:
            item.setToolTip(0, help_text)
        self.tree.addTopLevelItem(item)
        return item

    def _add_history(self, uid: str, entries: list[HistoryEntry]) -> None:
        if uid != self._uid or not entries:
            return
        head = self._add(self.tr("History"), "")
        font = head.font(0)
        font.setBold(True)
        head.setFont(0, font)
        head.setFirstColumnSpanned(True)
        for entry in entries:
            who = f" · {entry.who}" if entry.who else ""
            self._add(moment_text(entry.when), f"{render(entry.label)}{who}")

    def _again(self) -> None:
        if self._uid:
            self.show_object(self._table, self._uid)

    def _selected(self) -> None:
        """Follow a selection of exactly one object."""
        chosen = [(table, uid) for table, uids in self._session.selection.items() for uid in uids]
        if len(chosen) == 1 and chosen[0] != (self._table, self._uid):
            self.show_object(*chosen[0])
