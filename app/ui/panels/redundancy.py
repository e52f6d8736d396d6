"""The redundancy panel: which single failure cuts which sites off, and where it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QHeaderView, QLabel, QWidget

from app.model.study import Result
from app.ui.jobs_runner import RunningJob
from app.ui.labels import figures, object_title
from app.ui.panels.frame_model import FrameModel, ViewColumn
from app.ui.panels.parts import button, column_layout, make_table, selected_rows
from app.ui.panels.two_routes import TwoRoutes
from app.ui.session import Session
from app.ui.theme import GAP_PX, plain_label
from app.ui.use_cases import UseCases

_TABLE_OF_KIND = {"span": "spans", "node": "nodes", "plan_span": "plan_spans"}


class RedundancyPanel(QWidget):
    """Run the analysis, rank the failures, point them out on the map."""

    def __init__(self, session: Session, cases: UseCases, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._cases = cases
        self._running: RunningJob | None = None
        self._failures: list[Mapping[str, Any]] = []
        self.scope_box = QComboBox()
        self.scope_box.setAccessibleName(self.tr("What is analysed"))
        self.scope_box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.scope_box.setMinimumContentsLength(10)
        self.run = button(self.tr("Analyse"), "run", role="primary")
        self.run.clicked.connect(lambda _checked=False: self.start())
        self.figures: dict[str, QLabel] = {}
        self.model = FrameModel(self._columns(), self)
        self.table = make_table(self.model, self.tr("Failures"), is_multiple=False)
        self.lost = plain_label("", is_muted=True)
        hint = self.tr("Analyse to see which sites go dark when a span or node fails.")
        self.hint = plain_label(hint, is_muted=True)
        self.two_routes = TwoRoutes(session, cases)
        self._arrange()
        self._connect()
        self.refresh()

    def start(self) -> None:
        """Start the analysis."""
        if self._running is None and self._session.is_open:
            self.run.setEnabled(False)
            self._running = self._cases.analyse(self.scope_box.currentData() or "")

    def refresh(self) -> None:
        """Offer the present plans and forget results of other data."""
        chosen = self.scope_box.currentData()
        self.scope_box.clear()
        self.scope_box.addItem(self.tr("Network as built"), "")
        for name in sorted(self._session.network.table("plans")["name"].astype(object)):
            self.scope_box.addItem(self.tr("With %1").replace("%1", str(name)), name)
        self.scope_box.setCurrentIndex(max(0, self.scope_box.findData(chosen)))
        self.run.setEnabled(self._session.is_open and self._running is None)
        self._show([], {})

    def show_result(self, result: Result) -> None:
        """Show what an analysis found, the worst failure first."""
        failures = sorted(
            result.summary.get("failures", ()),
            key=lambda item: (-len(item["sites_lost"]), item["kind"], item["uid"]),
        )
        self._show(failures, result.summary)

    def _show(self, failures: list[Mapping[str, Any]], summary: Mapping[str, Any]) -> None:
        self._failures = failures
        for key, label in self.figures.items():
            label.setText(figures().number(summary.get(key)))
        count = len(failures)
        titles = np.empty(count, dtype=object)
        titles[:] = [self._title(item) for item in failures]
        kinds = np.empty(count, dtype=object)
        kinds[:] = [item["kind"] for item in failures]
        frame = pd.DataFrame(
            {"title": titles, "kind": kinds, "lost": [len(i["sites_lost"]) for i in failures]},
            index=[str(number) for number in range(count)],
        )
        self.model.set_frame(frame)
        self.hint.setHidden(bool(summary))
        self._point_out()

    def _title(self, failure: Mapping[str, Any]) -> str:
        table = _TABLE_OF_KIND.get(str(failure["kind"]), "spans")
        for name in (table, f"plan_{table}"):
            frame = self._session.network.tables.get(name)
            if frame is not None and failure["uid"] in frame.index:
                return object_title(self._session.network, name, str(failure["uid"]))
        return str(failure["uid"])[:8]

    def _columns(self) -> list[ViewColumn]:
        kinds = {"span": self.tr("Span"), "node": self.tr("Node")}
        return [
            ViewColumn("title", self.tr("If this fails")),
            ViewColumn("kind", self.tr("Kind"), lambda value: kinds.get(value, str(value))),
            ViewColumn("lost", self.tr("Sites lost"), figures().number, is_number=True),
        ]

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(GAP_PX)
        row.addWidget(self.scope_box, 1)
        row.addWidget(self.run)
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP_PX * 2)
        grid.setVerticalSpacing(GAP_PX // 2)
        grid.setColumnStretch(0, 1)
        for key, text in (
            ("bridges", self.tr("Bridges: spans without an alternative")),
            ("cut_nodes", self.tr("Cut nodes: nodes without an alternative")),
            ("sites_single_homed", self.tr("Sites that one failure cuts off")),
        ):
            number = grid.rowCount()
            grid.addWidget(plain_label(text, is_muted=True), number, 0)
            value = plain_label("", wraps=False)
            value.setProperty("role", "figure")
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(value, number, 1)
            self.figures[key] = value
        layout = column_layout(self)
        layout.addLayout(row)
        layout.addLayout(grid)
        layout.addWidget(self.hint)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.lost)
        layout.addWidget(self.two_routes)
        em = self.fontMetrics().horizontalAdvance("n")
        for number, width_em in ((1, 7), (2, 11)):
            self.table.setColumnWidth(number, width_em * em)
        header = self.table.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def _connect(self) -> None:
        self._cases.analysed.connect(lambda result, _plan: self.show_result(result))
        self._session.project_changed.connect(self.refresh)
        self._session.changed.connect(self._changed)
        self._session.jobs.finished.connect(self._finished)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._point_out())
        self.table.doubleClicked.connect(lambda _index: self._zoom())

    def _changed(self, tables: frozenset[str]) -> None:
        if tables & {"plans", "nodes", "spans", "sites"}:
            self.refresh()

    def _finished(self, running: RunningJob) -> None:
        if running is self._running:
            self._running = None
            self.run.setEnabled(self._session.is_open)

    def _current(self) -> Mapping[str, Any] | None:
        rows = selected_rows(self.table)
        return self._failures[int(self.model.uid_at(rows[0]))] if rows else None

    def _objects(self, failure: Mapping[str, Any]) -> dict[str, frozenset[str]]:
        table = _TABLE_OF_KIND.get(str(failure["kind"]), "spans")
        found = {"sites": frozenset(map(str, failure["sites_lost"]))}
        for name in (table, f"plan_{table}"):
            frame = self._session.network.tables.get(name)
            if frame is not None and failure["uid"] in frame.index:
                found[name] = frozenset({str(failure["uid"])})
        return found

    def _point_out(self) -> None:
        failure = self._current()
        if failure is None:
            self.lost.setText("")
            if self._session.highlight:
                self._session.set_highlight({})
            return
        names = [
            object_title(self._session.network, "sites", str(uid))
            for uid in failure["sites_lost"][:6]
        ]
        more = len(failure["sites_lost"]) - len(names)
        text = ", ".join(names)
        if more > 0:
            text = self.tr("%1 and %n other(s)", "", more).replace("%1", text)
        self.lost.setText(text)
        self._session.set_highlight(self._objects(failure))

    def _zoom(self) -> None:
        failure = self._current()
        if failure is not None:
            self._session.zoom_requested.emit(self._objects(failure))
