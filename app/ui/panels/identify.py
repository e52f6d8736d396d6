"""The identify panel: everything that is known of one object, and who changed it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

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
from app.ui.parameter_text import parameter_lines
from app.ui.session import Session
from app.ui.theme import GAP_PX, heading, plain_label, tip
from app.ui.translation import render, translate_text


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
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(self.tr("Attributes"))
        layout = column_layout(self)
        for widget in (self.title, self.kind, self.hint):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.area, 1)
        layout.addStretch(0)
        session.project_changed.connect(self.clear)
        session.changed.connect(lambda _tables: self._again())
        session.selection_changed.connect(self._selected)
        self.clear()

    def clear(self) -> None:
        """Show nothing."""
        self._table = self._uid = ""
        self._begin()
        self.title.hide()
        self.kind.hide()
        self.area.hide()
        self.hint.show()

    def lines(self) -> dict[str, str]:
        """Return what is shown, label to text."""
        return dict(self._lines)

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
        for widget in (self.title, self.kind, self.area):
            widget.show()
        self._fill()
        self._session.ask(
            lambda project: project.history(table, uid),
            lambda entries: self._add_history(uid, entries),
        )

    def _begin(self) -> None:
        """Start with an empty sheet."""
        sheet = QWidget()
        outer = QVBoxLayout(sheet)
        outer.setContentsMargins(0, 0, GAP_PX, 0)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(GAP_PX)
        self._grid.setVerticalSpacing(GAP_PX // 2 + 1)
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(1, 3)
        outer.addLayout(self._grid)
        outer.addStretch(1)
        self._lines: list[tuple[str, str]] = []
        self._has_history = False
        self.area.setWidget(sheet)

    def _fill(self) -> None:
        self._begin()
        row = self._session.network.tables[self._table].loc[self._uid]
        for column in TABLES[self._table].columns:
            value = plain(row[column.name])
            if self._table == "plans" and column.name == "parameters" and value:
                for label, text in parameter_lines(value, self._session.network):
                    self._add(label, text)
                continue
            text = value_text(column, value, self._session.network)
            if text:
                told = f"{text} {unit_label(column.unit)}" if column.unit else text
                self._add(column_label(column, with_unit=False), told, column.help)
        if TABLES[self._table].geometry == "LINESTRING" and row["geometry"] is not None:
            measured = lengths_m([row["geometry"]], self._session.network.crs)[0]
            label = self.tr("Length on the ellipsoid")
            self._add(label, f"{figures().number(float(measured), 1)} m")
        self._add(self.tr("Identifier"), self._uid)

    def _add(self, label: str, text: str, help_text: str = "") -> None:
        number = len(self._lines)
        self._lines.append((label, text))
        name, value = plain_label(label, is_muted=True), plain_label(text)
        # a long word must not widen the panel
        value.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        value.setToolTip(tip(text))
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if help_text:
            name.setToolTip(translate_text("core", help_text))
        self._grid.addWidget(name, number, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, number, 1, Qt.AlignmentFlag.AlignTop)

    def _add_history(self, uid: str, entries: list[HistoryEntry]) -> None:
        if uid != self._uid or not entries or self._has_history:
            return
        self._has_history = True
        self._grid.addWidget(heading(self.tr("History")), len(self._lines), 0, 1, 2)
        self._lines.append((self.tr("History"), ""))
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
