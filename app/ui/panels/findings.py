"""The findings panel: what the checks and imports say about the data, and where it is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from app.model.changes import ChangeSet
from app.model.findings import Finding, Severity
from app.model.mending import MENDS, mend, mend_text
from app.ui.icons import icon
from app.ui.labels import figures, table_label
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
from app.ui.theme import GAP_PX, colors, plain_label, tip
from app.ui.translation import render
from app.ui.use_cases import UseCases

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


def severity_icon(severity: str) -> QIcon:
    """Return the mark of a severity, in its colour."""
    shades = colors()
    shade = {"error": shades.error, "warning": shades.warning}.get(severity, shades.info)
    return icon(severity if severity in ("error", "warning") else "info", shade)


class FindingsPanel(QWidget):
    """Findings as a table, the gravest first; a double-click jumps to the place."""

    def __init__(self, session: Session, cases: UseCases, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shown: list[Finding] = []
        self.model = FrameModel(self._columns(), self)
        self.table = make_table(self.model, self.tr("Findings"), is_multiple=False)
        EmptyHint(self.table, self.tr("No findings. “Check the data” looks for them."))
        self.severity_box = QComboBox()
        self.severity_box.setAccessibleName(self.tr("Severity"))
        for text, value in (
            (self.tr("All findings"), None),
            (self.tr("Errors"), Severity.ERROR),
            (self.tr("Warnings"), Severity.WARNING),
            (self.tr("Remarks"), Severity.INFO),
        ):
            self.severity_box.addItem(text, value)
        self._count = plain_label("", is_muted=True, wraps=False)
        self.advice = plain_label("", is_muted=True)
        self.mend = button(self.tr("Mend"), "accept")
        self.mend.clicked.connect(lambda _checked=False: self.mend_current())
        self.show_place = button(self.tr("Show on the map"), "zoom-selection")
        self.check = button(self.tr("Check the data"), "findings")
        self._check_again = cases.check
        self.check.clicked.connect(lambda _checked=False: cases.check())
        self._arrange()
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Show the findings of the session."""
        wanted = self.severity_box.currentData()
        self._shown = sorted(
            (item for item in self._session.findings if wanted in (None, item.severity)),
            key=lambda item: (_ORDER[item.severity], item.rule),
        )
        frame = pd.DataFrame(
            {
                "severity": _objects([item.severity.value for item in self._shown]),
                "text": _objects([render(item.message) for item in self._shown]),
                "table": _objects([item.table for item in self._shown]),
                "count": _objects([len(item.uids) for item in self._shown]),
            },
            index=[str(number) for number in range(len(self._shown))],
        )
        self.model.set_frame(frame)
        self.check.setEnabled(self._session.is_open)
        self._tell()

    def jump(self) -> None:
        """Show the place of the marked finding."""
        finding = self._current()
        if finding is not None:
            self._session.jump(finding)

    def mend_current(self) -> None:
        """Mend what the rule of the marked finding finds in its table, as one undo step."""
        finding, network = self._current(), self._session.network
        if finding is None or finding.rule not in MENDS:
            return

        def commit(changes: ChangeSet) -> None:
            if changes.is_empty:
                text = self.tr("Nothing here has one safe answer; please mend it by hand.")
                self._session.told.emit("warning", text)
            elif network is self._session.network:
                self._session.do(None, changes, lambda _done: self._mended(changes))

        rule, table = finding.rule, finding.table
        self._session.ask(lambda _project: mend(network, rule, table), commit)

    def _mended(self, changes: ChangeSet) -> None:
        count = sum(len(uids) for uids in changes.uids().values())
        self._session.told.emit("info", self.tr("%n object(s) mended", "", count))
        self._check_again()

    def _columns(self) -> list[ViewColumn]:
        names = {
            "error": self.tr("Error"),
            "warning": self.tr("Warning"),
            "info": self.tr("Remark"),
        }

        def severity(value: Any) -> str:
            return names.get(str(value), "")

        def table(value: Any) -> str:
            return table_label(str(value)) if value else ""

        return [
            ViewColumn("severity", self.tr("Severity"), severity, icon=severity_icon),
            ViewColumn("text", self.tr("Finding")),
            ViewColumn("table", self.tr("Table"), table),
            ViewColumn("count", self.tr("Objects"), figures().number, is_number=True),
        ]

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(GAP_PX)
        row.addWidget(self.severity_box)
        row.addWidget(self._count)
        row.addStretch(1)
        row.addWidget(self.check)
        low = QHBoxLayout()
        low.setSpacing(GAP_PX)
        low.addWidget(self.advice, 1)
        low.addWidget(self.mend)
        low.addWidget(self.show_place)
        layout = column_layout(self)
        layout.addLayout(row)
        layout.addWidget(self.table, 1)
        layout.addLayout(low)
        em = self.fontMetrics().horizontalAdvance("n")
        for number, width_em in ((0, 15), (2, 16), (3, 11)):
            self.table.setColumnWidth(number, width_em * em)
        header = self.table.horizontalHeader()
        header.setStretchLastSection(False)
        WideColumn(self.table, 1)

    def _connect(self) -> None:
        self._session.findings_changed.connect(self.refresh)
        self._session.project_changed.connect(self.refresh)
        self.severity_box.currentIndexChanged.connect(lambda _index: self.refresh())
        self.table.doubleClicked.connect(lambda _index: self.jump())
        self.table.activated.connect(lambda _index: self.jump())
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._tell())
        self.model.modelReset.connect(self._tell)
        self.show_place.clicked.connect(lambda _checked=False: self.jump())

    def _current(self) -> Finding | None:
        rows = selected_rows(self.table)
        return self._shown[int(self.model.uid_at(rows[0]))] if rows else None

    def _tell(self) -> None:
        finding = self._current()
        has_place = finding is not None and bool(finding.place or finding.uids)
        self.show_place.setEnabled(has_place)
        advice = finding.advice if finding is not None else None
        told = "" if advice is None else render(advice)
        is_mendable = finding is not None and finding.rule in MENDS
        self.mend.setEnabled(is_mendable)
        if finding is not None and is_mendable:
            safe = render(mend_text(finding.rule))
            self.mend.setToolTip(tip(safe))
            mendable = self.tr("Mend: %1.").replace("%1", safe)
            told = f"{told} {mendable}".strip()
        self.advice.setText(told)
        self._count.setText(self.tr("%n finding(s)", "", len(self._shown)))


def _objects(values: list[Any]) -> np.ndarray[Any, np.dtype[np.object_]]:
    """Return the values as an object array, so that pandas keeps them as they are."""
    made = np.empty(len(values), dtype=object)
    made[:] = values
    return made
