"""What the next plan must use, avoid, keep or pass: taken from the selection, shown as a list."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.model.guidance import NOTHING_ASKED, Guidance
from app.ui.labels import figures, object_title
from app.ui.panels.parts import button
from app.ui.session import Session
from app.ui.theme import GAP_PX, plain_label

MUST_USE, AVOID, LOCKED, WAYPOINTS = "must_use", "avoid", "locked", "waypoints"

TABLES: Mapping[str, tuple[str, ...]] = {
    MUST_USE: ("streets", "conduits", "plan_spans", "spans", "nodes"),
    AVOID: (
        "streets", "conduits", "plan_spans", "spans", "nodes", "areas", "hazards", "barriers",
    ),
    LOCKED: ("plan_spans",),
    WAYPOINTS: ("nodes",),
}  # fmt: skip
"""Tables whose objects each condition can be put on."""

_ROWS_SHOWN = 4


class PlanConditions(QWidget):
    """Conditions of the next plan; ``changed`` says that some came or went."""

    changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.guidance: Guidance = NOTHING_ASKED
        self.hint = plain_label("", is_muted=True)
        self.hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Conditions"))
        self.list.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.list.setMinimumWidth(1)
        self.list.installEventFilter(self)
        self.list.itemSelectionChanged.connect(self._point_out)
        self.add = button(self.tr("From selection"), "select")
        self.menu = QMenu(self)
        self.actions_by_kind = {
            kind: self._action(kind) for kind in (MUST_USE, AVOID, LOCKED, WAYPOINTS)
        }
        self.add.setMenu(self.menu)
        self.drop = button("", "delete")
        self.drop.setToolTip(self.tr("Remove the marked conditions, or all"))
        self.drop.setAccessibleName(self.tr("Remove conditions"))
        self.drop.clicked.connect(self.remove_marked)
        self._arrange()
        session.selection_changed.connect(self.refresh)
        session.project_changed.connect(self.clear)
        session.changed.connect(lambda _tables: self._forget_missing())
        self._show()

    def clear(self) -> None:
        """Drop every condition."""
        self.guidance = NOTHING_ASKED
        self._show()

    def take(self, kind: str) -> None:
        """Put a condition on what is selected; an object has one condition at a time."""
        chosen = self._chosen(kind)
        if not chosen:
            return
        kept = self._without(chosen)
        values = dict.fromkeys((*getattr(kept, kind), *chosen))
        self.guidance = _with(kept, {kind: tuple(values)})
        self._show()

    def add_all(self, asked: Guidance) -> None:
        """Add conditions that come from elsewhere; an object keeps the newest one."""
        named = [uid for kind in TABLES for uid in getattr(asked, kind)]
        kept = self._without(named)
        values = {
            kind: tuple(dict.fromkeys((*getattr(kept, kind), *getattr(asked, kind))))
            for kind in TABLES
        }
        self.guidance = _with(kept, values)
        self._show()

    def remove_marked(self) -> None:
        """Drop the conditions marked in the list, or all when none is marked."""
        marked = [item.data(Qt.ItemDataRole.UserRole)[1] for item in self.list.selectedItems()]
        self.guidance = self._without(marked) if marked else NOTHING_ASKED
        self._show()

    def refresh(self) -> None:
        """Offer what can be done with the present selection."""
        for kind, action in self.actions_by_kind.items():
            count = len(self._chosen(kind))
            action.setEnabled(count > 0)
            action.setText(f"{self._title(kind)} ({figures().number(count)})")
        self.add.setEnabled(any(action.isEnabled() for action in self.actions_by_kind.values()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Delete remove what is marked in the list."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and (event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace))
        ):
            self.remove_marked()
            return True
        return super().eventFilter(watched, event)

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(GAP_PX)
        row.addWidget(self.add, 1)
        row.addWidget(self.drop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP_PX // 2)
        layout.addWidget(self.hint)
        layout.addWidget(self.list)
        layout.addLayout(row)

    def _action(self, kind: str) -> QAction:
        action = self.menu.addAction(self._title(kind))
        action.triggered.connect(lambda: self.take(kind))
        return action

    def _title(self, kind: str) -> str:
        return {
            MUST_USE: self.tr("Must be used"),
            AVOID: self.tr("To be avoided"),
            LOCKED: self.tr("Kept as planned"),
            WAYPOINTS: self.tr("To be passed"),
        }[kind]

    def _chosen(self, kind: str) -> list[str]:
        selection = self._session.selection
        return [uid for table in TABLES[kind] for uid in sorted(selection.get(table, ()))]

    def _without(self, uids: list[str]) -> Guidance:
        gone = set(uids)
        kept = {
            kind: tuple(uid for uid in getattr(self.guidance, kind) if uid not in gone)
            for kind in TABLES
        }
        return _with(self.guidance, kept)

    def _forget_missing(self) -> None:
        """Drop conditions on objects that are no more."""
        asked = [uid for kind in TABLES for uid in getattr(self.guidance, kind)]
        gone = [uid for uid in asked if self._table_of(uid) is None and not _is_place(uid)]
        if gone:
            self.guidance = self._without(gone)
            self._show()

    def _table_of(self, uid: str) -> str | None:
        tables = self._session.network.tables
        return next((name for name in TABLES[AVOID] if uid in tables[name].index), None)

    def _show(self) -> None:
        self.list.clear()
        for kind in TABLES:
            for uid in getattr(self.guidance, kind):
                table = self._table_of(uid)
                name = _place_text(uid) if table is None else object_title(
                    self._session.network, table, uid
                )  # fmt: skip
                item = QListWidgetItem(f"{self._title(kind)}: {name}")
                item.setData(Qt.ItemDataRole.UserRole, (table, uid))
                item.setToolTip(item.text())
                self.list.addItem(item)
        count = self.list.count()
        self.list.setVisible(count > 0)
        self.drop.setVisible(count > 0)
        self.hint.setVisible(count == 0)
        self.hint.setText(self.tr("Select streets, sections or areas on the map."))
        rows = min(count, _ROWS_SHOWN) * max(1, self.list.sizeHintForRow(0))
        self.list.setFixedHeight(rows + 2 * self.list.frameWidth())
        self.refresh()
        self.changed.emit()

    def _point_out(self) -> None:
        """Show on the map what is marked in the list."""
        marked = [item.data(Qt.ItemDataRole.UserRole) for item in self.list.selectedItems()]
        found: dict[str, frozenset[str]] = {}
        for table, uid in marked:
            if table is not None:
                found[table] = found.get(table, frozenset()) | {uid}
        self._session.set_highlight(found)


def _is_place(text: str) -> bool:
    """Whether a way-point is a place in degrees."""
    parts = text.split(",")
    return len(parts) == 2 and all(part.strip().lstrip("-").replace(".", "", 1).isdigit()
                                   for part in parts)  # fmt: skip


def _place_text(text: str) -> str:
    """Return a place as the locale writes degrees, longitude first."""
    if not _is_place(text):
        return text
    return "  ".join(f"{figures().number(float(part), 5)}°" for part in text.split(","))


def _with(guidance: Guidance, values: Mapping[str, tuple[str, ...]]) -> Guidance:
    changes: dict[str, Any] = dict(values)
    return dataclasses.replace(guidance, **changes)
