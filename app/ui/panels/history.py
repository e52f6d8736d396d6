"""The history panel: every step of the project, taken back or not, and the checkpoints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QWidget

from app.ui.icons import icon
from app.ui.labels import figures, moment_text, table_label
from app.ui.open_project import Checkpoint, HistoryEntry
from app.ui.panels.frame_model import FrameModel, ViewColumn
from app.ui.panels.parts import (
    EmptyHint,
    WideColumn,
    button,
    column_layout,
    make_table,
    selected_rows,
)
from app.ui.session import Session
from app.ui.theme import GAP_PX, colors, plain_label
from app.ui.translation import render

_SHOWN = 500
_NAME_EM = 20
"""Steps that the panel lists; older ones stay in the file."""


class HistoryPanel(QWidget):
    """Steps, the latest first; a double-click takes the project to the state after a step."""

    checkpoint_wanted = Signal()
    copy_wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._entries: list[HistoryEntry] = []
        self._checkpoints: list[Checkpoint] = []
        self.model = FrameModel(self._columns(), self)
        self.table = make_table(self.model, self.tr("Steps"), is_multiple=False)
        self.table.setSortingEnabled(False)
        EmptyHint(self.table, self.tr("Nothing has been changed yet."))
        self.travel = button(self.tr("Go to this state"), "undo")
        self.kept = FrameModel(self._kept_columns(), self)
        self.kept_table = make_table(self.kept, self.tr("Checkpoints"), is_multiple=False)
        hint = self.tr("No checkpoint yet: a new one keeps a copy of the project as it is now.")
        EmptyHint(self.kept_table, hint)
        self.make = button(self.tr("New checkpoint…"), "checkpoint")
        self.copy = button(self.tr("Open a copy…"), "open")
        self.state = plain_label("", is_muted=True)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._ask)
        self._arrange()
        self._connect()
        self._tell()

    def refresh(self) -> None:
        """Read the steps again, soon and only when somebody looks."""
        if self.isVisible():
            self._later.start(0)

    def go(self) -> None:
        """Take the project to the state after the chosen step."""
        entry = self._chosen()
        if entry is not None:
            self._session.travel(self._steps_to(entry))

    def showEvent(self, event: Any) -> None:
        """Read what happened while nobody looked."""
        super().showEvent(event)
        self._later.start(0)

    # -- inside ------------------------------------------------------------------------------

    def _columns(self) -> list[ViewColumn]:
        return [
            ViewColumn("when", self.tr("When"), moment_text, icon=self._mark, icon_from="mark"),
            ViewColumn("label", self.tr("Step")),
            ViewColumn("rows", self.tr("Rows"), figures().number, is_number=True),
            ViewColumn("tables", self.tr("Where")),
            ViewColumn("who", self.tr("Who")),
        ]

    def _kept_columns(self) -> list[ViewColumn]:
        return [
            ViewColumn("when", self.tr("When"), moment_text),
            ViewColumn("name", self.tr("Name")),
            ViewColumn("who", self.tr("Who")),
        ]

    @staticmethod
    def _mark(mark: object) -> QIcon:
        shades = {"undone": colors().muted, "now": colors().accent}
        return icon("redo" if mark == "undone" else "check", shades.get(str(mark), colors().text))

    def _arrange(self) -> None:
        steps, kept = QWidget(), QWidget()
        low = QHBoxLayout()
        low.setSpacing(GAP_PX)
        low.addWidget(self.state, 1)
        low.addWidget(self.travel)
        inner = column_layout(steps)
        inner.addWidget(self.table, 1)
        inner.addLayout(low)
        row = QHBoxLayout()
        row.setSpacing(GAP_PX)
        row.addWidget(
            plain_label(self.tr("Whole copies of the project, kept beside it."), is_muted=True), 1
        )
        row.addWidget(self.copy)
        row.addWidget(self.make)
        other = column_layout(kept)
        other.addWidget(self.kept_table, 1)
        other.addLayout(row)
        self.pages = QTabWidget()
        self.pages.setDocumentMode(True)
        self.pages.addTab(steps, self.tr("Steps"))
        self.pages.addTab(kept, self.tr("Checkpoints"))
        layout = column_layout(self, margin_px=0)
        layout.addWidget(self.pages)
        em = self.fontMetrics().horizontalAdvance("n")
        for table, widths in (
            (self.table, {0: 21, 2: 7, 3: 21, 4: 12}),
            (self.kept_table, {0: 21}),
        ):
            for number, width_em in widths.items():
                table.setColumnWidth(number, width_em * em)
            table.horizontalHeader().setStretchLastSection(False)
            WideColumn(table, 1, _NAME_EM)

    def _connect(self) -> None:
        session = self._session
        session.undo_changed.connect(self.refresh)
        session.project_changed.connect(self.refresh)
        self.table.doubleClicked.connect(lambda _index: self.go())
        self.table.activated.connect(lambda _index: self.go())
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._tell())
        self.kept_table.selectionModel().selectionChanged.connect(lambda *_: self._tell())
        self.travel.clicked.connect(lambda _checked=False: self.go())
        self.make.clicked.connect(lambda _checked=False: self.checkpoint_wanted.emit())
        self.copy.clicked.connect(lambda _checked=False: self._want_copy())

    def _ask(self) -> None:
        if not self._session.is_open:
            self._show(([], []))
            return
        self._session.ask(
            lambda project: (project.steps(_SHOWN), project.checkpoints()), self._show
        )

    def _show(self, found: tuple[list[HistoryEntry], list[Checkpoint]]) -> None:
        self._entries, self._checkpoints = found
        done = [entry.number for entry in self._entries if not entry.is_undone]
        now = max(done, default=0)
        marks = [
            "undone" if entry.is_undone else "now" if entry.number == now else "done"
            for entry in self._entries
        ]
        self.model.set_frame(
            pd.DataFrame(
                {
                    "when": _objects([entry.when for entry in self._entries]),
                    "mark": _objects(marks),
                    "label": _objects([render(entry.label) for entry in self._entries]),
                    "rows": _objects([_rows(entry.counts) for entry in self._entries]),
                    "tables": _objects([_tables(entry.counts) for entry in self._entries]),
                    "who": _objects([entry.who for entry in self._entries]),
                },
                index=[str(entry.number) for entry in self._entries],
            )
        )
        self.kept.set_frame(
            pd.DataFrame(
                {
                    "when": _objects([item.when for item in self._checkpoints]),
                    "name": _objects([item.name for item in self._checkpoints]),
                    "who": _objects([item.who for item in self._checkpoints]),
                },
                index=[str(number) for number in range(len(self._checkpoints))],
            )
        )
        self._tell()

    def _chosen(self) -> HistoryEntry | None:
        rows = selected_rows(self.table)
        return self._entries[rows[0]] if rows and rows[0] < len(self._entries) else None

    def _steps_to(self, entry: HistoryEntry) -> int:
        """Return how many steps lie between now and the state after ``entry``; back is minus."""
        if entry.is_undone:
            return sum(item.is_undone and item.number <= entry.number for item in self._entries)
        return -sum(not item.is_undone and item.number > entry.number for item in self._entries)

    def _tell(self) -> None:
        entry = self._chosen()
        steps = 0 if entry is None else self._steps_to(entry)
        self.travel.setEnabled(steps != 0)
        if entry is None:
            self.state.setText(self.tr("Nothing is lost: steps can be taken back after a restart."))
        elif steps == 0:
            self.state.setText(self.tr("The project is in this state."))
        elif steps < 0:
            self.state.setText(self.tr("%n step(s) would be taken back.", "", -steps))
        else:
            self.state.setText(self.tr("%n step(s) would be done again.", "", steps))
        self.make.setEnabled(self._session.is_open)
        self.copy.setEnabled(bool(selected_rows(self.kept_table)))

    def _want_copy(self) -> None:
        rows = selected_rows(self.kept_table)
        if rows:
            self.copy_wanted.emit(self._checkpoints[int(self.kept.uid_at(rows[0]))])


def _rows(counts: Mapping[str, Mapping[str, int]]) -> int:
    return sum(sum(kinds.values()) for kinds in counts.values())


def _tables(counts: Mapping[str, Mapping[str, int]]) -> str:
    return ", ".join(table_label(name) for name in counts)


def _objects(values: list[Any]) -> np.ndarray[Any, np.dtype[np.object_]]:
    """Return the values as an object array, so that pandas keeps them as they are."""
    made = np.empty(len(values), dtype=object)
    made[:] = values
    return made
