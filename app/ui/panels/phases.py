"""Phases of a plan: money by year in, sites by year out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pandas as pd
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QVBoxLayout,
    QWidget,
)

from app.model.errors import AnelloError
from app.model.study import Result
from app.ui.jobs_runner import RunningJob
from app.ui.labels import figures
from app.ui.panels.frame_model import FrameModel, ViewColumn
from app.ui.panels.parts import button, column_layout, make_table, selected_rows, tool_button
from app.ui.session import Session, refusal_text
from app.ui.theme import GAP_PX, align_labels, plain_label
from app.ui.use_cases import UseCases

YEARS = 3
_MOST_EUR = 1e9
_BUDGET_PX = 150
_STEP_EUR = 50_000.0
_FINANCED_EUR = 2_000_000.0
"""Project financing of the civil-protection programme: what the years share at the start."""


class PhasesTab(QWidget):
    """Budgets of the coming years, and which sites they connect."""

    def __init__(self, session: Session, cases: UseCases, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._cases = cases
        self._plan = ""
        self._running: RunningJob | None = None
        self._found: Result | None = None
        first = datetime.now(UTC).year + 1
        self.budgets = {first + number: self._budget() for number in range(YEARS)}
        self.run = button(self.tr("Compute"), "run")
        self.run.clicked.connect(lambda _checked=False: self.start())
        self.keep = tool_button(self.tr("Write the years into the plan"), "accept", self._keep)
        self.model = FrameModel(self._columns(), self)
        self.table = make_table(self.model, self.tr("Phases"), is_multiple=False)
        self.answer = plain_label("", is_muted=True)
        self._arrange()
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._point_out())
        session.jobs.finished.connect(self._finished)
        self.show_plan("")

    def show_plan(self, plan: str) -> None:
        """Be about another plan: forget what was computed."""
        if plan != self._plan or not plan:
            self._plan = plan
            self._show(None)
        self._enable()

    def start(self) -> None:
        """Compute the phases of the previewed plan."""
        if self._plan and self._running is None:
            money = {year: box.value() for year, box in self.budgets.items()}
            plan = self._plan

            def tell(result: Result) -> None:
                if plan == self._plan:
                    self._show(result)

            self._running = self._cases.phases(plan, money, tell, self._refused)
            self._enable()

    def _show(self, result: Result | None) -> None:
        self._found = result
        phases = [] if result is None else result.summary["phases"]
        rows = [
            [p["year"], p["budget_eur"], p["cost_eur"]["typical"], len(p["sites"])] for p in phases
        ]
        self.model.set_frame(
            pd.DataFrame(
                rows,
                columns=["year", "budget", "cost", "sites"],
                index=[str(number) for number in range(len(rows))],
            )
        )
        self.answer.setText("" if result is None else self._told(result.summary))
        self._enable()

    def _told(self, found: Mapping[str, Any]) -> str:
        left, more = len(found["left_out"]), len(found["more_buys"])
        parts = [self.tr("%n site(s) left out.", "", left)] if left else []
        if left:
            text = self.tr("%1 more would connect %n more site(s).", "", more)
            parts.append(text.replace("%1", figures().euro(found["more_eur"], 0)))
        parts.append(self.tr("Proven gap %1.").replace("%1", figures().percent(found["gap"], 1)))
        return " ".join(parts)

    def _keep(self) -> None:
        if self._found is not None and self._found.changes is not None:
            self._session.do(None, self._found.changes)

    def _point_out(self) -> None:
        rows = selected_rows(self.table)
        if rows and self._found is not None:
            phase = self._found.summary["phases"][int(self.model.uid_at(rows[0]))]
            self._session.set_highlight(
                {"sites": frozenset(phase["sites"]), "plan_spans": frozenset(phase["spans"])}
            )

    def _refused(self, error: AnelloError) -> None:
        self.answer.setText(refusal_text(error))

    def _finished(self, running: RunningJob) -> None:
        if running is self._running:
            self._running = None
            self._enable()

    def _enable(self) -> None:
        self.run.setEnabled(bool(self._plan) and self._running is None)
        self.keep.setEnabled(self._found is not None)

    def _budget(self) -> QDoubleSpinBox:
        box = QDoubleSpinBox()
        box.setRange(0, _MOST_EUR)
        box.setDecimals(0)
        box.setSingleStep(_STEP_EUR)
        box.setGroupSeparatorShown(True)
        box.setSuffix(" €")
        box.setFixedWidth(_BUDGET_PX)
        box.setValue(round(_FINANCED_EUR / YEARS, -3))
        return box

    def _columns(self) -> list[ViewColumn]:
        def euro(value: Any) -> str:
            return figures().euro(value, 0)

        return [
            ViewColumn("year", self.tr("Year"), str),
            ViewColumn("budget", self.tr("Budget"), euro, is_number=True),
            ViewColumn("cost", self.tr("Cost"), euro, is_number=True),
            ViewColumn("sites", self.tr("Sites"), figures().number, is_number=True),
        ]

    def _arrange(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(GAP_PX)
        form.setVerticalSpacing(GAP_PX // 2)
        for year, box in self.budgets.items():
            form.addRow(str(year), box)
            box.setAccessibleName(self.tr("Budget of %1").replace("%1", str(year)))
        align_labels(form)
        left = QVBoxLayout()
        left.setSpacing(GAP_PX)
        left.addLayout(form)
        foot = QHBoxLayout()
        foot.addWidget(self.run, 1)
        foot.addWidget(self.keep)
        left.addLayout(foot)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(GAP_PX)
        right.addWidget(self.table, 1)
        right.addWidget(self.answer)
        row = QHBoxLayout()
        row.setSpacing(GAP_PX * 2)
        row.addLayout(left)
        row.addLayout(right, 1)
        column_layout(self, margin_px=0).addLayout(row)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
